//! Framings: what stands before the datum, and which schema it names.
//!
//! The framing is configured, or told by the record's schema metadata. Nothing here guesses from the bytes: `00…`,
//! `01…` and `03…` are legal Avro data too.

mod apicurio;
mod azure;
mod budget;
mod cloudevents;
mod codec;
mod confluent;
pub(crate) mod container;
mod glue;
mod input;
mod several;
mod zlib;

use crate::error::{Code, Error, Fault, Space};
use crate::event::SchemaMetadata;
use crate::json::Word;
use crate::limits::Limits;
use crate::schema::{Reference, SchemaId};
use std::sync::Arc;

pub use budget::Budget;
pub use input::{Input, asks};
pub use several::Framings;

/// How the payloads of a side are framed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Framing {
    /// By the record's schema metadata, which names the schema of a payload whose prefix the event source mapping has
    /// removed. Without metadata there is no framing.
    #[default]
    Esm,
    /// The payload is the datum.
    None,
    /// Confluent's: `00` and a schema id of four bytes, or `01` and a GUID; either before the datum or in a header.
    Confluent,
    /// Apicurio's: headers, or `00` and a content id of four bytes, a global one of eight.
    Apicurio,
    /// The same, its id of four bytes a global one.
    ApicurioGlobal,
    /// Azure's: the id in the content type, or the older one before the datum.
    Azure,
    /// The Kafka binding of CloudEvents: the value is the data, or a JSON document that holds it.
    CloudEvents,
    /// The header of the AWS Glue Schema Registry: `03`, a compression byte and a schema version of sixteen bytes.
    Glue,
    /// Avro's single-object encoding: `c3 01` and the schema's fingerprint of eight bytes.
    SingleObject,
    /// An Avro object container file, which holds its schema: the value is an array of its data.
    Ocf,
}

impl Word for Framing {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("esm", Framing::Esm),
        ("none", Framing::None),
        ("confluent", Framing::Confluent),
        ("apicurio", Framing::Apicurio),
        ("apicurio-global", Framing::ApicurioGlobal),
        ("azure", Framing::Azure),
        ("cloudevents", Framing::CloudEvents),
        ("glue", Framing::Glue),
        ("single-object", Framing::SingleObject),
        ("ocf", Framing::Ocf),
    ];
}

/// Whose serializer's prefix stands, or stood, before the datum. A format reads by it what depends on the schema's type, such as
/// Protobuf's message indexes, which an event source mapping leaves in place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// Nothing precedes the datum.
    None,
    /// Confluent's prefix precedes: Protobuf's message indexes follow it, zig-zag coded; top-level Avro bytes are bare.
    Confluent,
    /// Glue's header precedes: Protobuf's message index follows it, a plain varint.
    Glue,
    /// An event source mapping has removed Confluent's prefix.
    EsmConfluent,
    /// An event source mapping has removed Glue's header.
    EsmGlue,
    /// Apicurio's prefix precedes: the name of Protobuf's message follows it.
    Apicurio,
}

/// What names a Protobuf payload's message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Named {
    /// What stands before the datum, as [`Origin`] says.
    #[default]
    Before,
    /// Confluent's message indexes, from a header.
    Indexes(Box<[u8]>),
    /// A name from a header, if it had one.
    Message(Option<Box<str>>),
}

impl Origin {
    /// Whether Confluent's serializers wrote the payload.
    pub const fn is_confluent(self) -> bool {
        matches!(self, Origin::Confluent | Origin::EsmConfluent)
    }

    /// Whether Glue's serializers wrote the payload.
    pub const fn is_glue(self) -> bool {
        matches!(self, Origin::Glue | Origin::EsmGlue)
    }
}

/// Where the datum's bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    /// In the payload.
    Payload,
    /// In the buffer for what a payload holds compressed or wrapped.
    Unpacked,
}

