//! kafkalens decodes the Kafka events that AWS Lambda delivers: Avro, Protobuf, JSON and text, keys and values alike.
//!
//! Data flows one way: [`event`] → [`framing`] → [`schema`] → [`format`] → [`sink`]; [`decoder::Decoder`] walks it.

pub mod dialect;
pub mod error;
pub mod format;
pub mod limits;
pub mod sink;
pub mod wire;
