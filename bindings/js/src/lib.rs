//! Exports for JavaScript, by wasm-bindgen: translation only.
//!
//! Values stay on the tape, which JavaScript reads through views of this module's memory; what stands beside them
//! (topics, headers, errors) is one small JSON text per call. js/src/core.ts is the other side of this contract.

mod context;

use kafkalens::decoder::Decoder;
use kafkalens::error::{Error, Side};
use kafkalens::event;
use kafkalens::json;
use kafkalens::schema::Reference;
use kafkalens::sink::json::Json;
use kafkalens::sink::tape::Tape;
use kafkalens_columns::{Chunk, Columns, Context, Gather, Listing, Row, Table, payload};
use wasm_bindgen::prelude::*;

/// A decoder with the tape and table of its last call.
#[wasm_bindgen]
pub struct Core {
    decoder: Decoder,
    tape: Tape,
    table: Table,
    columns: Columns,
    gather: Gather,
    contexts: Vec<Context>,
    references: Vec<Reference>,
    /// The records of the last text.
    listing: Listing,
    /// What JavaScript reads in place: see [`Core::notice`].
    notice: Box<[u32; NOTICE]>,
    /// What the table can't tell of the last chunk, or event.
    documents: String,
}

/// Words of [`Core::notice`].
const NOTICE: usize = 32;

/// Of each of so many records in columns, whether the criteria keep it.
fn kept(
    decoder: &mut Decoder,
    columns: &mut Columns,
    contexts: &mut [Context],
    records: usize,
) -> Result<Vec<u8>, Error> {
    let mut rows = columns.rows(records)?;
    let mut kept = Vec::new();
    while let Some(row) = rows.next(contexts)? {
        kept.push(u8::from(match row {
            Row::Plain(plain) => decoder.keeps(&plain.record(&rows)),
            Row::Whole(record) => decoder.keeps(&record),
        }));
    }
    Ok(kept)
}

