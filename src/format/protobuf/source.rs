//! What schemas are read from: descriptors, or .proto text.

use super::link::link;
use super::model::Schema;
use super::{descriptor, proto};
use crate::error::{Code, Error};
use crate::limits::Limits;
use crate::wire::base64;

impl Schema {
    /// Reads a `FileDescriptorSet`, or a single `FileDescriptorProto`. The last file of a set is the one that was
    /// registered; well-known types that it doesn't contain are built in.
    ///
    /// # Errors
    /// `SCHEMA_INVALID` with the byte of the declaration, or `SCHEMA_LIMIT`.
    pub fn from_descriptors(bytes: &[u8], limits: &Limits) -> Result<Self, Error> {
        link(descriptor::read(bytes, limits)?)
    }

    /// Reads a schema from its sources, name and text: .proto text, or descriptors in base64. The last one is the schema
    /// that was registered; the others are those that it imports, in any order.
    ///
    /// # Errors
    /// `SCHEMA_INVALID` with the place in the text, or `SCHEMA_LIMIT`.
    pub fn from_sources(sources: &[(&str, &str)], limits: &Limits) -> Result<Self, Error> {
        let texts = sources.iter().filter(|(_, text)| proto::looks_like_text(text)).count();
        if texts == sources.len() {
            return Schema::from_descriptors(
                &proto::compile(sources, limits)?,
                &Limits { schema_bytes: usize::MAX, ..limits.clone() },
            );
        }
        if texts > 0 {
            let message = "expected .proto text or descriptors in base64, found some of both";
            return Err(Error::new(Code::SchemaInvalid, message));
        }
        let mut files = Vec::new();
        for (_, text) in sources {
            let mut bytes = Vec::new();
            base64::decode(text, &mut bytes).map_err(|_| neither())?;
            files.extend(descriptor::read(&bytes, limits)?);
        }
        link(files)
    }
}

/// Text that has neither the marks of .proto text nor those of base64.
#[cold]
fn neither() -> Error {
    Error::new(Code::SchemaInvalid, "expected .proto text or descriptors in base64, found neither")
}
