//! The tape that JavaScript reads: words, doubles, 64-bit integers and text heaps, one value behind the other.
//!
//! What stands where follows from the plan's [`crate::format::shape::Shape`]; nothing describes itself but tagged
//! values. Strings keep only their length here: their characters stand in `latin` (one byte each) or, where a
//! character is beyond Latin-1, in `wide` (UTF-16).

use crate::dialect;
use crate::format::{Field, Lit, NotUtf8, Record, Sink, Span, Tag, utf8};
use crate::wire::Run;

const MAX_SAFE: i64 = (1 << 53) - 1;

/// The tape.
#[derive(Default)]
pub struct Tape {
    ints: Vec<i32>,
    floats: Vec<f64>,
    bigs: Vec<i64>,
    latin: Vec<u8>,
    wide: Vec<u16>,
    binary: Vec<u8>,
    mark: [u32; 6],
}

impl Tape {
    /// An empty tape.
    pub fn new() -> Self {
        Tape::default()
    }

    /// Words: small integers, lengths, counts, branches, tags.
    pub fn ints(&self) -> &[i32] {
        &self.ints
    }

    /// Floats, and 64-bit integers that a double holds exactly; NaN in such a place sends to [`Tape::bigs`].
    pub fn floats(&self) -> &[f64] {
        &self.floats
    }

    /// The other 64-bit integers.
    pub fn bigs(&self) -> &[i64] {
        &self.bigs
    }

    /// Characters of strings that are all Latin-1.
    pub fn latin(&self) -> &[u8] {
        &self.latin
    }

    /// UTF-16 units of the other strings.
    pub fn wide(&self) -> &[u16] {
        &self.wide
    }

    /// Bytes.
    pub fn binary(&self) -> &[u8] {
        &self.binary
    }

    /// The present lengths, in the order above: where the next value begins.
    pub fn mark(&self) -> [u32; 6] {
        [
            self.ints.len() as u32,
            self.floats.len() as u32,
            self.bigs.len() as u32,
            self.latin.len() as u32,
            self.wide.len() as u32,
            self.binary.len() as u32,
        ]
    }

    /// Forgets everything; keeps the memory.
    pub fn clear(&mut self) {
        self.truncate([0; 6]);
    }

    fn truncate(&mut self, mark: [u32; 6]) {
        self.ints.truncate(mark[0] as usize);
        self.floats.truncate(mark[1] as usize);
        self.bigs.truncate(mark[2] as usize);
        self.latin.truncate(mark[3] as usize);
        self.wide.truncate(mark[4] as usize);
        self.binary.truncate(mark[5] as usize);
    }

    #[inline]
    fn push_text(&mut self, text: &str) {
        if text.is_ascii() {
            self.latin.extend_from_slice(text.as_bytes());
            self.ints.push(text.len() as i32);
        } else {
            self.push_beyond_ascii(text);
        }
    }

    #[inline(never)]
    fn push_beyond_ascii(&mut self, text: &str) {
        if text.chars().all(|c| u32::from(c) < 0x100) {
            let start = self.latin.len();
            self.latin.extend(text.chars().map(|c| u32::from(c) as u8));
            self.ints.push((self.latin.len() - start) as i32);
        } else {
            let start = self.wide.len();
            self.wide.extend(text.encode_utf16());
            self.ints.push(-((self.wide.len() - start) as i32) - 1);
        }
    }

    #[inline]
    fn open(&mut self) -> usize {
        self.ints.push(0);
        self.ints.len() - 1
    }

    #[inline]
    fn close(&mut self, mark: usize, count: usize) {
        if let Some(word) = self.ints.get_mut(mark) {
            *word = count as i32;
        }
    }
}

