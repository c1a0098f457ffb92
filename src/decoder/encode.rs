//! The verb `encode`: a datum from its JSON text, for fixtures.

use super::catalog::registered;
use super::config::{Config, invalid};
use super::message::unknown;
use crate::error::{Code, Error, escape};
use crate::format::avro;
use crate::format::protobuf::Dynamic;
use crate::schema::{Dependency, SchemaType};
use serde::Deserialize;

/// A Protobuf schema that says more than its text.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    schema: String,
    #[serde(default)]
    references: Vec<Dependency>,
    message: Option<String>,
}

pub(super) fn encode(
    schema_type: SchemaType,
    schema: &str,
    json: &str,
    config: &Config,
) -> Result<Vec<u8>, Error> {
    match schema_type {
        SchemaType::Avro => {
            let schema = avro::Schema::parse(schema, &[], &config.limits)?;
            schema.encode(json, &config.style, &config.limits)
        }
        SchemaType::Protobuf => protobuf(schema, json, config),
        SchemaType::Json => Err(invalid("a type that can be encoded (AVRO or PROTOBUF)", "JSON")),
    }
}

fn protobuf(schema: &str, json: &str, config: &Config) -> Result<Vec<u8>, Error> {
    // Neither .proto text nor base64 begins so.
    let document = match schema.trim_start().starts_with('{') {
        true => serde_json::from_str(schema)
            .map_err(|_| invalid("{ schema, references?, message? }", "another document"))?,
        false => Document { schema: schema.to_owned(), references: Vec::new(), message: None },
    };
    let schema = registered(&document.schema, &document.references, &config.limits)?;
    let message = match &document.message {
        Some(name) => schema.message(name).ok_or_else(|| unknown(name))?,
        None => schema.registered(None).and_then(|file| file.messages.first().copied()).ok_or_else(|| {
            Error::new(Code::MessageUnknown, "expected a schema with a message, found none")
        })?,
    };
    let value = Dynamic::from_json(&schema, message, json, false, &config.limits)?;
    if let Some(field) = value.missing_required(&schema, message) {
        let message = format!("expected the required field `{}`, found none", escape(&field.name));
        return Err(Error::new(Code::EncodeValue, message));
    }
    Ok(value.encode(&schema, message))
}
