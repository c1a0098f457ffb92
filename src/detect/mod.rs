//! What a payload may be, by its first bytes, its record's headers and its metadata: for diagnosis only. `00…` is
//! Confluent's and Apicurio's prefix and legal bare Avro as well, so that decoding never asks here.

mod wire;

use crate::framing::{self, Budget, Frame, Framing, Input};
use crate::json::Raw;
use crate::limits::Limits;
use crate::schema::{Reference, SchemaId, SchemaType};

/// A framing that a payload may have, before anything is decoded.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The framing.
    pub framing: Framing,
    /// What the datum seems to be, where its bytes tell.
    pub format: Option<&'static str>,
    /// The schema that the framing names.
    pub reference: Option<Reference>,
    /// From 0 to 1.
    pub confidence: f64,
    /// What speaks for it.
    pub reason: &'static str,
    /// Whether the datum behind the framing is well-formed Protobuf.
    pub wire: bool,
}

/// Ids beyond it are seldom given out.
const COMMON_ID: u32 = 1_000_000;

/// The candidates of a payload, in no order.
pub fn candidates(input: &Input<'_>, limits: &Limits) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut body = Vec::new();
    for framing in FRAMINGS {
        if !framing::fits(framing, input) || (framing == Framing::Esm && input.metadata.is_none()) {
            continue;
        }
        // A damaged body says nothing against its framing.
        let frame = framing::read(&framing.into(), input, &mut body, &mut Budget::new(limits)).ok();
        let reference = frame.as_ref().and_then(|frame| frame.reference.clone());
        let (confidence, reason) = weigh(framing, input, reference.as_ref());
        // Apicurio's two framings differ in ids of four bytes only.
        let same =
            framing == Framing::ApicurioGlobal && found.iter().any(|c: &Candidate| c.reference == reference);
        if confidence > 0.0 && !same {
            let format = frame.as_ref().and_then(|frame| format(framing, frame, input, &body));
            let datum = frame.as_ref().map(|f| (f.origin, f.buffer(input.payload, &body).get(f.start..)));
            let wire = format.is_none()
                && datum.is_some_and(|(origin, d)| wire::follows(origin, d.unwrap_or_default(), limits));
            found.push(Candidate { framing, format, reference, confidence, reason, wire });
        }
    }
    found.extend(bare(input.payload, limits));
    found
}

const FRAMINGS: [Framing; 9] = [
    Framing::Esm,
    Framing::Confluent,
    Framing::Glue,
    Framing::Apicurio,
    Framing::ApicurioGlobal,
    Framing::Azure,
    Framing::CloudEvents,
    Framing::SingleObject,
    Framing::Ocf,
];

/// How likely a framing is whose marks are there.
fn weigh(framing: Framing, input: &Input<'_>, reference: Option<&Reference>) -> (f64, &'static str) {
    let from_header = !input.headers.is_empty() && !framing::fits(framing, &Input { headers: &[], ..*input });
    let id = reference.map(|reference| &reference.id);
    match (framing, id) {
        (Framing::Esm, Some(_)) => (0.95, "the record's schema metadata names the schema"),
        (Framing::Esm, None) => (0.5, "the record has schema metadata, without an id"),
        (Framing::CloudEvents, _) if from_header => (0.95, "the record has the headers of a CloudEvent"),
        (Framing::CloudEvents, _) => {
            (0.95, "the payload is a document with `specversion`, as a CloudEvent is")
        }
        (_, _) if from_header => (0.95, "a header of the record names the schema"),
        (Framing::Glue, _) => {
            (0.9, "the payload begins with Glue's header version, a compression byte and room for a UUID")
        }
        (Framing::Ocf, _) => (0.97, "the payload begins as an Avro container file"),
        (Framing::SingleObject, _) => (0.9, "the payload begins with Avro's single-object marker"),
        (Framing::Azure, _) => (0.95, "the payload begins with four zero bytes and 32 hexadecimal digits"),
        (Framing::Confluent, Some(SchemaId::Confluent(0))) => {
            (0.1, "the payload begins as Confluent's prefix would, with the id 0")
        }
        (Framing::Confluent, Some(SchemaId::Confluent(id))) if *id < COMMON_ID => {
            (0.7, "the payload begins with a zero byte and a small id of four bytes")
        }
        (Framing::Confluent, Some(SchemaId::Confluent(_))) => {
            (0.2, "the payload begins with a zero byte, but what follows would be an unusual id")
        }
        (Framing::Confluent, _) => (0.4, "the payload begins with the byte 01 and room for a GUID"),
        (Framing::Apicurio, Some(SchemaId::ApicurioGlobal(id))) if *id > 0 && *id < COMMON_ID.into() => {
            (0.6, "the payload begins with a zero byte and a small id of eight bytes")
        }
        (Framing::Apicurio, Some(SchemaId::ApicurioContent(id))) if *id < COMMON_ID.into() => (
            0.4,
            "the payload begins with a zero byte and a small id of four bytes, which Confluent writes as well",
        ),
        (Framing::ApicurioGlobal, Some(SchemaId::ApicurioGlobal(id)))
            if *id > 0 && *id < COMMON_ID.into() =>
        {
            (0.2, "the same bytes, their id a global one")
        }
        _ => (0.0, ""),
    }
}

