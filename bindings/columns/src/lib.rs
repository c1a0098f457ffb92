//! What the npm package's core does for each record: from columns, or an event's text, onto the tape.
//!
//! A crate of its own, since it is compiled for speed: decoding into the tape is instantiated here and nowhere else.

mod chunk;
mod columns;
mod context;
mod gather;
mod listing;
mod payloads;
mod rows;
mod table;
mod words;

pub use chunk::{Chunk, payload};
pub use columns::Columns;
pub use context::{Common, Context};
pub use gather::Gather;
pub use listing::Listing;
pub use rows::{Plain, Row, Rows};
pub use table::Table;
pub use words::Listed;

use kafkalens::decoder::Decoder;
use kafkalens::error::Error;

/// [`Decoder::new`], instantiated here: the readers of records that it hands over are compiled as this crate is, for speed.
///
/// # Errors
/// As [`Decoder::new`].
pub fn decoder(config: &str) -> Result<Decoder, Error> {
    Decoder::new(config)
}
