//! CloudEvents' Kafka protocol binding: the data is the value (binary mode), or stands in a JSON document (structured).

use super::input::Input;
use super::{Body, Frame, Origin};
use crate::error::{Code, Error};
use crate::wire::{base64, json};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::borrow::Cow;

const STRUCTURED: &[u8] = b"application/cloudevents+json";
const BATCH: &[u8] = b"application/cloudevents-batch";

/// What of a structured event matters here.
#[derive(Deserialize)]
struct Event<'a> {
    #[serde(borrow)]
    specversion: Option<&'a RawValue>,
    #[serde(borrow)]
    datacontenttype: Option<Cow<'a, str>>,
    #[serde(borrow)]
    data: Option<&'a RawValue>,
    #[serde(borrow)]
    data_base64: Option<Cow<'a, str>>,
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
        && json::<Event<'_>>(payload).is_some_and(|event| event.specversion.is_some())
}

/// JSON data stays JSON text; a string of another content type is that text.
fn structured(payload: &[u8], body: &mut Vec<u8>) -> Result<Frame, Error> {
    let event: Event<'_> = json(payload).ok_or_else(invalid)?;
    event.specversion.ok_or_else(invalid)?;
    body.clear();
    match (event.data, event.data_base64) {
        (Some(data), None) => {
            let kind = event.datacontenttype.as_deref().unwrap_or("application/json");
            match serde_json::from_str::<Cow<'_, str>>(data.get()) {
                Ok(text) if !is_json(kind) => body.extend_from_slice(text.as_bytes()),
                _ => body.extend_from_slice(data.get().as_bytes()),
            }
        }
        (None, Some(text)) => base64::decode(&text, body).map_err(|_| invalid())?,
        _ => return Err(invalid()),
    }
    Ok(Frame { body: Body::Inflated, ..Frame::payload(None, Origin::None, 0) })
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
