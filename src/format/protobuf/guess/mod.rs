//! Bytes without a schema: numbered fields, and every plausible reading of each value, the likeliest first.

mod json;
mod plausible;

use super::wire::{self, FIXED32, FIXED64, GROUP, LENGTH, VARINT};
use crate::error::{Code, Fault};
use crate::limits::Limits;
use crate::order::by_numbers;
use crate::wire::Cursor;

/// Fields and packed values that a guess may hold, over all readings.
const ITEMS: usize = 20_000;
/// How often the bytes may be looked at, level by level, and a floor for small payloads.
const LOOKS: usize = 8;
const FEW: usize = 1 << 20;

/// A message whose schema isn't known.
#[derive(Clone, Debug, PartialEq)]
pub struct Guess {
    /// Its fields, in their order on the wire.
    pub fields: Vec<Field>,
    /// Whether there is more: a guess holds 20,000 fields and packed values, and large payloads are not tried to the last
    /// level.
    pub truncated: bool,
}

/// A field as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its number.
    pub number: u32,
    /// How its value is written.
    pub wire_type: WireType,
    /// The first byte of its tag.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
    /// What it may be, the likeliest first.
    pub readings: Vec<Reading>,
}

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WireType {
    /// A number of one to ten bytes.
    Varint,
    /// Eight bytes.
    Fixed64,
    /// A length and as many bytes.
    Length,
    /// Fields between two tags.
    Group,
    /// Four bytes.
    Fixed32,
}

/// A reading of a value.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// What it would be.
    pub value: Value,
    /// How plausible that is, from 0 to 100.
    pub score: u8,
    /// Whether the value is here as a whole: of texts and bytes there are at most 1,024 bytes, of packed values 100.
    pub whole: bool,
}

/// What a value may be, by the names of Protobuf's types.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// An unsigned integer; also an enum's number.
    Uint64(u64),
    /// A negative one, of `int32` or `int64`.
    Int64(i64),
    /// Zig-zag: `sint32` or `sint64`.
    Sint64(i64),
    /// A boolean.
    Bool(bool),
    /// Eight bytes as a double.
    Double(f64),
    /// Eight bytes as an integer.
    Fixed64(u64),
    /// Eight bytes as a negative integer.
    Sfixed64(i64),
    /// Four bytes as a float.
    Float(f32),
    /// Four bytes as an integer.
    Fixed32(u32),
    /// Four bytes as a negative integer.
    Sfixed32(i32),
    /// A message behind its length.
    Message(Vec<Field>),
    /// A group, or a message that is written as one.
    Group(Vec<Field>),
    /// UTF-8.
    String(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// Packed varints.
    PackedUint64(Vec<u64>),
    /// Packed doubles.
    PackedDouble(Vec<f64>),
    /// Packed integers of eight bytes.
    PackedFixed64(Vec<u64>),
    /// Packed floats.
    PackedFloat(Vec<f32>),
    /// Packed integers of four bytes.
    PackedFixed32(Vec<u32>),
}

/// Reads bytes as a message without its schema. Lengths that hold well-formed fields are tried as messages, down to the
/// limit `depth`.
///
/// ```
/// use kafkalens::format::protobuf::guess::{Value, guess};
/// let found = guess(b"\x08\xe9\x07\x12\x06Laptop", &Default::default()).unwrap();
/// assert_eq!(found.fields[0].readings[0].value, Value::Uint64(1001));
/// assert_eq!(found.fields[1].readings[0].value, Value::String("Laptop".into()));
/// ```
///
/// # Errors
/// The first byte that no message has: `PROTOBUF_TAG`, `PROTOBUF_TRUNCATED`, `PROTOBUF_VARINT`, `PROTOBUF_GROUP`,
/// `PROTOBUF_DEPTH`.
pub fn guess(bytes: &[u8], limits: &Limits) -> Result<Guess, Fault> {
    from(Cursor::new(bytes, 0, bytes.len()), limits)
}

/// Reads what is left of a cursor; places count from the start of its buffer.
pub(crate) fn from(c: Cursor<'_>, limits: &Limits) -> Result<Guess, Fault> {
    let mut budget = Budget { items: ITEMS, bytes: c.left().saturating_mul(LOOKS).max(FEW), spent: false };
    let fields = message(c, limits.depth + 1, &mut budget)?;
    Ok(Guess { fields, truncated: budget.spent })
}

