//! How plausible a reading is. Scores only order readings; they are no probabilities.

use super::{Field, Reading, Value};
use crate::format::protobuf::wire;
use crate::wire::{Cursor, unzigzag};

/// Packed values that a reading holds.
const PACKED: usize = 100;
/// Bytes of a text, or of bytes, that a reading holds.
const SHOWN: usize = 1_024;

pub(super) fn reading(value: Value, score: u8) -> Reading {
    Reading { value, score, whole: true }
}

pub(super) fn varint(v: u64) -> Vec<Reading> {
    let negative = (v as i64) < 0;
    let mut out = vec![reading(Value::Uint64(v), if negative { 10 } else { 80 })];
    if negative {
        // Negative numbers of int32 and int64 take ten bytes.
        out.push(reading(Value::Int64(v as i64), 85));
    }
    if v <= 1 {
        out.push(reading(Value::Bool(v == 1), 60));
    }
    if v > 0 {
        let small_and_negative = v & 1 == 1 && v < 1 << 20;
        out.push(reading(Value::Sint64(unzigzag(v)), if small_and_negative { 40 } else { 25 }));
    }
    out
}

/// How much a float looks like one that somebody wrote.
fn written(v: f64) -> u8 {
    match v.abs() {
        _ if !v.is_finite() => 15,
        0.0 => 50,
        a if (1e-6..1e12).contains(&a) => 85,
        a if (1e-30..1e30).contains(&a) => 30,
        _ => 5,
    }
}

pub(super) fn fixed64(v: u64) -> Vec<Reading> {
    let double = f64::from_bits(v);
    let mut out = vec![reading(Value::Double(double), written(double))];
    out.push(reading(Value::Fixed64(v), if v < 1 << 48 { 70 } else { 20 }));
    if (v as i64) < 0 {
        let v = v as i64;
        out.push(reading(Value::Sfixed64(v), if v > -(1 << 48) { 75 } else { 15 }));
    }
    out
}

pub(super) fn fixed32(v: u32) -> Vec<Reading> {
    let float = f32::from_bits(v);
    let mut out = vec![reading(Value::Float(float), written(float.into()))];
    out.push(reading(Value::Fixed32(v), if v < 1 << 24 { 70 } else { 30 }));
    if (v as i32) < 0 {
        let v = v as i32;
        out.push(reading(Value::Sfixed32(v), if v > -(1 << 24) { 75 } else { 20 }));
    }
    out
}

/// UTF-8, where it is.
pub(super) fn text(bytes: &[u8]) -> Option<Reading> {
    let text = std::str::from_utf8(bytes).ok()?;
    let shown = &text[..text.floor_char_boundary(SHOWN)];
    let control = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    let score = match (text.is_empty(), shown.contains(control)) {
        (true, _) => 60,
        (_, false) => 90,
        _ => 20,
    };
    Some(Reading { value: Value::String(shown.to_owned()), score, whole: shown.len() == text.len() })
}

pub(super) fn bytes(bytes: &[u8]) -> Reading {
    let shown = &bytes[..bytes.len().min(SHOWN)];
    Reading { value: Value::Bytes(shown.to_vec()), score: 30, whole: shown.len() == bytes.len() }
}

/// Messages have low numbers, and values that are plausible themselves.
pub(super) fn message(fields: Vec<Field>) -> Reading {
    let far = fields.iter().any(|f| f.number > 1_000);
    let best = |f: &Field| f.readings.first().map_or(0, |r| u32::from(r.score));
    let mean = fields.iter().map(best).sum::<u32>() / (fields.len().max(1) as u32);
    reading(Value::Message(fields), if far { 15 } else { (50 + mean / 2).min(95) as u8 })
}

/// The ways in which bytes are several numbers.
pub(super) fn packed(bytes: &[u8]) -> Vec<Reading> {
    let mut out: Vec<Reading> = packed_varints(bytes).into_iter().collect();
    let (eights, rest) = bytes.as_chunks::<8>();
    if rest.is_empty() && eights.len() > 1 {
        let shown = || eights.iter().take(PACKED).map(|b| u64::from_le_bytes(*b));
        let whole = eights.len() <= PACKED;
        let doubles: Vec<f64> = shown().map(f64::from_bits).collect();
        let score = doubles.iter().map(|v| written(*v)).min().unwrap_or(0).min(70);
        out.push(Reading { value: Value::PackedDouble(doubles), score, whole });
        let score = if shown().all(|v| v < 1 << 48) { 60 } else { 10 };
        out.push(Reading { value: Value::PackedFixed64(shown().collect()), score, whole });
    }
    let (fours, rest) = bytes.as_chunks::<4>();
    if rest.is_empty() && fours.len() > 1 {
        let shown = || fours.iter().take(PACKED).map(|b| u32::from_le_bytes(*b));
        let whole = fours.len() <= PACKED;
        let floats: Vec<f32> = shown().map(f32::from_bits).collect();
        let score = floats.iter().map(|v| written((*v).into())).min().unwrap_or(0).min(65);
        out.push(Reading { value: Value::PackedFloat(floats), score, whole });
        let score = if shown().all(|v| v < 1 << 24) { 55 } else { 10 };
        out.push(Reading { value: Value::PackedFixed32(shown().collect()), score, whole });
    }
    out
}

fn packed_varints(bytes: &[u8]) -> Option<Reading> {
    let mut c = Cursor::new(bytes, 0, bytes.len());
    let (mut values, mut count) = (Vec::new(), 0usize);
    while c.left() > 0 {
        let v = wire::varint(&mut c).ok()?;
        count += 1;
        if count <= PACKED {
            values.push(v);
        }
    }
    let small = values.iter().all(|v| *v < 1 << 32);
    let score = if small { 45 } else { 15 };
    (count > 1).then_some(Reading { value: Value::PackedUint64(values), score, whole: count <= PACKED })
}
