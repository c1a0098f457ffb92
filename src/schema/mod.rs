//! Schemas by reference: what a record names, the documents that a host hands over, and where they are kept.
//!
//! Nothing here fetches: the host does, between `missing_schemas` and `add_schema`.

mod failure;
mod reference;
mod source;
mod uuid;

pub use failure::Failure;
pub use reference::{Reference, SchemaId};
pub use source::{Dependency, Encrypted, SchemaType, Source, Store};
pub use uuid::Uuid;
