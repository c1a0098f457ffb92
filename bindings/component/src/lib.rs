//! The WebAssembly component's exports, by wit-bindgen. Translation only: what is decoded, and how, is decided elsewhere.
//!
//! Records and errors come from the decoder as the JSON documents that every host prints; here they become the types of
//! `wit/kafkalens.wit`.
// The generated binding code needs it, and nothing else here does.
#![allow(unsafe_code)]

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kafkalens::decoder;
use kafkalens::error;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::cell::RefCell;

mod bindings {
    #![allow(missing_docs, unreachable_pub, clippy::all)]
    wit_bindgen::generate!({ path: "../../wit", world: "kafkalens" });

    use super::Component;
    export!(Component);
}

use bindings::exports::kafkalens::core::decoding::{self, Guest, GuestDecoder};
use bindings::exports::kafkalens::core::types::{self, Category, Decoded, Header, KafkaRecord, Side, Space};

struct Component;

impl Guest for Component {
    type Decoder = Decoder;
}

struct Decoder(RefCell<decoder::Decoder>);

impl GuestDecoder for Decoder {
    fn create(config: String) -> Result<decoding::Decoder, types::Error> {
        let decoder = decoder::Decoder::new(&config).map_err(failure)?;
        Ok(decoding::Decoder::new(Decoder(RefCell::new(decoder))))
    }

    fn missing_schemas(&self, event: String) -> Result<Vec<String>, types::Error> {
        self.0.borrow_mut().missing_schemas(event.as_bytes()).map_err(failure)
    }

    fn add_schema(&self, schema: String) -> Result<(), types::Error> {
        self.0.borrow_mut().add_schema(&schema).map_err(failure)
    }

    fn schemas(&self) -> String {
        self.0.borrow().schemas()
    }

    fn envelope(&self, event: String) -> Result<String, types::Error> {
        self.0.borrow().envelope(event.as_bytes()).map_err(failure)
    }

    fn detect(&self, event: String, side: Side, record: Option<u32>) -> Result<String, types::Error> {
        let side = if side == Side::Key { error::Side::Key } else { error::Side::Value };
        self.0.borrow().detect(event.as_bytes(), side, record.map(|r| r as usize)).map_err(failure)
    }

    fn guess(&self, topic: String, side: Side, payload: Vec<u8>) -> Result<String, types::Error> {
        self.0.borrow().guess(&topic, which(side), &payload).map_err(failure)
    }

    fn matches_filter(&self, pattern: String, record: String) -> Result<String, types::Error> {
        self.0.borrow().matches_filter(&pattern, &record).map_err(failure)
    }

    fn decode_event(&self, event: String) -> Result<String, types::Error> {
        self.0.borrow_mut().decode_event(event.as_bytes()).map_err(failure)
    }

    fn decode_records(&self, event: String) -> Result<Vec<KafkaRecord>, types::Error> {
        let text = self.0.borrow_mut().decode_event(event.as_bytes()).map_err(failure)?;
        let document: EventDocument<'_> = serde_json::from_str(&text).map_err(|_| internal())?;
        Ok(document.records.into_iter().map(record).collect())
    }

    fn check_compatibility(&self, document: String) -> Result<String, types::Error> {
        self.0.borrow().check_compatibility(&document).map_err(failure)
    }

    fn check_schema(&self, document: String) -> Result<String, types::Error> {
        self.0.borrow().check_schema(&document).map_err(failure)
    }

    fn encode(&self, schema_type: String, schema: String, json: String) -> Result<Vec<u8>, types::Error> {
        self.0.borrow().encode(&schema_type, &schema, &json).map_err(failure)
    }

    fn decode_payload(&self, topic: String, side: Side, payload: Vec<u8>) -> Decoded {
        let text = self.0.borrow_mut().decode_payload(&topic, which(side), &payload);
        serde_json::from_str(&text).map_or_else(|_| Decoded::Failed(internal()), decoded)
    }
}

fn which(side: Side) -> error::Side {
    match side {
        Side::Key => error::Side::Key,
        Side::Value => error::Side::Value,
        Side::Header => error::Side::Header,
    }
}

