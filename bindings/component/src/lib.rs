//! The WebAssembly component's exports, by wit-bindgen. Translation only: what is decoded, and how, is decided elsewhere.
//!
//! Records and errors become the types of `wit/kafkalens.wit`.
// The generated binding code needs it, and nothing else here does.
#![allow(unsafe_code)]

use kafkalens::decoder::{self, Tombstone};
use kafkalens::error;
use kafkalens::event::{self, Record};
use kafkalens::sink::json::Json;
use std::borrow::Cow;
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

    fn warnings(&self) -> String {
        self.0.borrow().warnings()
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
        let mut reader = Reader { decoder: &mut self.0.borrow_mut(), json: Json::new(), held: 0 };
        reader.event(event.as_bytes()).map_err(failure)
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
        let mut json = Json::new();
        let found = self.0.borrow_mut().decode_payload_to(&topic, which(side), &payload, &mut json);
        decoded(found, &json)
    }
}

fn which(side: Side) -> error::Side {
    match side {
        Side::Key => error::Side::Key,
        Side::Value => error::Side::Value,
        Side::Header => error::Side::Header,
    }
}

/// Reads the records of an event.
struct Reader<'d> {
    decoder: &'d mut decoder::Decoder,
    json: Json,
    /// Bytes of the values so far.
    held: usize,
}

impl Reader<'_> {
    fn event(&mut self, text: &[u8]) -> Result<Vec<KafkaRecord>, error::Error> {
        let limits = self.decoder.limits().clone();
        let opened = event::open(text, &limits)?;
        self.decoder.begin_event(0);
        let mut records = Vec::new();
        for record in &opened.event()?.records {
            if self.decoder.keeps(record) {
                records.push(self.record(record));
            }
        }
        Ok(records)
    }

    fn record(&mut self, record: &Record<'_>) -> KafkaRecord {
        let text = |text: &Option<Cow<'_, str>>| text.as_deref().map(str::to_owned);
        let header =
            |header: &event::Header| Header { name: header.name.clone(), value: header.value.clone() };
        KafkaRecord {
            topic: text(&record.topic),
            partition: record.partition,
            offset: record.offset,
            timestamp: record.timestamp,
            timestamp_type: text(&record.timestamp_type),
            headers: record.headers.iter().flatten().map(header).collect(),
            key: self.side(record, error::Side::Key),
            value: self.side(record, error::Side::Value),
        }
    }

    fn side(&mut self, record: &Record<'_>, side: error::Side) -> Decoded {
        self.json.clear();
        let found = self.decoder.decode_next(record, side, self.held, &mut self.json);
        self.held += self.json.len();
        decoded(found, &self.json)
    }
}

fn decoded(found: Result<decoder::Decoded, error::Error>, json: &Json) -> Decoded {
    match found {
        Err(error) => Decoded::Failed(failure(error)),
        Ok(decoder::Decoded { tombstone: Some(Tombstone::Absent), .. }) => {
            Decoded::Tombstone(types::Tombstone::Absent)
        }
        Ok(decoder::Decoded { tombstone: Some(Tombstone::Null), .. }) => {
            Decoded::Tombstone(types::Tombstone::Null)
        }
        Ok(decoder::Decoded { reference, .. }) => Decoded::Value(types::Value {
            json: json.as_str().to_owned(),
            schema: reference.map(|reference| reference.to_string()),
        }),
    }
}

fn failure(error: error::Error) -> types::Error {
    let text = |text: Option<&str>| text.map(str::to_owned);
    types::Error {
        code: error.code().as_str().to_owned(),
        category: category(error.category()),
        side: error.side().map(side),
        topic: text(error.topic()),
        partition: error.partition(),
        offset: error.offset(),
        path: text(error.path()),
        byte_offset: error.byte_offset(),
        space: space(error.space()),
        message: error.message().to_owned(),
        hint: text(error.hint()),
        frame: text(error.frame()),
        retryable: error.retryable(),
    }
}

const fn category(category: error::Category) -> Category {
    match category {
        error::Category::Event => Category::Event,
        error::Category::Base64 => Category::Base64,
        error::Category::Framing => Category::Framing,
        error::Category::Schema => Category::Schema,
        error::Category::Decode => Category::Decode,
        error::Category::Limit => Category::Limit,
        error::Category::Output => Category::Output,
        error::Category::Source => Category::Source,
    }
}

const fn side(side: error::Side) -> Side {
    match side {
        error::Side::Key => Side::Key,
        error::Side::Value => Side::Value,
        error::Side::Header => Side::Header,
    }
}

const fn space(space: error::Space) -> Space {
    match space {
        error::Space::Payload => Space::Payload,
        error::Space::Body => Space::Body,
        error::Space::Base64 => Space::Base64,
        error::Space::Event => Space::Event,
        error::Space::Schema => Space::Schema,
    }
}
