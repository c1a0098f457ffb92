//! What a tape is written into: arrays that are written by place, and numbered map keys.

use crate::format::{NotUtf8, utf8};
use crate::wire::{HIGH_BITS, Run, WHOLE_BYTES, words};

/// An array that is always initialised beyond its end, so that a write is a comparison and a store: what a `Vec` does
/// to grow stays out of decode loops.
#[derive(Default)]
pub(super) struct Slots<T> {
    slots: Vec<T>,
    len: usize,
}

impl<T: Copy + Default> Slots<T> {
    pub(super) fn get(&self) -> &[T] {
        self.slots.get(..self.len).unwrap_or_default()
    }

    #[inline(always)]
    pub(super) fn len(&self) -> usize {
        self.len
    }

    pub(super) fn truncate(&mut self, len: usize) {
        self.len = self.len.min(len);
    }

    #[inline(always)]
    pub(super) fn push(&mut self, v: T) {
        match self.slots.get_mut(self.len) {
            Some(slot) => {
                *slot = v;
                self.len += 1;
            }
            None => self.push_grown(v),
        }
    }

    #[cold]
    #[inline(never)]
    fn push_grown(&mut self, v: T) {
        self.grow(1);
        if let Some(slot) = self.slots.get_mut(self.len) {
            *slot = v;
        }
        self.len += 1;
    }

    /// Appends the first `n` items of a chunk, where there is room for all of it: whether there is.
    #[inline(always)]
    pub(super) fn push_chunk<const N: usize>(&mut self, chunk: &[T; N], n: usize) -> bool {
        let Some(place) = self.slots.get_mut(self.len..).and_then(|room| room.first_chunk_mut()) else {
            return false;
        };
        *place = *chunk;
        self.len += n.min(N);
        true
    }

    /// Writes a chunk so many slots behind the end, to be counted or not.
    #[inline(always)]
    pub(super) fn put_chunk<const N: usize>(&mut self, behind: usize, chunk: &[T; N]) {
        let at = self.len + behind;
        if self.slots.len() < at + N {
            self.grow(behind + N);
        }
        if let Some(place) = self.slots.get_mut(at..).and_then(|room| room.first_chunk_mut()) {
            *place = *chunk;
        }
    }

    /// Writes over a slot.
    #[inline(always)]
    pub(super) fn set(&mut self, at: usize, v: T) {
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = v;
        }
    }

    /// At least `n` slots behind the end, to be written and then counted.
    #[inline(always)]
    pub(super) fn room(&mut self, n: usize) -> &mut [T] {
        if self.slots.len() - self.len < n {
            self.grow(n);
        }
        self.slots.get_mut(self.len..).unwrap_or_default()
    }

    /// Counts slots of [`Slots::room`] that were written.
    #[inline(always)]
    pub(super) fn count(&mut self, n: usize) {
        self.len = (self.len + n).min(self.slots.len());
    }

    /// Appends at most `n` items.
    pub(super) fn extend(&mut self, items: impl Iterator<Item = T>, n: usize) {
        let mut count = 0;
        for (slot, v) in self.room(n).iter_mut().zip(items) {
            *slot = v;
            count += 1;
        }
        self.count(count);
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self, n: usize) {
        let len = (self.len + n).max(2 * self.slots.len()).max(64);
        self.slots.resize(len, T::default());
    }
}

/// Whether the first `n` bytes of a chunk, or all, are ASCII.
#[inline(always)]
pub(super) fn is_ascii_chunk(chunk: &[u8; 16], n: usize) -> bool {
    let ([a, b], [x, y]) = (words(chunk), HIGH_BITS[n.min(16)]);
    (a & x) | (b & y) == 0
}

/// Keys that are numbered: beyond, data could make the table grow for ever.
const KEYS: usize = 2048;
/// Bytes of a key that is numbered.
const KEY_BYTES: usize = 64;
const BUCKETS: usize = 2 * KEYS;

/// The first bytes of a key, zeros behind it, and its length.
#[derive(Clone, Copy, Debug)]
struct Head {
    bytes: [u64; 2],
    n: usize,
}

impl Head {
    /// Word by word: what has just been written word by word would be loaded as a vector for `==`, which processors wait for.
    #[inline(always)]
    fn is(self, other: Head) -> bool {
        let ([a, b], [x, y]) = (self.bytes, other.bytes);
        (a ^ x) | (b ^ y) == 0 && self.n == other.n
    }
}

/// Map keys by number, in the order in which they were met.
#[derive(Default)]
pub(super) struct Keys {
    all: Vec<Box<str>>,
    heads: Vec<Head>,
    /// What was met last at each place of a map: maps of one kind repeat their keys.
    last: [u32; 16],
    /// Open addressing; a number from 1.
    buckets: Vec<u32>,
}

impl Keys {
    pub(super) fn all(&self) -> &[Box<str>] {
        &self.all
    }

    /// The number of a key, new or not, or nothing where it has none.
    #[inline(always)]
    pub(super) fn find(&mut self, index: usize, key: Run<'_>) -> Result<Option<u32>, NotUtf8> {
        let n = key.len();
        if let Some(chunk) = key.tail().first_chunk()
            && n <= 16
        {
            let ([a, b], [x, y]) = (words(chunk), WHOLE_BYTES[n]);
            let head = Head { bytes: [a & x, b & y], n };
            let number = self.last[index & 15];
            if self.heads.get(number as usize).is_some_and(|known| known.is(head)) {
                return Ok(Some(number));
            }
            if let Some(number) = self.short(head) {
                self.last[index & 15] = number;
                return Ok(Some(number));
            }
        }
        self.look_up(index, key)
    }

    /// The number of a known key whose bytes all stand in its head.
    #[inline]
    fn short(&self, head: Head) -> Option<u32> {
        let mut bucket = hash(head);
        loop {
            let number = self.buckets.get(bucket)?.checked_sub(1)?;
            if self.heads.get(number as usize).is_some_and(|known| known.is(head)) {
                return Some(number);
            }
            bucket = (bucket + 1) % BUCKETS;
        }
    }

    #[inline]
    fn look_up(&mut self, index: usize, key: Run<'_>) -> Result<Option<u32>, NotUtf8> {
        let bytes = key.exact();
        if bytes.len() > KEY_BYTES {
            return Ok(None);
        }
        if self.buckets.is_empty() {
            self.buckets.resize(BUCKETS, 0);
        }
        let mut chunk = [0; 16];
        chunk.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
        let head = Head { bytes: words(&chunk), n: bytes.len() };
        let mut bucket = hash(head);
        loop {
            match self.buckets[bucket] {
                0 if self.all.len() >= KEYS => return Ok(None),
                0 => break,
                number => {
                    let number = number - 1;
                    if self.all[number as usize].as_bytes() == bytes {
                        self.last[index & 15] = number;
                        return Ok(Some(number));
                    }
                }
            }
            bucket = (bucket + 1) % BUCKETS;
        }
        let text = utf8(key)?;
        self.all.push(text.into());
        self.heads.push(head);
        let number = self.all.len() as u32 - 1;
        self.buckets[bucket] = number + 1;
        self.last[index & 15] = number;
        Ok(Some(number))
    }
}

/// The place of a key by its head: there are few enough keys that no choice of them could make the table slow.
#[inline(always)]
fn hash(Head { bytes: [a, b], n }: Head) -> usize {
    let mixed = (a ^ b.rotate_left(23) ^ n as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed >> 48) as usize % BUCKETS
}
