//! Numbers and bytes as descriptors write defaults.

use super::super::numbers::kind;
use crate::json::float;

/// The range of an integer type of `FieldDescriptorProto.Type`.
pub(super) fn range(kind: u8) -> (i128, i128) {
    match kind {
        kind::INT32 | kind::SFIXED32 | kind::SINT32 | kind::ENUM => (i32::MIN.into(), i32::MAX.into()),
        kind::INT64 | kind::SFIXED64 | kind::SINT64 => (i64::MIN.into(), i64::MAX.into()),
        kind::FIXED32 | kind::UINT32 => (0, u32::MAX.into()),
        _ => (0, u64::MAX.into()),
    }
}

/// A double as C's `%.15g` writes it, or `%.17g` where that isn't the same number.
pub(super) fn double(v: f64) -> String {
    special(v).unwrap_or_else(|| {
        let short = general(v, 15);
        if float::double(&short) == Some(v) { short } else { general(v, 17) }
    })
}

/// A float as C's `%.6g` writes it, or `%.9g` where that isn't the same number.
pub(super) fn float(v: f32) -> String {
    special(v.into()).unwrap_or_else(|| {
        let short = general(v.into(), 6);
        if float::single(&short) == Some(v) { short } else { general(v.into(), 9) }
    })
}

fn special(v: f64) -> Option<String> {
    match v {
        _ if v.is_nan() => Some("nan".into()),
        _ if v.is_infinite() => Some(if v > 0.0 { "inf" } else { "-inf" }.into()),
        _ => None,
    }
}

/// C's `%g` with so many significant digits.
fn general(v: f64, most: usize) -> String {
    let sign = if v.is_sign_negative() { "-" } else { "" };
    let (mut digits, mut exponent) = decimal(v);
    if round(&mut digits, most) {
        exponent += 1;
    }
    let zeros = digits.iter().rev().take_while(|d| **d == b'0').count();
    digits.truncate((digits.len() - zeros).max(1));
    let text = String::from_utf8(digits).unwrap_or_default();
    if exponent < -4 || exponent >= most as i32 {
        let (first, rest) = text.split_at(1);
        let point = if rest.is_empty() { "" } else { "." };
        let of_exponent = if exponent < 0 { '-' } else { '+' };
        return format!("{sign}{first}{point}{rest}e{of_exponent}{:02}", exponent.abs());
    }
    let (whole, before) = (exponent.max(-1) + 1, (-1 - exponent).max(0) as usize);
    let padded = "0".repeat(before) + &text + &"0".repeat((whole as usize).saturating_sub(text.len()));
    let (whole, fraction) = padded.split_at(whole as usize);
    let whole = if whole.is_empty() { "0" } else { whole };
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{whole}{point}{fraction}")
}

/// What a limb of [`decimal`] counts to: nine digits.
const LIMB: u64 = 1_000_000_000;

/// All digits of a finite double, and the power of ten of the first. (The library's own way to them is sixteen kilobytes
/// of wasm.)
fn decimal(v: f64) -> (Vec<u8>, i32) {
    let (exponent, fraction) = ((v.to_bits() >> 52 & 0x7ff) as i32, v.to_bits() & ((1 << 52) - 1));
    let (mantissa, power) =
        if exponent == 0 { (fraction, -1074) } else { (fraction | 1 << 52, exponent - 1075) };
    // m · 2^-n is m · 5^n / 10^n. The lowest limb comes first.
    let mut limbs = vec![mantissa % LIMB, mantissa / LIMB];
    let factor: u64 = if power < 0 { 5 } else { 2 };
    let mut left = power.unsigned_abs();
    while left > 0 {
        let times = left.min(12);
        multiply(&mut limbs, factor.pow(times));
        left -= times;
    }
    let digits: String = limbs.iter().rev().map(|limb| format!("{limb:09}")).collect();
    let digits = digits.trim_start_matches('0').as_bytes();
    if digits.is_empty() {
        return (vec![b'0'], 0);
    }
    (digits.to_vec(), digits.len() as i32 - 1 + power.min(0))
}