impl Body {
    /// The buffer of these two that it is.
    pub fn of<'a>(self, payload: &'a [u8], unpacked: &'a [u8]) -> &'a [u8] {
        match self {
            Body::Payload => payload,
            Body::Unpacked => unpacked,
        }
    }
}

/// A payload without its framing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The schema that the framing or the metadata names.
    pub reference: Option<Reference>,
    /// What the datum was framed by.
    pub origin: Origin,
    /// Where the datum begins in its buffer.
    pub start: usize,
    /// Which buffer that is.
    pub body: Body,
    /// The writer schema that the payload itself holds: the body is then blocks of data of that schema.
    pub schema: Option<Box<str>>,
    /// What names the message of a Protobuf payload.
    pub named: Named,
    /// Whether the datum is JSON or text, by what it was wrapped in.
    pub text: bool,
}

impl Frame {
    fn payload(reference: Option<Reference>, origin: Origin, start: usize) -> Self {
        Frame {
            reference,
            origin,
            start,
            body: Body::Payload,
            schema: None,
            named: Named::Before,
            text: false,
        }
    }

    /// The same, the schema being one of this registry.
    #[must_use]
    pub fn in_registry(self, registry: Option<&Arc<str>>) -> Self {
        match registry {
            None => self,
            Some(_) => Frame { reference: self.reference.map(|r| r.in_registry(registry)), ..self },
        }
    }

    /// The buffer that holds the datum, from [`Frame::start`] on: the payload, or what was unpacked from it.
    pub fn buffer<'a>(&self, payload: &'a [u8], unpacked: &'a [u8]) -> &'a [u8] {
        self.body.of(payload, unpacked)
    }

    /// Whether the datum is what is left of the payload behind the bytes that name its schema.
    pub fn is_prefix(&self) -> bool {
        self.body == Body::Payload && self.schema.is_none() && self.named == Named::Before
    }

    /// What offsets into [`Frame::buffer`] count in.
    pub const fn space(&self) -> Space {
        match self.body {
            Body::Payload => Space::Payload,
            Body::Unpacked => Space::Body,
        }
    }
}

/// Reads the framing of a payload: the first that fits, where there are several. A body that doesn't stand in the payload
/// is left in `unpacked`, whose former content is dropped.
///
/// # Errors
/// The framing's own; `FRAMING_UNKNOWN` where none of several fits.
#[inline]
pub fn read(
    framings: &Framings,
    input: &Input<'_>,
    unpacked: &mut Vec<u8>,
    budget: &mut Budget,
) -> Result<Frame, Error> {
    one(choose(framings, input)?, input, unpacked, budget)
}

/// The schema that the framing of a payload names, without inflating its body.
///
/// # Errors
/// Those of [`read`] that come before a body is read.
pub fn reference(framings: &Framings, input: &Input<'_>) -> Result<Option<Reference>, Error> {
    match choose(framings, input)? {
        Framing::Glue => glue::head(input.payload).map(|(reference, _)| Some(reference)).map_err(fault),
        // A file holds its schema itself, a CloudEvent names none that is known here.
        Framing::Ocf | Framing::CloudEvents => Ok(None),
        framing => {
            let mut budget = Budget::new(&Limits::default());
            one(framing, input, &mut Vec::new(), &mut budget).map(|frame| frame.reference)
        }
    }
}

/// The framing of a payload: of several the first that fits.
fn choose(framings: &Framings, input: &Input<'_>) -> Result<Framing, Error> {
    match framings.list() {
        [framing] => Ok(*framing),
        several => {
            let found = several.iter().find(|framing| fits(**framing, input));
            found.copied().ok_or_else(|| unknown(input.payload))
        }
    }
}

