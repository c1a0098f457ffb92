//! The tape that JavaScript reads: words, doubles, 64-bit integers and text heaps, one value behind the other.
//!
//! What stands where follows from the plan's [`crate::format::shape::Shape`]; nothing describes itself but tagged
//! values. Strings keep only their length here: their characters stand in `latin` (one byte each) or, where a
//! character is beyond Latin-1, in `wide` (UTF-16). Where a learned template expects a value of one kind, one of another kind
//! stands behind a mark that no such value has ([`Sink::unlike`]). A map's key is the number of a key that was met before, or -1 and
//! a string.

use super::slots::{Keys, Slots, is_ascii_chunk};
use crate::dialect::{self, MAX_SAFE};
use crate::format::{Field, Lit, NotUtf8, Record, Sink, Span, Tag, utf8};
use crate::wire::Run;
use crate::wire::quoted::first_end_of_ascii;

/// Fields of a sparse record that a word tells of: one bit for each that is missing.
const WORD: usize = 30;

/// Words before a sparse record's values; the first is -1 where it isn't like the template.
#[inline(always)]
fn words_of(fields: usize) -> usize {
    fields.div_ceil(WORD).max(1)
}

/// Bytes that an item counts for which takes none on the tape: engines take up to 175 for an object.
const WEIGHTLESS: usize = 256;

/// The tape.
#[derive(Default)]
pub struct Tape {
    ints: Slots<i32>,
    floats: Slots<f64>,
    bigs: Vec<i64>,
    latin: Slots<u8>,
    wide: Vec<u16>,
    binary: Vec<u8>,
    keys: Keys,
    mark: [u32; 6],
    /// What the items count for that take no bytes here.
    weightless: usize,
    /// Whether a byte of `latin` may be beyond ASCII.
    accented: bool,
}

impl Tape {
    /// An empty tape.
    pub fn new() -> Self {
        Tape::default()
    }

    /// Words: small integers, lengths, counts, branches, tags.
    pub fn ints(&self) -> &[i32] {
        self.ints.get()
    }

    /// Floats, and 64-bit integers that a double holds exactly; NaN in such a place sends to [`Tape::bigs`].
    pub fn floats(&self) -> &[f64] {
        self.floats.get()
    }

    /// The other 64-bit integers.
    pub fn bigs(&self) -> &[i64] {
        &self.bigs
    }

    /// Characters of strings that are all Latin-1.
    pub fn latin(&self) -> &[u8] {
        self.latin.get()
    }

    /// Whether those are all ASCII. It may say no after a failed datum.
    pub fn latin_is_ascii(&self) -> bool {
        !self.accented
    }

    /// UTF-16 units of the other strings.
    pub fn wide(&self) -> &[u16] {
        &self.wide
    }

    /// Bytes.
    pub fn binary(&self) -> &[u8] {
        &self.binary
    }

    /// The map keys that were met since the tape was made, which the words number.
    pub fn keys(&self) -> &[Box<str>] {
        self.keys.all()
    }

    /// The present lengths, in the order above: where the next value begins.
    #[inline]
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

    /// How many bytes it holds, with 256 for each item that takes none.
    #[inline]
    pub fn held(&self) -> usize {
        self.held_at(self.mark())
    }

    /// The same up to a mark that was just taken.
    #[inline]
    pub fn held_at(&self, mark: [u32; 6]) -> usize {
        let [ints, floats, bigs, latin, wide, binary] = mark.map(|n| n as usize);
        self.weightless + 4 * ints + 8 * (floats + bigs) + latin + 2 * wide + binary
    }

    /// Forgets everything; keeps the memory.
    pub fn clear(&mut self) {
        self.truncate([0; 6]);
        self.weightless = 0;
        self.accented = false;
    }

    fn truncate(&mut self, mark: [u32; 6]) {
        self.ints.truncate(mark[0] as usize);
        self.floats.truncate(mark[1] as usize);
        self.bigs.truncate(mark[2] as usize);
        self.latin.truncate(mark[3] as usize);
        self.wide.truncate(mark[4] as usize);
        self.binary.truncate(mark[5] as usize);
    }

