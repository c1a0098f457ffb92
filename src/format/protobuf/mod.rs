//! Protobuf: descriptors → [`Schema`] → [`Plan`]; plan and bytes → a [`Sink`](crate::format::Sink).
//!
//! A message whose fields come as serializers write them goes to the sink in one pass (`ordered`). Any other is decoded in
//! two steps: a scan notes where each field's values are, which settles order, merging and "the last one wins"; then the
//! fields go to the sink in the order of the schema. Both make the same calls.

mod builtin;
mod check;
pub mod compatibility;
mod declared;
mod decode;
mod descriptor;
mod features;
pub mod guess;
pub mod index;
mod link;
mod literal;
pub mod message;
pub mod model;
mod names;
mod numbers;
mod ordered;
mod path;
mod plan;
pub mod proto;
#[cfg(feature = "prost-reflect")]
mod reflect;
mod scalar;
mod scan;
mod scope;
mod source;
mod tagged;
#[cfg(test)]
mod tests;
mod wellknown;
mod wire;

pub use compatibility::compatibility;
pub use decode::Scratch;
pub use guess::guess;
pub use message::Dynamic;
pub use model::{MessageId, Schema};
pub use plan::Plan;
