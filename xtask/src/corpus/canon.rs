//! Comparison of decoded values with the corpus's lossless form (`canon`, `rcanon`): typed by the schema, floats by their
//! bits, unions by their branch.

use kafkalens::format::avro::Schema;
use kafkalens::format::avro::schema::{Field, Kind, TypeId};
use kafkalens::sink::value::Value;
use serde_json::Value as Json;
use std::sync::Arc;

/// Compares a value that was decoded in the dialect `avro-json` (tagged unions) with what the corpus expects. Gives where
/// they differ.
pub(crate) fn matches(schema: &Schema, value: &Value, expected: &Json) -> Result<(), String> {
    at(schema, schema.root(), value, expected, "$")
}

/// Where two values may differ.
#[derive(Clone, Copy)]
struct At<'a> {
    schema: &'a Schema,
    path: &'a str,
}

fn at(schema: &Schema, id: TypeId, value: &Value, expected: &Json, path: &str) -> Result<(), String> {
    let here = At { schema, path };
    let same = match (schema.kind(id), value) {
        (Kind::Array(item), Value::Array(items)) => here.items(*item, items, expected)?,
        (Kind::Map(of), Value::Object(entries)) => here.entries(*of, entries, expected)?,
        (Kind::Record(fields), Value::Object(found)) => here.fields(fields, found, expected)?,
        (Kind::Union(branches), value) => here.branch(branches, value, expected)?,
        (kind, value) => is_same_scalar(kind, value, expected),
    };
    if same { Ok(()) } else { Err(format!("{path}: expected {expected}, found {value:?}")) }
}

/// Each gives false where the values differ here, and an error where parts of them do.
impl At<'_> {
    fn items(self, item: TypeId, items: &[Value], expected: &Json) -> Result<bool, String> {
        let Some(list) = expected.as_array().filter(|l| l.len() == items.len()) else { return Ok(false) };
        for (i, (v, e)) in items.iter().zip(list).enumerate() {
            at(self.schema, item, v, e, &format!("{}[{i}]", self.path))?;
        }
        Ok(true)
    }

    fn entries(self, of: TypeId, entries: &[(Arc<str>, Value)], expected: &Json) -> Result<bool, String> {
        let map = expected.get("m").and_then(Json::as_object).filter(|m| m.len() == entries.len());
        let Some(map) = map else { return Ok(false) };
        for (k, v) in entries {
            let Some(e) = map.get(&**k) else { return Ok(false) };
            at(self.schema, of, v, e, &format!("{}{{{k}}}", self.path))?;
        }
        Ok(true)
    }

    fn fields(self, fields: &[Field], found: &[(Arc<str>, Value)], expected: &Json) -> Result<bool, String> {
        let list = expected.get("r").and_then(Json::as_array);
        let lengths = |l: &&Vec<Json>| l.len() == fields.len() && found.len() == fields.len();
        let Some(list) = list.filter(lengths) else { return Ok(false) };
        for ((field, (name, v)), e) in fields.iter().zip(found).zip(list) {
            if field.name() != &**name || e.get(0).and_then(Json::as_str) != Some(name) {
                return Ok(false);
            }
            let value = e.get(1).unwrap_or(&Json::Null);
            at(self.schema, field.ty(), v, value, &format!("{}.{name}", self.path))?;
        }
        Ok(true)
    }

    fn branch(self, branches: &[TypeId], value: &Value, expected: &Json) -> Result<bool, String> {
        let part = |i: usize| expected.get("u").and_then(|u| u.get(i));
        let index = part(0).and_then(Json::as_u64);
        let Some(branch) = index.and_then(|index| branches.get(index as usize)) else { return Ok(false) };
        let inner = part(1).unwrap_or(&Json::Null);
        let name = self.schema.get(*branch).branch_name();
        match value {
            Value::Null if *self.schema.kind(*branch) == Kind::Null => Ok(inner.is_null()),
            Value::Object(one) if one.len() == 1 && *one[0].0 == *name => {
                at(self.schema, *branch, &one[0].1, inner, &format!("{}<{name}>", self.path))?;
                Ok(true)
            }
            _ => Ok(false),
        }
    }
}

