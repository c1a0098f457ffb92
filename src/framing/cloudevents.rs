//! CloudEvents' Kafka protocol binding: the data is the value (binary mode), or stands in a JSON document (structured).

use super::input::Input;
use super::{Body, Frame, Origin};
use crate::error::{Code, Error};
use crate::json::Raw;
use crate::wire::base64;
use std::borrow::Cow;

const STRUCTURED: &[u8] = b"application/cloudevents+json";
const BATCH: &[u8] = b"application/cloudevents-batch";

/// What of a structured event matters here.
struct Event<'a> {
    specversion: Option<Raw<'a>>,
    datacontenttype: Option<Cow<'a, str>>,
    data: Option<Raw<'a>>,
    data_base64: Option<Cow<'a, str>>,
}

impl<'a> Event<'a> {
    /// `None` for what is no JSON, or has texts that are none.
    fn read(payload: &'a [u8]) -> Option<Self> {
        let event = Raw::parse(std::str::from_utf8(payload).ok()?).ok()?;
        let names = ["specversion", "datacontenttype", "data", "data_base64"];
        let [specversion, kind, data, base64] = event.members(&names)?;
        let text = |raw: Option<Raw<'a>>| match raw.filter(|raw| raw.get() != "null") {
            Some(raw) => raw.string().map(Some),
            None => Some(None),
        };
        let (datacontenttype, data_base64) = (text(kind)?, text(base64)?);
        // Data of null is a value; beside other data it is none.
        let data = data.filter(|raw| data_base64.is_none() || raw.get() != "null");
        let specversion = specversion.filter(|raw| raw.get() != "null");
        Some(Event { specversion, datacontenttype, data, data_base64 })
    }
}

pub(super) fn read(input: &Input<'_>, body: &mut Vec<u8>) -> Result<Frame, Error> {
    match mode(input) {
        Some(Mode::Binary) => Ok(Frame::payload(None, Origin::None, 0)),
        Some(Mode::Structured) => structured(input.payload, body),
        None => Err(Error::new(
            Code::FramingHeader,
            "expected the header `ce_specversion`, a `content-type` of application/cloudevents+json or a document with `specversion`, found none",
        )),
    }
}

pub(super) fn fits(input: &Input<'_>) -> bool {
    mode(input).is_some()
}

enum Mode {
    Binary,
    Structured,
}

fn mode(input: &Input<'_>) -> Option<Mode> {
    let content_type = input.header_folded("content-type").unwrap_or_default();
    let is = |kind: &[u8]| content_type.get(..kind.len()).is_some_and(|t| t.eq_ignore_ascii_case(kind));
    if is(STRUCTURED) {
        Some(Mode::Structured)
    } else if is(BATCH) {
        None
    } else {
        let binary = input.header("ce_specversion").map(|_| Mode::Binary);
        binary.or_else(|| is_document(input.payload).then_some(Mode::Structured))
    }
}

/// Whether the payload says itself that it is an event: the Python SDK gives structured ones the content type of their data.
fn is_document(payload: &[u8]) -> bool {
    payload.trim_ascii_start().starts_with(b"{")
        && Event::read(payload).is_some_and(|event| event.specversion.is_some())
}

/// JSON data stays JSON text; a string of another content type is that text. "A JSON value" is what `data` is, and what is
/// binary stands in `data_base64` (JSON format 1.0.2, sections 3.1.1 and 3.1.2).
fn structured(payload: &[u8], body: &mut Vec<u8>) -> Result<Frame, Error> {
    let event = Event::read(payload).ok_or_else(invalid)?;
    event.specversion.ok_or_else(invalid)?;
    body.clear();
    let text = event.data.is_some();
    match (event.data, event.data_base64) {
        (Some(data), None) => {
            let kind = event.datacontenttype.as_deref().unwrap_or("application/json");
            match data.string() {
                Some(text) if !is_json(kind) => body.extend_from_slice(text.as_bytes()),
                _ => body.extend_from_slice(data.get().as_bytes()),
            }
        }
        (None, Some(text)) => base64::decode(&text, body).map_err(|_| invalid())?,
        _ => return Err(invalid()),
    }
    Ok(Frame { body: Body::Unpacked, text, ..Frame::payload(None, Origin::None, 0) })
}

/// `application/json`, `text/json`, and whatever ends in `+json`.
fn is_json(kind: &str) -> bool {
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind.ends_with("/json") || kind.ends_with("+json")
}

#[cold]
fn invalid() -> Error {
    Error::of(Code::CloudEventInvalid)
}
