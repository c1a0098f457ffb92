//! Well-known types: messages whose JSON form isn't that of their fields.

mod any;
mod decode;
mod mask;
pub(super) mod time;
mod value;

use super::model::{Message, Schema, Type};

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
