//! What records have in common: their key in the event, their topic, their metadata, and how they were read.

use kafkalens::decoder::{Common, Routes};
use kafkalens::error::Side;
use kafkalens::event::{Place, Record, SchemaMetadata};
use std::borrow::Cow;

/// What records have in common as a rule.
pub struct Context {
    pub(crate) group: Group,
    /// How those before were read.
    pub(crate) routes: Routes,
}

/// What is the same in all of them.
pub struct Group {
    /// Their key in the event's `records`, where they stand under one.
    pub key: Option<String>,
    /// What they have in common besides.
    pub common: Common,
}

impl From<Group> for Context {
    fn from(group: Group) -> Self {
        Context { group, routes: Routes::default() }
    }
}

impl Group {
    pub(crate) fn of(record: &Record<'_>) -> Self {
        Group { key: record.place.key.as_deref().map(str::to_owned), common: Common::of(record) }
    }

    /// Whether a record is one of them.
    pub(crate) fn fits(&self, record: &Record<'_>) -> bool {
        self.key.as_deref() == record.place.key.as_deref() && self.common.fits(record)
    }

    /// A record without its sides.
    pub(crate) fn record(&self, index: i32, partition: i32, offset: f64) -> Record<'_> {
        Record {
            place: self.place(index),
            topic: Some(Cow::Borrowed(self.common.topic())),
            partition: Some(partition),
            offset: Some(offset as i64),
            key_schema_metadata: self.metadata(Side::Key, index),
            value_schema_metadata: self.metadata(Side::Value, index),
            ..Record::default()
        }
    }

    fn metadata(&self, side: Side, index: i32) -> Option<SchemaMetadata<'_>> {
        let [id, format] = self.common.told(side)?;
        Some(SchemaMetadata {
            schema_id: id.as_deref().map(Cow::Borrowed),
            data_format: format.as_deref().map(Cow::Borrowed),
            side,
            place: self.place(index),
        })
    }

    /// Of the record of an index, where it has one.
    pub(crate) fn place(&self, index: i32) -> Place<'_> {
        Place { key: self.key.as_deref().map(Cow::Borrowed), index: usize::try_from(index).ok() }
    }
}
