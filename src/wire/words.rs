//! Eight bytes at once, in a word.

/// The lowest bit of each byte.
pub(crate) const ONES: u64 = u64::from_le_bytes([1; 8]);

/// For each count of bytes the high bits of as many, in two words.
pub(crate) const HIGH_BITS: [[u64; 2]; 17] = first_bytes(0x80);
/// For each count of bytes all bits of as many, in two words.
pub(crate) const WHOLE_BYTES: [[u64; 2]; 17] = first_bytes(0xff);

const fn first_bytes(byte: u64) -> [[u64; 2]; 17] {
    let mut masks = [[0; 2]; 17];
    let mut n = 1;
    while n <= 16 {
        masks[n] = masks[n - 1];
        masks[n][(n - 1) / 8] |= byte << (8 * ((n - 1) % 8));
        n += 1;
    }
    masks
}

/// The two little-endian words of a chunk.
#[inline(always)]
pub(crate) fn words(chunk: &[u8; 16]) -> [u64; 2] {
    let both = u128::from_le_bytes(*chunk);
    [both as u64, (both >> 64) as u64]
}
