//! What files declare, before names are linked and features resolved.
//!
//! Both front ends, descriptors and .proto text, make this; [`super::link`] makes a [`super::model::Schema`] of it.

use super::features::{Edition, FeatureSet};

/// A file.
#[derive(Clone, Debug, Default)]
pub(super) struct FileDecl {
    pub at: usize,
    pub name: String,
    pub package: String,
    pub dependencies: Vec<String>,
    pub edition: Edition,
    pub features: FeatureSet,
    pub messages: Vec<MessageDecl>,
    pub enums: Vec<EnumDecl>,
    pub extensions: Vec<FieldDecl>,
}

/// A message.
#[derive(Clone, Debug, Default)]
pub(super) struct MessageDecl {
    /// Offset of the declaration in the schema's source, for errors.
    pub at: usize,
    pub name: String,
    pub features: FeatureSet,
    pub fields: Vec<FieldDecl>,
    pub oneofs: Vec<OneofDecl>,
    pub messages: Vec<MessageDecl>,
    pub enums: Vec<EnumDecl>,
    pub extensions: Vec<FieldDecl>,
    pub map_entry: bool,
    pub message_set: bool,
}

/// A oneof.
#[derive(Clone, Debug, Default)]
pub(super) struct OneofDecl {
    pub name: String,
    pub features: FeatureSet,
}

/// How often a field may come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Label {
    #[default]
    Optional,
    Required,
    Repeated,
}

/// A field or an extension.
#[derive(Clone, Debug, Default)]
pub(super) struct FieldDecl {
    pub at: usize,
    pub name: String,
    pub json_name: Option<String>,
    pub number: i64,
    pub label: Label,
    /// `FieldDescriptorProto.Type`; 0 where only the name of the type is known.
    pub kind: i64,
    pub type_name: String,
    /// The message that an extension extends.
    pub extendee: String,
    pub oneof: Option<usize>,
    pub proto3_optional: bool,
    pub packed: Option<bool>,
    pub default: Option<String>,
    pub features: FeatureSet,
}

/// An enum: names and numbers.
#[derive(Clone, Debug, Default)]
pub(super) struct EnumDecl {
    pub at: usize,
    pub name: String,
    pub features: FeatureSet,
    pub values: Vec<(String, i32)>,
}
