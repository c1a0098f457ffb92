//! The records of an event object as columns: what JavaScript writes into this module's memory, a chunk at a time.
//!
//! JavaScript forwards a record's fields as they are where each has the type that is documented; any other record comes
//! as its JSON text, so that what it means is decided in one place.

use super::payloads::Payloads;
use super::rows::{Rows, internal};
use super::words::WORDS;
use kafkalens::error::Error;
use kafkalens::wire::PADDING;

/// A chunk of records.
pub struct Columns {
    /// Five of each record: context, index under its key, partition, and what its key and its value are.
    pub words: Vec<i32>,
    /// One of each record.
    pub offsets: Vec<f64>,
    /// The texts of the records' sides, a byte a character, one behind the other; behind them those of whole records, and
    /// [`PADDING`].
    pub text: Vec<u8>,
    payloads: Payloads,
}

/// Records that a chunk has at most, as in js/src/words.ts: so many have a place that stays.
pub(crate) const RECORDS: usize = 256;

impl Default for Columns {
    /// With room for a chunk, but none for its texts.
    fn default() -> Self {
        Columns {
            words: vec![0; WORDS * RECORDS],
            offsets: vec![0.0; RECORDS],
            text: Vec::new(),
            payloads: Payloads::new(RECORDS),
        }
    }
}

impl Columns {
    /// Makes room for the texts of a chunk.
    pub fn room(&mut self, bytes: usize) {
        // What is behind a shorter text is no matter.
        if self.text.len() < bytes + PADDING {
            self.text.resize(bytes + PADDING, 0);
        }
    }

    /// So many records. What JavaScript wrote is checked like any other input.
    pub fn rows(&mut self, records: usize) -> Result<Rows<'_>, Error> {
        let words = self.words.as_chunks().0.get(..records).ok_or_else(internal)?;
        let offsets = self.offsets.get(..records).ok_or_else(internal)?;
        let payloads = self.payloads.read(words, &self.text).map_err(|_| internal())?;
        Ok(Rows::new(words, offsets, &self.text, payloads))
    }
}
