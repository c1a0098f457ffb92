//! Values as the wire has them.

use super::super::wire::{self, FIXED32, FIXED64, GROUP, LENGTH, VARINT};
use crate::error::{Code, Fault};
use crate::wire::{Cursor, unzigzag};

/// How a value is on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Read {
    /// The lower 32 bits of a varint.
    Varint32,
    Varint64,
    Zigzag32,
    Zigzag64,
    /// A varint that is or isn't 0.
    Bool,
    Fixed32,
    Fixed64,
    Length,
    Group,
}

impl Read {
    pub(in super::super) fn wire_type(self) -> u8 {
        match self {
            Read::Varint32 | Read::Varint64 | Read::Zigzag32 | Read::Zigzag64 | Read::Bool => VARINT,
            Read::Fixed32 => FIXED32,
            Read::Fixed64 => FIXED64,
            Read::Length => LENGTH,
            Read::Group => GROUP,
        }
    }

    pub(in super::super) fn packable(self) -> bool {
        !matches!(self, Read::Length | Read::Group)
    }

    /// Reads one number as bits: those of 32-bit types in the lower half.
    #[inline]
    pub(in super::super) fn bits(self, c: &mut Cursor<'_>) -> Result<u64, Fault> {
        Ok(match self {
            Read::Varint32 => u64::from(wire::varint(c)? as u32),
            Read::Varint64 => wire::varint(c)?,
            Read::Zigzag32 => u64::from(unzigzag(u64::from(wire::varint(c)? as u32)) as u32),
            Read::Zigzag64 => unzigzag(wire::varint(c)?) as u64,
            Read::Bool => u64::from(wire::varint(c)? != 0),
            Read::Fixed32 => u64::from(u32::from_le_bytes(c.array().map_err(|e| wire::short(c, e, 4))?)),
            Read::Fixed64 => u64::from_le_bytes(c.array().map_err(|e| wire::short(c, e, 8))?),
            Read::Length | Read::Group => return Err(Fault::new(Code::Internal, c.at())),
        })
    }
}
