//! Against prost-reflect 0.16, on mutated messages: where it disagrees, it must be for a reason that
//! docs/protobuf-differences.md lists, and each of these reasons must have been seen. `MUTATIONS=100000` tries more.

#[path = "support/random.rs"]
mod random;

use kafkalens::dialect::Options;
use kafkalens::format::protobuf::{Plan, Schema, Scratch, proto};
use kafkalens::limits::Limits;
use kafkalens::sink::json::Json;
use kafkalens::wire::Cursor;
use prost_reflect::{DescriptorPool, DynamicMessage, SerializeOptions};
use random::{Random, varint};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;

const TEXT: &str = r#"
syntax = "proto2";
package t;
import "three.proto";
message All {
  optional int32 i32 = 1; optional sint64 s64 = 2; optional fixed32 f32 = 3; optional double double = 4;
  optional float float = 5; optional bool bool = 6; optional string string = 7; optional bytes bytes = 8;
  optional Closed closed = 9; optional All message = 10;
  repeated int32 numbers = 11; repeated sint32 packed = 12 [packed = true]; repeated string strings = 13;
  map<string, int64> map = 14; map<int32, All> messages = 15;
  oneof one { string a = 16; All b = 17; uint64 c = 18; }
  repeated Closed several = 19; optional group Group = 20 { optional int32 x = 1; } optional Three three = 21;
}
enum Closed { ZERO = 0; ONE = 1; }
"#;
/// Its fields have implicit presence.
const THREE: &str =
    r#"syntax = "proto3"; package t; message Three { double double = 4; float float = 5; int32 i32 = 1; }"#;

/// A wire type that fits each field, by number.
const FITTING: [u8; 21] = [0, 0, 5, 1, 5, 0, 2, 2, 0, 2, 0, 2, 2, 2, 2, 2, 2, 0, 0, 3, 2];

impl Random {
    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    fn varint(&mut self) -> Vec<u8> {
        let v = self.pick(&[0, 1, 2, 5, 150, 1 << 31, u64::from(u32::MAX), 1 << 63, u64::MAX]);
        varint(v)
    }

    /// A field, of its own wire type mostly.
    fn field(&mut self, depth: usize) -> Vec<u8> {
        let number = self.below(FITTING.len()) + 1;
        let wire = if self.below(8) > 0 { FITTING[number - 1] } else { self.pick(&[0, 1, 2, 3, 5]) };
        let mut out = varint((number as u64) << 3 | u64::from(wire));
        match wire {
            0 => out.extend(self.varint()),
            1 => out.extend(self.pick(&[0f64, -0.0, 1.5, f64::NAN]).to_le_bytes()),
            5 => out.extend(self.pick(&[0f32, -0.0, 1.5, f32::INFINITY]).to_le_bytes()),
            2 => {
                let body = self.body(number, depth);
                out.extend(varint(body.len() as u64));
                out.extend(body);
            }
            _ => {
                out.extend([8, 1]);
                out.extend(varint((number as u64) << 3 | 4));
            }
        }
        out
    }

    fn body(&mut self, number: usize, depth: usize) -> Vec<u8> {
        match number {
            10 | 17 if depth < 3 => (0..self.below(3)).flat_map(|_| self.field(depth + 1)).collect(),
            12 => (0..self.below(4)).flat_map(|_| self.varint()).collect(),
            21 => [b"\x21".as_slice(), &self.pick(&[0f64, -0.0, 1.5]).to_le_bytes()].concat(),
            14 => [b"\x0a\x01k\x10".as_slice(), &self.varint()].concat(),
            15 => [b"\x08".as_slice(), &self.varint(), b"\x12\x02\x08\x01"].concat(),
            _ => self.pick(&[b"".as_slice(), b"abc", "é".as_bytes(), b"\xff"]).to_vec(),
        }
    }

    fn message(&mut self) -> Vec<u8> {
        let mut out: Vec<u8> = (0..=self.below(4)).flat_map(|_| self.field(0)).collect();
        if self.below(4) == 0 {
            let at = self.below(out.len());
            match self.below(3) {
                0 => out.truncate(at),
                1 => out[at] = self.below(256) as u8,
                _ => out.insert(at, self.below(256) as u8),
            }
        }
        out
    }
}

/// Both decoders.
struct Both {
    plan: Plan,
    pool: DescriptorPool,
}

