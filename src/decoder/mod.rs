//! The decoder: the one public object, with the same verbs in every host.

mod catalog;
mod check;
mod config;
mod criteria;
mod decoded;
mod detect;
pub mod document;
mod encode;
mod envelope;
mod following;
mod guess;
mod local;
mod message;
mod notable;
mod plans;
mod raw;
mod registered;
mod route;
mod side;
mod strict;

use crate::dialect::Style;
use crate::error::{Error, Side};
use crate::event::{self, Opened, Payload, Record};
use crate::format::shape::Shape;
use crate::format::{Plan, Sink, Tolerated};
use crate::framing::{self, Budget, Input};
use crate::json::{Text, to_text};
use crate::limits::Limits;
use crate::schema::{Encrypted, Failure, Source};
use crate::sink::json::Json;
use crate::wire::base64;
use catalog::Catalog;
use config::Config;
pub use decoded::{Decoded, Given, Tombstone};
pub use following::{Following, Known};
use route::Last;
pub use route::{Alike, MetadataText, Route, Routes};
use side::Buffers;

/// Decodes events. It holds the configuration, the schemas that were added, and their compiled plans; it does no I/O.
///
/// ```
/// let mut decoder = kafkalens::Decoder::new(r#"{ "value": { "format": "json" } }"#)?;
/// let event = br#"{ "records": { "orders-0": [
///     { "topic": "orders", "partition": 0, "offset": 7, "timestamp": 0, "timestampType": "CREATE_TIME",
///       "value": "eyJpZCI6MX0=", "headers": [] } ] } }"#;
/// let text = decoder.decode_event(event)?;
/// assert!(text.contains(r#""key":{"tombstone":"absent"},"value":{"value":{"id":1}}"#));
/// # Ok::<(), kafkalens::Error>(())
/// ```
pub struct Decoder {
    /// What reads the lists of records: compiled with whoever made the decoder.
    read_list: event::ReadList,
    config: Config,
    catalog: Catalog,
    buffers: Buffers,
    /// Of the record before. In a box, since decoding takes it out and puts it back.
    last: Option<Box<Last>>,
    /// The same of what is decoded for criteria.
    criteria_last: Option<Box<Last>>,
    /// What may still be inflated for criteria: they have as much as decoding has.
    criteria_budget: Budget,
    /// Bytes that have been decoded for the criteria of the event that began last.
    criteria_held: usize,
    /// Whether sides are being decoded for criteria: then `last` and the buffers' budget are theirs.
    for_criteria: bool,
}
impl Decoder {
    /// A decoder of this configuration: a JSON document with the keys of docs/options.md.
    ///
    /// # Errors
    /// `CONFIG_INVALID`; `SCHEMA_INVALID`, `SCHEMA_LIMIT` or `MESSAGE_UNKNOWN` for the schemas that it holds.
    #[inline]
    pub fn new(config: &str) -> Result<Decoder, Error> {
        Decoder::parse(config, event::read_list)
    }

    #[inline(never)]
    fn parse(config: &str, read_list: event::ReadList) -> Result<Decoder, Error> {
        Decoder::of(Config::parse(config)?, read_list)
    }

    fn of(config: Config, read_list: event::ReadList) -> Result<Decoder, Error> {
        let catalog = Catalog::new(&config)?;
        let buffers = Buffers::new(&config.limits);
        let criteria_budget = buffers.budget.clone();
        Ok(Decoder {
            read_list,
            config,
            catalog,
            buffers,
            last: None,
            criteria_last: None,
            criteria_budget,
            criteria_held: 0,
            for_criteria: false,
        })
    }

    /// The references of an event's records whose schemas have not been added, each once, in the order of the records.
    /// A side that can't be read so far is passed over: decoding tells its error.
    ///
    /// # Errors
    /// The event's own: `EVENT_NOT_JSON`, `EVENT_SHAPE`, `EVENT_LIMIT`.
    #[inline(never)]
    pub fn missing_schemas(&mut self, event: &[u8]) -> Result<Vec<String>, Error> {
        let opened = self.open(event)?;
        let mut missing: Vec<String> = Vec::new();
        for record in &opened.event()?.records {
            for side in [Side::Key, Side::Value] {
                match self.missing(record, side) {
                    Some(reference) if !missing.contains(&reference) => missing.push(reference),
                    _ => {}
                }
            }
        }
        Ok(missing)
    }

