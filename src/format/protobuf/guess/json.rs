//! Guesses as documents: `{"as","confidence","value"}` is a reading. 64-bit integers are texts of their digits, bytes base64.

use super::{Field, Guess, Reading, Value, WireType};
use crate::json::{Text, Write};
use crate::wire::base64;

impl Guess {
    /// Writes the members of its document.
    pub(crate) fn members(&self, out: &mut Text) {
        out.member("fields", &self.fields);
        out.optional("truncated", self.truncated.then_some(true));
    }
}

impl Write for Guess {
    fn write(&self, out: &mut Text) {
        out.object(|out| self.members(out));
    }
}

impl Write for Field {
    fn write(&self, out: &mut Text) {
        out.object(|out| {
            out.member("number", &self.number);
            out.member("wireType", self.wire_type.as_str());
            out.member("start", &self.start);
            out.member("end", &self.end);
            out.member("readings", &self.readings);
        });
    }
}

impl Write for Reading {
    fn write(&self, out: &mut Text) {
        out.object(|out| {
            out.member("as", self.value.kind());
            out.member("confidence", &(f64::from(self.score) / 100.0));
            out.member("value", &self.value);
            out.optional("truncated", (!self.whole).then_some(true));
        });
    }
}

impl WireType {
    /// The name as documents have it.
    pub const fn as_str(self) -> &'static str {
        match self {
            WireType::Varint => "varint",
            WireType::Fixed64 => "fixed64",
            WireType::Length => "length",
            WireType::Group => "group",
            WireType::Fixed32 => "fixed32",
        }
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
}

/// What is no finite number is a text, as everywhere.
impl Write for Value {
    fn write(&self, out: &mut Text) {
        match self {
            Value::Uint64(v) | Value::Fixed64(v) => v.to_string().write(out),
            Value::Int64(v) | Value::Sint64(v) | Value::Sfixed64(v) => v.to_string().write(out),
            Value::Bool(v) => v.write(out),
            Value::Double(v) => v.write(out),
            Value::Float(v) => f64::from(*v).write(out),
            Value::Fixed32(v) => v.write(out),
            Value::Sfixed32(v) => v.write(out),
            Value::String(text) => text.write(out),
            Value::Bytes(bytes) => base64::encode(bytes).write(out),
            Value::PackedUint64(list) | Value::PackedFixed64(list) => {
                out.array(|out| list.iter().for_each(|v| v.to_string().write(out)));
            }
            Value::PackedDouble(list) => list.write(out),
            Value::PackedFloat(list) => out.array(|out| list.iter().for_each(|v| f64::from(*v).write(out))),
            Value::PackedFixed32(list) => list.write(out),
            Value::Message(fields) | Value::Group(fields) => fields.write(out),
        }
    }
}
