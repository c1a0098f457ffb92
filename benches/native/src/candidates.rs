//! Who decodes: each is made for a workload, and then takes payloads to JSON text.

use crate::work::Work;
use anyhow::{Context, Result};
use apache_avro::reader::datum::GenericDatumReader;
use kafkalens::Decoder;
use kafkalens::dialect::Options;
use kafkalens::error::Side;
use kafkalens::format::{Plan, Scratch, avro, protobuf};
use kafkalens::limits::Limits;
use kafkalens::sink::json::Json;
use kafkalens::sink::tape::Tape;
use kafkalens::wire::Cursor;
use prost_reflect::{DescriptorPool, DynamicMessage, SerializeOptions};
use serde_json::Value;
use std::sync::Arc;

/// Decodes a payload and shows what came of it.
pub type Decode = Box<dyn FnMut(&[u8], &mut dyn FnMut(&[u8])) -> Result<()>>;

/// A way to decode.
pub struct Candidate {
    pub name: &'static str,
    formats: &'static [&'static str],
    /// Whether JSON text comes out, which is compared.
    pub text: bool,
    pub make: fn(&Work) -> Result<Decode>,
}

impl Candidate {
    pub fn reads(&self, work: &Work) -> bool {
        self.formats.contains(&work.format())
    }
}

const fn ours(name: &'static str, text: bool, make: fn(&Work) -> Result<Decode>) -> Candidate {
    Candidate { name, formats: &["avro", "protobuf"], text, make }
}

const fn peer(
    name: &'static str,
    formats: &'static [&'static str],
    make: fn(&Work) -> Result<Decode>,
) -> Candidate {
    Candidate { name, formats, text: true, make }
}

/// Ours first: the others are compared with it.
pub const CANDIDATES: &[Candidate] = &[
    ours("kafkalens", true, plan),
    ours("kafkalens-decoder", true, decoder),
    ours("kafkalens-tape", false, tape),
    peer("apache-avro", &["avro"], apache_avro),
    peer("serde_avro_fast", &["avro"], serde_avro_fast),
    peer("prost-reflect", &["protobuf"], prost_reflect),
];

fn compile(work: &Work) -> Result<Plan> {
    let mut options = work.config.clone();
    options.as_object_mut().context("no object")?.remove("value");
    let style = Options::from_json(&options.to_string())?.style();
    let limits = Limits::default();
    if work.format() == "protobuf" {
        let schema = Arc::new(protobuf::Schema::from_descriptors(&work.descriptors()?, &limits)?);
        let message = schema.message(work.message()?).context("no such message")?;
        Ok(Plan::Protobuf(Box::new(protobuf::Plan::compile(&schema, message, &style, &limits)?)))
    } else {
        let schema = avro::Schema::parse(&work.avro(), &[], &limits)?;
        Ok(Plan::Avro(Box::new(avro::Plan::compile(&schema, None, &style, &limits)?)))
    }
}

/// The plan and its sink: what the peers do, no framing and no configuration by topic.
fn plan(work: &Work) -> Result<Decode> {
    let plan = compile(work)?;
    let (mut scratch, mut json) = (Scratch::default(), Json::new());
    Ok(Box::new(move |payload, see| {
        json.clear();
        let cursor = Cursor::new(payload, 0, payload.len());
        plan.decode(cursor, &mut scratch, &mut json).map_err(|fault| anyhow::anyhow!("{:?}", fault.code))?;
        see(json.as_bytes());
        Ok(())
    }))
}

/// The same plan, to the tape that JavaScript reads.
fn tape(work: &Work) -> Result<Decode> {
    let plan = compile(work)?;
    let (mut scratch, mut tape) = (Scratch::default(), Tape::new());
    Ok(Box::new(move |payload, see| {
        tape.clear();
        let cursor = Cursor::new(payload, 0, payload.len());
        plan.decode(cursor, &mut scratch, &mut tape).map_err(|fault| anyhow::anyhow!("{:?}", fault.code))?;
        see(tape.latin());
        Ok(())
    }))
}

/// The decoder, with what it looks up for each record.
fn decoder(work: &Work) -> Result<Decode> {
    let mut decoder = Decoder::new(&work.config.to_string())?;
    let mut json = Json::new();
    Ok(Box::new(move |payload, see| {
        json.clear();
        decoder.decode_payload_to("orders", Side::Value, payload, &mut json)?;
        see(json.as_bytes());
        Ok(())
    }))
}

/// By way of its values, which it converts to serde_json's: it writes no JSON itself. What can be made once is: the
/// schema lives as long as the process.
fn apache_avro(work: &Work) -> Result<Decode> {
    let schema = Box::leak(Box::new(::apache_avro::Schema::parse_str(&work.avro())?));
    let reader = GenericDatumReader::builder(schema).build()?;
    let mut out = Vec::new();
    Ok(Box::new(move |mut payload, see| {
        out.clear();
        let value = reader.read_value(&mut payload)?;
        serde_json::to_writer(&mut out, &Value::try_from(value)?)?;
        see(&out);
        Ok(())
    }))
}

/// Straight from its deserializer to serde_json's serializer.
fn serde_avro_fast(work: &Work) -> Result<Decode> {
    let schema: ::serde_avro_fast::Schema = work.avro().parse()?;
    let mut out = Vec::new();
    Ok(Box::new(move |payload, see| {
        out.clear();
        let mut state = ::serde_avro_fast::de::DeserializerState::from_slice(payload, &schema);
        serde_transcode::transcode(state.deserializer(), &mut serde_json::Serializer::new(&mut out))?;
        see(&out);
        Ok(())
    }))
}

/// With 64-bit integers as numbers and defaults shown, as ours are.
fn prost_reflect(work: &Work) -> Result<Decode> {
    let pool = DescriptorPool::decode(&work.descriptors()?[..])?;
    let message = pool.get_message_by_name(work.message()?).context("no such message")?;
    let options = SerializeOptions::new().stringify_64_bit_integers(false).skip_default_fields(false);
    let mut out = Vec::new();
    Ok(Box::new(move |payload, see| {
        out.clear();
        let message = DynamicMessage::decode(message.clone(), payload)?;
        message.serialize_with_options(&mut serde_json::Serializer::new(&mut out), &options)?;
        see(&out);
        Ok(())
    }))
}