/// A side by its name, of which js/src/side.ts has made sure.
fn side(name: &str) -> Side {
    if name == "key" { Side::Key } else { Side::Value }
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
        let decoder = kafkalens_columns::decoder(config).map_err(thrown)?;
        let mut core = Core {
            decoder,
            tape: Tape::new(),
            table: Table::default(),
            columns: Columns::default(),
            gather: Gather::default(),
            contexts: Vec::new(),
            references: Vec::new(),
            listing: Listing::default(),
            notice: Box::default(),
            documents: String::new(),
        };
        core.room_to_gather(0);
        Ok(core)
    }

    /// The references whose schemas are missing, as a JSON array.
    #[wasm_bindgen(js_name = missingSchemas)]
    pub fn missing_schemas(&mut self, event: &[u8]) -> Result<String, JsValue> {
        let missing = self.decoder.missing_schemas(event).map_err(thrown)?;
        Ok(json::to_text(&missing))
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

    /// The likely readings of a side's payload, as JSON text: of the record at a place, or of the first that has one.
    pub fn detect(&self, event: &[u8], side: &str, record: Option<usize>) -> Result<String, JsValue> {
        self.decoder.detect(event, self::side(side), record).map_err(thrown)
    }

    /// A Protobuf payload read without its schema, as JSON text.
    pub fn guess(&self, topic: &str, side: &str, payload: &[u8]) -> Result<String, JsValue> {
        self.decoder.guess(topic, self::side(side), payload).map_err(thrown)
    }

    /// The schemas that were added, as JSON text.
    pub fn schemas(&self) -> String {
        self.decoder.schemas()
    }

    /// How often each rule was tolerated to be broken, as JSON text.
    pub fn warnings(&self) -> String {
        self.decoder.warnings()
    }

    /// Decodes an event to JSON text.
    #[wasm_bindgen(js_name = decodeEventJson)]
    pub fn decode_event_json(&mut self, event: &[u8]) -> Result<String, JsValue> {
        self.decoder.decode_event_compactly(event).map_err(thrown)
    }

    /// Lists the records of an event's text that the configuration keeps. Whether all could be listed: else
    /// [`Core::decode_event`] is to be called.
    pub fn list(&mut self, event: &[u8]) -> bool {
        self.clear();
        let all = self.listing.read(&mut self.decoder, event);
        self.publish(0);
        all
    }

    /// What listed records have in common, from a number on, as a JSON array.
    #[wasm_bindgen(js_name = listedContexts)]
    pub fn listed_contexts(&self, from: usize) -> String {
        context::to_text(self.listing.contexts.get(from..).unwrap_or_default())
    }

    /// Decodes all records of an event that the configuration keeps onto the tape, and lists them. Gives the length of what the
    /// table can't tell, which [`Core::documents`] has.
    #[wasm_bindgen(js_name = decodeEvent)]
    pub fn decode_event(&mut self, event: &[u8]) -> Result<usize, JsValue> {
        self.clear();
        let Core { decoder, tape, table, references, listing, .. } = self;
        let mut out = Chunk { tape, table, references, json: None };
        listing.decode(decoder, event, &mut out).map_err(thrown)?;
        self.documents = out.json.map(Json::into_string).unwrap_or_default();
        self.publish(self.decoder.inflated());
        Ok(self.documents.len())
    }

    /// What the records of columns have in common, by the number that they name it by; -1 where it is no JSON.
    pub fn context(&mut self, text: &str) -> i32 {
        let Some(common) = context::parse(text) else { return -1 };
        self.contexts.push(common.into());
        self.contexts.len() as i32 - 1
    }

    /// Forgets contexts, those of lists too, and references, so that their numbers begin anew.
    pub fn forget(&mut self) {
        self.contexts.clear();
        self.listing.contexts.clear();
        self.references.clear();
    }

    /// The address of words that stay in their place, so that JavaScript reads them without a call: addresses of words,
    /// offsets, and what was listed, which stay, and of text and the part of an event's, as [`Core::room`] and
    /// [`Core::room_to_gather`] left them; then address and length of the table and of the tape's parts (ints, floats, bigs,
    /// latin, wide, binary), and of the list of an event's records; how many there are of keys, plans, references, failed
    /// records and values that are tombstones; whether all rows are values, those of a side with the same reference; whether
    /// the heap `latin` is ASCII; how many bytes have been inflated for the event; how many templates were learned; of which
    /// generation the plans are; how many contexts listed records have: all as the last decode left them.
    pub fn notice(&self) -> usize {
        self.notice.as_ptr() as usize
    }

    /// Makes room for the texts of a chunk of records.
    pub fn room(&mut self, bytes: usize) {
        self.columns.room(bytes);
        self.publish_room();
    }

    /// Makes room for a part of an event's text.
    #[wasm_bindgen(js_name = roomToGather)]
    pub fn room_to_gather(&mut self, bytes: usize) {
        self.columns.room(bytes);
        self.gather.room(bytes);
        self.publish_room();
    }

    /// Makes a chunk of so many records of an event's text, of which what was listed and the part that begins at `start` were
    /// written; false where that is none.
    pub fn gather(&mut self, records: usize, start: i32) -> bool {
        self.gather.columns(records, start, &mut self.columns)
    }

    /// Decodes the chunk of so many records that was written, their values onto the tape. Gives the length of what the table
    /// can't tell, which [`Core::documents`] has, or -1 where what was written is no chunk. `inflated` are the bytes that earlier
    /// chunks of the event were inflated to.
    #[wasm_bindgen(js_name = decodeColumns)]
    pub fn decode_columns(&mut self, records: usize, inflated: usize) -> i32 {
        self.clear();
        self.decoder.begin_event(inflated);
        let Core { decoder, tape, table, columns, contexts, references, .. } = self;
        let mut out = Chunk { tape, table, references, json: None };
        let read = out.decode(decoder, columns, contexts, records);
        self.documents = out.json.map(Json::into_string).unwrap_or_default();
        self.publish(self.decoder.inflated());
        if read { self.documents.len() as i32 } else { -1 }
    }

    /// What the configuration's criteria need: 0 where there are none, 1 where columns are enough, 2 for the event's text.
    pub fn criteria(&self) -> u32 {
        const COLUMNS: [&str; 5] = ["key", "value", "topic", "partition", "offset"];
        self.decoder.criteria().map_or(0, |criteria| if criteria.ask_only(&COLUMNS) { 1 } else { 2 })
    }

    /// Which records of the chunk of so many that was written the configuration's criteria keep: a 1 for each of those.
    /// Nothing where what was written is no chunk. All chunks of an event are asked for one after the other, and nothing is decoded
    /// in between: what the first of them begins counts on for the limits.
    #[wasm_bindgen(js_name = keepColumns)]
    pub fn keep_columns(&mut self, records: usize, first: bool) -> Vec<u8> {
        self.clear();
        let Core { decoder, columns, contexts, .. } = self;
        if first {
            decoder.begin_event(0);
        }
        kept(decoder, columns, contexts, records).unwrap_or_default()
    }

    /// What the table can't tell of the last chunk or event: a JSON object of documents, those of records by their number,
    /// without sides, those of sides that failed by an `s` and theirs.
    pub fn documents(&self) -> String {
        self.documents.clone()
    }

    /// The text of a reference that the table names.
    pub fn reference(&self, index: usize) -> String {
        self.references.get(index).map(Reference::to_string).unwrap_or_default()
    }

    /// Decodes one payload onto the tape; gives its side without the value as JSON text.
    #[wasm_bindgen(js_name = decodePayload)]
    pub fn decode_payload(&mut self, topic: &str, side: &str, payload: &[u8]) -> String {
        self.clear();
        let mut json = Json::new();
        let Core { decoder, tape, table, .. } = self;
        self::payload(decoder, (topic, self::side(side), payload), tape, table, &mut json);
        self.publish(self.decoder.inflated());
        json.into_string()
    }

    /// All records of an event as Lambda delivers them, with the cluster that each came from, as JSON text.
    #[wasm_bindgen(js_name = rawRecords)]
    pub fn raw_records(&self, event: &[u8]) -> Result<String, JsValue> {
        self.decoder.raw_records(event).map_err(thrown)
    }

    /// A payload of a record, given as JSON text, without its framing; nothing for a tombstone.
    pub fn body(&mut self, record: &str, side: &str) -> Result<Option<Vec<u8>>, JsValue> {
        let record = event::record(event::Place::default(), record).map_err(thrown)?;
        self.decoder.body(&record, self::side(side)).map_err(thrown)
    }

    /// Checks a new schema against its history: a document in, a document out.
    #[wasm_bindgen(js_name = checkCompatibility)]
    pub fn check_compatibility(&self, document: &str) -> Result<String, JsValue> {
        self.decoder.check_compatibility(document).map_err(thrown)
    }

    /// Checks a schema strictly: a document in, a document out.
    #[wasm_bindgen(js_name = checkSchema)]
    pub fn check_schema(&self, document: &str) -> Result<String, JsValue> {
        self.decoder.check_schema(document).map_err(thrown)
    }

    /// Encodes a datum from its JSON text.
    pub fn encode(&self, schema_type: &str, schema: &str, json: &str) -> Result<Vec<u8>, JsValue> {
        self.decoder.encode(schema_type, schema, json).map_err(thrown)
    }

    /// The shape of a plan's values as JSON text.
    pub fn shape(&self, plan: u32) -> String {
        self.decoder.shape(plan).to_json()
    }

    /// The shape of a learned template's values as JSON text. They are numbered from 1.
    pub fn template(&self, number: u32) -> String {
        self.decoder.template_shape(number).to_json()
    }

    /// The map keys that the tape numbers, from a number on, as a JSON array.
    pub fn keys(&self, from: usize) -> String {
        let keys = self.tape.keys().get(from..).unwrap_or_default();
        json::to_text(&keys.iter().map(|key| &**key).collect::<Vec<_>>())
    }
}