    /// Copies whole chunks and looks at them on the way: most strings are short and ASCII.
    #[inline]
    fn push_run(&mut self, run: Run<'_>) -> Result<(), NotUtf8> {
        let (mut from, mut left) = (run.tail(), run.len());
        let mut to = self.latin.room(left + 16);
        while let (Some((chunk, rest)), Some((place, room))) =
            (from.split_first_chunk(), to.split_first_chunk_mut())
        {
            *place = *chunk;
            if !is_ascii_chunk(chunk, left) {
                break;
            }
            if left <= 16 {
                self.latin.count(run.len());
                self.ints.push(run.len() as i32);
                return Ok(());
            }
            (from, to, left) = (rest, room, left - 16);
        }
        self.push_slowly(run)
    }

    #[inline]
    fn push_slowly(&mut self, run: Run<'_>) -> Result<(), NotUtf8> {
        self.push_text(utf8(run)?);
        Ok(())
    }

    #[inline]
    fn push_text(&mut self, text: &str) {
        if text.is_ascii() {
            self.latin.extend(text.bytes(), text.len());
            self.ints.push(text.len() as i32);
        } else {
            self.push_beyond_ascii(text);
        }
    }

    #[inline]
    fn push_beyond_ascii(&mut self, text: &str) {
        if text.chars().all(|c| u32::from(c) < 0x100) {
            self.accented = true;
            let start = self.latin.len();
            self.latin.extend(text.chars().map(|c| u32::from(c) as u8), text.len());
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
        self.ints.set(mark, count as i32);
    }
}

impl Sink for Tape {
    fn erased(&mut self) -> &mut dyn Sink {
        self
    }
    #[inline(always)]
    fn begin(&mut self, _: usize) {
        self.mark = self.mark();
    }
    #[inline(never)]
    fn weightless(&mut self, items: usize) {
        self.weightless = self.weightless.saturating_add(items.saturating_mul(WEIGHTLESS));
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
        if v.unsigned_abs() <= MAX_SAFE {
            self.floats.push(v as f64);
        } else {
            self.floats.push(f64::NAN);
            self.bigs.push(v);
        }
    }
    #[inline(always)]
    fn ulong(&mut self, v: u64, _: Span) {
        if v <= MAX_SAFE {
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
        // Inline for the one chunk that most strings are: a call for each costs a tenth of the whole.
        if let Some(chunk) = v.tail().first_chunk::<16>()
            && v.len() <= 16
            && is_ascii_chunk(chunk, v.len())
            && self.latin.push_chunk(chunk, v.len())
        {
            self.ints.push(v.len() as i32);
            return Ok(());
        }
        self.push_run(v)
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
    fn learns(&self) -> bool {
        true
    }
    #[inline(always)]
    fn sparse(&mut self, r: &Record, _: usize) -> usize {
        let mark = self.ints.len();
        (0..words_of(r.fields as usize)).for_each(|_| self.ints.push(0));
        mark
    }
    #[inline(never)]
    fn lacks(&mut self, mark: usize, place: usize) {
        let at = mark + place / WORD;
        let word = self.ints.get().get(at).copied().unwrap_or_default();
        self.ints.set(at, word | 1 << (place % WORD));
    }
    #[inline(always)]
    fn quoted(&mut self, text: Run<'_>) -> Option<usize> {
        let mut n = 0;
        while n < text.len() {
            let chunk = text.tail().get(n..)?.first_chunk()?;
            self.latin.put_chunk(n, chunk);
            let end = first_end_of_ascii(chunk);
            n += end;
            if end < 16 {
                break;
            }
        }
        if text.exact().get(n) != Some(&b'"') {
            return None;
        }
        self.latin.count(n);
        self.ints.push(n as i32);
        Some(n)
    }
    #[inline(never)]
    fn unlike(&mut self, expected: Tag) {
        match expected {
            Tag::String => self.ints.push(i32::MIN),
            Tag::Boolean => self.ints.push(2),
            Tag::Array | Tag::Map => self.ints.push(-1),
            _ => self.floats.push(f64::NAN),
        }
    }
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
    fn key(&mut self, index: usize, k: Run<'_>, _: Span) -> Result<(), NotUtf8> {
        match self.keys.find(index, k)? {
            Some(number) => {
                self.ints.push(number as i32);
                Ok(())
            }
            None => {
                self.ints.push(-1);
                self.push_run(k)
            }
        }
    }
    #[inline(always)]
    fn map_end(&mut self, mark: usize, entries: usize, _: usize) {
        self.close(mark, entries);
    }
}

#[cfg(test)]
mod tests;
