//! The wire format of Apicurio Registry's serializers: an id before the datum, or headers.

use super::input::Input;
use super::{Frame, Named, Origin, first_byte, truncated};
use crate::error::{Code, Error, Fault, Side, escape};
use crate::schema::SchemaId;

/// What the id before the datum is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Id {
    /// Four bytes, a content id: the default since version 3. Where they are zero, which no id is, it has eight bytes and
    /// is a global id, as older versions wrote it.
    Content,
    /// Four bytes, a global id; eight where the first four are zero.
    Global,
}

struct Names {
    global: &'static str,
    content: &'static str,
    encoding: &'static str,
    message: &'static str,
}

const fn names(side: Side) -> Names {
    match side {
        Side::Key => Names {
            global: "apicurio.key.globalId",
            content: "apicurio.key.contentId",
            encoding: "apicurio.key.encoding",
            message: "apicurio.protobuf.type.key",
        },
        _ => Names {
            global: "apicurio.value.globalId",
            content: "apicurio.value.contentId",
            encoding: "apicurio.value.encoding",
            message: "apicurio.protobuf.type",
        },
    }
}

pub(super) fn read(input: &Input<'_>, id: Id) -> Result<Frame, Error> {
    match in_headers(input)? {
        Some(frame) => Ok(frame),
        None => prefix(input.payload, id).map_err(super::fault),
    }
}

pub(super) fn fits(input: &Input<'_>, id: Id) -> bool {
    let names = names(input.side);
    let header = input.header(names.global).or(input.header(names.content)).is_some();
    header || prefix(input.payload, id).is_ok()
}

fn in_headers(input: &Input<'_>) -> Result<Option<Frame>, Error> {
    let names = names(input.side);
    let id = match (input.header(names.global), input.header(names.content)) {
        (Some(bytes), _) => SchemaId::ApicurioGlobal(long(bytes, names.global)?),
        (None, Some(bytes)) => SchemaId::ApicurioContent(long(bytes, names.content)?),
        (None, None) => return Ok(None),
    };
    if input.header(names.encoding) == Some(b"JSON".as_slice()) {
        let message =
            format!("expected the binary encoding, found `JSON` in the header `{}`", names.encoding);
        return Err(Error::new(Code::FramingFormatMismatch, message).with_hint(
            "the producer writes Avro's JSON encoding: read it with format `json` and framing `none`",
        ));
    }
    let mut frame = Frame::payload(Some(id.into()), Origin::Apicurio, 0);
    let message = input.header(names.message).and_then(|bytes| std::str::from_utf8(bytes).ok());
    frame.named = Named::Message(message.map(Into::into));
    Ok(Some(frame))
}

fn long(bytes: &[u8], name: &str) -> Result<u64, Error> {
    let bytes = <[u8; 8]>::try_from(bytes);
    bytes.map(u64::from_be_bytes).map_err(|_| {
        let message = format!("expected an id of 8 bytes in the header `{}`, found another", escape(name));
        Error::new(Code::FramingTruncated, message)
    })
}

fn prefix(payload: &[u8], id: Id) -> Result<Frame, Fault> {
    const SHORT: usize = 5;
    const LONG: usize = 9;
    first_byte(payload, 0, Code::ApicurioMagic, SHORT)?;
    let [_, short @ ..] = *payload.first_chunk::<SHORT>().ok_or_else(|| truncated(payload, SHORT))?;
    let frame = |id: SchemaId, size| Frame::payload(Some(id.into()), Origin::Apicurio, size);
    match (u32::from_be_bytes(short), id) {
        (0, _) => {
            let [_, long @ ..] = *payload.first_chunk::<LONG>().ok_or_else(|| truncated(payload, LONG))?;
            Ok(frame(SchemaId::ApicurioGlobal(u64::from_be_bytes(long)), LONG))
        }
        (id, Id::Content) => Ok(frame(SchemaId::ApicurioContent(id.into()), SHORT)),
        (id, Id::Global) => Ok(frame(SchemaId::ApicurioGlobal(id.into()), SHORT)),
    }
}
