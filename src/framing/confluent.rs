//! Confluent's wire format: a schema id before the datum, or in a header.

use super::input::Input;
use super::{Frame, Named, Origin, truncated};
use crate::error::{Code, Error, Fault, Side};
use crate::schema::{Reference, SchemaId, Uuid};

/// Magic byte and id.
const NUMBER: usize = 5;
/// Magic byte and GUID.
const GUID: usize = 17;

/// The header that names a side's schema.
const fn header_name(side: Side) -> &'static str {
    match side {
        Side::Key => "__key_schema_id",
        _ => "__value_schema_id",
    }
}

/// The header where there is one, as Confluent's own deserializers look for it, else the prefix.
#[inline]
pub(super) fn read(input: &Input<'_>) -> Result<Frame, Error> {
    let Some(header) = input.header(header_name(input.side)) else {
        let (reference, size) = prefix(input.payload).map_err(super::fault)?;
        return Ok(Frame::payload(Some(reference), Origin::Confluent, size));
    };
    let (reference, size) = prefix(header).map_err(|fault| in_header(fault, input.side))?;
    let mut frame = Frame::payload(Some(reference), Origin::Confluent, 0);
    // Protobuf's message indexes follow the id, wherever that is.
    frame.named = Named::Indexes(header.get(size..).unwrap_or_default().into());
    Ok(frame)
}

/// Whether the payload or a header begins as this framing does.
pub(super) fn fits(input: &Input<'_>) -> bool {
    input.header(header_name(input.side)).is_some() || prefix(input.payload).is_ok()
}

/// Version 0 has an id of four bytes, highest first; version 1 a GUID.
#[inline]
fn prefix(bytes: &[u8]) -> Result<(Reference, usize), Fault> {
    match bytes.first() {
        None => Err(truncated(bytes, NUMBER)),
        Some(0) => {
            let [_, id @ ..] = *bytes.first_chunk::<NUMBER>().ok_or_else(|| truncated(bytes, NUMBER))?;
            Ok((Reference::confluent(u32::from_be_bytes(id)), NUMBER))
        }
        Some(1) => {
            let [_, id @ ..] = *bytes.first_chunk::<GUID>().ok_or_else(|| truncated(bytes, GUID))?;
            Ok((SchemaId::Guid(Uuid(id)).into(), GUID))
        }
        Some(&byte) => Err(Fault::with(Code::ConfluentMagic, 0, 0, i64::from(byte))),
    }
}

#[cold]
fn in_header(fault: Fault, side: Side) -> Error {
    let message =
        format!("expected an id of Confluent's form in the header `{}`, found another", header_name(side));
    Error::new(fault.code, message)
}
