//! A chunk of records that is decoded from columns: values onto the tape, what it can't hold beside it.

use super::columns::Columns;
use super::context::Context;
use super::rows::{Place, Plain, Row, Rows};
use super::table::{Numbers, Table};
use kafkalens::decoder::{Decoded, Decoder, Following, Known, Route, document};
use kafkalens::error::{Error, Side};
use kafkalens::event::Record;
use kafkalens::format::Sink;
use kafkalens::schema::Reference;
use kafkalens::sink::json::Json;
use kafkalens::sink::tape::Tape;
use kafkalens::wire::Cursor;

/// A chunk of records being decoded.
pub struct Chunk<'a> {
    /// What the values go to.
    pub tape: &'a mut Tape,
    /// Where they stand there.
    pub table: &'a mut Table,
    /// What the table numbers.
    pub references: &'a mut Vec<Reference>,
    /// Where there are any, an object: documents by the number of their record, without its sides, or, after an `s`, of a side
    /// that failed.
    pub json: Option<Json>,
}

impl Chunk<'_> {
    /// Decodes the chunk of so many records that was written to the columns; says whether it was one.
    pub fn decode(
        &mut self,
        decoder: &mut Decoder,
        columns: &mut Columns,
        contexts: &mut [Context],
        records: usize,
    ) -> bool {
        let read = self.rows(decoder, columns, contexts, records);
        self.end();
        read.is_ok()
    }

    /// Ends the object of documents.
    pub(crate) fn end(&mut self) {
        if let Some(json) = &mut self.json {
            json.raw("}");
        }
    }

    fn rows(
        &mut self,
        decoder: &mut Decoder,
        columns: &mut Columns,
        contexts: &mut [Context],
        records: usize,
    ) -> Result<(), Error> {
        self.table.rows.reserve(2 * records);
        let mut rows = columns.rows(records)?;
        while let Some(row) = rows.next(contexts)? {
            match row {
                Row::Plain(plain) => self.plain(decoder, &mut rows, plain),
                Row::Whole(record) => self.whole(decoder, &record),
            }
        }
        Ok(())
    }

    /// Decodes a record whose metadata JavaScript has, and those that follow as long as they are like it.
    #[inline]
    fn plain<'a>(&mut self, decoder: &mut Decoder, rows: &mut Rows<'a>, mut record: Plain<'_, 'a>) {
        self.key(decoder, rows, &mut record);
        let start = self.tape.mark();
        let [key, value] = [Side::Key, Side::Value]
            .map(|side| record.routes.route(side).map(|route| numbered(route, self.references)));
        let mut decoded = false;
        let mut last = (record.place, start);
        if let (Some(value), Ok(Some(payload))) = (value, &record.sides[1]) {
            let payload = payload.clone();
            let held = self.held(start);
            let mut steps = Steps { rows, context: record.context, table: self.table, key, value, last };
            decoded = decoder.decode_following(record.routes, &payload, held, self.tape, &mut steps);
            last = steps.last;
        }
        if !decoded {
            let start;
            (record.place, start) = last;
            self.side(decoder, rows, &mut record, start, Side::Value);
            self.table.end_record();
        }
    }

    /// What the limit `outputBytes` counts up to a mark that was just taken: the tape, and what is told beside it.
    #[inline]
    fn held(&self, start: [u32; 6]) -> usize {
        self.tape.held_at(start) + self.json.as_ref().map_or(0, Json::len)
    }

    /// Decodes a record's key.
    #[inline]
    fn key(&mut self, decoder: &mut Decoder, rows: &Rows<'_>, record: &mut Plain<'_, '_>) {
        let start = self.tape.mark();
        let payload = match &record.sides[0] {
            Err(tombstone) => return self.table.push_tombstone(start, *tombstone),
            Ok(payload) => payload.clone(),
        };
        let held = self.held(start);
        let known = payload
            .and_then(|key| decoder.decode_known_payload(record.routes, Side::Key, &key, held, self.tape))
            .map(|route| numbered(route, self.references));
        match known {
            Some(known) => self.table.push_value(start, known),
            None => self.side(decoder, rows, record, start, Side::Key),
        }
    }

    /// Decodes a side that isn't like the one before.
    #[cold]
    #[inline(never)]
    fn side(
        &mut self,
        decoder: &mut Decoder,
        rows: &Rows<'_>,
        record: &mut Plain<'_, '_>,
        start: [u32; 6],
        side: Side,
    ) {
        let held = self.held(start);
        let decoded = record.decode_anew(rows, decoder, side, held, self.tape);
        self.decoded(start, &decoded);
    }

    /// Adds the row of what was decoded from a place on; tells its error.
    fn decoded(&mut self, start: [u32; 6], decoded: &Result<Decoded, Error>) {
        let reference = match decoded {
            Ok(Decoded { reference: Some(reference), .. }) => intern(self.references, reference),
            _ => 0,
        };
        let row = self.table.rows.len();
        self.table.push(start, decoded, reference);
        if decoded.is_err() {
            document::beside(decoded, named(&mut self.json, "s", row));
        }
    }

    /// Decodes a record of which JavaScript is to be told all.
    pub(crate) fn whole(&mut self, decoder: &mut Decoder, record: &Record<'_>) {
        let json = named(&mut self.json, "", self.table.rows.len() / 2);
        document::metadata(record, json);
        json.raw("}");
        for side in [Side::Key, Side::Value] {
            let start = self.tape.mark();
            let held = self.held(start);
            let decoded = decoder.decode_next(record, side, held, self.tape);
            self.decoded(start, &decoded);
        }
        self.table.end_record();
    }
}

