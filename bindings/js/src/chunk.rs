//! A chunk of records that is decoded from columns: values onto the tape, what it can't hold beside it.

use super::columns::Plain;
use super::table::Table;
use kafkalens::decoder::{Decoded, Decoder, document};
use kafkalens::error::Side;
use kafkalens::event::Record;
use kafkalens::schema::Reference;
use kafkalens::sink::json::Json;
use kafkalens::sink::tape::Tape;

/// A chunk of records being decoded.
pub(super) struct Chunk<'a> {
    pub(super) tape: &'a mut Tape,
    pub(super) table: &'a mut Table,
    pub(super) references: &'a mut Vec<Reference>,
    /// An object: documents by the number of their record or, after an `s`, of their side.
    pub(super) json: Json,
}

impl Chunk<'_> {
    /// Decodes the sides of a record whose metadata JavaScript has.
    pub(super) fn sides(&mut self, decoder: &mut Decoder, record: &mut Plain<'_>, at: usize) {
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
    pub(super) fn whole(&mut self, decoder: &mut Decoder, record: &Record<'_>, at: usize) {
        self.name("", at);
        document::metadata(record, &mut self.json);
        for (side, name) in [(Side::Key, ",\"key\":"), (Side::Value, ",\"value\":")] {
            self.json.raw(name);
            let start = self.tape.mark();
            let decoded = decoder.decode_next(record, side, self.tape.held(), self.tape);
            self.table.push(start, &decoded, 0);
            document::beside(&decoded, &mut self.json);
        }
        self.table.end_record();
        self.json.raw("}");
    }

    fn name(&mut self, prefix: &str, number: usize) {
        self.json.raw(if self.json.is_empty() { "{" } else { "," });
        self.json.quoted(&format!("{prefix}{number}"));
        self.json.raw(":");
    }
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
