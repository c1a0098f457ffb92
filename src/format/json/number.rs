//! Numbers (RFC 8259, section 6): without point and exponent they are integers, and exact.

use super::syntax;
use crate::dialect::{Int64, MAX_SAFE};
use crate::error::{Code, Fault};
use crate::format::{Sink, Tag};
use crate::json::float;
use crate::wire::Cursor;

/// Digits that an integer may have.
const MAX_DIGITS: usize = 1_000;

/// A number that is exact in a double, and how many bytes it takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Short {
    Integer(i64, usize),
    Double(f64, usize),
}

/// Powers of ten that a double holds exactly.
const TENS: [f64; 16] =
    [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/// Numbers without exponent of at most 15 digits, or 19 with a point, which are nearly all. The quotient of 15 digits by a power
/// of ten has but one rounding, and is the nearest double (Clinger, "How to read floating point numbers accurately", 1990).
/// Nothing where it isn't one.
#[inline(always)]
pub(super) fn short(text: &[u8]) -> Option<Short> {
    quick(text).or_else(|| any_short(text))
}

/// The same for most numbers, a word at a time: those of less than eight characters, and integers of up to fifteen digits.
#[inline(always)]
fn quick(text: &[u8]) -> Option<Short> {
    let word = u64::from_le_bytes(*text.first_chunk()?);
    let digits = word ^ ZEROS;
    let n = run_of_digits(digits);
    if n == 0 || (word as u8 == b'0' && n > 1) {
        return None;
    }
    if n == 8 {
        let next = u64::from_le_bytes(*text.get(8..)?.first_chunk()?);
        let more = run_of_digits(next ^ ZEROS);
        if more == 8 || continues((next >> (8 * more)) as u8) {
            return None;
        }
        let v = value(digits) * INTEGER_TENS[more] + value((next ^ ZEROS) << (56 - 8 * more) << 8);
        return Some(Short::Integer(v as i64, 8 + more));
    }
    let behind = (word >> (8 * n)) as u8;
    if behind != b'.' {
        return (!continues(behind)).then(|| Short::Integer(value(digits << (64 - 8 * n)) as i64, n));
    }
    // Without the point.
    let fraction = digits >> (8 * n) >> 8;
    let places = run_of_digits(fraction | (0x80 << (56 - 8 * n)));
    if places == 0 || places + n + 1 == 8 || continues((word >> (8 * (n + 1 + places))) as u8) {
        return None;
    }
    let whole = digits & !(u64::MAX << (8 * n));
    // Signed, since that takes one instruction to make a double of.
    let v = value((whole | fraction << (8 * n)) << (64 - 8 * (n + places))) as i64;
    Some(Short::Double(v as f64 / TENS[places], n + 1 + places))
}

const ZEROS: u64 = u64::from_le_bytes([b'0'; 8]);

const INTEGER_TENS: [u64; 8] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000];

/// Whether a number doesn't end before a byte.
#[inline(always)]
fn continues(byte: u8) -> bool {
    matches!(byte, b'.' | b'e' | b'E')
}

/// How many bytes of a word are at most 9, from the first one on.
#[inline(always)]
fn run_of_digits(word: u64) -> usize {
    let beyond = ((word & u64::from_le_bytes([0x7f; 8])) + u64::from_le_bytes([0x76; 8])) | word;
    ((beyond & u64::from_le_bytes([0x80; 8])).trailing_zeros() / 8) as usize
}

/// The number whose digits a word holds, the first one in its lowest byte.
#[inline(always)]
fn value(digits: u64) -> u64 {
    let pairs = digits.wrapping_mul(10).wrapping_add(digits >> 8);
    let low = (pairs & 0x0000_00ff_0000_00ff).wrapping_mul(100 + (1_000_000 << 32));
    let high = (pairs >> 16 & 0x0000_00ff_0000_00ff).wrapping_mul(1 + (10_000 << 32));
    low.wrapping_add(high) >> 32
}