    fn missing(&mut self, record: &Record<'_>, side: Side) -> Option<String> {
        let Payload::Base64(text) = record.payload(side) else { return None };
        let config =
            &self.config.sides[self.config.side(record.topic.as_deref().unwrap_or_default(), side) as usize];
        let payload = &mut self.buffers.payload;
        payload.clear();
        base64::decode(text, payload).ok()?;
        let input = Input::of(record, side, payload);
        if side::is_json(config, input.metadata).ok()? {
            return None;
        }
        let found = framing::reference(&config.framing, &input).ok()??;
        let reference = found.in_registry(config.registry.as_ref());
        let missing = self.catalog.is_missing(config, &reference, &self.config.limits);
        missing.then(|| reference.to_string())
    }

    /// Adds a schema that [`Decoder::missing_schemas`] asked for: a JSON document
    /// `{ "reference", "type", "schema", "references" }`. It is compiled when a record first needs it; what is wrong
    /// with its text is that record's error.
    ///
    /// A schema that could not be fetched is told as `{ "reference", "error": { "code", "message", "hint", "retryable" } }`
    /// with a code of the category `source`: it stays missing, and this is the error of the records that name it.
    ///
    /// # Errors
    /// `CONFIG_INVALID` for a document of another shape, `SCHEMA_LIMIT` for a schema that is too large.
    #[inline(never)]
    pub fn add_schema(&mut self, document: &str) -> Result<(), Error> {
        if let Some(failure) = Failure::from_json(document) {
            self.catalog.failed(failure);
            return Ok(());
        }
        self.add_source(Source::from_json(document)?)
    }

    fn add_source(&mut self, source: Source) -> Result<(), Error> {
        let reference = source.reference.clone();
        let bytes = source.schema.len();
        if self.catalog.store.add(source, &self.config.limits)? {
            self.catalog.added(&reference, bytes);
        }
        Ok(())
    }

    /// The schemas that were added: JSON text, `[{"reference","type","status","encrypted"}]`. The status is the
    /// registry's, where the schema's document has one.
    #[inline(never)]
    pub fn schemas(&self) -> String {
        let mut out = Text::default();
        out.array(|out| {
            for source in self.catalog.store.iter() {
                out.object(|out| {
                    out.member("reference", &source.reference.to_string());
                    out.member("type", source.schema_type.as_str());
                    out.optional("status", source.status.as_deref());
                    out.optional("encrypted", source.encrypted().map(Encrypted::as_str));
                });
            }
        });
        out.into_string()
    }

    /// Ranks the likely readings of a side's payload, for diagnosis: that of the record at a place, counted from 0, or of the
    /// first that has one. JSON text, `{"readings":[…]}`, the likeliest first; none where there is no payload.
    ///
    /// ```
    /// use kafkalens::{Decoder, error::Side};
    /// let event = br#"{ "records": { "t-0": [{ "topic": "t", "partition": 0, "offset": 0, "value": "eyJpZCI6MX0=" }] } }"#;
    /// let readings = Decoder::new("{}")?.detect(event, Side::Value, None)?;
    /// assert!(readings.starts_with(r#"{"readings":[{"framing":"none","format":"json","confidence":0.985,"#));
    /// # Ok::<(), kafkalens::Error>(())
    /// ```
    ///
    /// # Errors
    /// The event's own.
    #[inline(never)]
    pub fn detect(&self, event: &[u8], side: Side, record: Option<usize>) -> Result<String, Error> {
        let readings = detect::readings(self, event, side, record)?;
        let mut out = Text::default();
        out.object(|out| out.member("readings", &readings));
        Ok(out.into_string())
    }

