//! Numbers (RFC 8259, section 6): without point and exponent they are integers, and exact.

use super::syntax;
use crate::dialect::Int64;
use crate::error::{Code, Fault};
use crate::format::{Sink, Tag};
use crate::wire::Cursor;

/// Digits that an integer may have.
const MAX_DIGITS: usize = 1_000;
const MAX_SAFE: u64 = (1 << 53) - 1;

/// Reads a number; the cursor stands on its first byte.
pub(super) fn read<S: Sink + ?Sized>(mode: Int64, c: &mut Cursor<'_>, sink: &mut S) -> Result<(), Fault> {
    let at = c.at();
    let rest = c.rest();
    let (len, integer) = scan(rest).map_err(|n| {
        let code = if at + n == c.end() { Code::JsonTruncated } else { Code::JsonSyntax };
        Fault::new(code, at + n)
    })?;
    c.seek(at + len);
    let text = std::str::from_utf8(&rest[..len]).map_err(|_| syntax(at))?;
    let span = (at, at + len);
    if integer && text != "-0" {
        return exact(mode, text, span, sink);
    }
    let v: f64 = text.parse().map_err(|_| syntax(at))?;
    if v.is_infinite() {
        return Err(Fault::new(Code::JsonNumberRange, at));
    }
    sink.tag(Tag::Double);
    sink.double(v, span);
    Ok(())
}

fn exact<S: Sink + ?Sized>(mode: Int64, text: &str, span: (usize, usize), sink: &mut S) -> Result<(), Fault> {
    let small = text.parse::<i64>().ok();
    let safe = small.is_some_and(|v| v.unsigned_abs() <= MAX_SAFE);
    if !safe && mode == Int64::Number {
        return Err(Fault::new(Code::OutputInt64Unsafe, span.0));
    }
    match small {
        Some(_) if !safe && mode == Int64::String => {
            sink.tag(Tag::String);
            sink.text(text, span);
        }
        Some(v) => {
            sink.tag(Tag::Long);
            sink.long(v, span);
        }
        None if text.len() > MAX_DIGITS + usize::from(text.starts_with('-')) => {
            return Err(Fault::new(Code::JsonNumberRange, span.0));
        }
        None if mode == Int64::String => {
            sink.tag(Tag::String);
            sink.text(text, span);
        }
        None => {
            sink.tag(Tag::Digits);
            sink.digits(text, span);
        }
    }
    Ok(())
}

/// The length of the number that begins the text, and whether it is an integer; or where it is none.
#[inline]
fn scan(text: &[u8]) -> Result<(usize, bool), usize> {
    let digits = |from: usize| text[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let mut n = usize::from(text.first() == Some(&b'-'));
    match text.get(n) {
        Some(b'0') => n += 1,
        Some(b'1'..=b'9') => n += digits(n),
        _ => return Err(n),
    }
    let mut integer = true;
    if text.get(n) == Some(&b'.') {
        integer = false;
        n += 1;
        match digits(n) {
            0 => return Err(n),
            d => n += d,
        }
    }
    if matches!(text.get(n), Some(b'e' | b'E')) {
        integer = false;
        n += 1;
        n += usize::from(matches!(text.get(n), Some(b'+' | b'-')));
        match digits(n) {
            0 => return Err(n),
            d => n += d,
        }
    }
    Ok((n, integer))
}
