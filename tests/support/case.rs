//! A case: its folder read, its files put in their places.

use super::files::{content, read_text, substitute};
use super::input;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// A case, ready to be handed to a host.
pub(crate) struct Case {
    /// The configuration as JSON text.
    pub(crate) config: String,
    /// The schema documents as JSON text.
    pub(crate) schemas: Vec<String>,
    /// The event's text.
    pub(crate) event: String,
    /// What is missing before schemas are added, if the case says so.
    pub(crate) missing: Option<Value>,
    /// What other verbs must give: `[{ "verb", "args", "expect" | "expectError" }]`.
    pub(crate) calls: Vec<Value>,
    /// What each record must give.
    pub(crate) expect: Option<Vec<Value>>,
    /// The error that the whole must give instead.
    pub(crate) error: Option<Value>,
}

/// Folders of cases, `root/<area>/<case>/`, in order.
pub(crate) fn find(root: &Path) -> Vec<PathBuf> {
    let mut found: Vec<_> = folders(root).iter().flat_map(|area| folders(area)).collect();
    found.retain(|dir| dir.join("case.json").is_file());
    found.sort();
    found
}

fn folders(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect()
}

impl Case {
    /// Reads `dir/case.json` and the files that it names.
    pub(crate) fn read(dir: &Path) -> Result<Case, String> {
        let document = read_json(dir)?;
        let schemas = document.get("schemas").and_then(Value::as_array).into_iter().flatten();
        Ok(Case {
            config: substitute(dir, &document["config"])?.to_string(),
            schemas: schemas.map(|schema| schema_document(dir, schema)).collect::<Result<_, _>>()?,
            event: event(dir, &document)?,
            missing: document.get("missing").cloned(),
            calls: document.get("calls").and_then(Value::as_array).cloned().unwrap_or_default(),
            expect: document.get("expect").and_then(Value::as_array).cloned(),
            error: document.get("expectError").cloned(),
        })
    }
}

/// The document `dir/case.json`.
pub(crate) fn read_json(dir: &Path) -> Result<Value, String> {
    let text = read_text(dir, "case.json")?;
    serde_json::from_str(&text).map_err(|e| format!("case.json: {e}"))
}

fn event(dir: &Path, document: &Value) -> Result<String, String> {
    match (document.get("event"), document.get("records")) {
        (Some(Value::String(file)), None) => read_text(dir, file),
        (Some(event @ (Value::Object(_) | Value::Array(_))), None) => Ok(event.to_string()),
        (None, Some(Value::Array(records))) => input::event(records),
        _ => Err("case.json needs either `event` or `records`".to_owned()),
    }
}

fn schema_document(dir: &Path, schema: &Value) -> Result<String, String> {
    let mut references = Vec::new();
    for reference in schema.get("references").and_then(Value::as_array).into_iter().flatten() {
        references.push(json!({ "name": reference["name"], "schema": content(dir, &reference["file"])? }));
    }
    let text = content(dir, &schema["file"])?;
    let mut document = json!({ "reference": schema["ref"], "type": schema["type"], "schema": text, "references": references });
    for name in ["status", "ruleSet"] {
        if let Some(value) = schema.get(name) {
            document[name] = value.clone();
        }
    }
    Ok(document.to_string())
}
