//! What a framing is read from: a payload and what stands beside it in its record.

use crate::error::Side;
use crate::event::{Header, Record, SchemaMetadata};

/// A payload with its record's headers and metadata.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The payload.
    pub payload: &'a [u8],
    /// Which side of the record it is.
    pub side: Side,
    /// The record's headers.
    pub headers: &'a [Header],
    /// What the mapping tells of the payload.
    pub metadata: Option<&'a SchemaMetadata<'a>>,
}

/// Whether a framing may look for a header of a record.
#[inline]
pub fn asks(record: &Record<'_>) -> bool {
    record.headers.iter().flatten().any(|header| asks_for(&header.name))
}

/// Whether a framing may look for a header of this name, in any case. `FRAMING` in js/src/headers.ts says the same.
#[inline]
fn asks_for(name: &str) -> bool {
    let name = name.as_bytes();
    let begins =
        |with: &str| name.get(..with.len()).is_some_and(|head| head.eq_ignore_ascii_case(with.as_bytes()));
    ["__key_schema_id", "__value_schema_id", "apicurio.", "ce_", "content-type"].into_iter().any(begins)
}

impl<'a> Input<'a> {
    /// A payload that stands on a side of a record.
    pub fn of(record: &'a Record<'a>, side: Side, payload: &'a [u8]) -> Self {
        let headers = record.headers.as_deref().unwrap_or_default();
        Input { payload, side, headers, metadata: record.metadata(side) }
    }

    /// A payload without a record.
    pub const fn bare(payload: &'a [u8]) -> Self {
        Input { payload, side: Side::Value, headers: &[], metadata: None }
    }

    /// The last header of a name that has a value. [`asks_for`] knows every name.
    pub(super) fn header(&self, name: &str) -> Option<&'a [u8]> {
        self.headers.iter().rev().filter(|h| h.name == name).find_map(|h| h.value.as_deref())
    }

    /// The same, by a name in any case: HTTP's names are.
    pub(super) fn header_folded(&self, name: &str) -> Option<&'a [u8]> {
        let named = self.headers.iter().rev().filter(|h| h.name.eq_ignore_ascii_case(name));
        named.into_iter().find_map(|h| h.value.as_deref())
    }
}
