//! Reading bytes: a cursor, runs of bytes, varints, base64, and strings in JSON text. No `unsafe`.

pub mod base64;
mod cursor;
pub(crate) mod quoted;
mod words;

pub use cursor::{Cursor, Run, Short, unzigzag};
pub(crate) use words::{HIGH_BITS, ONES, WHOLE_BYTES, words};

/// Lengths beyond are never of a datum: a host of 32 bits could not address them.
pub(crate) const MAX_LENGTH: i64 = i32::MAX as i64;

/// Readable bytes behind a datum, of any value, with which whole chunks may be loaded from wherever it is read ([`Run`]).
pub const PADDING: usize = 16;

/// Whether a text has a byte somewhere. The library's own search takes four times as long where it has vectors for none.
#[inline]
pub(crate) fn has_byte(byte: u8, text: &[u8]) -> bool {
    #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
    {
        use core::arch::wasm32::{i8x16_eq, u8x16_splat, u64x2, v128_any_true};
        let (chunks, rest) = text.as_chunks();
        let found = |chunk| {
            let [low, high] = words(chunk);
            v128_any_true(i8x16_eq(u64x2(low, high), u8x16_splat(byte)))
        };
        chunks.iter().any(found) || rest.contains(&byte)
    }
    #[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
    text.contains(&byte)
}

/// The zig-zag form of a signed number: what [`unzigzag`] takes back.
pub(crate) fn zigzag(v: i64) -> u64 {
    ((v << 1) ^ (v >> 63)) as u64
}

/// Writes a varint, as it is.
pub fn put_varint(mut v: u64, out: &mut Vec<u8>) {
    while v >= 0x80 {
        out.push(v as u8 | 0x80);
        v >>= 7;
    }
    out.push(v as u8);
}
