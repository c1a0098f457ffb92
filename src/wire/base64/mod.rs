//! Base64 as producers of events write it: the standard alphabet, padding optional, any trailing bits.
//!
//! AWS's own sample key `abcDEFghiJKLmnoPQRstuVWXyz1234==` has trailing bits that are not zero. Strict decoders refuse
//! it; Java, Node and Python read it, and so does this one.

#[cfg_attr(all(target_arch = "wasm32", target_feature = "simd128"), path = "wasm.rs")]
#[cfg_attr(not(all(target_arch = "wasm32", target_feature = "simd128")), path = "native.rs")]
mod engine;

use super::Run;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Room that the engines may write behind the bytes.
const SLACK: usize = 16;

/// What is wrong with a text: an [`Error`](crate::Error) of code `BASE64_INVALID`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotBase64 {
    /// The first character that is wrong, counted in characters.
    pub at: usize,
    /// What it may come of.
    pub hint: Option<&'static str>,
}

/// Appends the bytes that `text` stands for to `out`.
///
/// # Errors
/// What is wrong with it; `out` is left as it was then.
#[inline]
pub fn decode(text: &str, out: &mut Vec<u8>) -> Result<(), NotBase64> {
    let before = out.len();
    out.resize(before + text.len() / 4 * 3 + SLACK, 0);
    let room = out.get_mut(before..).unwrap_or_default();
    let decoded = engine::decode(Run::new(text.as_bytes()), room);
    out.truncate(before + decoded.unwrap_or_default());
    if decoded.is_some() { Ok(()) } else { leniently(text, out) }
}

/// Writes the bytes that `text` stands for over the beginning of `out`, and gives how many they are. Behind them `out`
/// has at least `padding` bytes of any value. `None` for a text that isn't what producers write, whole groups of which
/// the last may have padding: [`decode`] says what it is.
#[inline]
pub fn decode_over(text: Run<'_>, out: &mut Vec<u8>, padding: usize) -> Option<usize> {
    let room = room(text.len()) + padding;
    if out.len() < room {
        out.resize(room, 0);
    }
    engine::decode(text, out)
}

/// Decodes texts that stand one behind the other, all of whole groups, with whatever padding: the bytes of each begin where
/// three quarters of the texts before it end. Gives how many `=` there are in all of them, wherever they are: it is for the
/// caller to compare that with the padding at the ends. `out` needs [`room`] for the texts. `None` where there is
/// anything else, and on targets whose callers have no such texts.
#[inline]
pub fn decode_joined(texts: Run<'_>, out: &mut [u8]) -> Option<usize> {
    engine::decode_joined(texts, out)
}

/// Bytes that decoding so many characters may write.
#[inline]
pub fn room(chars: usize) -> usize {
    chars / 4 * 3 + SLACK
}

/// How many of the last characters of a text are padding: at most two.
#[inline]
pub fn padding(text: &[u8]) -> usize {
    match text {
        [.., b'=', b'='] => 2,
        [.., b'='] => 1,
        _ => 0,
    }
}

/// The bits of a character of the standard alphabet.
pub(super) fn sextet(c: u8) -> Option<u32> {
    Some(u32::from(match c {
        b'A'..=b'Z' => c - b'A',
        b'a'..=b'z' => c - b'a' + 26,
        b'0'..=b'9' => c - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    }))
}

/// Padding may be missing, or less than it should be.
#[cold]
fn leniently(text: &str, out: &mut Vec<u8>) -> Result<(), NotBase64> {
    let before = out.len();
    let body = text.trim_end_matches('=').as_bytes();
    let padded = text.len() - body.len() <= body.len().wrapping_neg() % 4;
    if !padded || body.len() % 4 == 1 || !body.chunks(4).all(|group| append(group, out)) {
        out.truncate(before);
        return Err(diagnose(text));
    }
    Ok(())
}

/// Appends the bytes of a group of two to four characters.
fn append(group: &[u8], out: &mut Vec<u8>) -> bool {
    let bits = group.iter().try_fold(0, |bits, &c| Some(bits << 6 | sextet(c)?));
    let Some(bits) = bits else { return false };
    let bytes = (bits << (6 * (4 - group.len()) + 8)).to_be_bytes();
    out.extend(bytes.iter().take(group.len() - 1));
    true
}

/// Writes the text of bytes over the beginning of `room`, which has four characters for every three bytes and for the rest.
pub(crate) fn write(bytes: &[u8], room: &mut [u8]) {
    let character = |bits: u32| ALPHABET[(bits & 63) as usize];
    for (bytes, text) in bytes.chunks(3).zip(room.as_chunks_mut().0) {
        let at = |i: usize| u32::from(bytes.get(i).copied().unwrap_or_default());
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        *text = [bits >> 18, bits >> 12, bits >> 6, bits].map(character);
        text.iter_mut().skip(bytes.len() + 1).for_each(|c| *c = b'=');
    }
}

/// The text of bytes.
pub(crate) fn encode(bytes: &[u8]) -> String {
    let mut text = vec![0; bytes.len().div_ceil(3) * 4];
    write(bytes, &mut text);
    String::from_utf8(text).unwrap_or_default()
}

/// Finds the first character that is wrong: the engine reports some faults by length only.
#[cold]
fn diagnose(text: &str) -> NotBase64 {
    let body = text.trim_end_matches('=');
    let odd = body.chars().enumerate().find(|(_, c)| !is_standard(*c));
    let (at, hint) = match odd {
        Some((at, c)) => (at, hint_for(c)),
        None if body.len() % 4 == 1 => (body.len() - 1, Some("the text may have been cut off")),
        None => (body.len() + (4 - body.len() % 4) % 4, Some("there is more padding than base64 allows")),
    };
    NotBase64 { at, hint }
}

