//! The verb `check_schema`: one JSON document in, one out.

use super::Decoder;
use super::config::{invalid, question};
use super::registered;
use crate::error::Error;
use crate::format::avro::Schema;
use crate::json::{Part, Read, Text, Value, Wrong};
use crate::schema::{Dependency, SchemaType};

/// What is to be checked.
struct Question {
    schema_type: SchemaType,
    schema: Value,
    references: Vec<Dependency>,
}

impl Read for Question {
    fn read(part: Part<'_>) -> Result<Self, Box<Wrong>> {
        let mut members = part.members()?;
        let mut question = Question {
            schema_type: members.required("type")?,
            schema: members.required("schema")?,
            references: Vec::new(),
        };
        members.read("references", &mut question.references)?;
        members.end().map(|()| question)
    }
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
        let question: Question = question(document, "{ type, schema, references? }")?;
        if question.schema_type != SchemaType::Avro {
            return Err(invalid(
                "a `type` that can be checked strictly (AVRO)",
                question.schema_type.as_str(),
            ));
        }
        let references = registered::texts(&question.references);
        let departures = Schema::departures(&question.schema.text(), &references, self.limits())?;
        let mut out = Text::default();
        out.object(|out| {
            out.name("departures");
            out.array(|out| {
                for departure in &departures {
                    let reference = departure.reference.and_then(|i| question.references.get(i));
                    out.object(|out| {
                        out.member("path", &departure.path);
                        out.member("message", &departure.message);
                        out.optional("reference", reference.map(|r| &r.name));
                    });
                }
            });
        });
        Ok(out.into_string())
    }
}
