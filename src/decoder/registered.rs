//! Schemas as registries keep them: a text, and those that it refers to.

use crate::error::Error;
use crate::format::{avro, protobuf};
use crate::limits::Limits;
use crate::schema::Dependency;

/// The name of a Protobuf schema's own text, unless one of its references has it.
pub(super) const OWN_NAME: &str = "schema.proto";

/// The texts of references, for Avro, which finds names in any of them.
pub(super) fn texts(references: &[Dependency]) -> Vec<&str> {
    references.iter().map(|r| &*r.schema).collect()
}

/// An Avro schema.
pub(super) fn avro(schema: &str, references: &[Dependency], limits: &Limits) -> Result<avro::Schema, Error> {
    avro::Schema::parse(schema, &texts(references), limits)
}

/// A Protobuf schema: .proto text, or descriptors in base64.
pub(super) fn protobuf(
    schema: &str,
    references: &[Dependency],
    limits: &Limits,
) -> Result<protobuf::Schema, Error> {
    let mut files: Vec<(&str, &str)> =
        references.iter().map(|r| (r.name.as_str(), r.schema.as_str())).collect();
    let own = if files.iter().any(|(name, _)| *name == OWN_NAME) { "" } else { OWN_NAME };
    files.push((own, schema));
    protobuf::Schema::from_sources(&files, limits)
}
