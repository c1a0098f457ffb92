//! The verb `check_compatibility`: one JSON document in, one out.

use super::config::invalid;
use crate::error::Error;
use crate::format::avro::Schema;
use crate::format::avro::compatibility::{Mode, check_history};
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
    if question.schema_type != SchemaType::Avro {
        return Err(invalid("a `type` that can be checked (AVRO)", question.schema_type.as_str()));
    }
    let new = parse(&question.schema, &question.references, limits)?;
    let history = question.history.iter().map(|version| match version {
        Version::Document(document) => parse(&document.schema, &document.references, limits),
        Version::Schema(schema) => parse(schema, &[], limits),
    });
    let history = history.collect::<Result<Vec<_>, _>>()?;
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
    let mut answer = json!({
        "compatible": report.incompatibilities.is_empty(),
        "checked": report.checked,
        "mode": mode.as_str(),
        "incompatibilities": reasons.collect::<Vec<_>>(),
    });
    if !report.checked {
        answer["note"] = format!("the mode {} checks nothing", mode.as_str()).into();
    }
    Ok(answer.to_string())
}

/// A schema from its text, or from its JSON.
pub(super) fn parse(schema: &Value, references: &[Dependency], limits: &Limits) -> Result<Schema, Error> {
    let references: Vec<&str> = references.iter().map(|r| &*r.schema).collect();
    match schema {
        Value::String(text) => Schema::parse(text, &references, limits),
        other => Schema::parse(&other.to_string(), &references, limits),
    }
}
