//! What records have in common: their topic, their metadata, and how they were read.

use kafkalens::decoder::Routes;
use kafkalens::error::Side;
use kafkalens::event::{Place, Record, SchemaMetadata};
use std::borrow::Cow;

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
