//! The wire format of the AWS Glue Schema Registry's serializers.

use super::{Body, Budget, Frame, Origin, first_byte, truncated, zlib};
use crate::error::{Code, Fault};
use crate::schema::{Reference, Uuid};

/// Header version, compression byte, schema version.
const SIZE: usize = 18;
const VERSION: u8 = 3;
const PLAIN: u8 = 0;
const ZLIB: u8 = 5;

/// What a payload's header says: the schema, and whether the body is compressed.
pub(super) fn head(payload: &[u8]) -> Result<(Reference, bool), Fault> {
    first_byte(payload, VERSION, Code::GlueVersion, SIZE)?;
    let header = payload.first_chunk::<SIZE>().ok_or_else(|| truncated(payload, SIZE))?;
    let [_, compression, version @ ..] = *header;
    match compression {
        PLAIN | ZLIB => Ok((Reference::glue(Uuid(version)), compression == ZLIB)),
        byte => Err(Fault::with(Code::GlueCompression, 1, 0, i64::from(byte))),
    }
}

#[inline]
pub(super) fn read(payload: &[u8], body: &mut Vec<u8>, budget: &mut Budget) -> Result<Frame, Fault> {
    let (reference, compressed) = head(payload)?;
    if !compressed {
        return Ok(Frame::payload(Some(reference), Origin::Glue, SIZE));
    }
    let rest = payload.get(SIZE..).unwrap_or_default();
    budget.inflate(body, 0, SIZE, Code::GlueBadZlib, |out, most| zlib::inflate(rest, out, most))?;
    Ok(Frame { body: Body::Unpacked, ..Frame::payload(Some(reference), Origin::Glue, 0) })
}

pub(super) fn fits(payload: &[u8]) -> bool {
    payload.len() >= SIZE && matches!(payload, [VERSION, PLAIN | ZLIB, ..])
}
