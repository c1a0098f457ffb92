//! Bytes without a schema: numbered fields, and every plausible reading of each value, the likeliest first.

use super::wire::{self, FIXED32, FIXED64, GROUP, LENGTH, VARINT};
use crate::limits::Limits;
use crate::wire::{Cursor, unzigzag};
use serde_json::{Value, json};

/// Values of which packed ones are listed; more are counted.
const PACKED: usize = 1_000;
/// Fields that a guess may hold, over all readings.
const FIELDS: usize = 20_000;

/// A field as it stands: its number, wire type, first byte and byte after the last, and what it may be.
#[derive(Clone, Debug, PartialEq)]
pub struct Guess {
    /// Its number.
    pub number: u32,
    /// Its wire type.
    pub wire_type: u8,
    /// Where its tag begins.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// What it may be, the likeliest first.
    pub readings: Vec<Reading>,
}

/// A reading of a value, and how plausible it is, up to 100.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// What it would be.
    pub kind: ReadingKind,
    /// From 0 to 100.
    pub score: u8,
}

/// What a value may be.
#[derive(Clone, Debug, PartialEq)]
pub enum ReadingKind {
    /// An unsigned integer; also an enum's number.
    Unsigned(u64),
    /// A negative one, of `int32` or `int64`.
    Signed(i64),
    /// Zig-zag: `sint32` or `sint64`.
    ZigZag(i64),
    /// A boolean.
    Boolean(bool),
    /// Eight bytes as a double.
    Double(f64),
    /// Four bytes as a float.
    Float(f32),
    /// A message or a group.
    Message(Vec<Guess>),
    /// UTF-8.
    Text(String),
    /// Packed varints.
    PackedVarints(Vec<u64>),
    /// Packed doubles.
    PackedDoubles(Vec<f64>),
    /// Packed floats.
    PackedFloats(Vec<f32>),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// The fields of a message whose schema isn't known; nothing where the bytes are no message.
pub fn guess(bytes: &[u8], limits: &Limits) -> Option<Vec<Guess>> {
    let mut budget = FIELDS;
    message(Cursor::new(bytes, 0, bytes.len()), limits.depth, &mut budget)
}

fn message(mut c: Cursor<'_>, depth: usize, budget: &mut usize) -> Option<Vec<Guess>> {
    let depth = depth.checked_sub(1)?;
    // Most bytes are no message: a look that makes nothing comes first, so that what is tried costs little.
    let mut probe = c.clone();
    while probe.left() > 0 {
        let tag = wire::tag(&mut probe).ok()?;
        wire::skip(&mut probe, tag, depth).ok()?;
    }
    let mut out = Vec::new();
    while c.left() > 0 {
        *budget = budget.checked_sub(1)?;
        let start = c.at();
        let (number, wire_type) = wire::tag(&mut c).ok()?;
        let mut readings = match wire_type {
            VARINT => varint(wire::varint(&mut c).ok()?),
            FIXED64 => fixed64(u64::from_le_bytes(c.array().ok()?)),
            FIXED32 => fixed32(u32::from_le_bytes(c.array().ok()?)),
            LENGTH => {
                let (from, to) = wire::length(&mut c).ok()?;
                length(c.part(from, to), depth, budget)
            }
            GROUP => {
                let (from, to) = wire::group(&mut c, number, depth).ok()?;
                vec![reading(ReadingKind::Message(message(c.part(from, to), depth, budget)?), 100)]
            }
            _ => return None,
        };
        readings.sort_by_key(|r| std::cmp::Reverse(r.score));
        out.push(Guess { number, wire_type, start, end: c.at(), readings });
    }
    Some(out)
}

fn reading(kind: ReadingKind, score: u8) -> Reading {
    Reading { kind, score }
}

fn varint(v: u64) -> Vec<Reading> {
    let mut out = Vec::new();
    let negative = (v as i64) < 0;
    out.push(reading(ReadingKind::Unsigned(v), if negative { 10 } else { 80 }));
    if negative {
        // Negative numbers of int32 and int64 take ten bytes.
        out.push(reading(ReadingKind::Signed(v as i64), 85));
    }
    if v > 1 {
        out.push(reading(ReadingKind::ZigZag(unzigzag(v)), if v & 1 == 1 && v < 1 << 20 { 40 } else { 25 }));
    } else {
        out.push(reading(ReadingKind::Boolean(v == 1), 60));
    }
    out
}

/// How much a float looks like one that somebody wrote.
fn likely(v: f64) -> u8 {
    match v.abs() {
        _ if !v.is_finite() => 15,
        0.0 => 50,
        a if (1e-6..1e12).contains(&a) => 85,
        a if (1e-30..1e30).contains(&a) => 30,
        _ => 5,
    }
}

fn fixed64(v: u64) -> Vec<Reading> {
    let mut out = vec![reading(ReadingKind::Double(f64::from_bits(v)), likely(f64::from_bits(v)))];
    out.push(reading(ReadingKind::Unsigned(v), if v < 1 << 48 { 70 } else { 20 }));
    if (v as i64) < 0 {
        out.push(reading(ReadingKind::Signed(v as i64), if (v as i64) > -(1 << 48) { 75 } else { 15 }));
    }
    out
}

fn fixed32(v: u32) -> Vec<Reading> {
    let float = f32::from_bits(v);
    let mut out = vec![reading(ReadingKind::Float(float), likely(float.into()))];
    out.push(reading(ReadingKind::Unsigned(v.into()), if v < 1 << 24 { 70 } else { 30 }));
    if (v as i32) < 0 {
        let v = v as i32;
        out.push(reading(ReadingKind::Signed(v.into()), if v > -(1 << 24) { 75 } else { 20 }));
    }
    out
}

fn length(c: Cursor<'_>, depth: usize, budget: &mut usize) -> Vec<Reading> {
    let bytes = c.rest();
    let mut out = Vec::new();
    if let Ok(text) = std::str::from_utf8(bytes) {
        let odd = text.chars().filter(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')).count();
        let score = match (text.is_empty(), odd) {
            (true, _) => 60,
            (_, 0) => 90,
            _ => 20,
        };
        out.push(reading(ReadingKind::Text(text.to_owned()), score));
    }
    if !bytes.is_empty() {
        if let Some(fields) = message(c.clone(), depth, budget) {
            let score = plausible(&fields);
            out.push(reading(ReadingKind::Message(fields), score));
        }
        packed(c, &mut out);
    }
    out.push(reading(ReadingKind::Bytes(bytes.to_vec()), 30));
    out
}

/// Messages have low numbers, few of them far apart.
fn plausible(fields: &[Guess]) -> u8 {
    let high = fields.iter().filter(|f| f.number > 1_000).count();
    let best = |f: &Guess| f.readings.first().map_or(0, |r| u32::from(r.score));
    let mean = fields.iter().map(best).sum::<u32>() / (fields.len().max(1) as u32);
    if high > 0 { 15 } else { (50 + mean / 2).min(95) as u8 }
}

fn packed(c: Cursor<'_>, out: &mut Vec<Reading>) {
    let bytes = c.rest();
    let mut values = Vec::new();
    let mut cursor = c.clone();
    while cursor.left() > 0 && values.len() <= PACKED {
        match wire::varint(&mut cursor) {
            Ok(v) => values.push(v),
            Err(_) => break,
        }
    }
    if cursor.left() == 0 && values.len() > 1 {
        let small = values.iter().all(|v| *v < 1 << 32);
        out.push(reading(ReadingKind::PackedVarints(values), if small { 45 } else { 15 }));
    }
    let (eights, rest) = bytes.as_chunks::<8>();
    if rest.is_empty() && eights.len() > 1 && eights.len() <= PACKED {
        let values: Vec<f64> = eights.iter().map(|b| f64::from_le_bytes(*b)).collect();
        let score = values.iter().map(|v| likely(*v)).min().unwrap_or(0);
        out.push(reading(ReadingKind::PackedDoubles(values), score.min(70)));
    }
    let (fours, rest) = bytes.as_chunks::<4>();
    if rest.is_empty() && fours.len() > 1 && fours.len() <= PACKED {
        let values: Vec<f32> = fours.iter().map(|b| f32::from_le_bytes(*b)).collect();
        let score = values.iter().map(|v| likely((*v).into())).min().unwrap_or(0);
        out.push(reading(ReadingKind::PackedFloats(values), score.min(65)));
    }
}

impl Guess {
    /// `{"number","wireType","start","end","readings":[{"as","score","value"}]}`; 64-bit integers are strings.
    pub fn json(&self) -> Value {
        let readings: Vec<Value> = self.readings.iter().map(Reading::json).collect();
        json!({ "number": self.number, "wireType": self.wire_type, "start": self.start, "end": self.end,
            "readings": readings })
    }
}

impl Reading {
    fn json(&self) -> Value {
        use base64::Engine;
        let float = |v: f64| if v.is_finite() { json!(v) } else { json!(v.to_string()) };
        let (kind, value) = match &self.kind {
            ReadingKind::Unsigned(v) => ("uint", json!(v.to_string())),
            ReadingKind::Signed(v) => ("int", json!(v.to_string())),
            ReadingKind::ZigZag(v) => ("sint", json!(v.to_string())),
            ReadingKind::Boolean(v) => ("bool", json!(v)),
            ReadingKind::Double(v) => ("double", float(*v)),
            ReadingKind::Float(v) => ("float", float((*v).into())),
            ReadingKind::Message(fields) => ("message", fields.iter().map(Guess::json).collect()),
            ReadingKind::Text(text) => ("string", json!(text)),
            ReadingKind::PackedVarints(list) => {
                ("packed", list.iter().map(|v| json!(v.to_string())).collect())
            }
            ReadingKind::PackedDoubles(list) => ("packed double", list.iter().map(|v| float(*v)).collect()),
            ReadingKind::PackedFloats(list) => {
                ("packed float", list.iter().map(|v| float((*v).into())).collect())
            }
            ReadingKind::Bytes(bytes) => {
                ("bytes", json!(base64::engine::general_purpose::STANDARD.encode(bytes)))
            }
        };
        json!({ "as": kind, "score": self.score, "value": value })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(bytes: &[u8]) -> Vec<(u32, ReadingKind)> {
        let fields = guess(bytes, &Limits::default()).unwrap();
        fields.into_iter().map(|f| (f.number, f.readings.into_iter().next().unwrap().kind)).collect()
    }

    #[test]
    fn the_likeliest_reading_comes_first() {
        let bytes = b"\x08\xe9\x07\x12\x06Laptop\x19\x52\xb8\x1e\x85\xeb\x3f\x8f\x40";
        let expected = [
            (1, ReadingKind::Unsigned(1001)),
            (2, ReadingKind::Text("Laptop".into())),
            (3, ReadingKind::Double(999.99)),
        ];
        assert_eq!(first(bytes), expected);
        let nested = [&[0x22, bytes.len() as u8], &bytes[..]].concat();
        assert!(matches!(&first(&nested)[0].1, ReadingKind::Message(fields) if fields.len() == 3));
        assert_eq!(
            first(&[8, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1])[0].1,
            ReadingKind::Signed(-1)
        );
        assert_eq!(guess(b"\xff\xff", &Limits::default()), None);
        assert_eq!(guess(b"", &Limits::default()), Some(Vec::new()));
    }

    #[test]
    fn nesting_is_bounded() {
        let mut bytes = Vec::new();
        for _ in 0..300 {
            let mut outer = vec![0x0a];
            let mut n = bytes.len();
            while n >= 0x80 {
                outer.push(n as u8 | 0x80);
                n >>= 7;
            }
            outer.push(n as u8);
            outer.extend(&bytes);
            bytes = outer;
        }
        assert!(guess(&bytes, &Limits::default()).is_some());
    }
}
