//! The well-known types, for schemas that import them without bringing their files.

use super::declared::{EnumDecl, FieldDecl, FileDecl, Label, MessageDecl, OneofDecl};
use super::features::Edition;
use super::numbers::kind::{BOOL, BYTES, DOUBLE, ENUM, FLOAT, INT32, INT64, MESSAGE, STRING, UINT32, UINT64};

/// Fields as (name, number, type or type name), their JSON names made from the names.
type FieldRow = (&'static str, i64, Kind);

enum Kind {
    Scalar(u8),
    Repeated(u8),
    Named(u8, &'static str),
    RepeatedNamed(&'static str),
}

fn field((name, number, kind): FieldRow) -> FieldDecl {
    let mut d = FieldDecl { name: name.into(), number, ..FieldDecl::default() };
    match kind {
        Kind::Scalar(kind) => d.kind = kind.into(),
        Kind::Repeated(kind) => (d.kind, d.label) = (kind.into(), Label::Repeated),
        Kind::Named(kind, name) => (d.kind, d.type_name) = (kind.into(), name.into()),
        Kind::RepeatedNamed(name) => {
            (d.kind, d.type_name, d.label) = (MESSAGE.into(), name.into(), Label::Repeated);
        }
    }
    d
}

fn message(name: &str, fields: impl IntoIterator<Item = FieldRow>) -> MessageDecl {
    let fields = fields.into_iter().map(field).collect();
    MessageDecl { name: name.into(), fields, ..MessageDecl::default() }
}

fn struct_type() -> MessageDecl {
    let value = Kind::Named(MESSAGE, ".google.protobuf.Value");
    let entry = message("FieldsEntry", [("key", 1, Kind::Scalar(STRING)), ("value", 2, value)]);
    let fields = Kind::RepeatedNamed(".google.protobuf.Struct.FieldsEntry");
    let mut d = message("Struct", [("fields", 1, fields)]);
    d.messages.push(MessageDecl { map_entry: true, ..entry });
    d
}

fn value_type() -> MessageDecl {
    let mut d = message(
        "Value",
        [
            ("null_value", 1, Kind::Named(ENUM, ".google.protobuf.NullValue")),
            ("number_value", 2, Kind::Scalar(DOUBLE)),
            ("string_value", 3, Kind::Scalar(STRING)),
            ("bool_value", 4, Kind::Scalar(BOOL)),
            ("struct_value", 5, Kind::Named(MESSAGE, ".google.protobuf.Struct")),
            ("list_value", 6, Kind::Named(MESSAGE, ".google.protobuf.ListValue")),
        ],
    );
    d.oneofs.push(OneofDecl { name: "kind".into(), ..OneofDecl::default() });
    for f in &mut d.fields {
        f.oneof = Some(0);
    }
    d
}

/// The well-known type of a full name.
pub(super) fn declaration(full_name: &str) -> Option<MessageDecl> {
    file(&|name| name == full_name).messages.pop()
}

/// A file with those well-known types that are wanted.
pub(super) fn file(wanted: &dyn Fn(&str) -> bool) -> FileDecl {
    let mut messages = vec![
        message("Timestamp", [("seconds", 1, Kind::Scalar(INT64)), ("nanos", 2, Kind::Scalar(INT32))]),
        message("Duration", [("seconds", 1, Kind::Scalar(INT64)), ("nanos", 2, Kind::Scalar(INT32))]),
        message("Any", [("type_url", 1, Kind::Scalar(STRING)), ("value", 2, Kind::Scalar(BYTES))]),
        message("FieldMask", [("paths", 1, Kind::Repeated(STRING))]),
        message("Empty", []),
        struct_type(),
        value_type(),
        message("ListValue", [("values", 1, Kind::RepeatedNamed(".google.protobuf.Value"))]),
    ];
    let wrappers = [
        ("DoubleValue", DOUBLE),
        ("FloatValue", FLOAT),
        ("Int64Value", INT64),
        ("UInt64Value", UINT64),
        ("Int32Value", INT32),
        ("UInt32Value", UINT32),
        ("BoolValue", BOOL),
        ("StringValue", STRING),
        ("BytesValue", BYTES),
    ];
    messages.extend(wrappers.map(|(name, kind)| message(name, [("value", 1, Kind::Scalar(kind))])));
    let null = vec![("NULL_VALUE".into(), 0)];
    let mut enums = vec![EnumDecl { name: "NullValue".into(), values: null, ..EnumDecl::default() }];
    let full = |name: &str| format!("google.protobuf.{name}");
    messages.retain(|m| wanted(&full(&m.name)));
    enums.retain(|e| wanted(&full(&e.name)));
    FileDecl {
        package: "google.protobuf".into(),
        edition: Edition::Proto3,
        messages,
        enums,
        ..FileDecl::default()
    }
}