/// Any of them, byte by byte.
#[inline(never)]
fn any_short(text: &[u8]) -> Option<Short> {
    let negative = text.first() == Some(&b'-');
    let start = usize::from(negative);
    let (mut n, mut point, mut v) = (start, 0, 0u64);
    // Never more than 21 bytes: 19 digits, a point, and what ends them.
    let end = loop {
        match text.get(n) {
            Some(digit @ b'0'..=b'9') if n - start < 20 => {
                v = v.wrapping_mul(10).wrapping_add(u64::from(digit - b'0'));
            }
            Some(b'.') if point == 0 && n > start => point = n,
            Some(b'0'..=b'9' | b'.' | b'e' | b'E') => return None,
            _ => break n,
        }
        n += 1;
    };
    let whole = if point == 0 { end } else { point } - start;
    let digits = end - start - usize::from(point != 0);
    let leading_zero = whole > 1 && text.get(start) == Some(&b'0');
    let most = if point == 0 { 15 } else { float::PLACES };
    if whole == 0 || digits > most || leading_zero || (point != 0 && point + 1 == end) {
        return None;
    }
    if point == 0 {
        let v = v as i64;
        // -0 is a double.
        return (!negative || v != 0).then_some(Short::Integer(if negative { -v } else { v }, end));
    }
    let places = end - point - 1;
    let v = if digits > 15 { float::quotient(v, places) } else { v as f64 / TENS[places] };
    Some(Short::Double(if negative { -v } else { v }, end))
}

/// Reads a number; the cursor stands on its first byte.
#[inline(always)]
pub(super) fn read<S: Sink + ?Sized>(mode: Int64, c: &mut Cursor<'_>, sink: &mut S) -> Result<(), Fault> {
    let at = c.at();
    match short(c.rest()) {
        Some(Short::Integer(v, n)) => {
            c.seek(at + n);
            sink.tag(Tag::Long);
            sink.long(v, (at, at + n));
            Ok(())
        }
        Some(Short::Double(v, n)) => {
            c.seek(at + n);
            sink.tag(Tag::Double);
            sink.double(v, (at, at + n));
            Ok(())
        }
        None => read_any(mode, c, sink),
    }
}

#[inline(never)]
fn read_any<S: Sink + ?Sized>(mode: Int64, c: &mut Cursor<'_>, sink: &mut S) -> Result<(), Fault> {
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
    let v = float::double(text).ok_or_else(|| syntax(at))?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_numbers_are_those_of_the_standard_library() {
        let mut seed = 9u64;
        for i in 0..200_000u64 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let digits =
                format!("{:0>1$}", (seed >> 1) % 10u64.pow((i % 19) as u32 + 1), (i % 20) as usize + 1);
            let sign = if i % 3 == 0 { "-" } else { "" };
            for text in [format!("{sign}{digits}"), format!("{sign}{}.{}", &digits[..1], &digits[1..])] {
                let Some(found) = any_short(format!("{text},").as_bytes()) else { continue };
                for behind in [",", ",\"and what follows\":1", "}          "] {
                    assert_eq!(short(format!("{text}{behind}").as_bytes()), Some(found), "{text}{behind}");
                }
                match found {
                    Short::Integer(v, n) => assert_eq!((text.parse(), n), (Ok(v), text.len())),
                    Short::Double(v, n) => assert_eq!((text.parse(), n), (Ok(v), text.len())),
                }
            }
        }
    }

    #[test]
    fn what_is_no_short_number_is_left_to_the_other_way() {
        for text in
            ["", "-", "01", "-01", "00", ".5", "1.", "-.5", "1.5.5", "-0", "1e5", "1.5E5", "1234567890123456"]
        {
            assert_eq!(short(text.as_bytes()), None, "{text}");
            assert_eq!(short(format!("{text},").as_bytes()), None, "{text}");
            assert_eq!(short(format!("{text},                ").as_bytes()), None, "{text}");
        }
        assert_eq!(short(b"123456789012345"), Some(Short::Integer(123_456_789_012_345, 15)));
        assert_eq!(short(b"0.00000000000001 "), Some(Short::Double(0.000_000_000_000_01, 16)));
        assert_eq!(short(b"-0.0]"), Some(Short::Double(-0.0, 4)));
        assert_eq!(short(b"0}"), Some(Short::Integer(0, 1)));
    }
}