/// What all readings together may hold, and how many bytes may be looked at.
struct Budget {
    items: usize,
    bytes: usize,
    spent: bool,
}

impl Budget {
    /// As many of `n` items as there is room for.
    fn take(&mut self, n: usize) -> usize {
        let taken = n.min(self.items);
        self.items -= taken;
        self.spent |= taken < n;
        taken
    }

    /// Whether `n` bytes may be looked at once more.
    fn look(&mut self, n: usize) -> bool {
        let left = self.bytes.checked_sub(n);
        self.bytes = left.unwrap_or(self.bytes);
        self.spent |= left.is_none();
        left.is_some()
    }
}

fn message(mut c: Cursor<'_>, depth: usize, budget: &mut Budget) -> Result<Vec<Field>, Fault> {
    let Some(depth) = depth.checked_sub(1) else { return Err(Fault::new(Code::ProtobufDepth, c.at())) };
    // Most bytes are no message: a look that makes nothing comes first, so that what is tried costs little.
    let mut probe = c.clone();
    while probe.left() > 0 {
        let tag = wire::tag(&mut probe)?;
        wire::skip(&mut probe, tag, depth)?;
    }
    let mut out = Vec::new();
    while c.left() > 0 && budget.take(1) == 1 {
        out.push(field(&mut c, depth, budget)?);
    }
    Ok(out)
}

fn field(c: &mut Cursor<'_>, depth: usize, budget: &mut Budget) -> Result<Field, Fault> {
    let start = c.at();
    let (number, wire_type) = wire::tag(c)?;
    let (wire_type, mut readings) = match wire_type {
        VARINT => (WireType::Varint, plausible::varint(wire::varint(c)?)),
        FIXED64 => (WireType::Fixed64, plausible::fixed64(u64::from_le_bytes(array(c)?))),
        FIXED32 => (WireType::Fixed32, plausible::fixed32(u32::from_le_bytes(array(c)?))),
        LENGTH => {
            let (from, to) = wire::length(c)?;
            (WireType::Length, length(c.part(from, to), depth, budget))
        }
        GROUP => {
            let (from, to) = wire::group(c, number, depth)?;
            let fields = message(c.part(from, to), depth, budget)?;
            (WireType::Group, vec![plausible::reading(Value::Group(fields), 100)])
        }
        _ => return Err(Fault::new(Code::ProtobufGroup, start)),
    };
    by_numbers(&mut readings, |r| (-i64::from(r.score), 0));
    Ok(Field { number, wire_type, start, end: c.at(), readings })
}

fn array<const N: usize>(c: &mut Cursor<'_>) -> Result<[u8; N], Fault> {
    c.array().map_err(|e| wire::short(c, e, N))
}

fn length(c: Cursor<'_>, depth: usize, budget: &mut Budget) -> Vec<Reading> {
    let bytes = c.rest();
    let mut out: Vec<Reading> = plausible::text(bytes).into_iter().collect();
    if !bytes.is_empty() && budget.look(bytes.len()) {
        if let Ok(fields) = message(c, depth, budget) {
            out.push(plausible::message(fields));
        }
        for packed in plausible::packed(bytes) {
            if budget.take(packed.value.items()) == packed.value.items() {
                out.push(packed);
            }
        }
    }
    out.push(plausible::bytes(bytes));
    out
}

