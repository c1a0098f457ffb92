//! Logical values as text. Ranges are those that the text can express; beyond them is `AVRO_LOGICAL_RANGE`.

use std::fmt::Write;

/// Digits behind the point that a decimal may have.
const MAX_SCALE: i64 = 1_000;
/// Bytes of a decimal's integer: conversion takes time by their square.
const MAX_UNSCALED: usize = 512;

/// A decimal in plain notation: a big-endian two's-complement integer over ten to the scale. No bytes are 0.
pub(crate) fn decimal(unscaled: &[u8], scale: i64, text: &mut String) -> Option<()> {
    if unscaled.len() > MAX_UNSCALED {
        return None;
    }
    let (negative, digits) = digits(unscaled);
    lay_out(negative, &digits, scale, text)
}

/// The same of a JSON number: its own digits, with as many zeros behind them as the scale asks for.
pub(crate) fn decimal_of_number(number: &str, scale: i64, text: &mut String) -> Option<()> {
    let (number, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let (negative, digits, behind) = written(number)?;
    let own = (behind as i64).checked_sub(exponent.parse().ok()?)?;
    let digits = digits.trim_start_matches('0');
    let wanted = own.max(scale);
    if digits.is_empty() {
        return lay_out(false, "0", wanted, text);
    }
    // Both scales are looked at: what is filled up lies between them.
    (own >= -MAX_SCALE && wanted <= MAX_SCALE).then_some(())?;
    lay_out(negative, &format!("{digits}{}", "0".repeat((wanted - own) as usize)), wanted, text)
}

/// Of a decimal in plain notation the sign, all digits, and how many of them stand behind the point.
pub(super) fn written(text: &str) -> Option<(bool, String, usize)> {
    let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = format!("{whole}{fraction}");
    let good = !whole.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    good.then_some((negative, digits, fraction.len()))
}

fn lay_out(negative: bool, digits: &str, scale: i64, text: &mut String) -> Option<()> {
    if scale.unsigned_abs() > MAX_SCALE as u64 {
        return None;
    }
    text.clear();
    if negative {
        text.push('-');
    }
    if scale < 0 {
        text.push_str(digits);
        // A negative scale multiplies: zeros follow, save for zero itself.
        let zeros = if digits == "0" { 0 } else { scale.unsigned_abs() as usize };
        text.extend(std::iter::repeat_n('0', zeros));
        return Some(());
    }
    let scale = scale as usize;
    if digits.len() <= scale {
        text.push_str("0.");
        text.extend(std::iter::repeat_n('0', scale - digits.len()));
        text.push_str(digits);
    } else {
        let (whole, fraction) = digits.split_at(digits.len() - scale);
        text.push_str(whole);
        if scale > 0 {
            text.push('.');
            text.push_str(fraction);
        }
    }
    Some(())
}

/// The sign and the decimal digits of a two's-complement integer.
fn digits(bytes: &[u8]) -> (bool, String) {
    const CHUNK: u64 = 1_000_000_000;
    let negative = bytes.first().is_some_and(|b| *b >= 0x80);
    let mut limbs: Vec<u32> = Vec::new();
    for &byte in bytes {
        let byte = if negative { !byte } else { byte };
        let mut carry = u64::from(byte);
        for limb in &mut limbs {
            carry += u64::from(*limb) << 8;
            *limb = (carry % CHUNK) as u32;
            carry /= CHUNK;
        }
        if carry > 0 {
            limbs.push(carry as u32);
        }
    }
    if negative {
        add_one(&mut limbs);
    }
    let mut text = limbs.last().map_or("0".to_owned(), u32::to_string);
    for limb in limbs.iter().rev().skip(1) {
        let _ = write!(text, "{limb:09}");
    }
    (negative, text)
}

fn add_one(limbs: &mut Vec<u32>) {
    for limb in limbs.iter_mut() {
        if *limb < 999_999_999 {
            *limb += 1;
            return;
        }
        *limb = 0;
    }
    limbs.push(1);
}

/// A UUID of 16 bytes, lower-case.
pub(super) fn uuid(bytes: &[u8], text: &mut String) {
    text.clear();
    for (i, byte) in bytes.iter().enumerate() {
        if matches!(i, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        let _ = write!(text, "{byte:02x}");
    }
}

/// A duration of 12 bytes: months, days and milliseconds, each little-endian. Parts that are zero are left out.
pub(super) fn duration(bytes: &[u8], text: &mut String) {
    let part = |i: usize| {
        bytes.get(4 * i..).and_then(|b| b.first_chunk::<4>()).map_or(0, |b| u32::from_le_bytes(*b))
    };
    let (months, days, millis) = (part(0), part(1), part(2));
    text.clear();
    text.push('P');
    if months > 0 {
        let _ = write!(text, "{months}M");
    }
    if days > 0 {
        let _ = write!(text, "{days}D");
    }
    if millis > 0 || text.len() == 1 {
        let _ = write!(text, "T{}", millis / 1000);
        if millis % 1000 > 0 {
            let _ = write!(text, ".{:03}", millis % 1000);
        }
        text.push('S');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal_of(bytes: &[u8], scale: i64) -> Option<String> {
        let mut text = String::new();
        decimal(bytes, scale, &mut text).map(|()| text)
    }

    #[test]
    fn decimals() {
        let some = |s: &str| Some(s.to_owned());
        assert_eq!(decimal_of(&[0x30, 0x39], 2), some("123.45"));
        assert_eq!(decimal_of(&[0x9c], 2), some("-1.00"));
        assert_eq!(decimal_of(&[], 0), some("0"));
        assert_eq!(decimal_of(&[], 2), some("0.00"));
        assert_eq!(decimal_of(&[5], 3), some("0.005"));
        assert_eq!(decimal_of(&[1], -3), some("1000"));
        assert_eq!(decimal_of(&[0], -3), some("0"));
        assert_eq!(decimal_of(&[0x80], 0), some("-128"));
        assert_eq!(decimal_of(&[0xff], 0), some("-1"));
        assert_eq!(decimal_of(&[0x80, 0, 0, 0, 0, 0, 0, 0, 0], 0), some("-2361183241434822606848"));
        assert_eq!(decimal_of(&[1], 1001), None);
        assert_eq!(decimal_of(&[1; 600], 0), None);
    }

    #[test]
    fn decimals_of_numbers() {
        let mut text = String::new();
        let mut of = |number: &str, scale| {
            decimal_of_number(number, scale, &mut text)?;
            Some(text.clone())
        };
        for (number, scale, expected) in [
            ("0.12345678901234567890", 20, "0.12345678901234567890"),
            ("123.4", 2, "123.40"),
            ("-123.456", 2, "-123.456"),
            ("1e2", 2, "100.00"),
            ("1.23E+4", -2, "12300"),
            ("-12.5e-3", 0, "-0.0125"),
            ("0.05", 2, "0.05"),
            ("-0.00", 2, "0.00"),
            ("0e3", 1, "0.0"),
            ("0E-7", 0, "0.0000000"),
            ("1e1000", 0, &format!("1{}", "0".repeat(1000))),
        ] {
            assert_eq!(of(number, scale).as_deref(), Some(expected), "{number} {scale}");
        }
        for number in
            ["1e1001", "1e-1001", "1e99999999999999999999", "1e-9223372036854775808", "true", "", "\"1\""]
        {
            assert_eq!(of(number, 2), None, "{number}");
        }
    }

    #[test]
    fn durations() {
        let of = |m: u32, d: u32, ms: u32| {
            let mut text = String::new();
            duration(&[m.to_le_bytes(), d.to_le_bytes(), ms.to_le_bytes()].concat(), &mut text);
            text
        };
        assert_eq!(of(1, 2, 3), "P1M2DT0.003S");
        assert_eq!(of(0, 0, 0), "PT0S");
        assert_eq!(of(12, 0, 5000), "P12MT5S");
    }
}