impl Both {
    fn new() -> Both {
        let set = proto::compile(&[("three.proto", THREE), ("t.proto", TEXT)], &Limits::default()).unwrap();
        let schema = Arc::new(Schema::from_descriptors(&set, &Limits::default()).unwrap());
        let options = Options::from_json(r#"{"dialect":"protojson"}"#).unwrap();
        let id = schema.message("t.All").unwrap();
        let plan = Plan::compile(&schema, id, &options.style(), &Limits::default()).unwrap();
        Both { plan, pool: DescriptorPool::decode(set.as_slice()).unwrap() }
    }

    fn ours(&self, bytes: &[u8]) -> Option<Value> {
        let mut json = Json::new();
        let cursor = Cursor::new(bytes, 0, bytes.len());
        self.plan.decode(cursor, &mut Scratch::default(), &mut json).ok()?;
        Some(serde_json::from_str(&json.into_string()).unwrap())
    }

    fn theirs(&self, bytes: &[u8]) -> Option<Value> {
        let kind = self.pool.get_message_by_name("t.All").unwrap();
        let message = DynamicMessage::decode(kind, bytes).ok()?;
        let value = serde_json::value::Serializer;
        message.serialize_with_options(value, &SerializeOptions::new().skip_default_fields(true)).ok()
    }

    /// Why the two disagree; nothing where they don't.
    fn reason(&self, bytes: &[u8]) -> Option<Reason> {
        let (ours, theirs) = (self.ours(bytes), self.theirs(bytes));
        let mut oddities = Oddities::default();
        oddities.walk(bytes, 0);
        let beyond = |ten: &[u8]| ten[..9].iter().all(|b| *b >= 0x80) && (2..0x80).contains(&ten[9]);
        oddities.varint = bytes.windows(10).any(beyond);
        match (&ours, &theirs) {
            (None, None) => None,
            (Some(a), Some(b)) if same(a, b) => None,
            (Some(a), Some(b)) if same(&without_zeros(a), &without_zeros(b)) => Some(Reason::NegativeZero),
            (Some(a), Some(b)) if strange(b) && same(&named(a), &named(b)) => Some(Reason::ClosedEnum),
            (_, Some(_)) if oddities.map => Some(Reason::MapWire),
            (Some(_), None) if oddities.wire || oddities.map => Some(Reason::Wire),
            (Some(_), None) if oddities.utf8 => Some(Reason::Utf8),
            (Some(_), None) if oddities.varint => Some(Reason::Varint),
            _ => Some(Reason::Unlisted),
        }
    }
}

/// Why the two disagree: the rows of docs/protobuf-differences.md.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Reason {
    /// It takes a map's field of any wire type for an entry.
    MapWire,
    /// It refuses a message for a known field of another wire type.
    Wire,
    /// It refuses bytes that are no UTF-8 in a string of proto2.
    Utf8,
    /// It refuses a varint with bits beyond the 64th.
    Varint,
    /// It shows the unknown values of closed enums.
    ClosedEnum,
    /// It drops -0.0 where presence is implicit.
    NegativeZero,
    Unlisted,
}

/// What a payload has that is not as the schema says.
#[derive(Default)]
struct Oddities {
    map: bool,
    wire: bool,
    utf8: bool,
    varint: bool,
}

impl Oddities {
    /// Looks at a message's fields, as far as they are well-formed.
    fn walk(&mut self, mut bytes: &[u8], depth: usize) {
        while let Some((tag, rest)) = number(bytes) {
            let (field, wire) = ((tag >> 3) as usize, (tag & 7) as u8);
            let wanted = field.checked_sub(1).and_then(|i| FITTING.get(i)).copied();
            // Repeated numbers may be packed or not.
            let packable = matches!(field, 11 | 12 | 19) && matches!(wire, 0 | 2);
            match field {
                14 | 15 if wire != 2 => self.map = true,
                _ => self.wire |= wanted.is_some_and(|w| w != wire && !packable),
            }
            let (size, rest) = match wire {
                0 => (rest.len() - number(rest).map_or(0, |(_, r)| r.len()), rest),
                1 => (8, rest),
                5 => (4, rest),
                2 => match number(rest) {
                    Some((length, rest)) => (length as usize, rest),
                    None => return,
                },
                // What is in a group comes next.
                3 | 4 => (0, rest),
                _ => return,
            };
            let Some((body, rest)) = rest.split_at_checked(size) else { return };
            if wire == 2 && depth < 10 {
                self.body(field, body, depth);
            }
            bytes = rest;
        }
    }

