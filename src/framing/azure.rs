//! Azure Schema Registry: the schema's id in the content type, or, as an older serializer wrote it, before the datum.

use super::input::Input;
use super::{Frame, Origin, truncated};
use crate::error::{Code, Error, Fault};
use crate::schema::{SchemaId, Uuid};

const CONTENT_TYPE: &str = "content-type";
/// Four zero bytes and 32 hexadecimal digits.
const PREFIX: usize = 36;

pub(super) fn read(input: &Input<'_>) -> Result<Frame, Error> {
    if let Some(text) = input.header_folded(CONTENT_TYPE) {
        let id = in_content_type(text).ok_or_else(|| {
            let message =
                "expected `avro/binary+` and a schema id in the header `content-type`, found another text";
            Error::new(Code::FramingHeader, message)
        })?;
        return Ok(Frame::payload(Some(id.into()), Origin::None, 0));
    }
    let id = prefix(input.payload).map_err(super::fault)?;
    Ok(Frame::payload(Some(id.into()), Origin::None, PREFIX))
}

pub(super) fn fits(input: &Input<'_>) -> bool {
    input.header_folded(CONTENT_TYPE).is_some_and(|text| in_content_type(text).is_some())
        || prefix(input.payload).is_ok()
}

fn in_content_type(text: &[u8]) -> Option<SchemaId> {
    let (kind, id) = std::str::from_utf8(text).ok()?.split_once('+')?;
    hex(id.as_bytes()).filter(|_| kind.eq_ignore_ascii_case("avro/binary"))
}

fn prefix(payload: &[u8]) -> Result<SchemaId, Fault> {
    let marker = payload.iter().take(4).position(|byte| *byte != 0);
    if let Some(at) = marker {
        let byte = payload.get(at).copied().unwrap_or_default();
        return Err(Fault::with(Code::FramingHeader, at, 0, byte.into()));
    }
    let digits = payload.get(4..PREFIX).ok_or_else(|| truncated(payload, PREFIX))?;
    hex(digits).ok_or(Fault::new(Code::FramingHeader, 4))
}

fn hex(digits: &[u8]) -> Option<SchemaId> {
    Uuid::from_digits(digits.try_into().ok()?).map(SchemaId::Azure)
}
