//! The quick way through JSON text: values are passed over where they stand, strings sixteen bytes at a time.
//!
//! It takes what events are as a rule, and gives up (`None`) at all else: names with escapes, much depth, what is no JSON.
//! Then serde_json reads the same text, which says what is wrong with it.

use super::pick::{Member, Raw};
use crate::wire::{Run, quoted};

/// Levels of a value that is passed over: each takes stack.
const DEPTH: usize = 16;

/// A place in a text.
pub(super) struct Scan<'a> {
    text: &'a str,
    at: usize,
}

/// The members of an object with these names, the last where one comes twice.
pub(super) fn members<'a, const N: usize>(text: &'a str, names: &[&str; N]) -> Option<[Member<'a>; N]> {
    let mut found = [None; N];
    let mut scan = Scan::new(text);
    scan.members(|name, scan| {
        let value = scan.value()?;
        if let Some(member) = names.iter().position(|n| *n == name).and_then(|i| found.get_mut(i)) {
            *member = Some(value);
        }
        Some(())
    })?;
    scan.end()?;
    Some(found)
}

impl<'a> Scan<'a> {
    /// The beginning of a text.
    pub(super) fn new(text: &'a str) -> Self {
        Scan { text, at: 0 }
    }

    /// Only white space is left.
    pub(super) fn end(&mut self) -> Option<()> {
        self.peek().is_none().then_some(())
    }

