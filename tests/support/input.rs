//! The shorthand `records`, made into an event.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

/// The event's text.
pub(crate) fn event(records: &[Value]) -> Result<String, String> {
    let mut lists = Map::new();
    for (offset, record) in records.iter().enumerate() {
        let topic = record.get("topic").and_then(Value::as_str).unwrap_or("t");
        let partition = record.get("partition").and_then(Value::as_i64).unwrap_or(0);
        let list = lists.entry(format!("{topic}-{partition}")).or_insert_with(|| json!([]));
        if let Value::Array(list) = list {
            list.push(event_record(record, topic, partition, offset)?);
        }
    }
    Ok(json!({ "eventSource": "aws:kafka", "records": lists }).to_string())
}

fn event_record(record: &Value, topic: &str, partition: i64, offset: usize) -> Result<Value, String> {
    let mut out = json!({ "topic": topic, "partition": partition, "offset": offset,
        "timestamp": 1_700_000_000_000_i64, "timestampType": "CREATE_TIME" });
    for side in ["key", "value"] {
        if let Some(b) = record.get(side) {
            out[side] = payload(b)?;
        }
    }
    out["headers"] = headers(record.get("headers"))?;
    for name in ["keySchemaMetadata", "valueSchemaMetadata"] {
        if let Some(metadata) = record.get(name) {
            out[name] = metadata.clone();
        }
    }
    Ok(out)
}

fn payload(b: &Value) -> Result<Value, String> {
    match (b, b.get("base64")) {
        (Value::Null, _) => Ok(Value::Null),
        (_, Some(text)) => Ok(text.clone()),
        _ => bytes(b).map(|bytes| Value::String(STANDARD.encode(bytes))),
    }
}

fn headers(list: Option<&Value>) -> Result<Value, String> {
    let mut out = Vec::new();
    for header in list.and_then(Value::as_array).into_iter().flatten() {
        let name = header[0].as_str().ok_or("a header's name is not a string")?;
        let signed = |bytes: Vec<u8>| bytes.into_iter().map(|byte| byte as i8).collect::<Vec<_>>();
        let value = Some(&header[1]).filter(|value| !value.is_null()).map(bytes).transpose()?.map(signed);
        out.push(json!({ name: value }));
    }
    Ok(Value::Array(out))
}

/// The bytes of hexadecimal, of its repetition or of a text.
fn bytes(b: &Value) -> Result<Vec<u8>, String> {
    if let Some(text) = b.get("utf8").and_then(Value::as_str) {
        return Ok(text.as_bytes().to_vec());
    }
    if let Some(text) = b.as_str() {
        return hex(text);
    }
    let parts = b.get("repeat").and_then(Value::as_array).ok_or("bytes in no form that is known")?;
    let mut out = Vec::new();
    for part in parts {
        let (text, times) = (part[0].as_str().unwrap_or_default(), part[1].as_u64().unwrap_or(0));
        out.extend(hex(text)?.repeat(times as usize));
    }
    Ok(out)
}

fn hex(text: &str) -> Result<Vec<u8>, String> {
    let digits: Option<Vec<u32>> = text.chars().map(|c| c.to_digit(16)).collect();
    let digits = digits.filter(|d| d.len() % 2 == 0).ok_or("bytes that are not hexadecimal")?;
    Ok(digits.chunks(2).map(|pair| (pair[0] * 16 + pair[1]) as u8).collect())
}
