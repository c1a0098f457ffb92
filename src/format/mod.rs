//! Formats: source text → model → frozen plan; plan and bytes → a [`Sink`].
//!
//! The semantics of every value live here, once. A host can only choose a sink.

pub mod avro;
mod backoff;
pub mod compatibility;
pub mod connect;
mod data;
mod discard;
pub mod json;
mod literal;
pub mod names;
pub mod path;
mod plan;
pub mod protobuf;
pub mod shape;
mod sink;
pub mod temporal;
pub mod text;

pub use data::Data;
pub(crate) use data::Single;
pub use discard::Discard;
pub use literal::Lit;
pub use plan::{Plan, Scratch, Tolerated};
pub(crate) use sink::is_dyn;
pub use sink::{Field, NotUtf8, Record, Sink, Span, Tag, utf8};
