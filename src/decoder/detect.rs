//! Ranked readings of a payload: its candidates, each tried with the schemas at hand.

use super::config::{Format, SideConfig};
use super::{Config, Decoder};
use crate::detect::{Candidate, candidates};
use crate::error::{Error, Side};
use crate::event::{Payload, Record};
use crate::format::Sink;
use crate::framing::{Framing, Input};
use crate::json::{Text, Word, Write};
use crate::order::{by_numbers, falling};
use crate::schema::{Reference, SchemaType, Source};
use crate::sink::json::Json;
use crate::wire::base64;

/// Schemas that are tried on a payload which names none.
const TRIALS: usize = 50;

/// One way to read a payload.
#[derive(Debug)]
pub(super) struct Reading {
    framing: Framing,
    format: Option<String>,
    schema: Option<String>,
    confidence: f64,
    reason: String,
    decodes: Option<bool>,
}

impl Write for Reading {
    fn write(&self, out: &mut Text) {
        out.object(|out| {
            out.member("framing", self.framing.name());
            out.optional("format", self.format.as_deref());
            out.optional("schema", self.schema.as_deref());
            out.member("confidence", &self.confidence);
            out.member("reason", &self.reason);
            out.optional("decodes", self.decodes);
        });
    }
}

/// The readings of a side's payload, the likeliest first: that of a record by its place, or the event's first one.
pub(super) fn readings(
    decoder: &Decoder,
    event: &[u8],
    side: Side,
    place: Option<usize>,
) -> Result<Vec<Reading>, Error> {
    let opened = decoder.open(event)?;
    let event = opened.event()?;
    let has_bytes = |r: &&Record<'_>| matches!(r.payload(side), Payload::Base64(_));
    let mut records = event.records.iter().skip(place.unwrap_or(0));
    let found = if place.is_some() { records.next() } else { records.find(has_bytes) };
    let Some(record) = found else { return Ok(Vec::new()) };
    let Payload::Base64(text) = record.payload(side) else { return Ok(Vec::new()) };
    let mut payload = Vec::new();
    base64::decode(text, &mut payload).map_err(|e| record.locate(e.into()).on(side))?;
    let input = Input::of(record, side, &payload);
    let trial = Trial { decoder, record, side };
    let bare = trial.bare();
    // Where a schema reads the whole as Protobuf, its wire format says nothing more.
    let known = bare.iter().any(|r| r.format.as_deref() == Some(Format::Protobuf.word()));
    let told = |c: &Candidate| known && c.framing == Framing::None && c.format == Some("protobuf");
    let candidates = candidates(&input, decoder.limits()).into_iter().filter(|c| !told(c));
    let mut found: Vec<Reading> = candidates.map(|c| trial.reading(c)).collect();
    found.extend(bare);
    // Stable: of equals the first in the order of framings stays first.
    by_numbers(&mut found, |r| falling(r.confidence));
    Ok(found)
}

struct Trial<'d, 'r> {
    decoder: &'d Decoder,
    record: &'r Record<'r>,
    side: Side,
}

impl Trial<'_, '_> {
    fn configured(&self) -> &SideConfig {
        let config = &self.decoder.config;
        &config.sides[config.side(self.record.topic.as_deref().unwrap_or_default(), self.side) as usize]
    }

    fn reading(&self, candidate: Candidate) -> Reading {
        let Candidate { framing, format, reference, confidence, reason, wire } = candidate;
        let configured = self.configured();
        let reference = reference.map(|r| r.in_registry(configured.registry.as_ref()));
        let source = reference.as_ref().and_then(|r| self.decoder.catalog.store.get(r));
        let (format, decodes) = match (source, format) {
            (Some(source), _) => {
                let format = format_of(source.schema_type);
                let registry = source.reference.registry.clone();
                let side = SideConfig { format, framing: framing.into(), registry, ..SideConfig::default() };
                (Some(format.word()), Some(self.decodes(side, Some(source))))
            }
            (None, Some(word)) if word != "avro" && word != "protobuf" => {
                (Some(word), self.schemaless(framing, word))
            }
            (None, told) => {
                // The configured schema, whatever id stands before the datum.
                let fits =
                    configured.has_local_schema() && told.is_none_or(|t| t == configured.format.word());
                let side = SideConfig { framing: framing.into(), any_id: true, ..configured.clone() };
                match fits && framing != Framing::Ocf {
                    true => (Some(configured.format.word()), Some(self.decodes(side, None))),
                    // No schema is at hand that could tell Avro from Protobuf, but the wire format may.
                    false => (told.or(wire.then_some("protobuf")), None),
                }
            }
        };
        Reading {
            framing,
            format: format.map(str::to_owned),
            schema: reference.map(|r: Reference| r.to_string()),
            confidence: rounded(after(confidence, decodes)),
            reason: told(reason, decodes, wire),
            decodes,
        }
    }

