//! The records of an event object as columns: what JavaScript writes into this module's memory, a chunk at a time.
//!
//! JavaScript forwards a record's fields as they are where each has the type that is documented; any other record comes
//! as its JSON text, so that what it means is decided in one place.

use kafkalens::error::{Error, Side};
use kafkalens::event::{self, Payload, Place, Record, SchemaMetadata};
use serde_json::Value;
use std::borrow::Cow;

/// Words of a record: context, index under its key, partition, and what its key and its value are.
const WORDS: usize = 5;

/// What a side's word says where it isn't the length of a base64 text.
const ABSENT: i32 = -1;
const NULL: i32 = -2;
/// The text is that of the whole record.
const ODD: i32 = -3;

/// What records have in common as a rule.
pub(super) struct Context {
    /// Their key in the event's `records`.
    group: String,
    topic: String,
    key: Option<[Option<String>; 2]>,
    value: Option<[Option<String>; 2]>,
}

/// A chunk of records.
#[derive(Default)]
pub(super) struct Columns {
    pub(super) words: Vec<i32>,
    pub(super) offsets: Vec<f64>,
    /// The texts of the records' sides, one behind the other.
    pub(super) text: Vec<u8>,
}

/// A record of a chunk, as it is to be shown.
pub(super) struct Row<'a> {
    pub(super) record: Record<'a>,
    /// Whether JavaScript has its metadata: not where it came as text.
    pub(super) plain: bool,
}

impl Context {
    /// From `[group, topic, keySchemaId, keyDataFormat, valueSchemaId, valueDataFormat, hasKey, hasValue]`. `None` where
    /// JavaScript holds a text that JSON can't.
    pub(super) fn parse(text: &str) -> Option<Context> {
        let Value::Array(mut list) = text.parse().ok()? else { return None };
        let mut text = |i: usize| match list.get_mut(i).map(Value::take) {
            Some(Value::String(text)) => Some(text),
            _ => None,
        };
        let (group, topic) = (text(0)?, text(1)?);
        let (key, value) = ([text(2), text(3)], [text(4), text(5)]);
        let has = |i: usize| list.get(i).and_then(Value::as_bool).unwrap_or_default();
        Some(Context { group, topic, key: has(6).then_some(key), value: has(7).then_some(value) })
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

impl Columns {
    /// Makes room for a chunk.
    pub(super) fn resize(&mut self, records: usize, bytes: usize) {
        self.words.resize(records * WORDS, 0);
        self.offsets.resize(records, 0.0);
        self.text.resize(bytes, 0);
    }

    /// Calls `each` for each record. What JavaScript wrote is checked like any other input.
    pub(super) fn read<'a>(
        &'a self,
        contexts: &'a [Context],
        mut each: impl FnMut(Row<'a>),
    ) -> Result<(), Error> {
        let internal = || Error::of(kafkalens::error::Code::Internal);
        let mut text = std::str::from_utf8(&self.text).map_err(|_| internal())?;
        let mut take = |n: i32| {
            let (head, tail) = text.split_at_checked(n as usize)?;
            text = tail;
            Some(head)
        };
        for (words, offset) in self.words.chunks_exact(WORDS).zip(&self.offsets) {
            let [context, index, partition, key, value] = *words else { continue };
            let context = contexts.get(context as usize).ok_or_else(internal)?;
            let index = index as usize;
            if key == ODD {
                let text = take(value).ok_or_else(internal)?;
                each(Row { record: event::record(&context.group, index, text)?, plain: false });
                continue;
            }
            let mut side = |n: i32| match n {
                ABSENT => Some(Payload::Absent),
                NULL => Some(Payload::Null),
                n => take(n).map(|text| Payload::Base64(Cow::Borrowed(text))),
            };
            let record = Record {
                key: side(key).ok_or_else(internal)?,
                value: side(value).ok_or_else(internal)?,
                place: context.place(index),
                topic: Some(Cow::Borrowed(&context.topic)),
                partition: Some(partition),
                offset: Some(*offset as i64),
                key_schema_metadata: context.metadata(Side::Key, index),
                value_schema_metadata: context.metadata(Side::Value, index),
                ..Record::default()
            };
            each(Row { record, plain: true });
        }
        Ok(())
    }
}
