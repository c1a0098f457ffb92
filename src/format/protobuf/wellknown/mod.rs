//! Well-known types: messages whose JSON form isn't that of their fields.

mod any;
mod mask;
pub(super) mod time;
mod value;

use super::decode::Decoder;
use super::model::{Message, Schema, Type};
use super::scan::Level;
use crate::error::{Code, Fault};
use crate::format::{Sink, Span};

/// Which well-known type a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WellKnown {
    Timestamp,
    Duration,
    FieldMask,
    Struct,
    Value,
    ListValue,
    /// `Int64Value` and its like: the value of field 1.
    Wrapper,
    Any,
}

/// The well-known type of a message that has its name and its fields.
pub(super) fn recognise(schema: &Schema, message: &Message) -> Option<WellKnown> {
    let name = message.full_name.strip_prefix("google.protobuf.")?;
    let wrapped = |ty| (WellKnown::Wrapper, vec![(1, ty, false)]);
    let (kind, fields): (WellKnown, Vec<(u32, Want, bool)>) = match name {
        "Timestamp" => (WellKnown::Timestamp, seconds_and_nanos()),
        "Duration" => (WellKnown::Duration, seconds_and_nanos()),
        "FieldMask" => (WellKnown::FieldMask, vec![(1, Want::Scalar(Type::String), true)]),
        "Struct" => (WellKnown::Struct, vec![(1, Want::Named("Struct.FieldsEntry"), true)]),
        "Value" => (WellKnown::Value, value_fields()),
        "ListValue" => (WellKnown::ListValue, vec![(1, Want::Named("Value"), true)]),
        "Any" => {
            let fields = vec![(1, Want::Scalar(Type::String), false), (2, Want::Scalar(Type::Bytes), false)];
            (WellKnown::Any, fields)
        }
        "DoubleValue" => wrapped(Want::Scalar(Type::Double)),
        "FloatValue" => wrapped(Want::Scalar(Type::Float)),
        "Int64Value" => wrapped(Want::Scalar(Type::Int64)),
        "UInt64Value" => wrapped(Want::Scalar(Type::Uint64)),
        "Int32Value" => wrapped(Want::Scalar(Type::Int32)),
        "UInt32Value" => wrapped(Want::Scalar(Type::Uint32)),
        "BoolValue" => wrapped(Want::Scalar(Type::Bool)),
        "StringValue" => wrapped(Want::Scalar(Type::String)),
        "BytesValue" => wrapped(Want::Scalar(Type::Bytes)),
        _ => return None,
    };
    let same = message.fields.len() == fields.len()
        && message.fields.iter().zip(&fields).all(|(f, (number, want, repeated))| {
            f.number == *number && f.repeated == *repeated && want.is(schema, f.ty)
        });
    same.then_some(kind)
}

enum Want {
    Scalar(Type),
    Named(&'static str),
}

impl Want {
    fn is(&self, schema: &Schema, ty: Type) -> bool {
        let name = match (self, ty) {
            (Want::Scalar(want), ty) => return *want == ty,
            (_, Type::Message(id)) => &schema.get(id).full_name,
            (_, Type::Enum(id)) => &schema.get_enum(id).full_name,
            _ => return false,
        };
        matches!(self, Want::Named(want) if name.strip_prefix("google.protobuf.") == Some(want))
    }
}

fn seconds_and_nanos() -> Vec<(u32, Want, bool)> {
    vec![(1, Want::Scalar(Type::Int64), false), (2, Want::Scalar(Type::Int32), false)]
}

fn value_fields() -> Vec<(u32, Want, bool)> {
    vec![
        (1, Want::Named("NullValue"), false),
        (2, Want::Scalar(Type::Double), false),
        (3, Want::Scalar(Type::String), false),
        (4, Want::Scalar(Type::Bool), false),
        (5, Want::Named("Struct"), false),
        (6, Want::Named("ListValue"), false),
    ]
}

/// A value that has no JSON form.
#[cold]
fn out_of_range(at: Span) -> Fault {
    Fault::new(Code::ProtobufWellKnown, at.0)
}

impl<S: Sink + ?Sized> Decoder<'_, '_, S> {
    /// A message of this well-known type, already scanned.
    pub(super) fn well_known(
        &mut self,
        kind: WellKnown,
        index: u32,
        level: Level,
        at: Span,
        depth: usize,
    ) -> Result<(), Fault> {
        match kind {
            WellKnown::Timestamp => self.time(index, level, at, time::timestamp),
            WellKnown::Duration => self.time(index, level, at, time::duration),
            WellKnown::Wrapper => {
                let f = &self.plan().message(index).fields[0];
                self.value(f, self.scan.slot(level, 0), at.1, depth)
            }
            _ => {
                let scan = self.scan.reborrow();
                let mut rare =
                    Decoder { scan, sink: self.sink.erased(), made: self.made, tagged: self.tagged };
                let result = rare.rare(kind, index, level, at, depth);
                self.made = rare.made;
                result
            }
        }
    }

    /// Seconds and nanoseconds as text.
    fn time(
        &mut self,
        index: u32,
        level: Level,
        at: Span,
        write: fn(i64, i32, &mut String) -> Option<()>,
    ) -> Result<(), Fault> {
        let fields = &self.plan().message(index).fields;
        let (mut seconds, mut nanos) = (0, 0);
        for (place, f) in fields.iter().enumerate() {
            let bits = self.bits(f, self.scan.slot(level, place))?;
            if place == 0 { seconds = bits as i64 } else { nanos = bits as i32 }
        }
        let text = &mut self.scan.scratch.text;
        text.clear();
        write(seconds, nanos, text).ok_or_else(|| out_of_range(at))?;
        self.sink.text(text, at);
        Ok(())
    }
}

impl Decoder<'_, '_, dyn Sink + '_> {
    /// What messages seldom have, compiled once.
    fn rare(
        &mut self,
        kind: WellKnown,
        index: u32,
        level: Level,
        at: Span,
        depth: usize,
    ) -> Result<(), Fault> {
        match kind {
            WellKnown::FieldMask => self.field_mask(index, level, at),
            WellKnown::Struct => self.struct_value(index, level, at, depth),
            WellKnown::Value => self.any_value(index, level, at, depth),
            WellKnown::ListValue => self.list_value(index, level, at, depth),
            WellKnown::Any => self.any(index, level, at, depth),
            WellKnown::Timestamp | WellKnown::Duration | WellKnown::Wrapper => {
                self.well_known(kind, index, level, at, depth)
            }
        }
    }
}
