//! The records of an event object as columns: what JavaScript writes into this module's memory, a chunk at a time.
//!
//! JavaScript forwards a record's fields as they are where each has the type that is documented; any other record comes
//! as its JSON text, so that what it means is decided in one place.

use kafkalens::decoder::{Decoded, Decoder, Route, Routes, Tombstone};
use kafkalens::error::{Code, Error, Side};
use kafkalens::event::{self, Payload, Place, Record, SchemaMetadata};
use kafkalens::format::Sink;
use kafkalens::wire::{Cursor, Run};
use std::borrow::Cow;
use std::iter::Zip;
use std::slice::Iter;

/// Words of a record: context, index under its key, partition, and what its key and its value are.
const WORDS: usize = 5;

/// What a side's word says where it isn't the length of a base64 text.
const ABSENT: i32 = -1;
const NULL: i32 = -2;
/// The text is that of the whole record.
const ODD: i32 = -3;

/// What records have in common as a rule.
pub struct Context {
    common: Common,
    /// How those before were read.
    routes: Routes,
}

/// What is the same in all of them.
struct Common {
    /// Their key in the event's `records`.
    group: String,
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
    /// The texts of the records' sides, a byte a character, one behind the other, and [`PADDING`].
    pub text: Vec<u8>,
}

/// Records that a chunk has at most, as in js/src/columns.ts: so many have a place that stays.
const RECORDS: usize = 256;

/// Bytes behind the texts, so that base64 is read in whole blocks.
const PADDING: usize = 16;

/// A record of a chunk.
pub enum Row<'a> {
    /// One whose metadata JavaScript has.
    Plain(Plain<'a>),
    /// One that came as text.
    Whole(Box<Record<'a>>),
}

/// What JavaScript wrote of a record.
pub struct Plain<'a> {
    common: &'a Common,
    routes: &'a mut Routes,
    index: usize,
    partition: i32,
    offset: f64,
    /// Key and value: their base64, or why there is none.
    sides: [Result<Run<'a>, Tombstone>; 2],
}

impl Plain<'_> {
    /// All of it as a record.
    pub fn record(&self) -> Record<'_> {
        let payload = |side: Result<Run<'_>, Tombstone>| match side {
            Err(Tombstone::Absent) => Payload::Absent,
            Err(Tombstone::Null) => Payload::Null,
            Ok(text) => Payload::Base64(characters(text.exact()).into()),
        };
        let [key, value] = self.sides.map(payload);
        Record { key, value, ..self.common.record(self.index, self.partition, self.offset) }
    }

    /// Decodes a side as the one before was: gives the route.
    #[inline]
    pub(crate) fn decode_known<S: Sink>(
        &mut self,
        decoder: &mut Decoder,
        side: Side,
        held: usize,
        sink: &mut S,
    ) -> Option<&mut Route> {
        let text = self.sides[usize::from(side == Side::Value)].ok()?;
        decoder.decode_known(self.routes, side, text, held, sink)
    }

    /// Decodes a side of which nothing is known.
    #[inline(never)]
    pub(crate) fn decode_anew<S: Sink>(
        &mut self,
        decoder: &mut Decoder,
        side: Side,
        held: usize,
        sink: &mut S,
    ) -> Result<Decoded, Error> {
        let text = match self.sides[usize::from(side == Side::Value)] {
            Ok(text) => text,
            Err(tombstone) => return Ok(Decoded::tombstone(tombstone)),
        };
        let Plain { common, index, partition, offset, .. } = *self;
        let record = common.record(index, partition, offset);
        if text.exact().is_ascii() {
            return decoder.decode_anew(self.routes, side, text, held, sink, &record);
        }
        let text = characters(text.exact());
        decoder.decode_anew(self.routes, side, Run::new(text.as_bytes()), held, sink, &record)
    }
}

/// Text as JavaScript wrote it: a byte a character.
fn characters(text: &[u8]) -> String {
    text.iter().copied().map(char::from).collect()
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
    fn record(&self, index: usize, partition: i32, offset: f64) -> Record<'_> {
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
        Columns { words: vec![0; WORDS * RECORDS], offsets: vec![0.0; RECORDS], text: Vec::new() }
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
    pub fn rows(&self, records: usize) -> Result<Rows<'_>, Error> {
        let words = self.words.as_chunks().0.get(..records).ok_or_else(internal)?;
        let text = Cursor::new(&self.text, 0, self.text.len());
        Ok(Rows { words: words.iter().zip(&self.offsets), text })
    }
}

/// The records of a chunk, in order.
pub struct Rows<'a> {
    words: Zip<Iter<'a, [i32; WORDS]>, Iter<'a, f64>>,
    text: Cursor<'a>,
}

impl<'a> Rows<'a> {
    /// The next record.
    // Inline, so that the row is never written to memory: it would be copied from there by vectors, right after its parts
    // were written one by one, which processors wait for.
    #[inline(always)]
    pub fn next<'c>(&mut self, contexts: &'c mut [Context]) -> Result<Option<Row<'c>>, Error>
    where
        'a: 'c,
    {
        let Some((&[context, index, partition, key, value], &offset)) = self.words.next() else {
            return Ok(None);
        };
        let Context { common, routes } = contexts.get_mut(context as usize).ok_or_else(internal)?;
        let index = index as usize;
        if key == ODD {
            let text = std::str::from_utf8(self.take(value)?.exact()).map_err(|_| internal())?;
            return Ok(Some(Row::Whole(event::record(&common.group, index, text)?.into())));
        }
        let sides = [self.side(key)?, self.side(value)?];
        Ok(Some(Row::Plain(Plain { common, routes, index, partition, offset, sides })))
    }

    #[inline(always)]
    fn side(&mut self, n: i32) -> Result<Result<Run<'a>, Tombstone>, Error> {
        match n {
            ABSENT => Ok(Err(Tombstone::Absent)),
            NULL => Ok(Err(Tombstone::Null)),
            n => self.take(n).map(Ok),
        }
    }

    #[inline(always)]
    fn take(&mut self, n: i32) -> Result<Run<'a>, Error> {
        self.text.take(n as usize).map_err(|_| internal())
    }
}

#[cold]
fn internal() -> Error {
    Error::of(Code::Internal)
}
