//! The verb `check_schema`: one JSON document in, one out.

use super::Decoder;
use super::config::invalid;
use crate::error::Error;
use crate::format::avro::Schema;
use crate::schema::{Dependency, SchemaType};
use serde::Deserialize;
use serde_json::{Value, json};

/// What is to be checked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    #[serde(rename = "type")]
    schema_type: SchemaType,
    schema: Value,
    #[serde(default)]
    references: Vec<Dependency>,
}

impl Decoder {
    /// Tells where a schema departs from the specification although it is read: names, logical types, defaults, aliases,
    /// attributes of the wrong type. Takes `{ "type": "AVRO", "schema", "references": [{ "name", "schema" }] }`; gives
    /// `{ "departures": [{ "reference", "path", "message" }] }`, with the name of the reference that one is in.
    ///
    /// ```
    /// let decoder = kafkalens::Decoder::new("{}")?;
    /// let question = r#"{"type":"AVRO","schema":{"type":"enum","name":"Colour","symbols":["RED","light-blue"]}}"#;
    /// assert!(decoder.check_schema(question)?.starts_with(r#"{"departures":[{"#));
    /// # Ok::<(), kafkalens::error::Error>(())
    /// ```
    ///
    /// # Errors
    /// `CONFIG_INVALID` for a document of another shape, and what is wrong with a schema that can't be read.
    #[inline(never)]
    pub fn check_schema(&self, document: &str) -> Result<String, Error> {
        let question: Question = serde_json::from_str(document).map_err(|e| {
            let found = format!("another document (line {}, column {})", e.line(), e.column());
            invalid("{ type, schema, references? }", &found)
        })?;
        if question.schema_type != SchemaType::Avro {
            return Err(invalid(
                "a `type` that can be checked strictly (AVRO)",
                question.schema_type.as_str(),
            ));
        }
        let text = match question.schema {
            Value::String(text) => text,
            other => other.to_string(),
        };
        let references: Vec<&str> = question.references.iter().map(|r| &*r.schema).collect();
        let found = Schema::departures(&text, &references, self.limits())?;
        let departures = found.into_iter().map(|departure| {
            let mut told = json!({ "path": departure.path, "message": departure.message });
            if let Some(reference) = departure.reference.and_then(|i| question.references.get(i)) {
                told["reference"] = reference.name.as_str().into();
            }
            told
        });
        Ok(json!({ "departures": departures.collect::<Vec<_>>() }).to_string())
    }
}
