//! Exports for JavaScript, by wasm-bindgen: translation only.
//!
//! Values stay on the tape, which JavaScript reads through views of this module's memory; what stands beside them
//! (topics, headers, errors) is one small JSON text per call. js/src/core.ts is the other side of this contract.

use crate::decoder::{Decoded, Decoder, Tombstone, document};
use crate::error::{Error, Side};
use crate::event::{self, Record};
use crate::sink::json::Json;
use crate::sink::tape::Tape;
use wasm_bindgen::prelude::*;

/// The first word of a side's row in the table.
#[derive(Clone, Copy)]
#[repr(i32)]
enum Status {
    Value = 0,
    Absent = 1,
    Null = 2,
    Failed = 3,
}

/// A decoder with the tape and table of its last call.
#[wasm_bindgen]
pub struct Core {
    decoder: Decoder,
    tape: Tape,
    /// Eight words for each side: status, plan, and where its value begins in each part of the tape.
    table: Vec<i32>,
}

/// An error as JavaScript gets it thrown: its document's text.
fn thrown(error: Error) -> JsValue {
    JsValue::from_str(&error.to_json())
}

#[wasm_bindgen]
impl Core {
    /// A decoder for a configuration document.
    #[wasm_bindgen(constructor)]
    pub fn new(config: &str) -> Result<Core, JsValue> {
        let decoder = Decoder::new(config).map_err(thrown)?;
        Ok(Core { decoder, tape: Tape::new(), table: Vec::new() })
    }

    /// The references whose schemas are missing, as a JSON array.
    #[wasm_bindgen(js_name = missingSchemas)]
    pub fn missing_schemas(&mut self, event: &[u8]) -> Result<String, JsValue> {
        let missing = self.decoder.missing_schemas(event).map_err(thrown)?;
        Ok(serde_json::Value::from(missing).to_string())
    }

    /// Adds a schema document.
    #[wasm_bindgen(js_name = addSchema)]
    pub fn add_schema(&mut self, document: &str) -> Result<(), JsValue> {
        self.decoder.add_schema(document).map_err(thrown)
    }

    /// What was given, as JSON text.
    pub fn envelope(&self, event: &[u8]) -> Result<String, JsValue> {
        self.decoder.envelope(event).map_err(thrown)
    }

    /// Whether filter criteria keep a record, as JSON text.
    #[wasm_bindgen(js_name = matchesFilter)]
    pub fn matches_filter(&self, pattern: &str, record: &str) -> Result<String, JsValue> {
        self.decoder.matches_filter(pattern, record).map_err(thrown)
    }

    /// The likely readings of the first payload of a side, as JSON text.
    pub fn detect(&self, event: &[u8], side: &str) -> Result<String, JsValue> {
        let side = if side == "key" { Side::Key } else { Side::Value };
        self.decoder.detect(event, side).map_err(thrown)
    }

    /// The schemas that were added, as JSON text.
    pub fn schemas(&self) -> String {
        self.decoder.schemas()
    }

    /// Decodes an event to JSON text.
    #[wasm_bindgen(js_name = decodeEventJson)]
    pub fn decode_event_json(&mut self, event: &[u8]) -> Result<String, JsValue> {
        self.decoder.decode_event(event).map_err(thrown)
    }

    /// Decodes an event onto the tape; gives its records without their values as JSON text.
    #[wasm_bindgen(js_name = decodeEvent)]
    pub fn decode_event(&mut self, event: &[u8]) -> Result<String, JsValue> {
        self.clear();
        let opened = event::open(event, self.decoder.limits()).map_err(thrown)?;
        let mut json = Json::new();
        json.raw("{\"records\":[");
        for (i, record) in opened.event().map_err(thrown)?.records.iter().enumerate() {
            json.raw(if i > 0 { "," } else { "" });
            self.record(record, &mut json);
        }
        json.raw("]}");
        Ok(json.into_string())
    }

    /// Decodes one payload onto the tape; gives its side without the value as JSON text.
    #[wasm_bindgen(js_name = decodePayload)]
    pub fn decode_payload(&mut self, topic: &str, side: &str, payload: &[u8]) -> String {
        self.clear();
        let side = if side == "key" { Side::Key } else { Side::Value };
        let start = self.tape.mark();
        let decoded = self.decoder.decode_payload_to(topic, side, payload, &mut self.tape);
        let mut json = Json::new();
        self.side(start, decoded, &mut json);
        json.into_string()
    }

    /// Checks a new schema against its history: a document in, a document out.
    #[wasm_bindgen(js_name = checkCompatibility)]
    pub fn check_compatibility(&self, document: &str) -> Result<String, JsValue> {
        self.decoder.check_compatibility(document).map_err(thrown)
    }

    /// Encodes a datum from its JSON text.
    pub fn encode(&self, schema_type: &str, schema: &str, json: &str) -> Result<Vec<u8>, JsValue> {
        self.decoder.encode(schema_type, schema, json).map_err(thrown)
    }

    /// The shape of a plan's values as JSON text.
    pub fn shape(&self, plan: u32) -> String {
        serde_json::to_string(&self.decoder.shape(plan)).unwrap_or_default()
    }

    /// Address and length of the table and of the tape's parts: ints, floats, bigs, latin, wide, binary.
    pub fn views(&self) -> Vec<u32> {
        fn view<T>(part: &[T]) -> [u32; 2] {
            [part.as_ptr() as usize as u32, part.len() as u32]
        }
        let tape = &self.tape;
        [
            view(&self.table),
            view(tape.ints()),
            view(tape.floats()),
            view(tape.bigs()),
            view(tape.latin()),
            view(tape.wide()),
            view(tape.binary()),
        ]
        .concat()
    }
}

impl Core {
    fn clear(&mut self) {
        self.tape.clear();
        self.table.clear();
    }

    fn record(&mut self, record: &Record<'_>, json: &mut Json) {
        document::metadata(record, json);
        for (side, name) in [(Side::Key, ",\"key\":"), (Side::Value, ",\"value\":")] {
            json.raw(name);
            let start = self.tape.mark();
            let decoded = self.decoder.decode_side(record, side, &mut self.tape);
            self.side(start, decoded, json);
        }
        json.raw("}");
    }

    /// Adds a side's row to the table, and writes what stands beside its value.
    fn side(&mut self, start: [u32; 6], decoded: Result<Decoded, Error>, json: &mut Json) {
        let (status, plan) = match &decoded {
            Ok(Decoded { tombstone: Some(Tombstone::Absent), .. }) => (Status::Absent, 0),
            Ok(Decoded { tombstone: Some(Tombstone::Null), .. }) => (Status::Null, 0),
            Ok(Decoded { plan, .. }) => (Status::Value, *plan),
            Err(_) => (Status::Failed, 0),
        };
        self.table.extend([status as i32, plan as i32]);
        self.table.extend(start.map(|at| at as i32));
        document::beside(&decoded, json);
    }
}
