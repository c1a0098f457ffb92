//! The records of a chunk, one after the other.

use super::context::{Common, Context};
use super::payloads::{Read, groups};
use super::words::{NULL, ODD, WORDS};
use kafkalens::decoder::{Decoded, Decoder, Given, Routes, Tombstone};
use kafkalens::error::{Code, Error, Side};
use kafkalens::event::{self, Payload, Record};
use kafkalens::format::Sink;
use kafkalens::wire::Cursor;

/// A record of a chunk.
pub enum Row<'c, 'a> {
    /// One whose metadata JavaScript has.
    Plain(Plain<'c, 'a>),
    /// One that came as text.
    Whole(Box<Record<'c>>),
}

/// A side's payload, or why there is none. A text that isn't as producers write it is to be read by itself: then it is `None`.
pub(crate) type Sided<'a> = Result<Option<Cursor<'a>>, Tombstone>;

/// What JavaScript wrote of a record.
pub struct Plain<'c, 'a> {
    common: &'c Common,
    pub(crate) routes: &'c mut Routes,
    /// The number of its context.
    pub(crate) context: i32,
    pub(crate) place: Place,
    /// Key and value.
    pub(crate) sides: [Sided<'a>; 2],
}

/// Where a record stands in a chunk.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Place {
    record: usize,
    /// Where its texts begin, and its payloads.
    text: usize,
    payload: usize,
}

/// The records of a chunk, in order.
pub struct Rows<'a> {
    words: &'a [[i32; WORDS]],
    offsets: &'a [f64],
    text: &'a [u8],
    read: Read<'a>,
    /// Of the next record.
    next: Place,
    /// Where the next text of a whole record begins.
    whole: usize,
}

/// A record that follows, of the same context as one before.
pub(crate) struct Follower<'a> {
    pub(crate) key: Result<Cursor<'a>, Tombstone>,
    pub(crate) value: Cursor<'a>,
    pub(crate) place: Place,
    behind: Place,
}

impl<'a> Rows<'a> {
    pub(crate) fn new(words: &'a [[i32; WORDS]], offsets: &'a [f64], text: &'a [u8], read: Read<'a>) -> Self {
        let whole = read.texts;
        Rows { words, offsets, text, read, next: Place::default(), whole }
    }