#[derive(Deserialize)]
struct EventDocument<'a> {
    #[serde(borrow)]
    records: Vec<RecordDocument<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RecordDocument<'a> {
    topic: Option<String>,
    partition: Option<i32>,
    offset: Option<i64>,
    timestamp: Option<i64>,
    timestamp_type: Option<String>,
    headers: Option<Vec<HeaderDocument>>,
    #[serde(borrow)]
    key: SideDocument<'a>,
    #[serde(borrow)]
    value: SideDocument<'a>,
}

#[derive(Deserialize)]
struct HeaderDocument {
    name: String,
    value: Option<String>,
}

#[derive(Deserialize)]
struct SideDocument<'a> {
    #[serde(borrow)]
    value: Option<&'a RawValue>,
    schema: Option<String>,
    tombstone: Option<String>,
    error: Option<ErrorDocument>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ErrorDocument {
    code: String,
    category: String,
    side: Option<String>,
    topic: Option<String>,
    partition: Option<i32>,
    offset: Option<i64>,
    path: Option<String>,
    byte_offset: Option<u64>,
    space: Option<String>,
    message: String,
    hint: Option<String>,
    frame: Option<String>,
    #[serde(default)]
    retryable: bool,
}

fn record(record: RecordDocument<'_>) -> KafkaRecord {
    KafkaRecord {
        topic: record.topic,
        partition: record.partition,
        offset: record.offset,
        timestamp: record.timestamp,
        timestamp_type: record.timestamp_type,
        headers: record.headers.into_iter().flatten().map(header).collect(),
        key: decoded(record.key),
        value: decoded(record.value),
    }
}

fn header(header: HeaderDocument) -> Header {
    Header { name: header.name, value: header.value.map(|text| STANDARD.decode(text).unwrap_or_default()) }
}

fn decoded(side: SideDocument<'_>) -> Decoded {
    match (side.error, side.tombstone.as_deref(), side.value) {
        (Some(error), ..) => Decoded::Failed(translate(error)),
        (None, Some("absent"), _) => Decoded::Tombstone(types::Tombstone::Absent),
        (None, Some(_), _) => Decoded::Tombstone(types::Tombstone::Null),
        (None, None, value) => Decoded::Value(types::Value {
            json: value.map_or("null", RawValue::get).to_owned(),
            schema: side.schema,
        }),
    }
}

fn failure(error: error::Error) -> types::Error {
    serde_json::from_str(&error.to_json()).map_or_else(|_| internal(), translate)
}

fn internal() -> types::Error {
    let code = error::Code::Internal;
    translate(ErrorDocument {
        code: code.as_str().to_owned(),
        category: code.category().as_str().to_owned(),
        side: None,
        topic: None,
        partition: None,
        offset: None,
        path: None,
        byte_offset: None,
        space: None,
        message: code.about().to_owned(),
        hint: code.hint().map(str::to_owned),
        frame: None,
        retryable: false,
    })
}

fn translate(error: ErrorDocument) -> types::Error {
    types::Error {
        category: category(&error.category),
        side: error.side.as_deref().map(side),
        space: space(error.space.as_deref().unwrap_or_default()),
        code: error.code,
        topic: error.topic,
        partition: error.partition,
        offset: error.offset,
        path: error.path,
        byte_offset: error.byte_offset,
        message: error.message,
        hint: error.hint,
        frame: error.frame,
        retryable: error.retryable,
    }
}

fn category(name: &str) -> Category {
    match name {
        "event" => Category::Event,
        "base64" => Category::Base64,
        "framing" => Category::Framing,
        "schema" => Category::Schema,
        "decode" => Category::Decode,
        "limit" => Category::Limit,
        "source" => Category::Source,
        _ => Category::Output,
    }
}

fn side(name: &str) -> Side {
    match name {
        "key" => Side::Key,
        "header" => Side::Header,
        _ => Side::Value,
    }
}

fn space(name: &str) -> Space {
    match name {
        "body" => Space::Body,
        "base64" => Space::Base64,
        "event" => Space::Event,
        "schema" => Space::Schema,
        _ => Space::Payload,
    }
}
