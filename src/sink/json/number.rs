//! Numbers as ECMAScript's `Number::toString` writes them, with `-0` kept.

use super::Out;

static PAIRS: &[u8; 200] =
    b"0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849\
5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899";

/// Writes the digits of `v` at the start of `w` (20 bytes suffice) and gives how many there are.
#[inline(always)]
fn digits(w: &mut [u8; 20], mut v: u64) -> usize {
    let mut text = [0u8; 40];
    let mut k = 20;
    while v >= 100 {
        let pair = (v % 100) as usize * 2;
        v /= 100;
        k -= 2;
        text[k] = PAIRS[pair];
        text[k + 1] = PAIRS[pair + 1];
    }
    if v >= 10 {
        k -= 2;
        text[k] = PAIRS[2 * v as usize];
        text[k + 1] = PAIRS[2 * v as usize + 1];
    } else {
        k -= 1;
        text[k] = b'0' + v as u8;
    }
    // A constant size keeps this one move instead of a call.
    w.copy_from_slice(&text[k..k + 20]);
    20 - k
}

/// Writes a signed integer.
#[inline(always)]
pub(super) fn signed(out: &mut Out, v: i64) {
    if v < 0 {
        out.push(b'-');
    }
    unsigned(out, v.unsigned_abs());
}

/// Writes an unsigned integer.
#[inline(always)]
pub(super) fn unsigned(out: &mut Out, v: u64) {
    let n = digits(out.window::<20>(), v);
    out.advance(n);
}

/// Writes a double; what is not finite as a string.
#[inline(always)]
pub(super) fn double(out: &mut Out, v: f64) {
    // Whole numbers and hundredths below 10^13 are most of what is sent: their digits come from an integer.
    let hundredths = v * 100.0;
    if hundredths.abs() < 1e15 {
        let i = hundredths.round() as i64;
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
    if v.is_finite() {
        if v == 0.0 && v.is_sign_negative() {
            return out.push_array(b"-0");
        }
        out.push_slice(ryu_js::Buffer::new().format_finite(v).as_bytes());
    } else {
        not_finite(out, v);
    }
}

/// Writes a 32-bit float with the fewest digits that give it back.
#[inline(never)]
pub(super) fn short_float(out: &mut Out, v: f32) {
    if v.is_finite() && v != 0.0 {
        out.push_slice(ryu_js::Buffer::new().format_finite(v).as_bytes());
    } else {
        slow(out, f64::from(v));
    }
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
