//! Well-known types: messages whose JSON form isn't that of their fields.

mod any;
mod decode;
mod mask;
pub(super) mod time;
mod value;

use super::builtin;
use super::declared::{FieldDecl, Label};
use super::model::{Field, Message, Schema, Type};

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
    let kind = match message.full_name.strip_prefix("google.protobuf.")? {
        "Timestamp" => WellKnown::Timestamp,
        "Duration" => WellKnown::Duration,
        "FieldMask" => WellKnown::FieldMask,
        "Struct" => WellKnown::Struct,
        "Value" => WellKnown::Value,
        "ListValue" => WellKnown::ListValue,
        "Any" => WellKnown::Any,
        "DoubleValue" | "FloatValue" | "Int64Value" | "UInt64Value" | "Int32Value" | "UInt32Value"
        | "BoolValue" | "StringValue" | "BytesValue" => WellKnown::Wrapper,
        _ => return None,
    };
    let declared = builtin::declaration(&message.full_name)?.fields;
    let same = message.fields.len() == declared.len()
        && message.fields.iter().zip(&declared).all(|(f, d)| is_declared(schema, f, d));
    same.then_some(kind)
}

fn is_declared(schema: &Schema, f: &Field, d: &FieldDecl) -> bool {
    let named = match f.ty {
        Type::Message(id) => Some(&schema.get(id).full_name),
        Type::Enum(id) => Some(&schema.get_enum(id).full_name),
        _ => None,
    };
    let same_type = match named {
        Some(name) => d.type_name.strip_prefix('.') == Some(name),
        None => u8::try_from(d.kind).ok().and_then(Type::scalar) == Some(f.ty),
    };
    i64::from(f.number) == d.number && f.repeated == (d.label == Label::Repeated) && same_type
}