    /// The next byte that is no white space; the place is its own.
    #[inline(always)]
    pub(super) fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while let b' ' | b'\t' | b'\n' | b'\r' = *bytes.get(self.at)? {
            self.at += 1;
        }
        bytes.get(self.at).copied()
    }

    #[inline(always)]
    fn pass_over(&mut self, byte: u8) -> Option<()> {
        let is = self.peek()? == byte;
        self.at += usize::from(is);
        is.then_some(())
    }

    /// Calls `each` with each name of an object, before the value, which it passes over.
    #[inline(always)]
    pub(super) fn members(&mut self, mut each: impl FnMut(&'a str, &mut Self) -> Option<()>) -> Option<()> {
        self.list(b'{', b'}', |scan| {
            let name = scan.name()?;
            scan.pass_over(b':')?;
            each(name, scan)
        })
    }

    /// Calls `each` before each item of an array, which it passes over.
    #[inline(always)]
    pub(super) fn items(&mut self, each: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.list(b'[', b']', each)
    }

    #[inline(always)]
    fn list(&mut self, open: u8, close: u8, mut each: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.pass_over(open)?;
        if self.peek()? == close {
            self.at += 1;
            return Some(());
        }
        loop {
            each(self)?;
            let byte = self.peek()?;
            self.at += 1;
            if byte == close {
                return Some(());
            }
            if byte != b',' {
                return None;
            }
        }
    }

    /// A string without escapes.
    #[inline(always)]
    fn name(&mut self) -> Option<&'a str> {
        self.pass_over(b'"')?;
        let start = self.at;
        let n = quoted::plain(self.rest())?;
        self.at += n;
        if self.byte()? != b'"' {
            return None;
        }
        self.text.get(start..start + n)
    }

    fn rest(&self) -> Run<'a> {
        Run::new(self.text.as_bytes().get(self.at..).unwrap_or_default())
    }

    /// Passes over a value.
    #[inline(always)]
    pub(super) fn value(&mut self) -> Option<Raw<'a>> {
        self.peek()?;
        let start = self.at;
        self.pass(DEPTH)?;
        self.text.get(start..self.at).map(Raw)
    }

    fn pass(&mut self, depth: usize) -> Option<()> {
        match self.peek()? {
            b'"' => self.string(),
            b'-' | b'0'..=b'9' => self.number(),
            b'[' => {
                let depth = depth.checked_sub(1)?;
                self.items(|scan| scan.pass(depth))
            }
            b'{' => {
                let depth = depth.checked_sub(1)?;
                self.members(|_, scan| scan.pass(depth))
            }
            b't' => self.word("true"),
            b'f' => self.word("false"),
            b'n' => self.word("null"),
            _ => None,
        }
    }

    fn word(&mut self, word: &str) -> Option<()> {
        self.text.get(self.at..)?.starts_with(word).then_some(())?;
        self.at += word.len();
        Some(())
    }

    #[inline(always)]
    fn string(&mut self) -> Option<()> {
        self.at += 1;
        loop {
            self.at += quoted::plain(self.rest())?;
            match self.byte()? {
                b'"' => return Some(()),
                b'\\' => self.escape()?,
                _ => return None,
            }
        }
    }

    fn escape(&mut self) -> Option<()> {
        match self.byte()? {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Some(()),
            b'u' => (0..4).all(|_| self.byte().is_some_and(|b| b.is_ascii_hexdigit())).then_some(()),
            _ => None,
        }
    }

    /// The next byte, passed over.
    #[inline(always)]
    fn byte(&mut self) -> Option<u8> {
        let byte = *self.text.as_bytes().get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    /// A number (RFC 8259, section 6).
    #[inline(always)]
    fn number(&mut self) -> Option<()> {
        let bytes = self.text.as_bytes();
        self.at += usize::from(bytes.get(self.at) == Some(&b'-'));
        if bytes.get(self.at) == Some(&b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if bytes.get(self.at) == Some(&b'.') {
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = bytes.get(self.at) {
            self.at += 1;
            self.at += usize::from(matches!(bytes.get(self.at), Some(b'+' | b'-')));
            self.digits()?;
        }
        Some(())
    }

    /// At least one digit.
    #[inline(always)]
    fn digits(&mut self) -> Option<()> {
        let start = self.at;
        let bytes = self.text.as_bytes();
        while let Some(b'0'..=b'9') = bytes.get(self.at) {
            self.at += 1;
        }
        (self.at > start).then_some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::value::RawValue;
    use std::collections::BTreeMap;

    const NAMES: [&str; 3] = ["a", "topic", "headers"];

    fn scanned(text: &str) -> Option<[Member<'_>; 3]> {
        members(text, &NAMES)
    }

    /// The same by serde_json. Names with escapes are names too, but not those that are looked for.
    fn read(text: &str) -> Option<[Option<&str>; 3]> {
        let members: BTreeMap<String, &RawValue> = serde_json::from_str(text).ok()?;
        Some(NAMES.map(|name| members.get(name).map(|raw| raw.get())))
    }

    #[test]
    fn what_it_takes_it_takes_as_serde_json_does() {
        let sample = r#" {"topic" : "t\u00e9\/\"" ,"a":[1,-0.5e+3,{"b":[]},true,null,"é"], "headers":[{"h":[1,-2]}],"topic":"x"} "#;
        assert!(scanned(sample).is_some());
        let bytes = b"\"\\{}[],:0123456789-+.eEtrufalsn \n\t\x01\x7f";
        let mut seed = 7u64;
        let mut next = |n: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as usize % n
        };
        let (mut taken, mut given_up) = (0, 0);
        for _ in 0..60_000 {
            let mut text = sample.as_bytes().to_vec();
            for _ in 0..=next(2) {
                let at = next(text.len());
                match next(3) {
                    0 => drop(text.remove(at)),
                    1 => text.insert(at, bytes[next(bytes.len())]),
                    _ => text[at] = bytes[next(bytes.len())],
                }
            }
            let Ok(text) = std::str::from_utf8(&text) else { continue };
            match scanned(text) {
                Some(found) => {
                    taken += 1;
                    assert_eq!(Some(found.map(|raw| raw.map(Raw::get))), read(text), "{text}");
                }
                None => given_up += usize::from(read(text).is_some()),
            }
        }
        assert!(taken > 5_000, "{taken}");
        assert!(given_up * 20 < taken, "{given_up} of {taken}");
    }

    #[test]
    fn depth_is_given_up() {
        let nested = |n: usize| format!("{{\"a\":{}{}}}", "[".repeat(n), "]".repeat(n));
        assert!(scanned(&nested(DEPTH)).is_some());
        assert!(scanned(&nested(DEPTH + 1)).is_none());
        assert!(scanned(&nested(1_000_000)).is_none());
    }
}
