//! Messages as values: read from bytes or ProtoJSON, and written as bytes, unknown fields included.
//!
//! For fixtures, round trips and the conformance suite. Decoding for hosts goes straight from bytes to a sink instead.

mod fields;
mod json;
mod read;
mod write;

pub use fields::Fields;

use super::model::{Field, MessageId, Schema};
use crate::error::{Code, Error, Fault};
use crate::limits::Limits;
use crate::wire::Cursor;

/// A value of a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A number, boolean or enum value, as the bits of its type: 32-bit ones sign-extended where they are signed.
    Bits(u64),
    /// A string or bytes.
    Bytes(Vec<u8>),
    /// A message.
    Message(Box<Dynamic>),
}

/// What a known field holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// A singular field.
    One(Value),
    /// A repeated field.
    Many(Vec<Value>),
    /// A map, keys unique, in the order in which they first came.
    Map(Vec<(Value, Value)>),
}

/// A field that the schema doesn't know: its number, wire type and bytes behind the tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// Its number.
    pub number: u32,
    /// Its wire type.
    pub wire_type: u8,
    /// What follows its tag; of a group, up to and with the end tag.
    pub bytes: Vec<u8>,
}

/// A message: its fields by number, and what is unknown in the order in which it came.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dynamic {
    /// Fields that are set.
    pub fields: Fields,
    /// Fields that the schema doesn't know.
    pub unknown: Vec<Unknown>,
}

impl Dynamic {
    /// Reads a message from its bytes.
    ///
    /// # Errors
    /// The fault of a malformed message, as decoding it would give; `PROTOBUF_REQUIRED` where a required field is absent.
    pub fn decode(
        schema: &Schema,
        message: MessageId,
        bytes: &[u8],
        limits: &Limits,
    ) -> Result<Dynamic, Fault> {
        let mut out = Dynamic::default();
        let reader = read::Reader { schema, depth: limits.depth };
        reader.message(message, Cursor::new(bytes, 0, bytes.len()), &mut out, 0)?;
        Ok(out)
    }

    /// The message as bytes, fields in order of their numbers.
    pub fn encode(&self, schema: &Schema, message: MessageId) -> Vec<u8> {
        let mut out = Vec::new();
        write::message(schema, message, self, &mut out);
        out
    }

    /// Reads a message from ProtoJSON. `ignore_unknown` passes over fields and enum values that the schema doesn't know.
    ///
    /// # Errors
    /// `ENCODE_VALUE`, with the path of what doesn't fit.
    pub fn from_json(
        schema: &Schema,
        message: MessageId,
        text: &str,
        ignore_unknown: bool,
        limits: &Limits,
    ) -> Result<Dynamic, Error> {
        json::parse(schema, message, text, ignore_unknown, limits)
    }

    /// The first required field that is absent, here or in a message within.
    pub fn missing_required<'s>(&self, schema: &'s Schema, message: MessageId) -> Option<&'s Field> {
        use super::model::{Presence, Type};
        let fields = || schema.get(message).fields.iter().chain(schema.extensions_of(message));
        let absent = |f: &&Field| {
            f.presence == Presence::Required && !f.repeated && self.fields.get(f.number).is_none()
        };
        if let Some(f) = fields().find(absent) {
            return Some(f);
        }
        for f in fields() {
            let (Type::Message(id), Some(content)) = (f.ty, self.fields.get(f.number)) else { continue };
            let values: Vec<&Value> = match content {
                Content::One(v) => vec![v],
                Content::Many(list) => list.iter().collect(),
                Content::Map(entries) => entries.iter().map(|(_, v)| v).collect(),
            };
            let id = match content {
                Content::Map(_) => match schema.get(id).fields.get(1).map(|v| v.ty) {
                    Some(Type::Message(id)) => id,
                    _ => continue,
                },
                _ => id,
            };
            for v in values {
                if let Value::Message(m) = v
                    && let Some(f) = m.missing_required(schema, id)
                {
                    return Some(f);
                }
            }
        }
        None
    }
}

/// The field or extension of a message that has this number.
fn field_of(schema: &Schema, message: MessageId, number: u32) -> Option<&Field> {
    schema
        .get(message)
        .fields
        .iter()
        .find(|f| f.number == number)
        .or_else(|| schema.extensions_of(message).find(|f| f.number == number))
}

#[cold]
fn internal(at: usize) -> Fault {
    Fault::new(Code::Internal, at)
}
