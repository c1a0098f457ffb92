//! Numbers as ECMAScript's `Number::toString` writes them, with `-0` kept.

use super::Out;

static PAIRS: &[u8; 200] =
    b"0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849\
5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899";

/// Writes the digits of `v` at the start of `w` (20 bytes suffice) and gives how many there are.
///
/// Each goes where it stays: bytes that were just stored in pairs can't be loaded in sixteens without waiting for them.
#[inline(always)]
fn digits(w: &mut [u8; 20], mut v: u64) -> usize {
    let count = v.checked_ilog10().map_or(1, |log| log as usize + 1);
    let mut k = count;
    // Eight digits at a time, so that all other divisions are of 32 bits: wasm has no fast ones of 64.
    while v > u64::from(u32::MAX) {
        let mut low = (v % 100_000_000) as u32;
        v /= 100_000_000;
        for _ in 0..4 {
            k = pair(w, k, low % 100);
            low /= 100;
        }
    }
    let mut v = v as u32;
    while v >= 100 {
        k = pair(w, k, v % 100);
        v /= 100;
    }
    if v >= 10 {
        pair(w, k, v);
    } else {
        w[0] = b'0' + v as u8;
    }
    count
}

/// Writes two digits before a place; gives theirs.
#[inline(always)]
fn pair(w: &mut [u8; 20], end: usize, v: u32) -> usize {
    let at = end.saturating_sub(2).min(18);
    [w[at], w[at + 1]] = [PAIRS[2 * v as usize], PAIRS[2 * v as usize + 1]];
    at
}

/// Writes a signed integer.
#[inline(always)]
pub(crate) fn signed(out: &mut Out, v: i64) {
    if v < 0 {
        out.push(b'-');
    }
    unsigned(out, v.unsigned_abs());
}

/// Writes an unsigned integer.
#[inline(always)]
pub(crate) fn unsigned(out: &mut Out, v: u64) {
    let n = digits(out.window::<20>(), v);
    out.advance(n);
}

/// Writes a double; what is not finite as a string.
#[inline(always)]
pub(crate) fn double(out: &mut Out, v: f64) {
    // Whole numbers and hundredths below 10^13 are most of what is sent: their digits come from an integer.
    let hundredths = v * 100.0;
    if hundredths.abs() < 1e15 {
        // To the nearest without the library's `round`, which is a call.
        let i = (hundredths + 0.5f64.copysign(v)) as i64;
        if i as f64 / 100.0 == v && (i != 0 || v.is_sign_positive()) {
            return fixed_point(out, i);
        }
    }
    slow(out, v);
}

/// Writes `i / 100`. Division by 100 is correctly rounded, and 15 digits identify a double: the text is the shortest.
fn fixed_point(out: &mut Out, i: i64) {
    let cents = i.unsigned_abs() % 100;
    if i < 0 {
        out.push(b'-');
    }
    unsigned(out, i.unsigned_abs() / 100);
    if cents != 0 {
        let pair = cents as usize * 2;
        *out.window::<3>() = [b'.', PAIRS[pair], PAIRS[pair + 1]];
        out.advance(if cents.is_multiple_of(10) { 2 } else { 3 });
    }
}

#[inline(never)]
fn slow(out: &mut Out, v: f64) {
    if !v.is_finite() {
        not_finite(out, v);
    } else if v != 0.0 {
        shortest(out, zmij::Buffer::new().format_finite(v));
    } else if v.is_sign_negative() {
        out.push_array(b"-0");
    } else {
        out.push(b'0');
    }
}

/// Writes a 32-bit float with the fewest digits that give it back.
#[inline(never)]
pub(crate) fn short_float(out: &mut Out, v: f32) {
    if v.is_finite() && v != 0.0 {
        shortest(out, zmij::Buffer::new().format_finite(v));
    } else {
        slow(out, f64::from(v));
    }
}

/// Digits that the shortest form of a double has, with zeros that it may be given in front or behind.
const MOST_DIGITS: usize = 32;

/// Writes a number other than zero, given in decimal with or without an exponent, as ECMAScript lays it out
/// (`Number::toString`, where `n` and the digits' count `k` are named so).
fn shortest(out: &mut Out, text: &str) {
    let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
    let mut digits = [b'0'; MOST_DIGITS];
    let (mut k, mut n, mut fraction) = (0, exponent.parse::<i32>().unwrap_or(0), false);
    for byte in mantissa.bytes() {
        match byte {
            b'-' => out.push(b'-'),
            b'.' => fraction = true,
            b'0' if k == 0 => n -= i32::from(fraction),
            _ => {
                if let Some(place) = digits.get_mut(k) {
                    *place = byte;
                }
                k += 1;
                n += i32::from(!fraction);
            }
        }
    }
    let digits = digits.get(..k).unwrap_or(&digits);
    let zeros = digits.iter().rev().take_while(|&&digit| digit == b'0').count();
    let digits = &digits[..digits.len() - zeros];
    let k = digits.len() as i32;
    match n {
        1..=21 if k <= n => {
            out.push_slice(digits);
            out.push_slice(&ZEROS[..(n - k) as usize]);
        }
        1..=21 => {
            let (whole, fraction) = digits.split_at(n as usize);
            out.push_slice(whole);
            out.push(b'.');
            out.push_slice(fraction);
        }
        -5..=0 => {
            out.push_array(b"0.");
            out.push_slice(&ZEROS[..-n as usize]);
            out.push_slice(digits);
        }
        _ => scientific(out, digits, n - 1),
    }
}

const ZEROS: &[u8; 21] = &[b'0'; 21];

fn scientific(out: &mut Out, digits: &[u8], exponent: i32) {
    let (first, rest) = digits.split_at(digits.len().min(1));
    out.push_slice(first);
    if !rest.is_empty() {
        out.push(b'.');
        out.push_slice(rest);
    }
    out.push_array(if exponent < 0 { b"e-" } else { b"e+" });
    unsigned(out, u64::from(exponent.unsigned_abs()));
}

fn not_finite(out: &mut Out, v: f64) {
    out.push_slice(if v.is_nan() {
        b"\"NaN\""
    } else if v > 0.0 {
        b"\"Infinity\""
    } else {
        b"\"-Infinity\""
    });
}