/// What the datum behind a framing seems to be.
fn format(framing: Framing, frame: &Frame, input: &Input<'_>, body: &[u8]) -> Option<&'static str> {
    let told = input.metadata.filter(|_| framing == Framing::Esm).and_then(|m| m.data_format());
    if let Some(told) = told {
        return Some(match told {
            SchemaType::Avro => "avro",
            SchemaType::Protobuf => "protobuf",
            SchemaType::Json => "json",
        });
    }
    if matches!(framing, Framing::SingleObject | Framing::Ocf | Framing::Azure) {
        return Some("avro");
    }
    let datum = frame.buffer(input.payload, body).get(frame.start..)?;
    is_document(datum).then_some("json")
}

/// What a payload may be without framing.
fn bare(payload: &[u8], limits: &Limits) -> Vec<Candidate> {
    let reading = |format, confidence, reason| Candidate {
        framing: Framing::None,
        format: Some(format),
        reference: None,
        confidence,
        reason,
        wire: false,
    };
    let mut found = Vec::new();
    if payload.starts_with(&[0x1f, 0x8b]) {
        found.push(reading(
            "bytes",
            0.9,
            "the payload begins as gzip does: the producer compresses it itself",
        ));
    } else if payload.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
        found.push(reading(
            "bytes",
            0.9,
            "the payload begins as Zstandard does: the producer compresses it itself",
        ));
    }
    if is_document(payload) {
        match is_connect(payload) {
            true => found.push(reading("connect", 0.97, "the payload is JSON with `schema` and `payload`")),
            false => found.push(reading("json", 0.95, "the payload is a JSON document")),
        }
    } else if parsed(payload).is_some() {
        found.push(reading("json", 0.5, "the payload is a JSON value, as short texts may be"));
    }
    let printable =
        |text: &str| !text.is_empty() && !text.chars().any(|c| c.is_control() && !c.is_whitespace());
    if std::str::from_utf8(payload).is_ok_and(printable) {
        found.push(reading("text", 0.6, "the payload is printable UTF-8 text"));
    } else if let Some(confidence) = wire::confidence(payload, limits) {
        let reason =
            "the whole payload is well-formed Protobuf, whose numbered fields `guess` reads without a schema";
        found.push(reading("protobuf", confidence, reason));
    }
    if matches!(payload.len(), 2 | 4 | 8 | 16) {
        found.push(reading(
            "primitive",
            0.15,
            "the payload is as long as a value of Kafka's own serializers",
        ));
    }
    found
}

/// Whether it is JSON of the kind that nothing else looks like.
fn is_document(bytes: &[u8]) -> bool {
    matches!(bytes.trim_ascii_start().first(), Some(b'{' | b'[')) && parsed(bytes).is_some()
}

fn is_connect(payload: &[u8]) -> bool {
    let members = parsed(payload).and_then(|raw| raw.members(&["schema", "payload"]));
    members.is_some_and(|[schema, payload]| {
        payload.is_some() && schema.is_some_and(|raw| raw.get().starts_with('{'))
    })
}

fn parsed(bytes: &[u8]) -> Option<Raw<'_>> {
    Raw::parse(std::str::from_utf8(bytes).ok()?).ok()
}