/// The object of documents, which goes on with the one of this name.
fn named<'j>(json: &'j mut Option<Json>, prefix: &str, number: usize) -> &'j mut Json {
    let begun = json.is_some();
    let json = json.get_or_insert_with(Json::new);
    json.raw(if begun { "," } else { "{" });
    json.quoted(&format!("{prefix}{number}"));
    json.raw(":");
    json
}

/// Decodes one payload onto the tape; writes its side without the value.
pub fn payload(
    decoder: &mut Decoder,
    (topic, side, payload): (&str, Side, &[u8]),
    tape: &mut Tape,
    table: &mut Table,
    json: &mut Json,
) {
    let start = tape.mark();
    let decoded = decoder.decode_payload_to(topic, side, payload, tape);
    table.push(start, &decoded, 0);
    document::beside(&decoded, json);
}

/// How the table names a route's plan and schema.
fn numbered(route: &mut Route, references: &mut Vec<Reference>) -> Numbers {
    if let (0, Some(reference)) = (route.note, route.reference()) {
        route.note = intern(references, reference);
    }
    Numbers { plan: route.plan(), reference: route.note }
}

/// The records behind one that is being decoded.
struct Steps<'s, 'a> {
    rows: &'s mut Rows<'a>,
    table: &'s mut Table,
    /// What they must have in common with it.
    context: i32,
    key: Option<Numbers>,
    value: Numbers,
    /// The last one's place, and where its value begins on the tape.
    last: (Place, [u32; 6]),
}

impl<'a> Following<'a, Tape> for Steps<'_, 'a> {
    fn next(&mut self, known: &Known<'_>, tape: &mut Tape) -> Option<Cursor<'a>> {
        self.table.push_value(self.last.1, self.value);
        self.table.end_record();
        let follower = self.rows.follower(self.context)?;
        let datum = known.value(&follower.value)?;
        let start = tape.mark();
        if !known.has_room(tape.held_at(start)) {
            return None;
        }
        match &follower.key {
            Ok(key) => {
                let numbers = self.key.filter(|_| known.key(key, tape))?;
                if !known.has_room(tape.held()) {
                    tape.abort();
                    return None;
                }
                self.table.push_value(start, numbers);
            }
            Err(tombstone) => self.table.push_tombstone(start, *tombstone),
        }
        self.rows.accept(&follower);
        self.last = (follower.place, tape.mark());
        Some(datum)
    }
}

/// A reference's place from 1. Batches name few schemas, mostly the one before.
#[inline(never)]
fn intern(references: &mut Vec<Reference>, reference: &Reference) -> u32 {
    let known = references.iter().rposition(|known| known == reference);
    let at = known.unwrap_or_else(|| {
        references.push(reference.clone());
        references.len() - 1
    });
    at as u32 + 1
}
