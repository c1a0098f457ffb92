//! The verb `check_compatibility`: one JSON document in, one out.

use super::catalog::registered;
use super::config::invalid;
use crate::error::Error;
use crate::format::avro::Schema;
use crate::format::avro::compatibility::check_history;
use crate::format::compatibility::{Direction, Mode, each};
use crate::format::protobuf::compatibility::{Difference, compatibility};
use crate::limits::Limits;
use crate::schema::{Dependency, SchemaType};
use serde::Deserialize;
use serde_json::{Value, json};

/// What is to be checked.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Question {
    #[serde(rename = "type")]
    schema_type: SchemaType,
    mode: String,
    schema: Value,
    #[serde(default)]
    references: Vec<Dependency>,
    history: Vec<Version>,
}

/// An earlier version: its text or JSON, or an object of that and its references.
#[derive(Deserialize)]
#[serde(untagged)]
enum Version {
    #[serde(rename_all = "camelCase")]
    Document(Document),
    Schema(Value),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    schema: Value,
    #[serde(default)]
    references: Vec<Dependency>,
}

pub(super) fn check(document: &str, limits: &Limits) -> Result<String, Error> {
    let question: Question = serde_json::from_str(document).map_err(|e| {
        invalid(
            "{ type, mode, schema, references?, history: [schema | { schema, references }] }",
            &format!("another document (line {}, column {})", e.line(), e.column()),
        )
    })?;
    let mode: Mode = question.mode.parse()?;
    let (incompatibilities, warnings) = match question.schema_type {
        SchemaType::Avro => (avro(&question, mode, limits)?, Vec::new()),
        SchemaType::Protobuf => protobuf(&question, mode, limits)?,
        SchemaType::Json => {
            return Err(invalid("a `type` that can be checked (AVRO or PROTOBUF)", "JSON"));
        }
    };
    let mut answer = json!({
        "compatible": incompatibilities.is_empty(),
        "checked": mode.is_checked(),
        "mode": mode.as_str(),
        "incompatibilities": incompatibilities,
    });
    if !warnings.is_empty() {
        answer["warnings"] = warnings.into();
    }
    if !mode.is_checked() {
        answer["note"] = format!("the mode {} checks nothing", mode.as_str()).into();
    }
    Ok(answer.to_string())
}

fn avro(question: &Question, mode: Mode, limits: &Limits) -> Result<Vec<Value>, Error> {
    let (new, history) = question.schemas(|schema, references| parse(schema, references, limits))?;
    let report = check_history(&new, &history, mode)?;
    let reasons = report.incompatibilities.iter().map(|(version, direction, reason)| {
        json!({
            "version": version,
            "direction": direction.as_str(),
            "path": reason.path,
            "kind": reason.kind.as_str(),
            "message": reason.message,
        })
    });
    Ok(reasons.collect())
}

/// What registries refuse, and what they let pass but readers see.
fn protobuf(question: &Question, mode: Mode, limits: &Limits) -> Result<(Vec<Value>, Vec<Value>), Error> {
    let (new, history) = question.schemas(|schema, references| match schema {
        Value::String(text) => registered(text, references, limits),
        _ => Err(invalid("a Protobuf schema as text", "another JSON value")),
    })?;
    let found = each(&new, &history, mode, |writer, reader, _| compatibility(writer, reader))?;
    let (breaking, passed): (Vec<_>, Vec<_>) = found.into_iter().partition(|(.., d)| d.kind.is_breaking());
    let told = |list: Vec<(usize, Direction, Difference)>| list.iter().map(difference).collect();
    Ok((told(breaking), told(passed)))
}

fn difference((version, direction, found): &(usize, Direction, Difference)) -> Value {
    let mut told = json!({ "version": version, "direction": direction.as_str(), "path": found.path,
        "kind": found.kind, "message": found.message });
    if let Some(hint) = found.hint {
        told["hint"] = hint.into();
    }
    told
}

impl Question {
    /// The new schema and those before it.
    fn schemas<S>(
        &self,
        parse: impl Fn(&Value, &[Dependency]) -> Result<S, Error>,
    ) -> Result<(S, Vec<S>), Error> {
        let history = self.history.iter().map(|version| match version {
            Version::Document(document) => parse(&document.schema, &document.references),
            Version::Schema(schema) => parse(schema, &[]),
        });
        Ok((parse(&self.schema, &self.references)?, history.collect::<Result<_, _>>()?))
    }
}

/// An Avro schema from its text, or from its JSON.
pub(super) fn parse(schema: &Value, references: &[Dependency], limits: &Limits) -> Result<Schema, Error> {
    let references: Vec<&str> = references.iter().map(|r| &*r.schema).collect();
    match schema {
        Value::String(text) => Schema::parse(text, &references, limits),
        other => Schema::parse(&other.to_string(), &references, limits),
    }
}
