//! Documents that name files: `{"$file": name}` stands for what the file holds.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use std::fs;
use std::path::Path;

/// `value` with each `{"$file": name}` replaced by the file's content.
pub(crate) fn substitute(dir: &Path, value: &Value) -> Result<Value, String> {
    match value {
        Value::Object(map) if map.len() == 1 && map.contains_key("$file") => content(dir, &map["$file"]),
        Value::Object(map) => {
            let entries = map.iter().map(|(name, v)| Ok((name.clone(), substitute(dir, v)?)));
            entries.collect::<Result<_, String>>().map(Value::Object)
        }
        Value::Array(items) => {
            items.iter().map(|v| substitute(dir, v)).collect::<Result<_, _>>().map(Value::Array)
        }
        _ => Ok(value.clone()),
    }
}

/// A file as configurations hold it: base64 of a descriptor set, else its text.
pub(crate) fn content(dir: &Path, name: &Value) -> Result<Value, String> {
    let name = name.as_str().ok_or("a file's name is not a string")?;
    if !name.ends_with(".fds") {
        return read_text(dir, name).map(Value::String);
    }
    let bytes = fs::read(dir.join(name)).map_err(|e| format!("{name}: {e}"))?;
    Ok(Value::String(STANDARD.encode(bytes)))
}

/// A file's text; the error names the file.
pub(crate) fn read_text(dir: &Path, name: &str) -> Result<String, String> {
    fs::read_to_string(dir.join(name)).map_err(|e| format!("{name}: {e}"))
}