impl Value {
    /// How many packed values it holds.
    fn items(&self) -> usize {
        match self {
            Value::PackedUint64(v) | Value::PackedFixed64(v) => v.len(),
            Value::PackedDouble(v) => v.len(),
            Value::PackedFloat(v) => v.len(),
            Value::PackedFixed32(v) => v.len(),
            _ => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(bytes: &[u8]) -> Vec<(u32, Value)> {
        let fields = guess(bytes, &Limits::default()).unwrap().fields;
        fields.into_iter().map(|f| (f.number, f.readings.into_iter().next().unwrap().value)).collect()
    }

    /// A field of this number with these bytes behind their length.
    fn sized(number: u8, bytes: &[u8]) -> Vec<u8> {
        let mut out = vec![number << 3 | LENGTH];
        let mut n = bytes.len();
        while n >= 0x80 {
            out.push(n as u8 | 0x80);
            n >>= 7;
        }
        out.push(n as u8);
        out.extend(bytes);
        out
    }

    #[test]
    fn the_likeliest_reading_comes_first() {
        let bytes = b"\x08\xe9\x07\x12\x06Laptop\x19\x52\xb8\x1e\x85\xeb\x3f\x8f\x40";
        let expected =
            [(1, Value::Uint64(1001)), (2, Value::String("Laptop".into())), (3, Value::Double(999.99))];
        assert_eq!(first(bytes), expected);
        assert!(matches!(&first(&sized(4, bytes))[0].1, Value::Message(fields) if fields.len() == 3));
        let negative = [8, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1];
        assert_eq!(first(&negative)[0].1, Value::Int64(-1));
        assert_eq!(guess(b"\xff\xff", &Limits::default()).unwrap_err().code, Code::ProtobufTruncated);
        assert_eq!(guess(b"\x00", &Limits::default()).unwrap_err().code, Code::ProtobufTag);
        assert_eq!(first(b""), []);
    }

    #[test]
    fn every_plausible_reading_is_there() {
        let of = |bytes: &[u8]| {
            let fields = guess(bytes, &Limits::default()).unwrap().fields;
            fields[0].readings.iter().map(|r| r.value.clone()).collect::<Vec<_>>()
        };
        assert_eq!(of(&[8, 1]), [Value::Uint64(1), Value::Bool(true), Value::Sint64(-1)]);
        assert_eq!(of(&[8, 3]), [Value::Uint64(3), Value::Sint64(-2)]);
        assert_eq!(of(&[0x0d, 0, 0, 0x80, 0x3f])[0], Value::Float(1.0));
        assert_eq!(of(&[0x0d, 5, 0, 0, 0])[0], Value::Fixed32(5));
        assert_eq!(of(&[0x0d, 0xff, 0xff, 0xff, 0xff])[0], Value::Sfixed32(-1));
        assert_eq!(of(&[0x0b, 8, 1, 0x0c]).len(), 1);
        let packed = of(&[0x0a, 3, 0x83, 1, 7]);
        assert_eq!(packed[0], Value::PackedUint64(vec![131, 7]));
        assert!(packed.contains(&Value::Bytes(vec![0x83, 1, 7])));
        let floats = sized(1, &[1f32, 2.5, -3.0].map(f32::to_le_bytes).concat());
        assert_eq!(of(&floats)[0], Value::PackedFloat(vec![1.0, 2.5, -3.0]));
        let integers = sized(1, &[9u64, 300].map(u64::to_le_bytes).concat());
        assert!(of(&integers).contains(&Value::PackedFixed64(vec![9, 300])));
    }

    #[test]
    fn nesting_is_bounded() {
        let bytes = (0..300).fold(Vec::new(), |inner, _| sized(1, &inner));
        let mut fields = guess(&bytes, &Limits::default()).unwrap().fields;
        let mut levels = 0;
        while let Some(Value::Message(inner)) = fields
            .first()
            .and_then(|f| f.readings.iter().map(|r| r.value.clone()).find(|v| matches!(v, Value::Message(_))))
        {
            (fields, levels) = (inner, levels + 1);
        }
        assert_eq!(levels, Limits::default().depth);
        let groups = [0x0b; 102];
        assert_eq!(guess(&groups, &Limits::default()).unwrap_err().code, Code::ProtobufDepth);
    }

    #[test]
    fn what_is_held_is_bounded() {
        let many = guess(&[8, 1].repeat(50_000), &Limits::default()).unwrap();
        assert!(many.truncated && many.fields.len() == ITEMS);
        // A text in a message in a message: each level would hold it again.
        let bytes = (0..90).fold(vec![b'x'; 1_000_000], |inner, _| sized(1, &inner));
        let text = crate::json::to_text(&guess(&bytes, &Limits::default()).unwrap());
        assert!(text.len() < 1_000_000, "{}", text.len());
        let one = guess(&sized(1, &[b'x'; 5_000]), &Limits::default()).unwrap();
        let cut = |r: &Reading| matches!(r.value, Value::Message(_)) || !r.whole;
        assert!(one.fields[0].readings.iter().all(cut));
    }
}
