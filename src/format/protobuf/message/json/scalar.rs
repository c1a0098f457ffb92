//! Scalars of ProtoJSON.

use super::super::super::model::{Field, Type};
use super::super::Value;
use super::{Expected, Json};
use crate::json::Number;
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
            Json::String(text) => Ok(Value::Bytes(text.as_bytes().to_vec())),
            _ => Err("a string"),
        },
        Type::Bytes => match v {
            Json::String(text) => bytes(text),
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
        _ => value(f, &Json::String(name.to_owned())),
    }
}

/// An integer as a number or a string; a fraction of zeros or an exponent does no harm.
pub(super) fn integer(v: &Json, min: i128, max: i128) -> Result<i128, Expected> {
    let wrong = "an integer within the range of its type";
    // An integer just below the smallest one comes as that one's float: no float is that small.
    let fits = |v: &f64| v.fract() == 0.0 && *v > i64::MIN as f64 && *v < 2e19;
    let whole = |n: &Number| {
        let exact = n.as_i64().map(i128::from).or_else(|| n.as_u64().map(i128::from));
        exact.or_else(|| Some(n.as_f64()).filter(fits).map(|v| v as i128))
    };
    let n = match v {
        Json::Number(n) => whole(n),
        Json::String(text) => number(text).as_ref().and_then(whole),
        _ => None,
    };
    n.filter(|n| (min..=max).contains(n)).ok_or(wrong)
}

/// The number that a text is, without the spaces that JSON text may have around it.
fn number(text: &str) -> Option<Number> {
    match Json::parse(text).ok()? {
        Json::Number(n) if n.as_str() == text => Some(n),
        _ => None,
    }
}

fn float(v: &Json) -> Result<f64, Expected> {
    match v {
        Json::Number(n) => Ok(n.as_f64()),
        Json::String(text) => match text.as_str() {
            "NaN" => Ok(f64::NAN),
            "Infinity" => Ok(f64::INFINITY),
            "-Infinity" => Ok(f64::NEG_INFINITY),
            _ => number(text).map(|n| n.as_f64()).ok_or("a number"),
        },
        _ => Err("a number"),
    }
}