    fn schemaless(&self, framing: Framing, word: &str) -> Option<bool> {
        let format = match word {
            "json" => Format::Json,
            "connect" => Format::Connect,
            "text" => Format::Text,
            _ => return None,
        };
        Some(self.decodes(SideConfig { format, framing: framing.into(), ..SideConfig::default() }, None))
    }

    /// Data without framing, by the configured schema and by those at hand. Only what decodes is worth telling.
    fn bare(&self) -> Vec<Reading> {
        let mut found = Vec::new();
        let reading = |format: Format, schema, confidence, reason: &str| Reading {
            framing: Framing::None,
            format: Some(format.word().to_owned()),
            schema,
            confidence,
            reason: reason.to_owned(),
            decodes: Some(true),
        };
        let configured = self.configured();
        let side = SideConfig { framing: Framing::None.into(), any_id: true, ..configured.clone() };
        let named = configured.format == Format::Avro || configured.message.is_some();
        if configured.has_local_schema() && named && self.decodes(side, None) {
            let reason = "the whole payload decodes with the configured schema, without framing";
            found.push(reading(configured.format, None, 0.8, reason));
        }
        let avro = |s: &&Source| s.schema_type == SchemaType::Avro;
        for source in self.decoder.catalog.store.iter().filter(avro).take(TRIALS) {
            let side = SideConfig {
                format: Format::Avro,
                framing: Framing::None.into(),
                writer: Some(source.schema.as_str().into()),
                any_id: true,
                ..SideConfig::default()
            };
            if source.references.is_empty() && self.decodes(side, None) {
                let reason = "the whole payload decodes with this schema, without framing";
                found.push(reading(Format::Avro, Some(source.reference.to_string()), 0.5, reason));
            }
        }
        found
    }

    /// Whether the record's side decodes as configured here, in a decoder of its own.
    fn decodes(&self, side: SideConfig, source: Option<&Source>) -> bool {
        let config: Config = self.decoder.config.of_side(side);
        let Ok(mut decoder) = Decoder::of(config, self.decoder.read_list) else { return false };
        if let Some(source) = source
            && decoder.add_source(source.clone()).is_err()
        {
            return false;
        }
        decoder.decode_side(self.record, self.side, &mut Json::new() as &mut dyn Sink).is_ok()
    }
}

const fn format_of(schema_type: SchemaType) -> Format {
    match schema_type {
        SchemaType::Avro => Format::Avro,
        SchemaType::Protobuf => Format::Protobuf,
        SchemaType::Json => Format::Json,
    }
}

/// A trial takes most of the doubt away, or most of the hope.
fn after(confidence: f64, decodes: Option<bool>) -> f64 {
    match decodes {
        Some(true) => confidence + (1.0 - confidence) * 0.7,
        Some(false) => confidence * 0.2,
        None => confidence,
    }
}

/// To three digits, so that every host prints the same.
fn rounded(confidence: f64) -> f64 {
    (confidence * 1000.0).round() / 1000.0
}

fn told(reason: &str, decodes: Option<bool>, wire: bool) -> String {
    match decodes {
        None if wire => format!("{reason}, and what follows is well-formed Protobuf"),
        Some(true) => format!("{reason}, and decodes so"),
        Some(false) => format!("{reason}, but does not decode so"),
        None => reason.to_owned(),
    }
}
