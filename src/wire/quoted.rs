//! Strings in JSON text, sixteen bytes at a time.

use super::Run;

/// How many bytes stand before the first one that ends what may be copied as it is: a quote, a backslash, a control
/// character.
#[inline(always)]
pub(crate) fn plain(text: Run<'_>) -> Option<usize> {
    let mut rest = text.tail();
    loop {
        let done = text.tail().len() - rest.len();
        let Some((chunk, tail)) = rest.split_first_chunk() else {
            return plain_slowly(text, done);
        };
        let n = done + first_end(chunk);
        if n < done + 16 || n >= text.len() {
            return (n < text.len()).then_some(n);
        }
        rest = tail;
    }
}

/// The same byte by byte, from one on: where there is nothing behind the document.
#[cold]
fn plain_slowly(text: Run<'_>, from: usize) -> Option<usize> {
    let ends = |b: &u8| matches!(b, b'"' | b'\\' | ..0x20);
    text.exact().get(from..)?.iter().position(ends).map(|n| from + n)
}

/// How many bytes of a chunk stand before the first that ends what may be copied as it is: a quote, a backslash, a control
/// character. All of them where there is none.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[inline(always)]
fn first_end(chunk: &[u8; 16]) -> usize {
    use core::arch::wasm32::{i8x16_bitmask, i8x16_eq, u8x16_lt, u8x16_splat, u64x2, v128_or};
    let both = u128::from_le_bytes(*chunk);
    let v = u64x2(both as u64, (both >> 64) as u64);
    let quotes = v128_or(i8x16_eq(v, u8x16_splat(b'"')), i8x16_eq(v, u8x16_splat(b'\\')));
    let ends = i8x16_bitmask(v128_or(quotes, u8x16_lt(v, u8x16_splat(0x20))));
    (u32::from(ends) | 1 << 16).trailing_zeros() as usize
}

/// The same by words: in each the lowest mark is exact, those above it may be false.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
#[inline(always)]
fn first_end(chunk: &[u8; 16]) -> usize {
    use super::ONES;
    const HIGH: u64 = ONES << 7;
    let marks = |v: u64| {
        let zero = |v: u64| v.wrapping_sub(ONES) & !v;
        let control = v.wrapping_sub(ONES * 0x20) & !v;
        (zero(v ^ (ONES * 0x22)) | zero(v ^ (ONES * 0x5c)) | control) & HIGH
    };
    let both = u128::from_le_bytes(*chunk);
    match (marks(both as u64), marks((both >> 64) as u64)) {
        (0, high) => 8 + (high.trailing_zeros() / 8) as usize,
        (low, _) => (low.trailing_zeros() / 8) as usize,
    }
}

/// The same, which also stops at what isn't ASCII.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[inline(always)]
pub(crate) fn first_end_of_ascii(chunk: &[u8; 16]) -> usize {
    use core::arch::wasm32::{i8x16_bitmask, i8x16_eq, i8x16_lt, i8x16_splat, u8x16_splat, u64x2, v128_or};
    let both = u128::from_le_bytes(*chunk);
    let v = u64x2(both as u64, (both >> 64) as u64);
    let quotes = v128_or(i8x16_eq(v, u8x16_splat(b'"')), i8x16_eq(v, u8x16_splat(b'\\')));
    // Signed: bytes from 0x80 are below zero.
    let ends = i8x16_bitmask(v128_or(quotes, i8x16_lt(v, i8x16_splat(0x20))));
    (u32::from(ends) | 1 << 16).trailing_zeros() as usize
}

/// The same, which also stops at what isn't ASCII.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
#[inline(always)]
pub(crate) fn first_end_of_ascii(chunk: &[u8; 16]) -> usize {
    let beyond = (u128::from_le_bytes(*chunk) & u128::from_le_bytes([0x80; 16])).trailing_zeros() / 8;
    first_end(chunk).min(beyond as usize)
}

#[cfg(test)]
mod tests {
    use super::{first_end, first_end_of_ascii};

    #[test]
    fn the_first_byte_that_ends_a_string() {
        for end in 0..=255u8 {
            for fill in [b'a', 0x7f, 0x80, 0xff, b' ', b'!', b'#', b'[', b']'] {
                for place in 0..16 {
                    let mut chunk = [fill; 16];
                    chunk[place] = end;
                    let ends = end == b'"' || end == b'\\' || end < 0x20;
                    assert_eq!(
                        first_end(&chunk),
                        if ends { place } else { 16 },
                        "{end} in {fill} at {place}"
                    );
                    let ascii = chunk.iter().position(|b| !b.is_ascii()).unwrap_or(16);
                    assert_eq!(first_end_of_ascii(&chunk), ascii.min(if ends { place } else { 16 }));
                    chunk[15] = b'"';
                    assert_eq!(first_end(&chunk), if ends { place } else { 15 });
                }
            }
        }
    }
}
