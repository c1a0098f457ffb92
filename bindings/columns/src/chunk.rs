//! A chunk of records that is decoded from columns: values onto the tape, what it can't hold beside it.

use super::columns::{Columns, Context, Plain, Row};
use super::table::Table;
use kafkalens::decoder::{Decoded, Decoder, document};
use kafkalens::error::{Error, Side};
use kafkalens::event::Record;
use kafkalens::schema::Reference;
use kafkalens::sink::json::Json;
use kafkalens::sink::tape::Tape;

/// A chunk of records being decoded.
pub struct Chunk<'a> {
    /// What the values go to.
    pub tape: &'a mut Tape,
    /// Where they stand there.
    pub table: &'a mut Table,
    /// What the table numbers.
    pub references: &'a mut Vec<Reference>,
    /// An object: documents by the number of their record or, after an `s`, of their side.
    pub json: Json,
}

impl Chunk<'_> {
    /// Decodes the chunk of so many records that was written to the columns; says whether it was one.
    pub fn decode(
        &mut self,
        decoder: &mut Decoder,
        columns: &Columns,
        contexts: &mut [Context],
        records: usize,
    ) -> bool {
        let read = self.rows(decoder, columns, contexts, records);
        if !self.json.is_empty() {
            self.json.raw("}");
        }
        read.is_ok()
    }

    fn rows(
        &mut self,
        decoder: &mut Decoder,
        columns: &Columns,
        contexts: &mut [Context],
        records: usize,
    ) -> Result<(), Error> {
        let mut rows = columns.rows(records)?;
        let mut at = 0;
        while let Some(row) = rows.next(contexts)? {
            match row {
                Row::Plain(mut plain) => self.sides(decoder, &mut plain, at),
                Row::Whole(record) => self.whole(decoder, &record, at),
            }
            at += 1;
        }
        Ok(())
    }

    /// Decodes the sides of a record whose metadata JavaScript has.
    fn sides(&mut self, decoder: &mut Decoder, record: &mut Plain<'_>, at: usize) {
        for (i, side) in [Side::Key, Side::Value].into_iter().enumerate() {
            let start = self.tape.mark();
            match record.decode_known(decoder, side, Tape::held_at(start), self.tape) {
                Some(route) => {
                    if let (0, Some(reference)) = (route.note, route.reference()) {
                        route.note = intern(self.references, reference);
                    }
                    self.table.push_value(start, route.plan(), route.note);
                }
                None => self.side(decoder, record, start, side, 2 * at + i),
            }
        }
        self.table.end_record();
    }

    /// Decodes a side that isn't like the one before.
    #[cold]
    #[inline(never)]
    fn side(
        &mut self,
        decoder: &mut Decoder,
        record: &mut Plain<'_>,
        start: [u32; 6],
        side: Side,
        number: usize,
    ) {
        let decoded = record.decode_anew(decoder, side, Tape::held_at(start), self.tape);
        let reference = match &decoded {
            Ok(Decoded { reference: Some(reference), .. }) => intern(self.references, reference),
            _ => 0,
        };
        self.table.push(start, &decoded, reference);
        if decoded.is_err() {
            self.name("s", number);
            document::beside(&decoded, &mut self.json);
        }
    }

    /// Decodes a record that came as text, with its metadata.
    fn whole(&mut self, decoder: &mut Decoder, record: &Record<'_>, at: usize) {
        self.name("", at);
        self::record(decoder, record, self.tape, self.table, &mut self.json);
    }

    fn name(&mut self, prefix: &str, number: usize) {
        self.json.raw(if self.json.is_empty() { "{" } else { "," });
        self.json.quoted(&format!("{prefix}{number}"));
        self.json.raw(":");
    }
}

/// Decodes a record onto the tape; writes its document without the values.
pub fn record(
    decoder: &mut Decoder,
    record: &Record<'_>,
    tape: &mut Tape,
    table: &mut Table,
    json: &mut Json,
) {
    document::metadata(record, json);
    for (side, name) in [(Side::Key, ",\"key\":"), (Side::Value, ",\"value\":")] {
        json.raw(name);
        let start = tape.mark();
        let decoded = decoder.decode_next(record, side, tape.held(), tape);
        table.push(start, &decoded, 0);
        document::beside(&decoded, json);
    }
    table.end_record();
    json.raw("}");
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

/// A reference's place from 1. Batches name few schemas, mostly the one before.
fn intern(references: &mut Vec<Reference>, reference: &Reference) -> u32 {
    let known = references.iter().rposition(|known| known == reference);
    let at = known.unwrap_or_else(|| {
        references.push(reference.clone());
        references.len() - 1
    });
    at as u32 + 1
}