fn is_standard(c: char) -> bool {
    u8::try_from(c).is_ok_and(|c| sextet(c).is_some())
}

fn hint_for(c: char) -> Option<&'static str> {
    match c {
        '-' | '_' => Some("this is the URL-safe alphabet: Lambda writes + and / instead of - and _"),
        // What isn't ASCII comes from some callers as its bytes, a character each: a hint of it would depend on the way.
        c if c.is_ascii_whitespace() => Some("white space is not part of the text: remove it"),
        '=' => Some("padding stands only at the end: two base64 texts may have been joined"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(text: &str) -> Vec<u8> {
        let mut out = vec![9];
        decode(text, &mut out).unwrap_or_else(|e| panic!("{text}: {e:?}"));
        assert_eq!(out.remove(0), 9, "bytes are appended");
        out
    }

    fn offset(text: &str) -> (usize, Option<&'static str>) {
        let mut out = vec![9];
        let NotBase64 { at, hint } = decode(text, &mut out).expect_err(text);
        assert_eq!(out, [9], "nothing is left behind");
        (at, hint)
    }

    #[test]
    fn standard_text() {
        assert_eq!(bytes(""), b"");
        assert_eq!(bytes("SGVsbG8="), b"Hello");
        assert_eq!(bytes("+/+/"), [0xfb, 0xff, 0xbf]);
    }

    #[test]
    fn padding_is_optional() {
        for text in ["SA==", "SA=", "SA"] {
            assert_eq!(bytes(text), b"H", "{text}");
        }
        assert_eq!(bytes("SGU"), b"He");
    }

    /// AWS's sample key.
    #[test]
    fn trailing_bits_may_be_anything() {
        let key = bytes("abcDEFghiJKLmnoPQRstuVWXyz1234==");
        // As Python and Node decode it.
        let hex: String = key.iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!(hex, "69b70310582188928b9a7a0f411b2db95597cb3d76df");
        assert_eq!((bytes("//=="), bytes("///=")), (vec![0xff], vec![0xff, 0xff]), "as many as there can be");
    }

    #[test]
    fn url_safe_text_and_white_space_have_hints() {
        let (at, hint) = offset("+/-/");
        assert_eq!(at, 2);
        assert!(hint.unwrap().contains("URL-safe"));
        assert!(offset("AAAA_AAA").1.unwrap().contains("URL-safe"));
        for text in ["AAAA\nAAAA", "AAAA AAAA", "AAAA\tAAA"] {
            let (at, hint) = offset(text);
            assert_eq!(at, 4, "{text:?}");
            assert!(hint.unwrap().contains("white space"));
        }
        for text in ["AAAA\u{2028}AAA", "AAAA\u{a0}AAA"] {
            assert_eq!(offset(text), (4, None), "{text:?}");
        }
        assert_eq!(offset("AAAA\n").0, 4);
    }

    #[test]
    fn what_is_wrong_is_found_at_its_character() {
        assert_eq!(offset("{\"a\":1}").0, 0);
        assert_eq!(offset("SGVsbG8ë").0, 7);
        assert_eq!(offset("SGVsbG8=SGVs").0, 7, "padding inside");
        assert_eq!(offset("SGVsb").0, 4, "a leftover character");
        assert_eq!(offset("A").0, 0);
        assert_eq!(offset("A===").0, 0);
        assert_eq!(offset("AAAA=").0, 4);
        assert_eq!(offset("SA===").0, 4);
        assert_eq!(offset("=").0, 0);
        assert_eq!(offset(&format!("{}*", "AAAA".repeat(1000))).0, 4000);
    }

    #[test]
    fn text_is_that_of_another_encoder() {
        use ::base64::Engine as _;
        let all: Vec<u8> = (0..=255).rev().collect();
        for n in 0..all.len() {
            assert_eq!(encode(&all[..n]), ::base64::engine::general_purpose::STANDARD.encode(&all[..n]));
        }
    }

    #[test]
    fn bytes_of_any_length_with_anything_behind_the_text() {
        let all: Vec<u8> = (0..=255).collect();
        for n in 0..all.len() {
            let text = encode(&all[..n]);
            for behind in
                ["", "=", "AAAAAAAAAAAAAAAAAAAAAA", "\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}"]
            {
                let buffer = format!("{text}{behind}");
                let run =
                    crate::wire::Cursor::new(buffer.as_bytes(), 0, text.len()).take(text.len()).unwrap();
                let mut out = vec![7; n % 5];
                assert_eq!(decode_over(run, &mut out, 16), Some(n), "{buffer}");
                assert!(out.starts_with(&all[..n]) && out.len() >= n + 16);
            }
        }
        let mut out = Vec::new();
        for text in
            ["A", "AA", "AAA", "AAAA=", "AA=A", "A===", "AAA-", "AAAAAAAAAAAAAAAAAAAAAAAAAAA\u{e9}AAA"]
        {
            assert_eq!(decode_over(Run::new(text.as_bytes()), &mut out, 0), None, "{text}");
        }
    }

    #[test]
    fn every_short_text_is_bytes_or_an_error_inside_it() {
        let alphabet = ['A', 'z', '/', '=', '-', ' ', 'é'];
        let mut texts = vec![String::new()];
        for _ in 0..5 {
            texts = texts.iter().flat_map(|t| alphabet.map(|c| format!("{t}{c}"))).collect();
            for text in &texts {
                let mut out = Vec::new();
                if let Err(error) = decode(text, &mut out) {
                    assert!(error.at < text.chars().count(), "{text:?}");
                }
            }
        }
    }
}