impl Sink for Tape {
    #[inline(always)]
    fn begin(&mut self, _: usize) {
        self.mark = self.mark();
    }
    #[inline(always)]
    fn end(&mut self) {}
    fn abort(&mut self) {
        self.truncate(self.mark);
    }
    #[inline(always)]
    fn null(&mut self, _: Span) {}
    #[inline(always)]
    fn boolean(&mut self, v: bool, _: Span) {
        self.ints.push(i32::from(v));
    }
    #[inline(always)]
    fn int(&mut self, v: i32, _: Span) {
        self.ints.push(v);
    }
    #[inline(always)]
    fn uint(&mut self, v: u32, _: Span) {
        self.ints.push(v as i32);
    }
    #[inline(always)]
    fn long(&mut self, v: i64, _: Span) {
        if v.unsigned_abs() <= MAX_SAFE as u64 {
            self.floats.push(v as f64);
        } else {
            self.floats.push(f64::NAN);
            self.bigs.push(v);
        }
    }
    #[inline(always)]
    fn ulong(&mut self, v: u64, _: Span) {
        if v <= MAX_SAFE as u64 {
            self.floats.push(v as f64);
        } else {
            self.floats.push(f64::NAN);
            self.bigs.push(v as i64);
        }
    }
    fn digits(&mut self, v: &str, _: Span) {
        self.push_text(v);
    }
    #[inline(always)]
    fn float(&mut self, v: f32, _: bool, _: Span) {
        self.floats.push(f64::from(v));
    }
    #[inline(always)]
    fn double(&mut self, v: f64, _: Span) {
        self.floats.push(v);
    }
    #[inline(always)]
    fn string(&mut self, v: Run<'_>, _: Span) -> Result<(), NotUtf8> {
        self.push_text(utf8(v)?);
        Ok(())
    }
    fn text(&mut self, v: &str, _: Span) {
        self.push_text(v);
    }
    fn instant(&mut self, millis: i64, _: &str, _: Span) {
        self.floats.push(millis as f64);
    }
    fn bytes(&mut self, v: Run<'_>, _: dialect::Bytes, _: Span) {
        self.binary.extend_from_slice(v.exact());
        self.ints.push(v.len() as i32);
    }
    #[inline(always)]
    fn symbol(&mut self, index: u32, _: &Lit, _: Span) {
        self.ints.push(index as i32);
    }
    fn unknown_symbol(&mut self, number: i32, _: Span) {
        self.ints.push(-1);
        self.ints.push(number);
    }
    #[inline(always)]
    fn branch(&mut self, index: u32, _: Span) {
        self.ints.push(index as i32);
    }
    #[inline(always)]
    fn presence(&mut self, present: bool) {
        self.ints.push(i32::from(present));
    }
    #[inline(always)]
    fn tag(&mut self, tag: Tag) {
        self.ints.push(tag as i32);
    }
    #[inline(always)]
    fn record(&mut self, _: &Record, _: usize) {}
    #[inline(always)]
    fn field(&mut self, _: &Field) {}
    #[inline(always)]
    fn record_end(&mut self, _: &Record, _: usize) {}
    #[inline(always)]
    fn array(&mut self, _: usize) -> usize {
        self.open()
    }
    #[inline(always)]
    fn item(&mut self, _: usize) {}
    #[inline(always)]
    fn array_end(&mut self, mark: usize, items: usize, _: usize) {
        self.close(mark, items);
    }
    #[inline(always)]
    fn map(&mut self, _: usize) -> usize {
        self.open()
    }
    #[inline(always)]
    fn key(&mut self, _: usize, k: Run<'_>, _: Span) -> Result<(), NotUtf8> {
        self.push_text(utf8(k)?);
        Ok(())
    }
    #[inline(always)]
    fn map_end(&mut self, mark: usize, entries: usize, _: usize) {
        self.close(mark, entries);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Span = (0, 0);

    #[test]
    fn strings_choose_the_narrowest_heap() {
        let mut tape = Tape::new();
        for text in ["abc", "é", "aé😀"] {
            tape.string(Run::new(text.as_bytes()), AT).unwrap();
        }
        assert_eq!(tape.ints(), [3, 1, -5]);
        assert_eq!(tape.latin(), b"abc\xe9");
        assert_eq!(tape.wide(), "aé😀".encode_utf16().collect::<Vec<_>>());
    }

    #[test]
    fn integers_that_a_double_would_round_go_to_the_side_table() {
        let mut tape = Tape::new();
        for v in [0, MAX_SAFE, -MAX_SAFE, MAX_SAFE + 1, i64::MIN] {
            tape.long(v, AT);
        }
        tape.ulong(u64::MAX, AT);
        assert_eq!(tape.bigs(), [MAX_SAFE + 1, i64::MIN, -1]);
        assert_eq!(tape.floats().iter().filter(|f| f.is_nan()).count(), 3);
    }

    #[test]
    fn abort_leaves_nothing_of_a_failed_datum() {
        let mut tape = Tape::new();
        tape.begin(0);
        tape.int(1, AT);
        tape.end();
        let before = tape.mark();
        tape.begin(0);
        tape.text("é😀", AT);
        tape.long(i64::MAX, AT);
        tape.bytes(Run::new(b"x"), dialect::Bytes::Hex, AT);
        tape.abort();
        assert_eq!(tape.mark(), before);
    }
}
