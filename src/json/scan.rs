//! The way through JSON text: values are passed over where they stand, strings sixteen bytes at a time.
//!
//! Nothing recurses, so that no depth of nesting is too much. What gives `None` is no JSON, and the scan then stands on the
//! byte that is wrong.

use super::{Flaw, Raw, Why, unescape};
use crate::wire::{Cursor, Run, quoted};
use std::borrow::Cow;

/// A place in a text.
#[derive(Clone)]
pub(crate) struct Scan<'a> {
    text: &'a str,
    at: usize,
    why: Why,
}

/// The containers around a value: for each a bit, which says whether it is an object.
struct Around {
    bits: u64,
    /// Those around 63 others.
    more: Vec<u64>,
}

impl Around {
    /// Below it there is none.
    const BOTTOM: u64 = 1;

    fn push(&mut self, object: bool) {
        if self.bits.leading_zeros() == 0 {
            self.more.push(self.bits);
            self.bits = Self::BOTTOM;
        }
        self.bits = self.bits << 1 | u64::from(object);
    }

    fn pop(&mut self) {
        self.bits >>= 1;
        if self.bits == Self::BOTTOM {
            self.bits = self.more.pop().unwrap_or(Self::BOTTOM);
        }
    }

    /// Whether the innermost one is an object.
    fn innermost(&self) -> Option<bool> {
        (self.bits != Self::BOTTOM).then_some(self.bits & 1 != 0)
    }
}

impl<'a> Scan<'a> {
    /// The beginning of a text.
    pub(crate) fn new(text: &'a str) -> Self {
        Scan { text, at: 0, why: Why::Byte }
    }

    /// What is wrong, where something gave `None`.
    #[cold]
    pub(crate) fn flaw(&self) -> Flaw {
        let why = if self.at >= self.text.len() { Why::End } else { self.why };
        Flaw { at: self.at, why }
    }

    /// What is found, or what is wrong, where it must be all of the text.
    pub(crate) fn whole<T>(&mut self, found: Option<T>) -> Result<T, Flaw> {
        found.filter(|_| self.peek().is_none()).ok_or_else(|| self.flaw())
    }

    /// Where the scan stands.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// The text from an earlier place on.
    #[inline]
    pub(crate) fn since(&self, before: &Scan<'a>) -> Option<&'a str> {
        self.text.get(before.at..self.at)
    }

    /// The text from here on.
    #[inline(always)]
    pub(crate) fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    /// Goes on by so many bytes.
    #[inline(always)]
    pub(crate) fn advance(&mut self, bytes: usize) {
        self.at += bytes;
    }

    /// What stands here is wrong for this reason.
    #[cold]
    pub(crate) fn wrong<T>(&mut self, at: usize, why: Why) -> Option<T> {
        (self.at, self.why) = (at, why);
        None
    }

    /// The next byte that is no white space; `at` is then its place.
    #[inline(always)]
    pub(crate) fn peek(&mut self) -> Option<u8> {
        match self.text.as_bytes().get(self.at) {
            Some(&byte) if byte > b' ' => Some(byte),
            _ => self.skip(),
        }
    }

    /// Passes over white space.
    #[inline(never)]
    fn skip(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while let b' ' | b'\t' | b'\n' | b'\r' = *bytes.get(self.at)? {
            self.at += 1;
        }
        self.here()
    }

    #[inline(always)]
    fn pass_over(&mut self, byte: u8) -> Option<()> {
        let is = self.peek()? == byte;
        self.at += usize::from(is);
        is.then_some(())
    }

    /// Calls `each` with each name of an object, before the value, which it passes over.
    #[inline(always)]
    pub(crate) fn members(
        &mut self,
        mut each: impl FnMut(Cow<'a, str>, &mut Self) -> Option<()>,
    ) -> Option<()> {
        self.parts(b'{', b'}', |scan| {
            let name = scan.name()?;
            each(name, scan)
        })
    }

    #[inline]
    pub(super) fn name(&mut self) -> Option<Cow<'a, str>> {
        let name = self.string()?;
        self.pass_over(b':')?;
        Some(name)
    }

    /// Calls `each` before each item of an array, which it passes over.
    #[inline(always)]
    pub(crate) fn items(&mut self, each: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.parts(b'[', b']', each)
    }

    #[inline(always)]
    pub(super) fn parts(
        &mut self,
        open: u8,
        close: u8,
        mut each: impl FnMut(&mut Self) -> Option<()>,
    ) -> Option<()> {
        self.pass_over(open)?;
        if self.peek()? == close {
            self.at += 1;
            return Some(());
        }
        loop {
            each(self)?;
            if self.peek()? == close {
                self.at += 1;
                return Some(());
            }
            self.pass_over(b',')?;
        }
    }

    /// A string, borrowed where it holds no escape.
    #[inline(always)]
    pub(crate) fn string(&mut self) -> Option<Cow<'a, str>> {
        self.pass_over(b'"')?;
        let start = self.at;
        if self.plain()? != b'"' {
            self.at = start;
            return self.unescaped().map(Cow::Owned);
        }
        self.at += 1;
        self.text.get(start..self.at - 1).map(Cow::Borrowed)
    }

