//! What records have in common: their key in the event, their topic, their metadata, and how they were read.

use kafkalens::decoder::{Alike, Routes};
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
pub struct Common {
    /// Their key in the event's `records`, where they stand under one.
    pub group: Option<String>,
    /// Their topic and metadata.
    pub alike: Alike,
}

impl From<Common> for Context {
    fn from(common: Common) -> Self {
        Context { common, routes: Routes::default() }
    }
}

impl Common {
    pub(crate) fn of(record: &Record<'_>) -> Self {
        Common { group: record.place.key.as_deref().map(str::to_owned), alike: Alike::of(record) }
    }

    /// Whether a record is one of them.
    pub(crate) fn fits(&self, record: &Record<'_>) -> bool {
        self.group.as_deref() == record.place.key.as_deref() && self.alike.fits(record)
    }

    /// A record without its sides.
    pub(crate) fn record(&self, index: i32, partition: i32, offset: f64) -> Record<'_> {
        Record {
            place: self.place(index),
            topic: Some(Cow::Borrowed(self.alike.topic())),
            partition: Some(partition),
            offset: Some(offset as i64),
            key_schema_metadata: self.metadata(Side::Key, index),
            value_schema_metadata: self.metadata(Side::Value, index),
            ..Record::default()
        }
    }

    fn metadata(&self, side: Side, index: i32) -> Option<SchemaMetadata<'_>> {
        let [id, format] = self.alike.told(side)?;
        Some(SchemaMetadata {
            schema_id: id.as_deref().map(Cow::Borrowed),
            data_format: format.as_deref().map(Cow::Borrowed),
            side,
            place: self.place(index),
        })
    }

    /// Of the record of an index, where it has one.
    pub(crate) fn place(&self, index: i32) -> Place<'_> {
        Place { key: self.group.as_deref().map(Cow::Borrowed), index: usize::try_from(index).ok() }
    }
}
