//! What a side is given as, and what became of it.

use crate::schema::Reference;

/// Why a side has no bytes: its value is null, and not an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tombstone {
    /// The record has no such property.
    Absent,
    /// The property is null.
    Null,
}

impl Tombstone {
    /// As hosts show it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Tombstone::Absent => "absent",
            Tombstone::Null => "null",
        }
    }
}

/// What [`super::Decoder::decode_side`] gave to its sink.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// Set when there were no bytes; the sink was given nothing then.
    pub tombstone: Option<Tombstone>,
    /// The plan that decoded the value: what [`super::Decoder::shape`] takes. Of no meaning for a tombstone.
    pub plan: u32,
    /// The schema that the framing or the metadata named.
    pub reference: Option<Reference>,
}

impl Decoded {
    /// Of a side without bytes.
    pub const fn tombstone(tombstone: Tombstone) -> Self {
        Decoded { tombstone: Some(tombstone), plan: 0, reference: None }
    }
}

/// What a side is given as.
#[derive(Clone, Copy, Debug)]
pub enum Given<'a> {
    /// As the event has it.
    Base64(&'a str),
    /// What that stands for.
    Payload(&'a [u8]),
}
