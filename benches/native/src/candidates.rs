//! Who decodes: each is made for a workload, and then takes payloads to JSON text.

use anyhow::{Context, Result};
use apache_avro::from_avro_datum;
use kafkalens::Decoder;
use kafkalens::dialect::Options;
use kafkalens::error::Side;
use kafkalens::format::{Plan, Scratch, avro, protobuf};
use kafkalens::limits::Limits;
use kafkalens::sink::json::Json;
use kafkalens::wire::Cursor;
use prost_reflect::{DescriptorPool, DynamicMessage, SerializeOptions};
use serde_json::json;
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// Appends the JSON text of a payload.
pub type Decode = Box<dyn FnMut(&[u8], &mut Vec<u8>) -> Result<()>>;

/// A way to decode.
pub struct Candidate {
    pub name: &'static str,
    pub works: &'static [&'static str],
    pub make: fn(&Path, &str) -> Result<Decode>,
}

const AVRO: &[&str] = &["avro", "small"];
const ALL: &[&str] = &["avro", "small", "proto"];
const PROTO: &[&str] = &["proto"];
/// The types that the peers give: 64-bit integers as numbers, timestamps as they are.
const OPTIONS: &str = r#"{"timestamps":"epoch","int64":"number"}"#;

/// Ours first: the others are compared with it.
pub const CANDIDATES: &[Candidate] = &[
    Candidate { name: "kafkalens", works: ALL, make: plan },
    Candidate { name: "kafkalens-decoder", works: ALL, make: decoder },
    Candidate { name: "apache-avro", works: AVRO, make: apache_avro },
    Candidate { name: "serde_avro_fast", works: AVRO, make: serde_avro_fast },
    Candidate { name: "prost-reflect", works: PROTO, make: prost_reflect },
];

fn schema(data: &Path, work: &str) -> Result<String> {
    Ok(fs::read_to_string(data.join(format!("{work}.avsc")))?)
}

fn descriptors(data: &Path) -> Result<Vec<u8>> {
    Ok(fs::read(data.join("order.desc"))?)
}

/// The plan and its sink: what the peers do, no framing and no configuration by topic.
fn plan(data: &Path, work: &str) -> Result<Decode> {
    let style = serde_json::from_str::<Options>(OPTIONS)?.style();
    let limits = Limits::default();
    let plan = if work == "proto" {
        let schema = Arc::new(protobuf::Schema::from_descriptors(&descriptors(data)?, &limits)?);
        let message = schema.message("acme.Order").context("no acme.Order")?;
        Plan::Protobuf(Box::new(protobuf::Plan::compile(&schema, message, &style, &limits)?))
    } else {
        let schema = avro::Schema::parse(&schema(data, work)?, &[], &limits)?;
        Plan::Avro(Box::new(avro::Plan::compile(&schema, None, &style, &limits)?))
    };
    let (mut scratch, mut json) = (Scratch::default(), Json::new());
    Ok(Box::new(move |payload, out| {
        json.clear();
        let cursor = Cursor::new(payload, 0, payload.len());
        plan.decode(cursor, &mut scratch, &mut json).map_err(|fault| anyhow::anyhow!("{:?}", fault.code))?;
        out.extend_from_slice(json.as_str().as_bytes());
        Ok(())
    }))
}

/// The decoder, with what it looks up for each record.
fn decoder(data: &Path, work: &str) -> Result<Decode> {
    let mut config: serde_json::Value = serde_json::from_str(OPTIONS)?;
    config["value"] = if work == "proto" {
        use base64::Engine as _;
        let set = base64::engine::general_purpose::STANDARD.encode(descriptors(data)?);
        json!({ "format": "protobuf", "descriptorSet": set, "message": "acme.Order", "framing": "none" })
    } else {
        json!({ "format": "avro", "writer": schema(data, work)? })
    };
    let mut decoder = Decoder::new(&config.to_string())?;
    let mut json = Json::new();
    Ok(Box::new(move |payload, out| {
        json.clear();
        decoder.decode_payload_to("orders", Side::Value, payload, &mut json)?;
        out.extend_from_slice(json.as_str().as_bytes());
        Ok(())
    }))
}

/// By way of its values, which it converts to serde_json's: it writes no JSON itself.
fn apache_avro(data: &Path, work: &str) -> Result<Decode> {
    let schema = ::apache_avro::Schema::parse_str(&schema(data, work)?)?;
    Ok(Box::new(move |mut payload, out| {
        let value = from_avro_datum(&schema, &mut payload, None)?;
        Ok(serde_json::to_writer(out, &serde_json::Value::try_from(value)?)?)
    }))
}

/// Straight from its deserializer to serde_json's serializer.
fn serde_avro_fast(data: &Path, work: &str) -> Result<Decode> {
    let schema: ::serde_avro_fast::Schema = schema(data, work)?.parse()?;
    Ok(Box::new(move |payload, out| {
        let mut state = ::serde_avro_fast::de::DeserializerState::from_slice(payload, &schema);
        serde_transcode::transcode(state.deserializer(), &mut serde_json::Serializer::new(out))?;
        Ok(())
    }))
}

/// With 64-bit integers as numbers and defaults shown, as ours are.
fn prost_reflect(data: &Path, _: &str) -> Result<Decode> {
    let pool = DescriptorPool::decode(&descriptors(data)?[..])?;
    let order = pool.get_message_by_name("acme.Order").context("no acme.Order")?;
    let options = SerializeOptions::new().stringify_64_bit_integers(false).skip_default_fields(false);
    Ok(Box::new(move |payload, out| {
        let message = DynamicMessage::decode(order.clone(), payload)?;
        message.serialize_with_options(&mut serde_json::Serializer::new(out), &options)?;
        Ok(())
    }))
}
