//! Encoding: data from JSON, and the defaults of schemas.

mod datum;
mod default;
mod logical;

pub(super) use default::default;

use crate::wire::{put_varint, zigzag};

/// Bytes that are written.
#[derive(Default)]
struct Out(Vec<u8>);

impl Out {
    /// A zig-zag varint.
    fn long(&mut self, v: i64) {
        put_varint(zigzag(v), &mut self.0);
    }

    fn with_length(&mut self, bytes: &[u8]) {
        self.long(bytes.len() as i64);
        self.0.extend_from_slice(bytes);
    }
}