fn is_same_scalar(kind: &Kind, value: &Value, expected: &Json) -> bool {
    match (kind, value) {
        (Kind::Null, Value::Null) => expected.is_null(),
        (Kind::Boolean, Value::Boolean(v)) => expected.as_bool() == Some(*v),
        (Kind::Int, Value::Int(v)) => expected.as_i64() == Some(i64::from(*v)),
        (Kind::Long, Value::Long(v)) => expected.as_i64() == Some(*v),
        (Kind::Float, Value::Float(v)) => bits(expected, "f")
            .and_then(|bits| u32::try_from(bits).ok())
            .is_some_and(|bits| bits == v.to_bits() || (f32::from_bits(bits).is_nan() && v.is_nan())),
        (Kind::Double, Value::Double(v)) => bits(expected, "d")
            .is_some_and(|bits| bits == v.to_bits() || (f64::from_bits(bits).is_nan() && v.is_nan())),
        (Kind::Bytes | Kind::Fixed(_), Value::Bytes(v)) => {
            let hex: String = v.iter().map(|b| format!("{b:02x}")).collect();
            expected.get("b").and_then(Json::as_str) == Some(&hex)
        }
        (Kind::String, Value::String(v)) => expected.as_str() == Some(v),
        (Kind::Enum { .. }, Value::Symbol(v)) => expected.get("e").and_then(Json::as_str) == Some(v),
        _ => false,
    }
}

/// The corpus's value as Avro's JSON encoding: what the component's text is compared with. Everything but a NaN's bits
/// survives, since the schema gives the types back: numbers are exact, unions tagged, bytes one character each.
pub(crate) fn avro_json(schema: &Schema, expected: &Json) -> Option<Json> {
    encode(schema, schema.root(), expected)
}

fn encode(schema: &Schema, id: TypeId, v: &Json) -> Option<Json> {
    Some(match schema.kind(id) {
        Kind::Float => number(f64::from(f32::from_bits(u32::try_from(bits(v, "f")?).ok()?))),
        Kind::Double => number(f64::from_bits(bits(v, "d")?)),
        Kind::Bytes | Kind::Fixed(_) => {
            let hex = v.get("b")?.as_str()?;
            unhex(hex)?.into_iter().map(char::from).collect::<String>().into()
        }
        Kind::Enum { .. } => v.get("e")?.clone(),
        Kind::Array(item) => {
            Json::Array(v.as_array()?.iter().map(|v| encode(schema, *item, v)).collect::<Option<_>>()?)
        }
        Kind::Map(of) => {
            let entries = v.get("m")?.as_object()?.iter();
            Json::Object(
                entries.map(|(k, v)| Some((k.clone(), encode(schema, *of, v)?))).collect::<Option<_>>()?,
            )
        }
        Kind::Record(fields) => {
            let parts = fields.iter().zip(v.get("r")?.as_array()?);
            let entry =
                |(f, v): (&Field, &Json)| Some((f.name().to_owned(), encode(schema, f.ty(), v.get(1)?)?));
            Json::Object(parts.map(entry).collect::<Option<_>>()?)
        }
        Kind::Union(branches) => {
            let branch = *branches.get(v.get("u")?.get(0)?.as_u64()? as usize)?;
            let inner = encode(schema, branch, v.get("u")?.get(1)?)?;
            match schema.kind(branch) {
                Kind::Null => inner,
                _ => {
                    Json::Object([(schema.get(branch).branch_name().to_owned(), inner)].into_iter().collect())
                }
            }
        }
        _ => v.clone(),
    })
}

/// Whether two documents are the same: numbers by value and sign, names in any order.
pub(crate) fn same(a: &Json, b: &Json) -> bool {
    match (a, b) {
        (Json::Number(x), Json::Number(y)) => match (x.as_i64(), y.as_i64()) {
            (Some(x), Some(y)) => x == y,
            _ => x.as_f64().map(f64::to_bits) == y.as_f64().map(f64::to_bits),
        },
        (Json::Array(x), Json::Array(y)) => x.len() == y.len() && x.iter().zip(y).all(|(x, y)| same(x, y)),
        (Json::Object(x), Json::Object(y)) => {
            x.len() == y.len() && x.iter().all(|(k, x)| y.get(k).is_some_and(|y| same(x, y)))
        }
        _ => a == b,
    }
}

fn number(v: f64) -> Json {
    if v.is_nan() {
        return "NaN".into();
    }
    match serde_json::Number::from_f64(v) {
        // An integer of a float reads as one: `1` is written, not `1.0`.
        Some(_) if v.fract() == 0.0 && v.abs() < 9e15 && !(v == 0.0 && v.is_sign_negative()) => {
            Json::from(v as i64)
        }
        Some(n) => Json::Number(n),
        None => (if v > 0.0 { "Infinity" } else { "-Infinity" }).into(),
    }
}

fn bits(v: &Json, name: &str) -> Option<u64> {
    u64::from_str_radix(v.get(name)?.as_str()?, 16).ok()
}

/// Bytes from their hexadecimal digits.
pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    (text.len().is_multiple_of(2) && text.is_ascii())
        .then(|| (0..text.len()).step_by(2).map(|i| u8::from_str_radix(&text[i..i + 2], 16).ok()).collect())?
}
