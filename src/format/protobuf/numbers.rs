//! Numbers of `google/protobuf/descriptor.proto`, and the bounds on those that fields have.

use std::ops::Range;

/// The greatest number of a field: a tag has 29 bits for it.
pub(super) const MAX_FIELD: i64 = (1 << 29) - 1;

/// The greatest number of an extension of a message set: what messages inside such a set are told apart by is no tag.
pub(super) const MAX_TYPE_ID: i64 = i32::MAX as i64 - 1;

/// Numbers that Protobuf keeps for itself.
pub(super) const KEPT: Range<i64> = 19_000..20_000;

/// `FieldDescriptorProto.Type`.
pub(super) mod kind {
    pub(in super::super) const DOUBLE: u8 = 1;
    pub(in super::super) const FLOAT: u8 = 2;
    pub(in super::super) const INT64: u8 = 3;
    pub(in super::super) const UINT64: u8 = 4;
    pub(in super::super) const INT32: u8 = 5;
    pub(in super::super) const FIXED64: u8 = 6;
    pub(in super::super) const FIXED32: u8 = 7;
    pub(in super::super) const BOOL: u8 = 8;
    pub(in super::super) const STRING: u8 = 9;
    pub(in super::super) const GROUP: u8 = 10;
    pub(in super::super) const MESSAGE: u8 = 11;
    pub(in super::super) const BYTES: u8 = 12;
    pub(in super::super) const UINT32: u8 = 13;
    pub(in super::super) const ENUM: u8 = 14;
    pub(in super::super) const SFIXED32: u8 = 15;
    pub(in super::super) const SFIXED64: u8 = 16;
    pub(in super::super) const SINT32: u8 = 17;
    pub(in super::super) const SINT64: u8 = 18;

    /// The names of scalar types, each at its number.
    const SCALARS: [&str; 19] = [
        "", "double", "float", "int64", "uint64", "int32", "fixed64", "fixed32", "bool", "string", "", "",
        "bytes", "uint32", "", "sfixed32", "sfixed64", "sint32", "sint64",
    ];

    /// The scalar type of a name; 0 where it is none's.
    pub(in super::super) fn scalar(name: &str) -> u8 {
        SCALARS.iter().position(|scalar| *scalar == name).unwrap_or_default() as u8
    }

    /// The name of a scalar type.
    pub(in super::super) fn name(kind: u8) -> &'static str {
        SCALARS.get(usize::from(kind)).copied().unwrap_or_default()
    }
}

/// The field `features` of each options message.
pub(super) mod features_in {
    pub(in super::super) const FILE: u32 = 50;
    pub(in super::super) const MESSAGE: u32 = 12;
    pub(in super::super) const FIELD: u32 = 21;
    pub(in super::super) const ONEOF: u32 = 1;
    pub(in super::super) const RANGE: u32 = 50;
    pub(in super::super) const ENUM: u32 = 7;
    pub(in super::super) const ENUM_VALUE: u32 = 2;
    pub(in super::super) const SERVICE: u32 = 34;
    pub(in super::super) const METHOD: u32 = 35;
}
