//! UUIDs: sixteen bytes on the wire, 36 characters in text.

use crate::digits::hexadecimal;
use std::fmt;

/// A UUID in the byte order of its text. Its text is lower case; either case is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Uuid(pub [u8; 16]);

/// Where the hyphens stand.
const HYPHENS: [usize; 4] = [8, 13, 18, 23];

impl Uuid {
    /// Reads the form with 36 characters, and no other.
    pub fn parse(text: &str) -> Option<Uuid> {
        let text: &[u8; 36] = text.as_bytes().try_into().ok()?;
        let mut digits = [0; 32];
        let mut n = 0;
        for (i, &byte) in text.iter().enumerate() {
            if HYPHENS.contains(&i) {
                if byte != b'-' {
                    return None;
                }
                continue;
            }
            digits[n] = byte;
            n += 1;
        }
        Uuid::from_digits(&digits)
    }

    /// Reads hexadecimal digits, without hyphens.
    pub(crate) fn from_digits(digits: &[u8; 32]) -> Option<Uuid> {
        let mut bytes = [0; 16];
        for (byte, pair) in bytes.iter_mut().zip(digits.as_chunks::<2>().0) {
            *byte = hexadecimal(*pair)?;
        }
        Some(Uuid(bytes))
    }
}

impl fmt::Display for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, byte) in self.0.iter().enumerate() {
            if matches!(i, 4 | 6 | 8 | 10) {
                f.write_str("-")?;
            }
            write!(f, "{byte:02x}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_back() {
        let text = "89791762-2336-4186-9674-299b90a802e2";
        let uuid = Uuid::parse(text).unwrap();
        assert_eq!(uuid.0[..4], [0x89, 0x79, 0x17, 0x62]);
        assert_eq!(uuid.to_string(), text);
        assert_eq!(Uuid::parse(&text.to_uppercase()), Some(uuid));
    }

    #[test]
    fn nothing_else_is_a_uuid() {
        for text in [
            "",
            "8979176223364186967429 9b90a802e2",
            "89791762233641869674299b90a802e2",
            "{89791762-2336-4186-9674-299b90a802e2}",
            "89791762-2336-4186-9674-299b90a802e",
            "89791762-2336-4186-9674-299b90a802eg",
            "8979-1762-2336-4186-9674299b90a802e2",
            "89791762-2336-4186-9674-299b90a802é",
            "+9791762-2336-4186-9674-299b90a802e2",
        ] {
            assert_eq!(Uuid::parse(text), None, "{text}");
        }
    }
}
