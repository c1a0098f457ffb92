//! Floating point numbers from their decimal text: the nearest, of two the even one, however many digits there are.

/// Places that [`quotient`] can shift by.
pub(crate) const PLACES: usize = 19;

/// Powers of a fifth, the first to 128 bits: for five to the n-th, of b bits, the least whole number above 2^(b + 127) / 5^n.
const FIFTHS: [u128; PLACES + 1] = fifths();

const fn fifths() -> [u128; PLACES + 1] {
    let mut fifths = [0; PLACES + 1];
    let (mut n, mut power) = (1, 5u64);
    while n <= PLACES {
        // Long division, digit by digit in base two.
        let (mut quotient, mut rest, mut bits) = (0u128, 1, power.ilog2() + 1 + 127);
        while bits > 0 {
            rest *= 2;
            quotient = 2 * quotient + (rest >= power) as u128;
            rest -= if rest >= power { power } else { 0 };
            bits -= 1;
        }
        fifths[n] = quotient + 1;
        (n, power) = (n + 1, power * 5);
    }
    fifths
}

/// The double nearest to whole digits that have so many decimal places, from one to [`PLACES`].
///
/// The product with a power of a fifth tells it, of which 128 bits are enough (Daniel Lemire, "Number Parsing at a Gigabyte per
/// Second", 2021, section 5; Noble Mushtak and Daniel Lemire, "Fast Number Parsing Without Fallback", 2023).
pub(crate) fn quotient(digits: u64, places: usize) -> f64 {
    let zeros = digits.leading_zeros();
    if zeros == 64 {
        return 0.0;
    }
    let w = digits << zeros;
    let fifth = FIFTHS[places];
    let mut product = u128::from(w) * (fifth >> 64);
    // The other half can only matter where it might carry into the bits that count.
    if product >> 64 & 0x1ff == 0x1ff {
        product += (u128::from(w) * u128::from(fifth as u64)) >> 64;
    }
    let (high, low) = ((product >> 64) as u64, product as u64);
    // One bit more than a mantissa has, to round by.
    let shift = 9 + (high >> 63);
    let mut mantissa = high >> shift;
    // Half-way between two doubles: to the even one. Only few places leave no rest.
    if low <= 1 && places <= 4 && mantissa & 3 == 1 && mantissa << shift == high {
        mantissa -= 1;
    }
    mantissa = (mantissa + (mantissa & 1)) >> 1;
    // The exponent of 10^-places is 2^floor(-places * log2(10)); a mantissa that rounding has made longer adds one.
    let exponent = ((-217_706 * places as i64) >> 16) + 63 + 1023 + (high >> 63) as i64 - i64::from(zeros);
    f64::from_bits(((exponent as u64) << 52) + mantissa - (1 << 52))
}

/// A number's double, infinite beyond their range. `None` for a text that is no number.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn double(text: &str) -> Option<f64> {
    text.parse().ok()
}

#[cfg(target_arch = "wasm32")]
pub(crate) fn double(text: &str) -> Option<f64> {
    lexical_parse_float::FromLexical::from_lexical(text.as_bytes()).ok()
}

/// The float nearest to that double, as protoc takes a default (`Parser::ParseDefaultAssignment`, then `SafeDoubleToFloat`).
pub(crate) fn single(text: &str) -> Option<f32> {
    double(text).map(|double| double as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotients_are_those_of_the_standard_library() {
        let mut seed = 11u64;
        for i in 0..2_000_000u64 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let places = (seed >> 59) as usize % PLACES + 1;
            // Of any length, around powers of two, and half-way between two doubles: those end in few places.
            let digits = match i % 4 {
                0 => seed >> (i % 64),
                1 => (1u64 << (i / 4 % 64)).wrapping_add(seed % 7).wrapping_sub(3),
                2 => (((seed >> 11) | 1 << 52) * 2 + 1) * 5,
                _ => (((seed >> 12) | 1 << 51) * 4 + 2) * 25,
            };
            let places = if i % 4 < 2 { places } else { places % 4 + 1 };
            let expected: f64 = format!("{digits}e-{places}").parse().unwrap();
            assert_eq!(quotient(digits, places).to_bits(), expected.to_bits(), "{digits}e-{places}");
        }
    }
}
