//! Logical values from the text that decoding gives them.

use crate::digits::number;
use crate::format::avro::logical::written;
use crate::format::avro::schema::Logical;
use crate::format::temporal;

/// The integer of a date, a time or a timestamp.
pub(super) fn temporal(logical: Logical, text: &str) -> Option<i64> {
    match logical {
        // As a JavaScript `Date`'s text, too.
        Logical::Date => temporal::parse_date(text.strip_suffix("T00:00:00.000Z").unwrap_or(text)),
        Logical::TimeMillis => temporal::parse_time(text, 3),
        Logical::TimeMicros => temporal::parse_time(text, 6),
        Logical::TimestampMillis => temporal::parse_timestamp(text.strip_suffix('Z')?, 3),
        Logical::TimestampMicros => temporal::parse_timestamp(text.strip_suffix('Z')?, 6),
        Logical::TimestampNanos => temporal::parse_timestamp(text.strip_suffix('Z')?, 9),
        Logical::LocalTimestampMillis => temporal::parse_timestamp(text, 3),
        Logical::LocalTimestampMicros => temporal::parse_timestamp(text, 6),
        Logical::LocalTimestampNanos => temporal::parse_timestamp(text, 9),
        _ => None,
    }
}

/// Digits that a decimal may have: conversion takes time by their square.
const MAX_DIGITS: usize = 1_300;

/// The unscaled integer of a decimal of this scale, as long as it needs to be or filled up to a size.
pub(super) fn decimal(text: &str, scale: u32, size: Option<usize>) -> Option<Vec<u8>> {
    let (negative, digits, of) = written(text)?;
    let missing = (scale as usize).checked_sub(of)?;
    (digits.len() + missing <= MAX_DIGITS).then_some(())?;
    let unscaled = integer(negative, &(digits + &"0".repeat(missing)));
    let Some(size) = size else { return Some(unscaled) };
    let sign = if negative && unscaled.first().is_some_and(|b| *b >= 0x80) { 0xff } else { 0 };
    let fill = size.checked_sub(unscaled.len())?;
    Some([vec![sign; fill], unscaled].concat())
}

/// The unscaled integer of a decimal and its scale: the digits behind its point.
pub(super) fn big_decimal(text: &str) -> Option<(Vec<u8>, i32)> {
    let (negative, digits, scale) = written(text)?;
    (digits.len() <= MAX_DIGITS).then(|| (integer(negative, &digits), scale as i32))
}

/// The shortest two's-complement form of an integer.
fn integer(negative: bool, digits: &str) -> Vec<u8> {
    let mut bytes: Vec<u8> = vec![0];
    for digit in digits.bytes() {
        let mut carry = u32::from(digit - b'0');
        for byte in bytes.iter_mut().rev() {
            carry += u32::from(*byte) * 10;
            *byte = carry as u8;
            carry >>= 8;
        }
        if carry > 0 {
            bytes.insert(0, carry as u8);
        }
    }
    bytes.insert(0, 0);
    if negative {
        // Minus one, inverted.
        for byte in bytes.iter_mut().rev() {
            let (less, borrow) = byte.overflowing_sub(1);
            *byte = less;
            if !borrow {
                break;
            }
        }
        bytes.iter_mut().for_each(|b| *b = !*b);
    }
    let redundant =
        |pair: &[u8]| matches!(pair, [0, b] if *b < 0x80) || matches!(pair, [0xff, b] if *b >= 0x80);
    let skip = bytes.windows(2).take_while(|pair| redundant(pair)).count();
    bytes.split_off(skip)
}

/// Months, days and milliseconds, each little-endian: `P1M2DT0.003S`.
pub(super) fn duration(text: &str) -> Option<Vec<u8>> {
    let rest = text.strip_prefix('P').filter(|rest| !rest.is_empty())?;
    let (date, seconds) = match rest.split_once('T') {
        Some((date, time)) => (date, time.strip_suffix('S')?),
        None => (rest, "0"),
    };
    let (months, date) = date.split_once('M').unwrap_or(("0", date));
    let days = if date.is_empty() { "0" } else { date.strip_suffix('D')? };
    let (whole, fraction) = seconds.split_once('.').unwrap_or((seconds, ""));
    (fraction.len() <= 3).then_some(())?;
    let millis = number::<u64>(whole)?.checked_mul(1000)?.checked_add(number(&format!("{fraction:0<3}"))?)?;
    let parts: [u64; 3] = [number(months)?, number(days)?, millis];
    let parts: Option<Vec<u32>> = parts.into_iter().map(|n| u32::try_from(n).ok()).collect();
    Some(parts?.into_iter().flat_map(u32::to_le_bytes).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals() {
        assert_eq!(decimal("123.45", 2, None), Some(vec![0x30, 0x39]));
        assert_eq!(decimal("-1.00", 2, None), Some(vec![0x9c]));
        assert_eq!(decimal("-1", 2, Some(3)), Some(vec![0xff, 0xff, 0x9c]));
        assert_eq!(decimal("0", 2, None), Some(vec![0]));
        assert_eq!(decimal("-0", 0, Some(2)), Some(vec![0, 0]));
        assert_eq!(decimal("128", 0, None), Some(vec![0, 0x80]));
        assert_eq!(decimal("-128", 0, None), Some(vec![0x80]));
        assert_eq!(decimal("-129", 0, None), Some(vec![0xff, 0x7f]));
        assert_eq!(decimal("1.234", 2, None), None);
        assert_eq!(decimal("1e3", 2, None), None);
        assert_eq!(decimal("128", 0, Some(1)), None);
        assert_eq!(big_decimal("-1.00"), Some((vec![0x9c], 2)));
    }

    #[test]
    fn durations() {
        let of =
            |m: u32, d: u32, ms: u32| Some([m.to_le_bytes(), d.to_le_bytes(), ms.to_le_bytes()].concat());
        assert_eq!(duration("P1M2DT0.003S"), of(1, 2, 3));
        assert_eq!(duration("PT0S"), of(0, 0, 0));
        assert_eq!(duration("P12MT5S"), of(12, 0, 5000));
        assert_eq!(duration("P2D"), of(0, 2, 0));
        assert_eq!(duration("P"), None);
    }
}