    /// Reads a Protobuf payload whose schema isn't known: numbered fields, each with its plausible readings, the likeliest
    /// first. Framing and message index are passed over: those that the configuration says, else those that the payload
    /// begins with. JSON text, `{"framing","schema","space","start","fields":[{"number","wireType","start","end",
    /// "readings":[{"as","confidence","value","truncated"}]}],"truncated"}`, where 64-bit integers are texts of their
    /// digits, bytes are base64, and a message's value is a list of fields. There are at most 20,000 fields and packed
    /// values, of a text or bytes at most 1,024 bytes, and 100 values of packed ones; what holds more is `truncated`.
    ///
    /// ```
    /// use kafkalens::{Decoder, error::Side};
    /// let found = Decoder::new("{}")?.guess("orders", Side::Value, b"\x12\x06Laptop")?;
    /// assert!(found.contains(r#""number":2,"wireType":"length""#));
    /// assert!(found.contains(r#"{"as":"string","confidence":0.9,"value":"Laptop"}"#));
    /// # Ok::<(), kafkalens::Error>(())
    /// ```
    ///
    /// # Errors
    /// The first byte that no message has, such as `PROTOBUF_TAG` or `PROTOBUF_TRUNCATED`.
    #[inline(never)]
    pub fn guess(&self, topic: &str, side: Side, payload: &[u8]) -> Result<String, Error> {
        guess::guess(self, topic, side, payload)
    }

    /// Tells what was given, without decoding it: what its records came in, with request id, condition and attempts of a
    /// failed invocation, and which records they are, by partition. Where an envelope holds no records but names them,
    /// there is a `kcat` command for each partition. JSON text, as docs/envelopes.md describes it.
    ///
    /// # Errors
    /// `EVENT_NOT_JSON` for what is no text, `EVENT_LIMIT`; a part that can't be read carries its own.
    #[inline(never)]
    pub fn envelope(&self, event: &[u8]) -> Result<String, Error> {
        let opened = self.open(event)?;
        Ok(envelope::document(&opened))
    }

    /// Evaluates filter criteria on a record's document, as [`Decoder::decode_event`] gives it, and tells which clauses
    /// fail: JSON text, `{"matches","failed":[{"filter","path","clause","found"}],"warnings":[text]}`, the last where there are any.
    ///
    /// # Errors
    /// `FILTER_INVALID`; `EVENT_SHAPE` where the record is no document.
    #[inline(never)]
    pub fn matches_filter(&self, pattern: &str, record: &str) -> Result<String, Error> {
        crate::filter::evaluate(pattern, record).map(|outcome| to_text(&outcome))
    }

    /// Decodes an event: JSON text, `{"records":[…]}`, with a document for each record in the event's order. A record's
    /// error stands in its place and touches no other.
    ///
    /// # Errors
    /// The event's own: `EVENT_NOT_JSON`, `EVENT_SHAPE`, `EVENT_LIMIT`.
    #[inline]
    pub fn decode_event(&mut self, event: &[u8]) -> Result<String, Error> {
        self.documents(event, |json| json)
    }

    /// [`Decoder::decode_event`] through `dyn Sink`: slower, for a module that has no room for decoders of their own.
    ///
    /// # Errors
    /// The event's own.
    #[inline(never)]
    pub fn decode_event_compactly(&mut self, event: &[u8]) -> Result<String, Error> {
        self.documents(event, |json| json as &mut dyn Sink)
    }

    #[inline]
    fn documents<S: Sink + ?Sized>(
        &mut self,
        event: &[u8],
        sink: fn(&mut Json) -> &mut S,
    ) -> Result<String, Error> {
        let opened = self.open(event)?;
        self.begin_event(0);
        let mut json = Json::new();
        json.raw("{\"records\":[");
        let start = json.len();
        for record in &opened.event()?.records {
            if self.keeps(record) {
                json.raw(if json.len() > start { "," } else { "" });
                document::record(self, record, &mut json, sink);
            }
        }
        json.raw("]}");
        Ok(json.into_string())
    }

