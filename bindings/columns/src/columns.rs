//! The records of an event object as columns: what JavaScript writes into this module's memory, a chunk at a time.
//!
//! JavaScript forwards a record's fields as they are where each has the type that is documented; any other record comes
//! as its JSON text, so that what it means is decided in one place.

use super::payloads::Payloads;
use super::rows::{Rows, internal};
use kafkalens::decoder::Routes;
use kafkalens::error::{Error, Side};
use kafkalens::event::{Place, Record, SchemaMetadata};
use std::borrow::Cow;

/// Words of a record: context, index under its key, partition, and what its key and its value are.
pub(crate) const WORDS: usize = 5;

/// What a side's word says where it isn't the length of a base64 text: nothing, for any other number below 0.
pub(crate) const NULL: i32 = -2;
/// The record comes as its text, whose length the value's word tells.
pub(crate) const ODD: i32 = -3;

/// What records have in common as a rule.
pub struct Context {
    pub(crate) common: Common,
    /// How those before were read.
    pub(crate) routes: Routes,
}

/// What is the same in all of them.
pub(crate) struct Common {
    /// Their key in the event's `records`.
    pub(crate) group: String,
    topic: String,
    key: Option<[Option<String>; 2]>,
    value: Option<[Option<String>; 2]>,
}

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

/// Records that a chunk has at most, as in js/src/columns.ts: so many have a place that stays.
const RECORDS: usize = 256;

/// Bytes behind the texts, so that base64 is read in whole blocks.
const PADDING: usize = 16;

impl Context {
    /// Of records under a key of the event, of a topic. What metadata tell is an id and a format, each where it is there.
    pub fn new(
        group: String,
        topic: String,
        key: Option<[Option<String>; 2]>,
        value: Option<[Option<String>; 2]>,
    ) -> Self {
        Context { common: Common { group, topic, key, value }, routes: Routes::default() }
    }
}

impl Common {
    /// A record without its sides.
    pub(crate) fn record(&self, index: usize, partition: i32, offset: f64) -> Record<'_> {
        Record {
            place: self.place(index),
            topic: Some(Cow::Borrowed(&self.topic)),
            partition: Some(partition),
            offset: Some(offset as i64),
            key_schema_metadata: self.metadata(Side::Key, index),
            value_schema_metadata: self.metadata(Side::Value, index),
            ..Record::default()
        }
    }

    fn metadata(&self, side: Side, index: usize) -> Option<SchemaMetadata<'_>> {
        let metadata = if side == Side::Key { &self.key } else { &self.value };
        let [id, format] = metadata.as_ref()?;
        Some(SchemaMetadata {
            schema_id: id.as_deref().map(Cow::Borrowed),
            data_format: format.as_deref().map(Cow::Borrowed),
            side,
            place: self.place(index),
        })
    }

    fn place(&self, index: usize) -> Place<'_> {
        Place { key: Some(Cow::Borrowed(&self.group)), index: Some(index) }
    }
}

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
