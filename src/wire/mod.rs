//! Reading bytes: a cursor, runs of bytes, varints, base64, and strings in JSON text. No `unsafe`.

pub mod base64;
mod cursor;
pub(crate) mod quoted;

pub use cursor::{Cursor, Run, Short, unzigzag};

/// Writes a varint, as it is.
pub fn put_varint(mut v: u64, out: &mut Vec<u8>) {
    while v >= 0x80 {
        out.push(v as u8 | 0x80);
        v >>= 7;
    }
    out.push(v as u8);
}
