//! How records are told in words, as js/src/columns.ts writes them.

/// Words of a record: context, index under its key, partition, and what its key and its value are.
pub(crate) const WORDS: usize = 5;

/// What a side's word says where it isn't the length of a base64 text: nothing, for any other number below 0.
pub(crate) const NULL: i32 = -2;
/// The record comes as its text, whose length the value's word tells.
pub(crate) const ODD: i32 = -3;