    fn body(&mut self, field: usize, body: &[u8], depth: usize) {
        match field {
            7 | 13 | 16 => self.utf8 |= std::str::from_utf8(body).is_err(),
            10 | 17 => self.walk(body, depth + 1),
            // Entries, and what is in them: fields 1 and 2 of the types that the schema says.
            14 | 15 | 21 => {
                let wires: &[(u64, u64)] = match field {
                    14 => &[(1, 2), (2, 0)],
                    15 => &[(1, 0), (2, 2)],
                    _ => &[(1, 0), (4, 1), (5, 5)],
                };
                let tags = number(body).into_iter().chain(body.iter().map(|b| (u64::from(*b), body)));
                self.wire |= tags.into_iter().any(|(tag, _)| {
                    wires.iter().any(|(number, wire)| tag >> 3 == *number && tag & 7 != *wire)
                });
                self.utf8 |= field == 14 && std::str::from_utf8(body).is_err();
                if field == 15 {
                    (1..body.len()).for_each(|from| self.walk(&body[from..], 9));
                }
            }
            _ => {}
        }
    }
}

fn number(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let end = bytes.iter().take(10).position(|b| *b < 0x80)?;
    let value = bytes[..=end].iter().rev().fold(0u64, |v, b| v << 7 | u64::from(b & 0x7f));
    Some((value, &bytes[end + 1..]))
}

/// Whether two values are one: numbers by what they are as floats of 32 bits, -0 and 0 apart.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => {
            let float = |n: &serde_json::Number| n.as_f64().map(|v| (v as f32).to_bits());
            a == b || float(a) == float(b)
        }
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(k, a)| b.get(k).is_some_and(|b| same(a, b)))
        }
        _ => a == b,
    }
}

/// A value without members that are -0.0.
fn without_zeros(v: &Value) -> Value {
    let negative = |v: &Value| v.as_f64().is_some_and(|v| v == 0.0 && v.is_sign_negative());
    match v {
        Value::Array(items) => items.iter().map(without_zeros).collect(),
        Value::Object(map) => {
            let kept = map.iter().filter(|(_, v)| !negative(v));
            kept.map(|(k, v)| (k.clone(), without_zeros(v))).collect()
        }
        other => other.clone(),
    }
}

/// Whether a closed enum's field shows a number.
fn strange(v: &Value) -> bool {
    let Value::Object(map) = v else { return false };
    map.iter().any(|(name, v)| match (name.as_str(), v) {
        ("closed", v) => v.is_number(),
        ("several", Value::Array(items)) => items.iter().any(Value::is_number),
        (_, v) => strange(v),
    })
}

/// A value without zeros that are negative, a closed enum's field, and the numbers among several of it.
fn named(v: &Value) -> Value {
    let Value::Object(map) = without_zeros(v) else { return v.clone() };
    let mut out = serde_json::Map::new();
    for (name, v) in map {
        let kept = match (name.as_str(), v) {
            ("closed", _) => continue,
            ("several", Value::Array(items)) => {
                let names: Vec<Value> = items.into_iter().filter(Value::is_string).collect();
                if names.is_empty() {
                    continue;
                }
                names.into()
            }
            (_, v) => named(&v),
        };
        out.insert(name, kept);
    }
    out.into()
}

#[test]
fn disagreements_are_those_that_are_listed() {
    let both = Both::new();
    let rounds: usize = std::env::var("MUTATIONS").ok().and_then(|n| n.parse().ok()).unwrap_or(5_000);
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut seen: BTreeMap<Reason, usize> = BTreeMap::new();
    for _ in 0..rounds {
        let bytes = random.message();
        let Some(reason) = both.reason(&bytes) else { continue };
        *seen.entry(reason).or_default() += 1;
        if reason == Reason::Unlisted {
            println!("{bytes:02x?}\n  here {:?}\n  there {:?}", both.ours(&bytes), both.theirs(&bytes));
        }
    }
    println!("{rounds} messages, disagreements: {seen:?}");
    assert_eq!(seen.remove(&Reason::Unlisted), None);
    let listed = [
        Reason::MapWire,
        Reason::Wire,
        Reason::Utf8,
        Reason::Varint,
        Reason::ClosedEnum,
        Reason::NegativeZero,
    ];
    assert_eq!(seen.into_keys().collect::<Vec<_>>(), listed, "each reason that is listed is seen");
}

#[test]
fn it_panics_on_editions() {
    let text = "edition = \"2023\"; message M { int32 a = 1; }";
    let set = proto::compile(&[("t.proto", text)], &Limits::default()).unwrap();
    assert!(std::panic::catch_unwind(|| DescriptorPool::decode(set.as_slice())).is_err());
}
