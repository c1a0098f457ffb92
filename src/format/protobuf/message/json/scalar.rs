//! Scalars of ProtoJSON.

use super::super::super::model::{Field, Type};
use super::super::Value;
use super::Expected;
use super::text::Json;
use crate::wire::base64;

/// A value of a scalar type.
pub(super) fn value(f: &Field, v: &Json) -> Result<Value, Expected> {
    let int = |min: i128, max: i128| integer(v, min, max).map(|v| Value::Bits(v as u64));
    match f.ty {
        Type::Int32 | Type::Sint32 | Type::Sfixed32 => int(i32::MIN.into(), i32::MAX.into()),
        Type::Int64 | Type::Sint64 | Type::Sfixed64 => int(i64::MIN.into(), i64::MAX.into()),
        Type::Uint32 | Type::Fixed32 => int(0, u32::MAX.into()),
        Type::Uint64 | Type::Fixed64 => int(0, u64::MAX.into()),
        Type::Bool => match v {
            Json::Bool(v) => Ok(Value::Bits((*v).into())),
            _ => Err("true or false"),
        },
        Type::Double => Ok(Value::Bits(float(v)?.to_bits())),
        Type::Float => {
            let v = float(v)?;
            let narrow = v as f32;
            if v.is_finite() && narrow.is_infinite() {
                return Err("a number within the range of a float");
            }
            Ok(Value::Bits(narrow.to_bits().into()))
        }
        Type::String => match v {
            Json::Text(text) => Ok(Value::Bytes(text.as_bytes().to_vec())),
            _ => Err("a string"),
        },
        Type::Bytes => match v {
            Json::Text(text) => bytes(text),
            _ => Err("bytes in base64"),
        },
        Type::Enum(_) | Type::Message(_) => Err("a scalar"),
    }
}

/// Of the standard alphabet or the one for URLs, not of both.
fn bytes(text: &str) -> Result<Value, Expected> {
    let url = text.contains(['-', '_']);
    let standard = url.then(|| text.replace(['+', '/'], " ").replace('-', "+").replace('_', "/"));
    let mut bytes = Vec::new();
    let decoded = base64::decode(standard.as_deref().unwrap_or(text), &mut bytes);
    decoded.map(|()| Value::Bytes(bytes)).map_err(|_| "bytes in base64")
}

/// A map's key, which JSON has as a name.
pub(super) fn key(f: &Field, name: &str) -> Result<Value, Expected> {
    match f.ty {
        Type::Bool => match name {
            "true" => Ok(Value::Bits(1)),
            "false" => Ok(Value::Bits(0)),
            _ => Err("true or false as a key"),
        },
        _ => value(f, &Json::Text(name.to_owned())),
    }
}

/// An integer as a number or a string; a fraction of zeros or an exponent does no harm.
pub(super) fn integer(v: &Json, min: i128, max: i128) -> Result<i128, Expected> {
    let wrong = "an integer within the range of its type";
    // An integer just below the smallest one comes as that one's float: no float is that small.
    let fits = |v: f64| v.fract() == 0.0 && v > i64::MIN as f64 && v < 2e19;
    let from_float = |v: f64| if fits(v) { Ok(v as i128) } else { Err(wrong) };
    let n = match v {
        Json::Int(v) => *v,
        Json::Float(v) => from_float(*v)?,
        Json::Text(text) => match serde_json::from_str::<Json>(text) {
            Ok(Json::Int(v)) if is_number(text) => v,
            Ok(Json::Float(v)) if is_number(text) => from_float(v)?,
            _ => return Err(wrong),
        },
        _ => return Err(wrong),
    };
    if (min..=max).contains(&n) { Ok(n) } else { Err(wrong) }
}

/// Without the spaces that JSON text may have around a number.
fn is_number(text: &str) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    digit(text.chars().last()) && (digit(text.chars().next()) || text.starts_with('-'))
}

fn float(v: &Json) -> Result<f64, Expected> {
    match v {
        Json::Int(v) => Ok(*v as f64),
        Json::Float(v) => Ok(*v),
        Json::Text(text) => match text.as_str() {
            "NaN" => Ok(f64::NAN),
            "Infinity" => Ok(f64::INFINITY),
            "-Infinity" => Ok(f64::NEG_INFINITY),
            _ if is_number(text) => match serde_json::from_str::<Json>(text) {
                Ok(Json::Int(v)) => Ok(v as f64),
                Ok(Json::Float(v)) => Ok(v),
                _ => Err("a number"),
            },
            _ => Err("a number"),
        },
        _ => Err("a number"),
    }
}
