//! The verb `encode`: a datum from its JSON text, for fixtures.

use super::config::{Config, invalid};
use super::message::{type_name, unknown};
use super::registered;
use crate::error::{Code, Error, escape};
use crate::format::avro::schema::Kind;
use crate::format::protobuf::{Dynamic, MessageId, Schema, index};
use crate::framing::Framing;
use crate::json::{Part, Value, Wrong};
use crate::schema::{Dependency, SchemaType};
use crate::wire::Cursor;

/// A schema that says more than its text.
struct SchemaDocument {
    schema: Value,
    references: Vec<Dependency>,
    /// Protobuf: the full name of the message.
    message: Option<String>,
    /// Whose serializer writes: what it makes of the schema stands before the datum.
    framing: Framing,
}

impl SchemaDocument {
    /// A schema's text, or a document that holds it. Neither .proto text nor base64 is a JSON object, and no Avro schema
    /// is one that lacks a `type` but has a `schema`.
    fn read(schema_type: SchemaType, text: &str) -> Result<SchemaDocument, Error> {
        let value = if text.trim_start().starts_with('{') { Value::parse(text).ok() } else { None };
        let is_document = |value: &Value| {
            schema_type == SchemaType::Protobuf
                || value.get("schema").is_some() && value.get("type").is_none()
        };
        let mut document = SchemaDocument {
            schema: text.into(),
            references: Vec::new(),
            message: None,
            framing: Framing::None,
        };
        if let Some(value) = value.filter(is_document) {
            document
                .fill(Part::root(&value))
                .map_err(|_| invalid("{ schema, references?, message?, framing? }", "another document"))?;
        }
        Ok(document)
    }

    fn fill(&mut self, part: Part<'_>) -> Result<(), Box<Wrong>> {
        let mut members = part.members()?;
        self.schema = members.required("schema")?;
        members.read("references", &mut self.references)?;
        members.read("message", &mut self.message)?;
        members.read("framing", &mut self.framing)?;
        members.end()
    }
}

pub(super) fn encode(
    schema_type: SchemaType,
    schema: &str,
    json: &str,
    config: &Config,
) -> Result<Vec<u8>, Error> {
    let document = SchemaDocument::read(schema_type, schema)?;
    match schema_type {
        SchemaType::Avro => avro(&document, json, config),
        SchemaType::Protobuf => protobuf(&document, json, config),
        SchemaType::Json => Err(invalid("a type that can be encoded (AVRO or PROTOBUF)", "JSON")),
    }
}

fn avro(document: &SchemaDocument, json: &str, config: &Config) -> Result<Vec<u8>, Error> {
    let schema = registered::avro(&document.schema.text(), &document.references, &config.limits)?;
    let mut datum = schema.encode(json, &config.style, &config.limits)?;
    match document.framing {
        Framing::SingleObject => {
            let marker = [0xc3, 0x01].into_iter().chain(schema.rabin().to_le_bytes());
            datum.splice(..0, marker);
        }
        // Their serializers leave out the length of top-level bytes.
        Framing::Confluent if matches!(schema.kind(schema.root()), Kind::Bytes) => {
            let mut c = Cursor::new(&datum, 0, datum.len());
            let length = c.varint().map(|_| c.at()).unwrap_or_default();
            datum.drain(..length);
        }
        _ => {}
    }
    Ok(datum)
}

fn protobuf(document: &SchemaDocument, json: &str, config: &Config) -> Result<Vec<u8>, Error> {
    let schema = registered::protobuf(&document.schema.text(), &document.references, &config.limits)?;
    let message = match &document.message {
        Some(name) => schema.message(name).ok_or_else(|| unknown(name))?,
        None => schema.registered().and_then(|file| file.messages.first().copied()).ok_or_else(|| {
            Error::new(Code::MessageUnknown, "expected a schema with a message, found none")
        })?,
    };
    let value = Dynamic::from_json(&schema, message, json, false, &config.limits)?;
    if let Some(field) = value.missing_required(&schema, message) {
        let message = format!("expected the required field `{}`, found none", escape(&field.name));
        return Err(Error::new(Code::EncodeValue, message));
    }
    let mut out = index(&schema, message, document.framing)?;
    out.append(&mut value.encode(&schema, message));
    Ok(out)
}

/// What a framing's serializers write before a message to say which one it is.
fn index(schema: &Schema, message: MessageId, framing: Framing) -> Result<Vec<u8>, Error> {
    let index = match framing {
        Framing::Confluent => index::write_confluent(schema, message),
        Framing::Glue => index::write_glue(schema, message),
        Framing::Apicurio | Framing::ApicurioGlobal => type_name(&schema.get(message).full_name),
        _ => Some(Vec::new()),
    };
    index.ok_or_else(|| {
        let name = escape(&schema.get(message).full_name);
        let message = format!("expected a message of the registered file, found `{name}` of another");
        Error::new(Code::MessageUnknown, message)
    })
}
