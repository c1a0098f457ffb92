//! What the npm package's core does for each record: from columns, or a record, onto the tape.
//!
//! A crate of its own, since it is compiled for speed: decoding into the tape is instantiated here and nowhere else.

mod chunk;
mod columns;
mod context;
mod payloads;
mod rows;
mod table;
mod words;

pub use chunk::{Chunk, payload, record};
pub use columns::Columns;
pub use context::Context;
pub use rows::{Plain, Row, Rows};
pub use table::Table;