    /// The next record.
    #[inline]
    pub fn next<'c>(&mut self, contexts: &'c mut [Context]) -> Result<Option<Row<'c, 'a>>, Error>
    where
        'a: 'c,
    {
        let place = self.next;
        let Some(&[context, .., key, value]) = self.words.get(place.record) else { return Ok(None) };
        let Context { common, routes } = contexts.get_mut(context as usize).ok_or_else(internal)?;
        if key == ODD {
            self.next.record += 1;
            return self.take_whole(common, place, value).map(|record| Some(Row::Whole(record.into())));
        }
        let (sides, behind) = self.sides(place, key, value);
        self.next = behind;
        Ok(Some(Row::Plain(Plain { common, routes, context, place, sides })))
    }

    /// The next record where it is of a context and has a value: [`Rows::accept`] takes it.
    #[inline]
    pub(crate) fn follower(&self, context: i32) -> Option<Follower<'a>> {
        let place = self.next;
        let &[_, .., key, value] = self.words.get(place.record).filter(|&&[own, ..]| own == context)?;
        if key == ODD {
            return None;
        }
        let ([key, value], behind) = self.sides(place, key, value);
        let key = match key {
            Ok(payload) => Ok(payload?),
            Err(tombstone) => Err(tombstone),
        };
        Some(Follower { key, value: value.ok()??, place, behind })
    }

    /// Goes on behind a record that follows.
    #[inline]
    pub(crate) fn accept(&mut self, follower: &Follower<'_>) {
        self.next = follower.behind;
    }

    /// A record's sides, and the place behind it.
    #[inline(always)]
    fn sides(&self, place: Place, key: i32, value: i32) -> ([Sided<'a>; 2], Place) {
        let [key_length, value_length] = self.read.lengths.get(place.record).copied().unwrap_or_default();
        let mut behind = Place { record: place.record + 1, ..place };
        let sides = [self.side(key, key_length, &mut behind), self.side(value, value_length, &mut behind)];
        (sides, behind)
    }

    #[inline(always)]
    fn side(&self, n: i32, length: u32, at: &mut Place) -> Sided<'a> {
        let Ok(n) = usize::try_from(n) else {
            return Err(if n == NULL { Tombstone::Null } else { Tombstone::Absent });
        };
        let start = at.payload;
        at.text += n;
        at.payload += groups(n);
        let end = start.saturating_add(length as usize);
        Ok((end <= self.read.bytes.len()).then(|| Cursor::new(self.read.bytes, start, end)))
    }

    /// What the record at a place is besides its sides, and the words of those.
    fn words_of(&self, place: Place) -> (i32, i32, f64, [i32; 2]) {
        let [_, index, partition, key, value] = self.words.get(place.record).copied().unwrap_or_default();
        let offset = self.offsets.get(place.record).copied().unwrap_or_default();
        (index, partition, offset, [key, value])
    }

    /// The base64 of a side, which JavaScript wrote a byte a character.
    fn text_of(&self, place: Place, side: Side) -> String {
        let (.., words) = self.words_of(place);
        let [key, value] = words.map(|n| usize::try_from(n).unwrap_or_default());
        let (start, n) = if side == Side::Key { (place.text, key) } else { (place.text + key, value) };
        self.text.get(start..start + n).unwrap_or_default().iter().copied().map(char::from).collect()
    }

    #[cold]
    #[inline(never)]
    fn take_whole<'c>(&mut self, common: &'c Common, place: Place, n: i32) -> Result<Record<'c>, Error>
    where
        'a: 'c,
    {
        let (index, ..) = self.words_of(place);
        let text = self.text.get(self.whole..).and_then(|text| text.get(..n as usize));
        self.whole = self.whole.saturating_add(n as usize);
        let text = std::str::from_utf8(text.ok_or_else(internal)?).map_err(|_| internal())?;
        event::record(common.place(index), text)
    }
}

impl Plain<'_, '_> {
    /// All of it as a record.
    pub fn record(&self, rows: &Rows<'_>) -> Record<'_> {
        let payload = |side: Side| match &self.sides[usize::from(side == Side::Value)] {
            Err(Tombstone::Absent) => Payload::Absent,
            Err(Tombstone::Null) => Payload::Null,
            Ok(_) => Payload::Base64(rows.text_of(self.place, side).into()),
        };
        let [key, value] = [Side::Key, Side::Value].map(payload);
        let (index, partition, offset, _) = rows.words_of(self.place);
        Record { key, value, ..self.common.record(index, partition, offset) }
    }

    /// Decodes a side of which nothing is known.
    #[cold]
    #[inline(never)]
    pub(crate) fn decode_anew<S: Sink>(
        &mut self,
        rows: &Rows<'_>,
        decoder: &mut Decoder,
        side: Side,
        held: usize,
        sink: &mut S,
    ) -> Result<Decoded, Error> {
        let (index, partition, offset, [key, value]) = rows.words_of(self.place);
        let (sides, _) = rows.sides(self.place, key, value);
        let text;
        let given = match &sides[usize::from(side == Side::Value)] {
            Err(tombstone) => return Ok(Decoded::tombstone(*tombstone)),
            Ok(Some(payload)) => Given::Payload(payload.rest()),
            Ok(None) => {
                text = rows.text_of(self.place, side);
                Given::Base64(&text)
            }
        };
        let record = self.common.record(index, partition, offset);
        decoder.decode_anew(self.routes, side, given, held, sink, &record)
    }
}

#[cold]
pub(crate) fn internal() -> Error {
    Error::of(Code::Internal)
}