impl Core {
    fn clear(&mut self) {
        self.tape.clear();
        self.table.clear();
        self.listing.words.clear();
    }

    /// Tells where there is room for what JavaScript writes.
    fn publish_room(&mut self) {
        let Core { columns, gather, .. } = self;
        let addresses = [
            columns.words.as_ptr() as usize,
            columns.offsets.as_ptr() as usize,
            gather.listed.as_ptr() as usize,
            columns.text.as_ptr() as usize,
            gather.text.as_ptr() as usize,
        ];
        self.notice.iter_mut().zip(addresses).for_each(|(to, at)| *to = at as u32);
    }

    /// Tells where what was decoded stands.
    fn publish(&mut self, inflated: usize) {
        fn view<T>(part: &[T]) -> [u32; 2] {
            [part.as_ptr() as usize as u32, part.len() as u32]
        }
        let tape = &self.tape;
        let views = [
            view(self.table.rows.as_flattened()),
            view(tape.ints()),
            view(tape.floats()),
            view(tape.bigs()),
            view(tape.latin()),
            view(tape.wide()),
            view(tape.binary()),
            view(self.listing.words.as_flattened()),
        ];
        let counts = [
            tape.keys().len() as u32,
            self.decoder.plans(),
            self.references.len() as u32,
            self.table.failed,
            self.table.tombstones,
            u32::from(!self.table.mixed),
            u32::from(tape.latin_is_ascii()),
            inflated as u32,
            self.decoder.templates() as u32,
            self.decoder.generation(),
            self.listing.contexts.len() as u32,
        ];
        let [_, _, _, _, _, to @ ..] = &mut *self.notice;
        let (to_views, to_counts) = to.split_at_mut(views.as_flattened().len());
        to_views.copy_from_slice(views.as_flattened());
        to_counts.copy_from_slice(&counts);
    }
}
