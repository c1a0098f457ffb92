//! Whether the configuration's filter criteria keep a record: what they name is decoded only to be looked at.

use super::{Decoder, document};
use crate::error::Side;
use crate::event::Record;
use crate::filter::Criteria;
use crate::format::Sink;
use crate::sink::json::Json;

impl Decoder {
    /// The criteria of the configuration, where it has some.
    pub fn criteria(&self) -> Option<&Criteria> {
        self.config.criteria.as_ref()
    }

    /// Whether the criteria of the configuration keep a record. One with a side that can't be decoded, where they name
    /// it, is kept: its error shall be seen. So are all behind `outputBytes` of what is decoded for an event's criteria.
    pub fn keeps(&mut self, record: &Record<'_>) -> bool {
        let Some(criteria) = self.config.criteria.take() else { return true };
        let tolerated = self.buffers.scratch.tolerated;
        self.swap_for_criteria();
        let document = if self.criteria_held > self.config.limits.output_bytes {
            None
        } else {
            self.criteria_document(record, &criteria)
        };
        self.swap_for_criteria();
        self.buffers.scratch.tolerated = tolerated;
        let keeps = document.is_none_or(|document| criteria.keep(&document).unwrap_or(true));
        self.config.criteria = Some(criteria);
        keeps
    }

    /// Turns from decoding to decoding for criteria, or back: what is decoded only to be looked at counts for nothing else.
    fn swap_for_criteria(&mut self) {
        self.for_criteria = !self.for_criteria;
        std::mem::swap(&mut self.last, &mut self.criteria_last);
        std::mem::swap(&mut self.buffers.budget, &mut self.criteria_budget);
    }

    /// The record's document with what the criteria name; nothing where it has an error.
    fn criteria_document(&mut self, record: &Record<'_>, criteria: &Criteria) -> Option<String> {
        let mut json = Json::new();
        let decoded = self.write_for_criteria(record, criteria, &mut json);
        self.criteria_held += json.len();
        decoded.then(|| json.into_string())
    }

    /// Writes it; says whether it has no error.
    fn write_for_criteria(&mut self, record: &Record<'_>, criteria: &Criteria, json: &mut Json) -> bool {
        document::metadata(record, json);
        for (side, name) in [(Side::Key, "key"), (Side::Value, "value")] {
            if criteria.fields_of(name).is_some_and(|fields| fields.is_empty()) {
                continue;
            }
            json.raw(",");
            json.quoted(name);
            json.raw(":");
            let mut failed = false;
            document::side(json, |json| {
                let (held, sink) = (json.len(), json as &mut dyn Sink);
                self.decode_next(record, side, held, sink).inspect_err(|_| failed = true)
            });
            if failed {
                return false;
            }
        }
        json.raw("}");
        true
    }
}
