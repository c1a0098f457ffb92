//! kafkalens decodes the Kafka events that AWS Lambda delivers: Avro, Protobuf, JSON and text, keys and values alike.
//!
//! Data flows one way: [`event`] → [`framing`] → [`schema`] → [`mod@format`] → [`sink`]; [`decoder::Decoder`] walks it.
//!
//! ```
//! # fn fetch(reference: &str) -> String {
//! #     assert_eq!(reference, "confluent:42");
//! #     let schema = r#"syntax = \"proto3\"; message Order { int32 id = 1; }"#;
//! #     format!(r#"{{"reference":"{reference}","type":"PROTOBUF","schema":"{schema}"}}"#)
//! # }
//! # fn main() -> Result<(), kafkalens::Error> {
//! # let event = br#"{"records":{"orders-0":[{"topic":"orders","partition":0,"offset":5,"value":"AAAAACoACAc="}]}}"#;
//! let config = r#"{ "value": { "format": "protobuf", "framing": "confluent" } }"#;
//! let mut decoder = kafkalens::decoder::Decoder::new(config)?;
//! for reference in decoder.missing_schemas(event)? {
//!     decoder.add_schema(&fetch(&reference))?; // { "reference": "confluent:42", "type": "PROTOBUF", "schema": … }
//! }
//! let text = decoder.decode_event(event)?; // {"records":[{"topic":"orders",…,"value":{"value":{…},"schema":"confluent:42"}}]}
//! # assert!(text.contains(r#""value":{"value":{"id":7},"schema":"confluent:42"}"#), "{text}");
//! # Ok(())
//! # }
//! ```

#[cfg(feature = "apache-avro")]
pub mod apache;
pub mod decoder;
pub mod detect;
pub mod dialect;
mod digits;
pub mod error;
pub mod event;
pub mod filter;
pub mod format;
pub mod framing;
pub mod json;
pub mod limits;
mod map;
mod order;
#[cfg(test)]
mod random;
pub mod schema;
pub mod sink;
pub mod wire;

pub use decoder::Decoder;
pub use error::Error;

// Clones share a build directory (.cargo/config.toml): naming the clone keeps cargo from running another clone's build.
const _: Option<&str> = option_env!("KAFKALENS_CLONE");
