//! kafkalens decodes the Kafka events that AWS Lambda delivers: Avro, Protobuf, JSON and text, keys and values alike.
//!
//! Data flows one way: [`event`] → [`framing`] → [`schema`] → [`mod@format`] → [`sink`]; [`decoder::Decoder`] walks it.

pub mod decoder;
pub mod detect;
pub mod dialect;
pub mod error;
pub mod event;
pub mod filter;
pub mod format;
pub mod framing;
pub mod limits;
mod order;
pub mod schema;
pub mod sink;
pub mod wire;

pub use decoder::Decoder;
pub use error::Error;

// Clones share a build directory (.cargo/config.toml): naming the clone keeps cargo from running another clone's build.
const _: Option<&str> = option_env!("KAFKALENS_CLONE");
