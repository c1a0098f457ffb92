//! Whether the configuration's criteria keep a record: what they ask for is decoded only to be looked at.

use super::{Decoder, document};
use crate::error::Side;
use crate::event::Record;
use crate::filter::Criteria;
use crate::format::Sink;
use crate::sink::json::Json;

impl Decoder {
    /// The criteria of the configuration, where it has some.
    pub fn criteria(&self) -> Option<&Criteria> {
        self.config.keep.as_ref()
    }

    /// Whether the criteria of the configuration keep a record. One with a side that can't be decoded, where they ask for
    /// it, is kept: its error shall be seen.
    pub fn keeps(&mut self, record: &Record<'_>) -> bool {
        let Some(criteria) = self.config.keep.take() else { return true };
        self.turn();
        let document = self.asked_document(record, &criteria);
        self.turn();
        let keeps = document.is_none_or(|document| criteria.keep(&document).unwrap_or(true));
        self.config.keep = Some(criteria);
        keeps
    }

    /// Turns from decoding to asking for criteria, or back: what is decoded only to be looked at counts for nothing else.
    fn turn(&mut self) {
        self.asked = !self.asked;
        std::mem::swap(&mut self.last, &mut self.asking);
        std::mem::swap(&mut self.buffers.budget, &mut self.asking_budget);
    }

    /// The record's document with what criteria ask for; nothing where it has an error.
    fn asked_document(&mut self, record: &Record<'_>, criteria: &Criteria) -> Option<String> {
        let mut json = Json::new();
        document::metadata(record, &mut json);
        for (side, name) in [(Side::Key, "key"), (Side::Value, "value")] {
            if criteria.fields_of(name).is_some_and(|fields| fields.is_empty()) {
                continue;
            }
            json.raw(",");
            json.quoted(name);
            json.raw(":");
            let mut failed = false;
            document::side(&mut json, |json| {
                let (held, sink) = (json.len(), json as &mut dyn Sink);
                self.decode_next(record, side, held, sink).inspect_err(|_| failed = true)
            });
            if failed {
                return None;
            }
        }
        json.raw("}");
        Some(json.into_string())
    }
}