    /// Finds the events in a text, as [`event::open`] does under the limits that the configuration sets.
    ///
    /// # Errors
    /// As there.
    pub fn open<'a>(&self, text: &'a [u8]) -> Result<Opened<'a>, Error> {
        event::open_by(text, &self.config.limits, self.read_list)
    }

    /// The limits that the configuration sets: what [`event::open`] takes.
    pub fn limits(&self) -> &Limits {
        &self.config.limits
    }

    /// The options that the configuration sets.
    pub fn style(&self) -> &Style {
        &self.config.style
    }

    /// Checks a new schema against the versions before it. Takes `{ "type": "AVRO" | "PROTOBUF", "mode": "BACKWARD", "schema",
    /// "references", "history": [schema | { "schema", "references" }] }`, oldest version first; gives
    /// `{ "compatible", "checked", "mode", "incompatibilities": [{ "version", "direction", "path", "kind", "message" }] }`,
    /// for Protobuf also `"warnings"` in the same form, each perhaps with a `"hint"`: what registries let pass, but readers
    /// see. A Protobuf schema is .proto text with the files that it imports as references, or descriptors in base64.
    ///
    /// ```
    /// let question = serde_json::json!({ "type": "PROTOBUF", "mode": "BACKWARD",
    ///     "schema": "syntax = \"proto3\"; message Order { string total = 1; }",
    ///     "history": ["syntax = \"proto3\"; message Order { int32 total = 1; }"] });
    /// let report = kafkalens::Decoder::new("{}")?.check_compatibility(&question.to_string())?;
    /// assert!(report.contains(r#""path":"Order.total","kind":"FIELD_SCALAR_KIND_CHANGED""#));
    /// # Ok::<(), kafkalens::Error>(())
    /// ```
    ///
    /// # Errors
    /// `CONFIG_INVALID` for a document of another shape, and what is wrong with a schema.
    #[inline(never)]
    pub fn check_compatibility(&self, document: &str) -> Result<String, Error> {
        check::check(document, &self.config.limits)
    }

    /// Encodes a datum from its JSON text under a schema of this type (`AVRO` or `PROTOBUF`), without framing: for fixtures.
    /// An Avro value has the form that decoding gives with the options of the configuration; a message is ProtoJSON, or
    /// what the dialect `plain` gives. The schema is its text (for Protobuf: its first message) or a document
    /// `{ "schema", "references", "message", "framing" }`: what serializers of that framing make of the schema is written
    /// before the datum, a message index or name, or the marker and fingerprint of a single object.
    ///
    /// ```
    /// let schema = "syntax = \"proto3\"; message Order { int64 id = 1; }";
    /// let datum = kafkalens::Decoder::new("{}")?.encode("PROTOBUF", schema, r#"{"id":"150"}"#)?;
    /// assert_eq!(datum, [0x08, 0x96, 0x01]);
    /// # Ok::<(), kafkalens::Error>(())
    /// ```
    ///
    /// # Errors
    /// `ENCODE_VALUE` with the path of what does not fit, and what is wrong with the schema.
    #[inline(never)]
    pub fn encode(&self, schema_type: &str, schema: &str, json: &str) -> Result<Vec<u8>, Error> {
        encode::encode(schema_type.parse()?, schema, json, &self.config)
    }

    /// What the values of a plan look like: the plan of a [`Decoded`].
    #[inline(never)]
    pub fn shape(&self, plan: u32) -> Shape {
        self.catalog.plans.get(plan).map(Plan::shape).unwrap_or_default()
    }

    /// How many plans there are: their numbers are those below.
    pub fn plans(&self) -> u32 {
        self.catalog.plans.count()
    }

    /// Grows whenever plans are numbered anew, which happens between events where too many have been made: numbers are of
    /// one generation.
    pub fn generation(&self) -> u32 {
        self.catalog.plans.generation
    }

    /// How many templates JSON documents have taught: what [`Decoder::template_shape`] counts from 1.
    pub fn templates(&self) -> usize {
        self.buffers.scratch.templates()
    }

    /// What the values of a learned template look like.
    #[inline(never)]
    pub fn template_shape(&self, number: u32) -> Shape {
        self.buffers.scratch.template_shape(number).unwrap_or_default()
    }

    /// How often each rule was tolerated to be broken since the decoder was made, each time that a payload was decoded: JSON text,
    /// an object of numbers by the names of docs/options.md, "Warnings".
    #[inline(never)]
    pub fn warnings(&self) -> String {
        let mut out = Text::default();
        let Tolerated { unknown_fields, byte_order_marks } = self.buffers.scratch.tolerated;
        let data = [("UNKNOWN_FIELDS", unknown_fields), ("BYTE_ORDER_MARK", byte_order_marks)];
        let data = data.iter().filter(|(_, count)| *count > 0);
        out.object(|out| {
            self.catalog.warnings.iter().chain(data).for_each(|(name, count)| out.member(name, count));
        });
        out.into_string()
    }
}
