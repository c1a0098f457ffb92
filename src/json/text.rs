//! JSON text, written.

use super::{Out, number};

/// JSON text as it grows: commas come by themselves.
#[derive(Default)]
pub struct Text {
    out: Out,
}

/// What can be written as JSON text.
pub trait Write {
    /// Writes the value.
    fn write(&self, out: &mut Text);
}

/// A value's text.
pub fn to_text<T: Write + ?Sized>(value: &T) -> String {
    let mut out = Text::default();
    value.write(&mut out);
    out.into_string()
}

/// A text as a JSON string.
pub fn quoted(text: &str) -> String {
    to_text(text)
}

impl Text {
    /// The text.
    pub fn into_string(self) -> String {
        String::from_utf8(self.out.into_bytes()).unwrap_or_default()
    }

    /// A comma, where a value stands before.
    fn next(&mut self) {
        // No value ends with an opening bracket or a colon.
        if !matches!(self.out.last(), 0 | b'[' | b'{' | b':') {
            self.out.push(b',');
        }
    }

    /// Writes a value's text as it is.
    pub fn raw(&mut self, text: &str) {
        self.next();
        self.out.push_slice(text.as_bytes());
    }

    /// Writes null.
    pub fn null(&mut self) {
        self.raw("null");
    }

    /// Writes an object with the members that are written here.
    pub fn object(&mut self, members: impl FnOnce(&mut Self)) {
        self.raw("{");
        members(self);
        self.out.push(b'}');
    }

    /// Writes an array with the items that are written here.
    pub fn array(&mut self, items: impl FnOnce(&mut Self)) {
        self.raw("[");
        items(self);
        self.out.push(b']');
    }

    /// Writes the name of the member whose value comes next.
    pub fn name(&mut self, name: &str) {
        name.write(self);
        self.out.push(b':');
    }

    /// Writes a member.
    pub fn member<T: Write + ?Sized>(&mut self, name: &str, value: &T) {
        self.name(name);
        value.write(self);
    }

    /// Writes a member, where there is a value.
    pub fn optional<T: Write>(&mut self, name: &str, value: Option<T>) {
        if let Some(value) = value {
            self.member(name, &value);
        }
    }
}

impl<T: Write + ?Sized> Write for &T {
    fn write(&self, out: &mut Text) {
        (**self).write(out);
    }
}

impl Write for str {
    fn write(&self, out: &mut Text) {
        out.next();
        quote(&mut out.out, self);
    }
}

impl Write for String {
    fn write(&self, out: &mut Text) {
        self.as_str().write(out);
    }
}

impl Write for bool {
    fn write(&self, out: &mut Text) {
        out.raw(if *self { "true" } else { "false" });
    }
}

impl Write for i64 {
    fn write(&self, out: &mut Text) {
        out.next();
        number::signed(&mut out.out, *self);
    }
}

impl Write for i32 {
    fn write(&self, out: &mut Text) {
        i64::from(*self).write(out);
    }
}

impl Write for u64 {
    fn write(&self, out: &mut Text) {
        out.next();
        number::unsigned(&mut out.out, *self);
    }
}

impl Write for u32 {
    fn write(&self, out: &mut Text) {
        u64::from(*self).write(out);
    }
}

impl Write for usize {
    fn write(&self, out: &mut Text) {
        (*self as u64).write(out);
    }
}

/// As ECMAScript writes it; what is no finite number is a string.
impl Write for f64 {
    fn write(&self, out: &mut Text) {
        out.next();
        number::double(&mut out.out, *self);
    }
}

/// Null, where there is none.
impl<T: Write> Write for Option<T> {
    fn write(&self, out: &mut Text) {
        match self {
            Some(value) => value.write(out),
            None => out.null(),
        }
    }
}

impl<T: Write> Write for [T] {
    fn write(&self, out: &mut Text) {
        out.array(|out| self.iter().for_each(|item| item.write(out)));
    }
}

impl<T: Write> Write for Vec<T> {
    fn write(&self, out: &mut Text) {
        self.as_slice().write(out);
    }
}

/// Writes text as a JSON string, escaped as `JSON.stringify` does.
#[inline(never)]
pub(crate) fn quote(out: &mut Out, text: &str) {
    out.push(b'"');
    let bytes = text.as_bytes();
    let mut clean = 0;
    for (i, &byte) in bytes.iter().enumerate() {
        if byte >= 0x20 && byte != b'"' && byte != b'\\' {
            continue;
        }
        out.push_slice(&bytes[clean..i]);
        escape(out, byte);
        clean = i + 1;
    }
    out.push_slice(&bytes[clean..]);
    out.push(b'"');
}

fn escape(out: &mut Out, byte: u8) {
    let short = match byte {
        b'"' | b'\\' => byte,
        0x08 => b'b',
        b'\t' => b't',
        b'\n' => b'n',
        0x0c => b'f',
        b'\r' => b'r',
        _ => {
            let hex = b"0123456789abcdef";
            let (high, low) = (hex[usize::from(byte >> 4) & 1], hex[usize::from(byte & 15)]);
            return out.push_array(&[b'\\', b'u', b'0', b'0', high, low]);
        }
    };
    out.push_array(&[b'\\', short]);
}