fn multiply(limbs: &mut Vec<u64>, by: u64) {
    let mut carry = 0;
    for limb in limbs.iter_mut() {
        carry += *limb * by;
        *limb = carry % LIMB;
        carry /= LIMB;
    }
    if carry > 0 {
        limbs.push(carry);
    }
}

/// Rounds to so many digits, half to even; whether that gave one more before them.
fn round(digits: &mut Vec<u8>, most: usize) -> bool {
    let Some((kept, rest)) = digits.split_at_checked(most).filter(|(_, rest)| !rest.is_empty()) else {
        return false;
    };
    let half = rest[0] == b'5' && rest[1..].iter().all(|d| *d == b'0');
    let up = if half { kept.last().is_some_and(|d| d % 2 == 1) } else { rest[0] >= b'5' };
    digits.truncate(most);
    if !up {
        return false;
    }
    for digit in digits.iter_mut().rev() {
        if *digit < b'9' {
            *digit += 1;
            return false;
        }
        *digit = b'0';
    }
    digits.insert(0, b'1');
    digits.truncate(most);
    true
}

/// Bytes as C escapes, in octal where they aren't ASCII to be seen.
pub(super) fn escape_bytes(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    for &b in bytes {
        match b {
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            b'"' | b'\'' | b'\\' => out.extend(['\\', char::from(b)]),
            b' '..=b'~' => out.push(char::from(b)),
            _ => out.push_str(&format!("\\{b:03o}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The library's exact digits, laid out as C does it.
    fn reference(v: f64, digits: usize) -> String {
        let scientific = format!("{:.*e}", digits - 1, v);
        let (mantissa, exponent) = scientific.split_once('e').unwrap();
        let exponent: i32 = exponent.parse().unwrap();
        let trim = |text: &str| match text.contains('.') {
            true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
            false => text.to_owned(),
        };
        if exponent < -4 || exponent >= digits as i32 {
            let sign = if exponent < 0 { '-' } else { '+' };
            return format!("{}e{sign}{:02}", trim(mantissa), exponent.abs());
        }
        trim(&format!("{:.*}", (digits as i32 - 1 - exponent).max(0) as usize, v))
    }

    #[test]
    fn digits_are_the_exact_ones() {
        let mut seed = 5u64;
        let bits = (0..5_000).map(|_| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            f64::from_bits(seed ^ seed >> 29)
        });
        let some = [
            0.0,
            -0.0,
            5e-324,
            f64::MIN_POSITIVE,
            f64::MAX,
            1e15,
            1e16,
            9.9999e-5,
            0.0001,
            123456.5,
            999999.5,
        ];
        for v in bits.chain(some).chain((0..2000).map(|i| f64::from(i) / 8.0)).filter(|v| v.is_finite()) {
            for digits in [6, 9, 15, 17] {
                assert_eq!(general(v, digits), reference(v, digits), "{v:?} {digits}");
            }
        }
    }

    #[test]
    fn as_c_writes_them() {
        assert_eq!(double(1.5), "1.5");
        assert_eq!(double(1e30), "1e+30");
        assert_eq!(double(0.1), "0.1");
        assert_eq!(double(-0.0), "-0");
        assert_eq!(double(1e-7), "1e-07");
        assert_eq!(double(0.1 + 0.2), "0.30000000000000004");
        assert_eq!(double(1e15), "1e+15");
        assert_eq!(double(123456.0), "123456");
        assert_eq!(float(0.1), "0.1");
        assert_eq!(float(16777216.0), "16777216");
        assert_eq!(float(f32::NEG_INFINITY), "-inf");
        assert_eq!(escape_bytes(b"a\0\xff\n\"'\\"), "a\\000\\377\\n\\\"\\'\\\\");
    }
}
