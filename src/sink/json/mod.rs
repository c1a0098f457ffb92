//! JSON text: keys in schema order, no white space, escapes and numbers as ECMAScript writes them.

mod entries;
mod string;

use crate::dialect;
use crate::format::{Field, Lit, NotUtf8, Record, Sink, Span, Tag};
use crate::json::{Out, number, quote};
use crate::wire::Run;
use entries::Entries;

/// Writes values as JSON text, one behind the other, into one buffer.
#[derive(Default)]
pub struct Json {
    out: Out,
    mark: usize,
    /// Entries of the open maps, to find names that come twice.
    maps: Entries,
    /// Fields of the open records whose wire order differs from the output's.
    records: Entries,
}

impl Json {
    /// An empty text.
    pub fn new() -> Self {
        Json::default()
    }

    /// What has been written, as text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(self.out.bytes()).unwrap_or_default()
    }

    /// What has been written, as the bytes of UTF-8 text: [`Json::as_str`] looks at each of them again.
    #[inline]
    pub fn as_bytes(&self) -> &[u8] {
        self.out.bytes()
    }

    /// What has been written, as text of its own.
    pub fn into_string(self) -> String {
        String::from_utf8(self.out.into_bytes()).unwrap_or_default()
    }

    /// How many bytes have been written.
    pub fn len(&self) -> usize {
        self.out.len()
    }

    /// Whether nothing has been written.
    pub fn is_empty(&self) -> bool {
        self.out.is_empty()
    }

    /// Takes back all but the first `len` bytes.
    pub fn truncate(&mut self, len: usize) {
        self.out.truncate(len);
    }

    /// Forgets what has been written; keeps the memory.
    pub fn clear(&mut self) {
        self.truncate(0);
    }

    /// Writes text as it is: the parts of a document around the values.
    pub fn raw(&mut self, text: &str) {
        self.out.push_slice(text.as_bytes());
    }

    /// Writes text as a JSON string.
    pub fn quoted(&mut self, text: &str) {
        quote(&mut self.out, text);
    }

    #[inline(always)]
    fn comma_unless_first(&mut self, index: usize) {
        if index > 0 {
            self.out.push(b',');
        }
    }
}

/// Writes a literal: one chunk of 16 where it is short.
#[inline(always)]
fn literal(out: &mut Out, lit: &Lit) {
    if lit.len() <= 16
        && let Some(chunk) = lit.padded().first_chunk::<16>()
    {
        *out.window::<16>() = *chunk;
        out.advance(lit.len());
    } else {
        out.push_slice(lit.bytes());
    }
}

impl Sink for Json {
    fn erased(&mut self) -> &mut dyn Sink {
        self
    }
    #[inline(always)]
    fn begin(&mut self, _: usize) {
        self.mark = self.out.len();
    }

    fn end(&mut self) {}

    fn abort(&mut self) {
        self.out.truncate(self.mark);
        self.maps.clear();
        self.records.clear();
    }

    #[inline(always)]
    fn null(&mut self, _: Span) {
        self.out.push_array(b"null");
    }

    #[inline(always)]
    fn boolean(&mut self, v: bool, _: Span) {
        if v { self.out.push_array(b"true") } else { self.out.push_array(b"false") }
    }

    #[inline(always)]
    fn int(&mut self, v: i32, _: Span) {
        number::signed(&mut self.out, i64::from(v));
    }

    #[inline(always)]
    fn uint(&mut self, v: u32, _: Span) {
        number::unsigned(&mut self.out, u64::from(v));
    }

    #[inline(always)]
    fn long(&mut self, v: i64, _: Span) {
        number::signed(&mut self.out, v);
    }

    #[inline(always)]
    fn ulong(&mut self, v: u64, _: Span) {
        number::unsigned(&mut self.out, v);
    }

    fn digits(&mut self, v: &str, _: Span) {
        self.out.push_slice(v.as_bytes());
    }

    #[inline(always)]
    fn float(&mut self, v: f32, short: bool, _: Span) {
        if short {
            number::short_float(&mut self.out, v)
        } else {
            number::double(&mut self.out, f64::from(v))
        }
    }

    #[inline(always)]
    fn double(&mut self, v: f64, _: Span) {
        number::double(&mut self.out, v);
    }

    #[inline(always)]
    fn string(&mut self, v: Run<'_>, _: Span) -> Result<(), NotUtf8> {
        string::write_run(&mut self.out, v)
    }

    fn text(&mut self, v: &str, _: Span) {
        quote(&mut self.out, v);
    }

    fn instant(&mut self, _: i64, text: &str, _: Span) {
        quote(&mut self.out, text);
    }

    fn bytes(&mut self, v: Run<'_>, form: dialect::Bytes, _: Span) {
        string::write_bytes(&mut self.out, v.exact(), form);
    }

    #[inline(always)]
    fn symbol(&mut self, _: u32, json: &Lit, _: Span) {
        literal(&mut self.out, json);
    }

    fn unknown_symbol(&mut self, number: i32, _: Span) {
        number::signed(&mut self.out, i64::from(number));
    }

    #[inline(always)]
    fn branch(&mut self, _: u32, _: Span) {}

    #[inline(always)]
    fn presence(&mut self, _: bool) {}

    #[inline(always)]
    fn tag(&mut self, _: Tag) {}

    #[inline(always)]
    fn record(&mut self, r: &Record, _: usize) {
        self.out.push(b'{');
        if r.reordered {
            self.records.open(self.out.len());
        }
    }

    #[inline(always)]
    fn field(&mut self, f: &Field) {
        if f.reordered {
            self.records.add(f.index, self.out.len());
        } else if self.out.last() != b'{' {
            // A value never ends with an opening brace: one here is this record's own.
            self.out.push(b',');
        }
        literal(&mut self.out, &f.key);
    }

    #[inline(always)]
    fn record_end(&mut self, r: &Record, _: usize) {
        if r.reordered {
            self.records.close_sorted(&mut self.out);
        }
        self.out.push(b'}');
    }

    #[inline(always)]
    fn array(&mut self, _: usize) -> usize {
        self.out.push(b'[');
        0
    }

    #[inline(always)]
    fn item(&mut self, index: usize) {
        self.comma_unless_first(index);
    }

    #[inline(always)]
    fn array_end(&mut self, _: usize, _: usize, _: usize) {
        self.out.push(b']');
    }

    #[inline(always)]
    fn map(&mut self, _: usize) -> usize {
        self.out.push(b'{');
        self.maps.open(self.out.len());
        0
    }

    #[inline(always)]
    fn key(&mut self, index: usize, k: Run<'_>, _: Span) -> Result<(), NotUtf8> {
        self.comma_unless_first(index);
        let start = self.out.len();
        string::write_run(&mut self.out, k)?;
        self.maps.add((self.out.len() - start) as u32, start);
        self.out.push(b':');
        Ok(())
    }

    #[inline(always)]
    fn map_end(&mut self, _: usize, _: usize, _: usize) {
        self.maps.close_unique(&mut self.out);
        self.out.push(b'}');
    }
}

#[cfg(test)]
mod tests;
