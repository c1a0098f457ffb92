//! Exports for JavaScript, by wasm-bindgen: translation only.
//!
//! Values stay on the tape, which JavaScript reads through views of this module's memory; what stands beside them
//! (topics, headers, errors) is one small JSON text per call. js/src/core.ts is the other side of this contract.

use crate::decoder::{Decoded, Decoder};
use crate::error::{Error, Side};
use crate::event::{self, Record};
use crate::sink::tape::Tape;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
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
        let event = opened.event().map_err(thrown)?;
        let records = event.records.iter().map(|record| self.record(record)).collect();
        Ok(json(&EventDocument { records }))
    }

    /// Decodes one payload onto the tape; gives its side without the value as JSON text.
    #[wasm_bindgen(js_name = decodePayload)]
    pub fn decode_payload(&mut self, topic: &str, side: &str, payload: &[u8]) -> String {
        self.clear();
        let side = if side == "key" { Side::Key } else { Side::Value };
        let start = self.tape.mark();
        let decoded = self.decoder.decode_payload_to(topic, side, payload, &mut self.tape);
        json(&self.side(start, decoded))
    }

    /// The shape of a plan's values as JSON text.
    pub fn shape(&self, plan: u32) -> String {
        json(self.decoder.shape(plan))
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

    fn record<'a>(&mut self, record: &'a Record<'_>) -> RecordDocument<'a> {
        let mut side = |side| {
            let start = self.tape.mark();
            let decoded = self.decoder.decode_side(record, side, &mut self.tape);
            self.side(start, decoded)
        };
        let (key, value) = (side(Side::Key), side(Side::Value));
        RecordDocument {
            topic: record.topic.as_deref(),
            partition: record.partition,
            offset: record.offset,
            timestamp: record.timestamp,
            timestamp_type: record.timestamp_type.as_deref(),
            headers: record.headers.as_deref().map(headers),
            key,
            value,
        }
    }

    /// Adds a side's row to the table and gives what stands beside its value.
    fn side(&mut self, start: [u32; 6], decoded: Result<Decoded, Error>) -> SideDocument {
        let (status, plan, document) = match decoded {
            Ok(Decoded { tombstone: Some(tombstone), .. }) => {
                let name = tombstone.as_str();
                let status = if name == "null" { Status::Null } else { Status::Absent };
                (status, 0, SideDocument { tombstone: Some(name), ..SideDocument::default() })
            }
            Ok(Decoded { plan, reference, .. }) => {
                let schema = reference.map(|reference| reference.to_string());
                (Status::Value, plan, SideDocument { schema, ..SideDocument::default() })
            }
            Err(error) => (Status::Failed, 0, SideDocument { error: Some(error), ..SideDocument::default() }),
        };
        self.table.extend([status as i32, plan as i32]);
        self.table.extend(start.map(|at| at as i32));
        document
    }
}

fn headers(headers: &[event::Header]) -> Vec<HeaderDocument<'_>> {
    let base64 = |bytes: &Vec<u8>| STANDARD.encode(bytes);
    headers.iter().map(|h| HeaderDocument { name: &h.name, value: h.value.as_ref().map(base64) }).collect()
}

fn json(document: &impl Serialize) -> String {
    serde_json::to_string(document).unwrap_or_default()
}

#[derive(Serialize)]
struct EventDocument<'a> {
    records: Vec<RecordDocument<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RecordDocument<'a> {
    topic: Option<&'a str>,
    partition: Option<i32>,
    offset: Option<i64>,
    timestamp: Option<i64>,
    timestamp_type: Option<&'a str>,
    headers: Option<Vec<HeaderDocument<'a>>>,
    key: SideDocument,
    value: SideDocument,
}

#[derive(Serialize)]
struct HeaderDocument<'a> {
    name: &'a str,
    value: Option<String>,
}

#[derive(Default, Serialize)]
struct SideDocument {
    #[serde(skip_serializing_if = "Option::is_none")]
    schema: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tombstone: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Error>,
}
