//! Chance that is the same in every run, and what tests write by it.

use kafkalens::wire::put_varint;

/// A small generator (xorshift).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    /// A number below `n`, or 0.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n.max(1) as u64) as usize
    }
}

/// A number as a varint.
pub(crate) fn varint(v: u64) -> Vec<u8> {
    let mut out = Vec::new();
    put_varint(v, &mut out);
    out
}
