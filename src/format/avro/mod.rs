//! Avro: schemas, their resolution, and the decoding of data, after the Avro 1.12 specification.

mod blocks;
pub mod compatibility;
mod decode;
mod encode;
mod logical;
mod other;
mod plan;
pub mod schema;
mod skip;
mod state;
mod values;

pub(crate) use logical::{decimal, decimal_of_number};
pub use plan::Plan;
pub use schema::Schema;
pub use state::Scratch;
