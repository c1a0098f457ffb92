//! How records are told in words, as js/src/words.ts has it.

/// Words of a record: context, index under its key, partition, and what its key and its value are.
pub(crate) const WORDS: usize = 5;

/// Words of a record of an event's text: its number among all, where its own text begins and how long that is; the number of
/// its context, its index, its partition, and what its key and its value are; where those begin, and the two halves of its
/// offset, a float.
pub type Listed = [i32; LISTED];

pub(crate) const LISTED: usize = 12;

/// What a side's word says where it isn't the length of a base64 text: nothing, as does any other number below 0.
pub(crate) const ABSENT: i32 = -1;
pub(crate) const NULL: i32 = -2;
/// The record comes as its text, whose length the value's word tells.
pub(crate) const ODD: i32 = -3;

/// The words of a record of which they tell nothing but its number.
pub(crate) fn unlisted(number: i32) -> Listed {
    [number, 0, 0, 0, -1, 0, ODD, ODD, 0, 0, 0, 0]
}