#[inline]
fn one(
    framing: Framing,
    input: &Input<'_>,
    unpacked: &mut Vec<u8>,
    budget: &mut Budget,
) -> Result<Frame, Error> {
    let payload = input.payload;
    match framing {
        Framing::None => Ok(Frame::payload(None, Origin::None, 0)),
        Framing::Esm => esm(input.metadata),
        Framing::Confluent => confluent::read(input),
        Framing::Apicurio => apicurio::read(input, apicurio::Id::Content),
        Framing::ApicurioGlobal => apicurio::read(input, apicurio::Id::Global),
        Framing::Azure => azure::read(input),
        Framing::CloudEvents => cloudevents::read(input, unpacked),
        Framing::Glue => glue::read(payload, unpacked, budget).map_err(fault),
        Framing::SingleObject => single_object(payload).map_err(fault),
        Framing::Ocf => container::read(payload, unpacked, budget),
    }
}

/// Whether a payload begins as a framing says, so that a list of framings goes no further. What follows may be damaged.
pub fn fits(framing: Framing, input: &Input<'_>) -> bool {
    match framing {
        Framing::None | Framing::Esm => true,
        Framing::Confluent => confluent::fits(input),
        Framing::Apicurio => apicurio::fits(input, apicurio::Id::Content),
        Framing::ApicurioGlobal => apicurio::fits(input, apicurio::Id::Global),
        Framing::Azure => azure::fits(input),
        Framing::CloudEvents => cloudevents::fits(input),
        Framing::Glue => glue::fits(input.payload),
        Framing::SingleObject => single_object(input.payload).is_ok(),
        Framing::Ocf => input.payload.starts_with(container::MAGIC),
    }
}

#[cold]
fn unknown(payload: &[u8]) -> Error {
    let found = match payload.first() {
        Some(byte) => Fault::with(Code::FramingUnknown, 0, 0, i64::from(*byte)),
        None => truncated(payload, 1),
    };
    fault(found)
}

#[cold]
fn fault(fault: Fault) -> Error {
    Error::from_fault(fault, None)
}

/// Metadata without an id, as some mappings send it, names no schema and no registry: the payload is taken as it is.
#[inline]
fn esm(metadata: Option<&SchemaMetadata<'_>>) -> Result<Frame, Error> {
    let Some((metadata, text)) = metadata.and_then(|m| Some((m, m.schema_id.as_deref()?))) else {
        return Ok(Frame::payload(None, Origin::None, 0));
    };
    let reference = Reference::from_schema_id(text).ok_or_else(|| metadata.unreadable_id())?;
    let origin = match reference.id {
        SchemaId::Glue(_) => Origin::EsmGlue,
        _ => Origin::EsmConfluent,
    };
    Ok(Frame::payload(Some(reference), origin, 0))
}

/// Avro's single-object encoding: a marker of two bytes, the Rabin fingerprint with its lowest byte first, the datum.
fn single_object(payload: &[u8]) -> Result<Frame, Fault> {
    const SIZE: usize = 10;
    first_byte(payload, 0xc3, Code::SingleObjectMarker, SIZE)?;
    if let Some(&byte) = payload.get(1).filter(|b| **b != 1) {
        return Err(Fault::with(Code::SingleObjectMarker, 1, 1, i64::from(byte)));
    }
    let header = payload.first_chunk::<SIZE>().ok_or_else(|| truncated(payload, SIZE))?;
    let [_, _, fingerprint @ ..] = *header;
    let id = SchemaId::Rabin(u64::from_le_bytes(fingerprint));
    Ok(Frame::payload(Some(id.into()), Origin::None, SIZE))
}

/// The first byte is told apart before the length: `{"a"` is no truncated prefix.
fn first_byte(payload: &[u8], expected: u8, code: Code, size: usize) -> Result<(), Fault> {
    match payload.first() {
        None => Err(truncated(payload, size)),
        Some(&byte) if byte != expected => Err(Fault::with(code, 0, u64::from(expected), i64::from(byte))),
        Some(_) => Ok(()),
    }
}

/// The offset is that of the first byte which is missing.
fn truncated(payload: &[u8], size: usize) -> Fault {
    Fault::with(Code::FramingTruncated, payload.len(), size as u64, payload.len() as i64)
}

#[cfg(test)]
mod tests;
