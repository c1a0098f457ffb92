//! Base64 by WebAssembly's vectors: 16 characters are looked up and packed at once.
//!
//! The method is that of Wojciech Muła and Daniel Lemire, "Faster Base64 Encoding and Decoding Using AVX2 Instructions",
//! at 128 bits. The crate that serves other targets takes twice as long for texts as short as those of records.

use crate::wire::Run;
use core::arch::wasm32::*;

/// Characters of a block, and the bytes that they stand for.
const CHARS: usize = 16;
const BYTES: usize = 12;

/// What blocks are looked up in, and what is shifted by.
#[derive(Clone, Copy)]
struct Tables {
    /// By the low and the high half of a character: bits that meet only where it is none of the alphabet, and no padding.
    by_low: v128,
    by_high: v128,
    /// By the high half, one less for `/`: what is added to a character for its six bits.
    shift: v128,
    half: v128,
    slash: v128,
    padding: v128,
    /// The first of two characters in the place that it has behind its second.
    first: v128,
    /// Multiplies the first of two pairs by 2^12, and the second by one.
    pairs: v128,
    /// The bytes in the order of the text.
    order: v128,
}

const TABLES: [[u8; 16]; 9] = [
    [0x15, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x13, 0x1a, 0x1b, 0x19, 0x1b, 0x1a],
    [0x10, 0x10, 0x01, 0x02, 0x04, 0x08, 0x04, 0x08, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10],
    [0, 16, 19, 4, 191, 191, 185, 185, 0, 0, 0, 0, 0, 0, 0, 0],
    [0x0f; 16],
    [b'/'; 16],
    [b'='; 16],
    [0xc0, 0x0f, 0xc0, 0x0f, 0xc0, 0x0f, 0xc0, 0x0f, 0xc0, 0x0f, 0xc0, 0x0f, 0xc0, 0x0f, 0xc0, 0x0f],
    [0, 0x10, 1, 0, 0, 0x10, 1, 0, 0, 0x10, 1, 0, 0, 0x10, 1, 0],
    [2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, 3, 3, 3, 3],
];

impl Tables {
    /// Read where the compiler doesn't see what they hold: V8 makes constants anew for every block, half of its time.
    #[inline(always)]
    fn new() -> Tables {
        let [by_low, by_high, shift, half, slash, padding, first, pairs, order] =
            core::hint::black_box(&TABLES).each_ref().map(load);
        Tables { by_low, by_high, shift, half, slash, padding, first, pairs, order }
    }
}

/// Whole groups, of which the last may have padding: its bytes at the beginning of `out`, and how many they are.
#[inline]
pub(super) fn decode(text: Run<'_>, out: &mut [u8]) -> Option<usize> {
    let padding = super::padding(text.exact());
    let whole = text.len().is_multiple_of(4) && decode_joined(text, out) == Some(padding);
    whole.then(|| text.len() / 4 * 3 - padding)
}

/// Texts of whole groups one behind the other. What padding stands for is no matter, since it is behind a text's bytes; it is
/// counted.
// Compiled once: vectors take many instructions.
#[inline(never)]
pub(super) fn decode_joined(texts: Run<'_>, out: &mut [u8]) -> Option<usize> {
    let tables = Tables::new();
    let mut found = Found { odd: u8x16_splat(0), padding: 0 };
    let (blocks, rest) = texts.exact().as_chunks::<CHARS>();
    let (pairs, single) = blocks.as_chunks::<2>();
    let mut to = out;
    for [first, second] in pairs {
        // Two at a time: bounds are looked at once.
        let place: &mut [u8; BYTES + 16] = to.first_chunk_mut()?;
        found.block(load(first), place.first_chunk_mut()?, &tables);
        found.block(load(second), place.last_chunk_mut()?, &tables);
        to = to.get_mut(2 * BYTES..)?;
    }
    if let [block] = single {
        found.block(load(block), to.first_chunk_mut()?, &tables);
        to = to.get_mut(BYTES..)?;
    }
    if !rest.is_empty() {
        // `A` stands for no bits: what is behind the text is none of it.
        let behind = texts.tail().get(texts.len() - rest.len()..).unwrap_or(rest);
        let inside = u8x16_lt(PLACES, u8x16_splat(rest.len() as u8));
        found.block(v128_bitselect(tail(behind), u8x16_splat(b'A'), inside), to.first_chunk_mut()?, &tables);
    }
    (!v128_any_true(found.odd)).then_some(found.padding)
}

const PLACES: v128 = u8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);

/// The next characters, with whatever is behind them.
#[inline(always)]
fn tail(from: &[u8]) -> v128 {
    match from.first_chunk() {
        Some(chunk) => load(chunk),
        None => {
            let mut chunk = [b'A'; CHARS];
            chunk.iter_mut().zip(from).for_each(|(to, c)| *to = *c);
            load(&chunk)
        }
    }
}

#[inline(always)]
fn load(chunk: &[u8; CHARS]) -> v128 {
    let both = u128::from_le_bytes(*chunk);
    u64x2(both as u64, (both >> 64) as u64)
}

/// What was found among characters.
struct Found {
    /// Bits for those that are none of the alphabet.
    odd: v128,
    padding: usize,
}

impl Found {
    /// Writes a block's bytes and four of no meaning.
    #[inline(always)]
    fn block(&mut self, chars: v128, out: &mut [u8; 16], tables: &Tables) {
        // Shifted as words and masked: processors have no shift of bytes.
        let (high, low) = (v128_and(u16x8_shr(chars, 4), tables.half), v128_and(chars, tables.half));
        let odd = v128_and(i8x16_swizzle(tables.by_low, low), i8x16_swizzle(tables.by_high, high));
        self.odd = v128_or(self.odd, odd);
        self.padding += u8x16_bitmask(i8x16_eq(chars, tables.padding)).count_ones() as usize;
        let slash = i8x16_eq(chars, tables.slash);
        let sextets = i8x16_add(chars, i8x16_swizzle(tables.shift, i8x16_add(slash, high)));
        let pairs = v128_or(v128_and(i16x8_shl(sextets, 6), tables.first), u16x8_shr(sextets, 8));
        let groups = i32x4_dot_i16x8(pairs, tables.pairs);
        let bytes = i8x16_swizzle(groups, tables.order);
        let [a, b] = [u64x2_extract_lane::<0>(bytes), u64x2_extract_lane::<1>(bytes)];
        *out = (u128::from(a) | u128::from(b) << 64).to_le_bytes();
    }
}
