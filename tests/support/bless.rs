//! `BLESS=1`: writes what the host gave into the cases, so that a person reads the difference in version control.

use crate::support::{Case, Host, sides};
use serde_json::{Map, Value, json};
use std::fs;
use std::path::Path;

/// Rewrites the expectation of the case in `dir`.
///
/// # Errors
/// The case cannot be read or written.
pub(crate) fn bless(host: &mut dyn Host, dir: &Path) -> Result<(), String> {
    let case = Case::read(dir)?;
    let path = dir.join("case.json");
    let text = fs::read_to_string(&path).map_err(|e| e.to_string())?;
    let mut document: Value = serde_json::from_str(&text).map_err(|e| e.to_string())?;
    let map = document.as_object_mut().ok_or("case.json is not an object")?;
    let old = map.shift_remove("expect");
    map.shift_remove("expectError");
    match host.decode(&case.config, &case.schemas, &case.event) {
        Ok(text) => map.insert("expect".to_owned(), records(&text, old.as_ref())?),
        Err(text) => map.insert("expectError".to_owned(), error(&text)),
    };
    let text = serde_json::to_string_pretty(&document).map_err(|e| e.to_string())?;
    fs::write(&path, text + "\n").map_err(|e| e.to_string())
}

fn records(text: &str, old: Option<&Value>) -> Result<Value, String> {
    let mut out = Vec::new();
    for (index, parts) in sides(text)?.iter().enumerate() {
        let old = old.and_then(|list| list.get(index));
        let mut record = Map::new();
        for name in ["key", "value"] {
            if let Some(raw) = parts.get(name).filter(|_| old.is_none_or(|o| o.get(name).is_some())) {
                record.insert(name.to_owned(), side(raw.get())?);
            }
        }
        if let Some(named) = old.and_then(|o| o.get("record")).and_then(Value::as_object) {
            let found = |name: &String| parts.get(name).and_then(|raw| serde_json::from_str(raw.get()).ok());
            let metadata = named.keys().filter_map(|name| Some((name.clone(), found(name)?)));
            record.insert("record".to_owned(), Value::Object(metadata.collect()));
        }
        out.push(Value::Object(record));
    }
    Ok(Value::Array(out))
}

fn side(text: &str) -> Result<Value, String> {
    let parts: std::collections::BTreeMap<String, &serde_json::value::RawValue> =
        serde_json::from_str(text).map_err(|e| e.to_string())?;
    let string = |name: &str| parts.get(name).and_then(|raw| serde_json::from_str::<String>(raw.get()).ok());
    if let Some(raw) = parts.get("error") {
        return Ok(json!({ "error": error(raw.get()) }));
    }
    if let Some(tombstone) = string("tombstone") {
        return Ok(json!({ "tombstone": tombstone }));
    }
    let mut out = json!({ "json": parts.get("value").map(|raw| raw.get()) });
    if let Some(schema) = string("schema") {
        out["schema"] = Value::String(schema);
    }
    Ok(out)
}

/// The names of an error that cases compare.
fn error(text: &str) -> Value {
    let found: Value = serde_json::from_str(text).unwrap_or_default();
    let names = ["code", "category", "side", "path", "byteOffset", "space"];
    let named = names.iter().filter_map(|name| Some(((*name).to_owned(), found.get(name)?.clone())));
    Value::Object(named.collect())
}
