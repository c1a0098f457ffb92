//! Readings as documents: `{"as","confidence","value"}`. 64-bit integers are texts of their digits, bytes base64.

use super::{Reading, Value};
use crate::wire::base64;
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::json;

impl Serialize for Reading {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("as", self.value.kind())?;
        map.serialize_entry("confidence", &(f64::from(self.score) / 100.0))?;
        match &self.value {
            Value::Message(fields) | Value::Group(fields) => map.serialize_entry("value", fields)?,
            other => map.serialize_entry("value", &other.json())?,
        }
        if !self.whole {
            map.serialize_entry("truncated", &true)?;
        }
        map.end()
    }
}

impl Value {
    /// The Protobuf type; `packed` before it where there are several values.
    pub const fn kind(&self) -> &'static str {
        match self {
            Value::Uint64(_) => "uint64",
            Value::Int64(_) => "int64",
            Value::Sint64(_) => "sint64",
            Value::Bool(_) => "bool",
            Value::Double(_) => "double",
            Value::Fixed64(_) => "fixed64",
            Value::Sfixed64(_) => "sfixed64",
            Value::Float(_) => "float",
            Value::Fixed32(_) => "fixed32",
            Value::Sfixed32(_) => "sfixed32",
            Value::Message(_) => "message",
            Value::Group(_) => "group",
            Value::String(_) => "string",
            Value::Bytes(_) => "bytes",
            Value::PackedUint64(_) => "packed uint64",
            Value::PackedDouble(_) => "packed double",
            Value::PackedFixed64(_) => "packed fixed64",
            Value::PackedFloat(_) => "packed float",
            Value::PackedFixed32(_) => "packed fixed32",
        }
    }

    fn json(&self) -> serde_json::Value {
        match self {
            Value::Uint64(v) | Value::Fixed64(v) => v.to_string().into(),
            Value::Int64(v) | Value::Sint64(v) | Value::Sfixed64(v) => v.to_string().into(),
            Value::Bool(v) => json!(v),
            Value::Double(v) => float(*v),
            Value::Float(v) => float((*v).into()),
            Value::Fixed32(v) => json!(v),
            Value::Sfixed32(v) => json!(v),
            Value::String(text) => json!(text),
            Value::Bytes(bytes) => base64::encode(bytes).into(),
            Value::PackedUint64(list) | Value::PackedFixed64(list) => {
                list.iter().map(u64::to_string).collect()
            }
            Value::PackedDouble(list) => list.iter().map(|v| float(*v)).collect(),
            Value::PackedFloat(list) => list.iter().map(|v| float((*v).into())).collect(),
            Value::PackedFixed32(list) => list.iter().copied().collect(),
            Value::Message(_) | Value::Group(_) => serde_json::Value::Null,
        }
    }
}

/// A number as ECMAScript writes it, so that every host prints the same; what is none is a text.
fn float(v: f64) -> serde_json::Value {
    match v {
        v if v.is_nan() => "NaN".into(),
        v if v.is_infinite() => if v > 0.0 { "Infinity" } else { "-Infinity" }.into(),
        // `1`, not `1.0`.
        v if v.fract() == 0.0 && v.abs() < 1e15 && v.to_bits() != (-0.0f64).to_bits() => json!(v as i64),
        v => json!(v),
    }
}
