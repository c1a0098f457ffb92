//! The wire format of the AWS Glue Schema Registry's serializers.

use super::{Body, Frame, Origin, first_byte, truncated, zlib};
use crate::error::{Code, Fault};
use crate::schema::{Reference, Uuid};

/// Header version, compression byte, schema version.
const SIZE: usize = 18;
const VERSION: u8 = 3;
const PLAIN: u8 = 0;
const ZLIB: u8 = 5;

pub(super) fn read(payload: &[u8], inflate: &mut Vec<u8>, limit: usize) -> Result<Frame, Fault> {
    first_byte(payload, VERSION, Code::GlueVersion, SIZE)?;
    let (header, rest) = payload.split_first_chunk::<SIZE>().ok_or_else(|| truncated(payload, SIZE))?;
    let [_, compression, version @ ..] = *header;
    let reference = Some(Reference::glue(Uuid(version)));
    match compression {
        PLAIN => Ok(Frame::payload(reference, Origin::Glue, SIZE)),
        ZLIB => {
            zlib::inflate(rest, inflate, limit).map_err(|bad| match bad {
                zlib::Bad::Stream => Fault::new(Code::GlueBadZlib, SIZE),
                zlib::Bad::Limit => Fault::with(Code::InflateLimit, SIZE, limit as u64, 0),
            })?;
            Ok(Frame { body: Body::Inflated, ..Frame::payload(reference, Origin::Glue, 0) })
        }
        byte => Err(Fault::with(Code::GlueCompression, 1, 0, i64::from(byte))),
    }
}

pub(super) fn fits(payload: &[u8]) -> bool {
    payload.len() >= SIZE && matches!(payload, [VERSION, PLAIN | ZLIB, ..])
}
