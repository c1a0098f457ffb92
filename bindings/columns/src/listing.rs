//! The records of an event's text in words: which of them, and where in the text what is needed of each stands.
//!
//! JavaScript keeps the words, and hands those of a chunk back with the part of the text that they tell of: so a text is
//! decoded like an event object, a chunk at a time, and nothing of it stays here.

use super::chunk::Chunk;
use super::context::Common;
use super::words::{ABSENT, Listed, NULL, ODD, unlisted};
use kafkalens::decoder::Decoder;
use kafkalens::error::Error;
use kafkalens::event::{Payload, Record, RecordList};
use kafkalens::framing;

/// What is found, of one text after the other.
#[derive(Default)]
pub struct Listing {
    /// Of each record that the configuration keeps.
    pub words: Vec<Listed>,
    /// What records have in common, those of texts before too, by the number that their words name it by.
    pub contexts: Vec<Common>,
    /// The context of the record before.
    last: usize,
}

/// Contexts that are looked at for one that a record fits, the last ones: JavaScript forgets them where they become more.
const RECENT: usize = 1000;

impl Listing {
    /// Lists the records of an event's text; says whether all can be told so. What can't is for the decoder to read as a whole:
    /// a text that is no event, one that holds others as strings, records that have no text of their own.
    pub fn read(&mut self, decoder: &mut Decoder, text: &[u8]) -> bool {
        self.words.clear();
        let Ok(opened) = decoder.open(text) else { return false };
        decoder.begin_event(0);
        let mut records = Records { listing: self, decoder, text, count: 0, end: 0, all: true };
        opened.list(&mut records).is_ok() && records.all
    }

    /// Decodes the records of an event's text, all at once; what they are is told as if none had a text of its own.
    ///
    /// # Errors
    /// The event's own.
    pub fn decode(&mut self, decoder: &mut Decoder, text: &[u8], chunk: &mut Chunk<'_>) -> Result<(), Error> {
        self.words.clear();
        let opened = decoder.open(text)?;
        decoder.begin_event(0);
        for (number, record) in opened.event()?.records.iter().enumerate() {
            if decoder.keeps(record) {
                chunk.whole(decoder, record);
                self.words.push(unlisted(number as i32));
            }
        }
        chunk.end();
        Ok(())
    }

    /// The number of a record's context.
    fn context(&mut self, record: &Record<'_>) -> usize {
        if !self.contexts.get(self.last).is_some_and(|context| context.fits(record)) {
            self.last = self.other_context(record);
        }
        self.last
    }

    #[cold]
    fn other_context(&mut self, record: &Record<'_>) -> usize {
        let mut recent = self.contexts.iter().enumerate().rev().take(RECENT);
        let known = recent.find(|(_, context)| context.fits(record)).map(|(number, _)| number);
        known.unwrap_or_else(|| {
            self.contexts.push(Common::of(record));
            self.contexts.len() - 1
        })
    }
}

/// A text's records, as they are read.
struct Records<'l> {
    listing: &'l mut Listing,
    decoder: &'l mut Decoder,
    text: &'l [u8],
    /// How many there are, with those that aren't kept.
    count: usize,
    /// Where the text of the last one ends: a chunk's stand one behind the other.
    end: i32,
    /// Whether all could be listed.
    all: bool,
}

impl<'a> RecordList<'a> for Records<'_> {
    fn push(&mut self, record: Record<'a>) {
        if self.all && self.decoder.keeps(&record) {
            match self.words(&record) {
                Some(words) => self.listing.words.push(words),
                None => self.all = false,
            }
        }
        self.count += 1;
    }

    fn len(&self) -> usize {
        self.count
    }

    fn truncate(&mut self, len: usize) {
        self.listing.words.retain(|[number, ..]| (*number as usize) < len);
        self.count = len;
    }
}

impl Records<'_> {
    fn words(&mut self, record: &Record<'_>) -> Option<Listed> {
        let (start, length) = self.place(record.text?)?;
        if start < self.end {
            return None;
        }
        self.end = start + length;
        let number = i32::try_from(self.count).ok()?;
        let context = self.listing.context(record) as i32;
        let index = record.place.index.map_or(-1, |index| index as i32);
        let (sides, offset) = match self.plain(record) {
            Some(plain) => plain,
            None => ([(0, ODD), (start, length)], 0.0),
        };
        let [(key_start, key), (value_start, value)] = sides;
        let partition = record.partition.unwrap_or_default();
        let bits = offset.to_bits();
        let (low, high) = (bits as i32, (bits >> 32) as i32);
        let words =
            [number, start, length, context, index, partition, key, value, key_start, value_start, low, high];
        Some(words)
    }

    /// Where the texts of a record's sides begin and what words tell of them, and its offset; nothing where not all of it is
    /// told by words.
    fn plain(&self, record: &Record<'_>) -> Option<([(i32, i32); 2], f64)> {
        let offset = record.offset.filter(|offset| offset.unsigned_abs() < 1 << f64::MANTISSA_DIGITS)?;
        if !record.documented || framing::asks(record) {
            return None;
        }
        Some(([self.side(&record.key)?, self.side(&record.value)?], offset as f64))
    }

    fn side(&self, payload: &Payload<'_>) -> Option<(i32, i32)> {
        match payload {
            Payload::Absent => Some((0, ABSENT)),
            Payload::Null => Some((0, NULL)),
            Payload::Base64(text) => self.place(text),
            Payload::Invalid(_) => None,
        }
    }

    /// Where a part of the text stands in it, and how long it is; nothing for another text, such as one that was unescaped.
    fn place(&self, part: &str) -> Option<(i32, i32)> {
        let start = part.as_ptr().addr().checked_sub(self.text.as_ptr().addr())?;
        let end = start + part.len();
        (end <= self.text.len()).then_some((start.try_into().ok()?, part.len().try_into().ok()?))
    }
}
