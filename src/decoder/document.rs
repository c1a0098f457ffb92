//! Record documents: what every host can print for a decoded record, one line of JSON.

use super::{Decoded, Decoder};
use crate::dialect::Bytes;
use crate::error::{Error, Side};
use crate::event::{Header, Record};
use crate::format::Sink;
use crate::sink::json::Json;
use crate::wire::Run;

/// Writes a record's document.
#[inline]
pub(super) fn record<S: Sink + ?Sized>(
    decoder: &mut Decoder,
    record: &Record<'_>,
    json: &mut Json,
    sink: fn(&mut Json) -> &mut S,
) {
    metadata(record, json);
    for (side, name) in [(Side::Key, ",\"key\":"), (Side::Value, ",\"value\":")] {
        json.raw(name);
        self::side(json, |json| {
            let held = json.len();
            decoder.decode_next(record, side, held, sink(json))
        });
    }
    json.raw("}");
}

/// Writes a side's document: its value, tombstone or error.
#[inline]
pub(super) fn side(json: &mut Json, decode: impl FnOnce(&mut Json) -> Result<Decoded, Error>) {
    let start = json.len();
    json.raw("{\"value\":");
    let decoded = decode(json);
    match &decoded {
        Ok(Decoded { tombstone: None, reference, .. }) => {
            if let Some(reference) = reference {
                json.raw(",\"schema\":");
                json.quoted(&reference.to_string());
            }
            json.raw("}");
        }
        _ => {
            json.truncate(start);
            beside(&decoded, json);
        }
    }
}

/// Writes a side's document without its value: for hosts that keep values elsewhere.
pub fn beside(decoded: &Result<Decoded, Error>, json: &mut Json) {
    match decoded {
        Ok(Decoded { tombstone: Some(tombstone), .. }) => {
            json.raw("{\"tombstone\":");
            json.quoted(tombstone.as_str());
        }
        Ok(Decoded { reference: Some(reference), .. }) => {
            json.raw("{\"schema\":");
            json.quoted(&reference.to_string());
        }
        Ok(_) => json.raw("{"),
        Err(error) => {
            json.raw("{\"error\":");
            json.raw(&error.to_json());
        }
    }
    json.raw("}");
}

/// Writes `{` and the metadata of a record, without the closing brace.
pub fn metadata(record: &Record<'_>, json: &mut Json) {
    json.raw("{\"topic\":");
    text(json, record.topic.as_deref());
    json.raw(",\"partition\":");
    number(json, record.partition.map(i64::from));
    json.raw(",\"offset\":");
    number(json, record.offset);
    json.raw(",\"timestamp\":");
    number(json, record.timestamp);
    json.raw(",\"timestampType\":");
    text(json, record.timestamp_type.as_deref());
    json.raw(",\"headers\":[");
    for (i, header) in record.headers.iter().flatten().enumerate() {
        if i > 0 {
            json.raw(",");
        }
        self::header(json, header);
    }
    json.raw("]");
}

fn header(json: &mut Json, header: &Header) {
    json.raw("{\"name\":");
    json.quoted(&header.name);
    json.raw(",\"value\":");
    match &header.value {
        Some(bytes) => json.bytes(Run::new(bytes), Bytes::Base64, (0, 0)),
        None => json.null((0, 0)),
    }
    json.raw("}");
}

fn text(json: &mut Json, v: Option<&str>) {
    match v {
        Some(v) => json.quoted(v),
        None => json.raw("null"),
    }
}

fn number(json: &mut Json, v: Option<i64>) {
    match v {
        Some(v) => json.long(v, (0, 0)),
        None => json.raw("null"),
    }
}