    /// An integer of at most eighteen digits. Others, and -0, are none: they are told by [`Scan::value`].
    #[inline(always)]
    pub(crate) fn integer(&mut self) -> Option<i64> {
        let negative = self.peek()? == b'-';
        self.at += usize::from(negative);
        let rest = self.rest();
        let (mut n, mut digits) = (0i64, 0);
        while let Some(digit @ b'0'..=b'9') = rest.get(digits) {
            n = n.wrapping_mul(10).wrapping_add(i64::from(digit - b'0'));
            digits += 1;
        }
        self.at += digits;
        let usual = match digits {
            1 => !negative || n != 0,
            2..=18 => rest.first() != Some(&b'0'),
            _ => false,
        };
        usual.then_some(if negative { n.wrapping_neg() } else { n })
    }

    #[inline(never)]
    fn unescaped(&mut self) -> Option<String> {
        let mut cursor = Cursor::new(self.text.as_bytes(), self.at, self.text.len());
        let mut text = String::new();
        match unescape(false, &mut cursor, &mut text) {
            Ok(()) => {
                self.at = cursor.at();
                Some(text)
            }
            Err(flaw) => self.wrong(flaw.at, flaw.why),
        }
    }

    /// Passes over what stands for itself in a string; gives the byte that doesn't, on which the scan stands.
    #[inline(always)]
    fn plain(&mut self) -> Option<u8> {
        let rest = self.rest();
        self.at += quoted::plain(Run::new(rest)).unwrap_or(rest.len());
        self.here()
    }

    #[inline]
    fn here(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Passes over a value.
    #[inline(always)]
    pub(crate) fn value(&mut self) -> Option<Raw<'a>> {
        self.peek()?;
        let start = self.at;
        self.pass()?;
        self.text.get(start..self.at).map(Raw::of)
    }

    #[inline(never)]
    fn pass(&mut self) -> Option<()> {
        match self.peek()? {
            b'{' | b'[' => self.container(),
            byte => self.scalar(byte),
        }
    }

    fn container(&mut self) -> Option<()> {
        let mut around = Around { bits: Around::BOTTOM, more: Vec::new() };
        loop {
            let byte = self.peek()?;
            if let b'{' | b'[' = byte {
                self.at += 1;
                // Two behind the opening bracket stands the closing one.
                if self.peek()? == byte + 2 {
                    self.at += 1;
                } else {
                    around.push(byte == b'{');
                    if byte == b'{' {
                        self.pass_name()?;
                    }
                    continue;
                }
            } else {
                self.scalar(byte)?;
            }
            loop {
                let Some(object) = around.innermost() else { return Some(()) };
                let byte = self.peek()?;
                if byte == if object { b'}' } else { b']' } {
                    self.at += 1;
                    around.pop();
                    continue;
                }
                if byte != b',' {
                    return None;
                }
                self.at += 1;
                if object {
                    self.pass_name()?;
                }
                break;
            }
        }
    }

    #[inline(always)]
    fn pass_name(&mut self) -> Option<()> {
        self.peek().filter(|byte| *byte == b'"')?;
        self.pass_string()?;
        self.pass_over(b':')
    }

    /// Passes over a value that begins with `byte`, on which the scan stands, and is no container.
    #[inline(always)]
    fn scalar(&mut self, byte: u8) -> Option<()> {
        match byte {
            b'"' => self.pass_string(),
            b'-' | b'0'..=b'9' => self.number(),
            b't' => self.word("true"),
            b'f' => self.word("false"),
            b'n' => self.word("null"),
            _ => None,
        }
    }

    fn word(&mut self, word: &str) -> Option<()> {
        word.bytes().all(|byte| self.is(byte)).then_some(())
    }

    /// Passes over a byte, if it is this one.
    fn is(&mut self, byte: u8) -> bool {
        let is = self.here() == Some(byte);
        self.at += usize::from(is);
        is
    }

    #[inline(always)]
    fn pass_string(&mut self) -> Option<()> {
        self.at += 1;
        loop {
            match self.plain()? {
                b'"' => {
                    self.at += 1;
                    return Some(());
                }
                b'\\' => self.escape()?,
                _ => return None,
            }
        }
    }

    fn escape(&mut self) -> Option<()> {
        self.at += 1;
        match self.here()? {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => self.at += 1,
            b'u' => {
                self.at += 1;
                for _ in 0..4 {
                    self.here().filter(u8::is_ascii_hexdigit)?;
                    self.at += 1;
                }
            }
            _ => return None,
        }
        Some(())
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
mod tests;
