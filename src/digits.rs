//! Numbers of digits alone: the library's own reading takes a sign too.

use std::str::FromStr;

/// A number of decimal digits, one at least.
pub(crate) fn number<N: FromStr>(text: &str) -> Option<N> {
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok())?
}

/// A byte of two hexadecimal digits, in either case.
pub(crate) fn hexadecimal(pair: [u8; 2]) -> Option<u8> {
    let [high, low] = pair.map(|digit| char::from(digit).to_digit(16));
    Some((high? << 4 | low?) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_alone() {
        assert_eq!((number("007"), number("255")), (Some(7u8), Some(255)));
        for text in ["", "+7", "-7", " 7", "256", "7a", "\u{0667}"] {
            assert_eq!(number::<u8>(text), None, "{text}");
        }
        assert_eq!((hexadecimal(*b"aF"), hexadecimal(*b"+a"), hexadecimal(*b"0 ")), (Some(0xaf), None, None));
    }
}
