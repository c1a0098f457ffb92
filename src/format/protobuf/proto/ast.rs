//! What .proto text declares, shaped like descriptors (`google/protobuf/descriptor.proto`).

use super::super::features::Edition;

/// A file.
#[derive(Clone, Debug, Default)]
pub(super) struct File {
    pub name: String,
    pub package: String,
    pub package_at: usize,
    pub edition: Edition,
    pub imports: Vec<Import>,
    pub messages: Vec<Message>,
    pub enums: Vec<Enum>,
    pub services: Vec<Service>,
    pub extensions: Vec<Field>,
    pub options: Options,
}

/// How a file is imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    Plain,
    Public,
    Weak,
    /// Only for options (edition 2024).
    Option,
}

/// An import.
#[derive(Clone, Debug)]
pub(super) struct Import {
    pub at: usize,
    pub name: String,
    pub how: How,
}

/// Options of one declaration. Those that were interpreted are found by `id`; 0 is none.
#[derive(Clone, Debug, Default)]
pub(super) struct Options {
    pub id: usize,
    pub entries: Vec<OptionDecl>,
}

/// An option: name and value.
#[derive(Clone, Debug)]
pub(super) struct OptionDecl {
    pub at: usize,
    pub name: Vec<Part>,
    pub value_at: usize,
    pub value: Value,
}

/// A part of an option's name: `a` or `(a.b)`.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub name: String,
    pub extension: bool,
}

/// A value as text has it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Ident(String),
    NegativeIdent(String),
    Int(u64),
    Negative(u64),
    /// An octal or hexadecimal integer in text format, which is no number of a float there.
    Based(i128),
    Float(f64),
    Str(Vec<u8>),
    Message(Vec<Entry>),
    List(Vec<Value>),
}

/// A field of a message value.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry {
    pub at: usize,
    /// A field's name, an extension's full name, or the type URL of an `Any`.
    pub name: String,
    pub extension: bool,
    pub value: Value,
    /// Whether a colon stands before the value; only messages may lack it.
    pub colon: bool,
}

/// Whether other files may use a symbol, where `export` or `local` says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Visibility {
    #[default]
    Unset,
    Local,
    Export,
}

/// A message.
#[derive(Clone, Debug, Default)]
pub(super) struct Message {
    pub at: usize,
    pub name: String,
    pub fields: Vec<Field>,
    pub extensions: Vec<Field>,
    pub messages: Vec<Message>,
    pub enums: Vec<Enum>,
    pub oneofs: Vec<Oneof>,
    pub ranges: Vec<ExtensionRange>,
    pub reserved: Vec<Range>,
    pub reserved_names: Vec<(usize, String)>,
    pub options: Options,
    pub map_entry: bool,
    pub visibility: Visibility,
}

/// A range of numbers, the end included.
#[derive(Clone, Copy, Debug)]
pub(super) struct Range {
    pub at: usize,
    pub start: i64,
    pub end: i64,
}

/// Numbers for extensions.
#[derive(Clone, Debug)]
pub(super) struct ExtensionRange {
    pub range: Range,
    pub options: Options,
}

/// A oneof.
#[derive(Clone, Debug, Default)]
pub(super) struct Oneof {
    pub at: usize,
    pub name: String,
    pub options: Options,
    pub synthetic: bool,
}

pub(super) use super::super::declared::Label;

/// A field or an extension.
#[derive(Clone, Debug, Default)]
pub(super) struct Field {
    pub at: usize,
    pub name: String,
    pub number: i64,
    pub number_at: usize,
    pub label: Label,
    /// `FieldDescriptorProto.Type`; 0 until names are resolved.
    pub kind: u8,
    pub type_at: usize,
    /// Full and with a leading dot once names are resolved.
    pub type_name: String,
    pub extendee_at: usize,
    pub extendee: String,
    pub oneof: Option<usize>,
    pub proto3_optional: bool,
    pub default_at: usize,
    pub default: Option<String>,
    pub json_name: Option<(usize, String)>,
    pub options: Options,
}

/// An enum.
#[derive(Clone, Debug, Default)]
pub(super) struct Enum {
    pub at: usize,
    pub name: String,
    pub values: Vec<EnumValue>,
    pub reserved: Vec<Range>,
    pub reserved_names: Vec<(usize, String)>,
    pub options: Options,
    pub visibility: Visibility,
}

/// A value of an enum.
#[derive(Clone, Debug, Default)]
pub(super) struct EnumValue {
    pub at: usize,
    pub name: String,
    pub number: i32,
    pub options: Options,
}

/// A service.
#[derive(Clone, Debug, Default)]
pub(super) struct Service {
    pub at: usize,
    pub name: String,
    pub methods: Vec<Method>,
    pub options: Options,
}

/// A method of a service.
#[derive(Clone, Debug, Default)]
pub(super) struct Method {
    pub at: usize,
    pub name: String,
    pub input_at: usize,
    pub input: String,
    pub output_at: usize,
    pub output: String,
    pub client_streaming: bool,
    pub server_streaming: bool,
    pub options: Options,
}
