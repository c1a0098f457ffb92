//! `Any`: a message of the schema, named by its type URL.

use super::super::decode::Decoder;
use super::super::plan::Show;
use super::super::scan::{Level, Slot, Spans};
use super::super::tagged::Tagged;
use crate::dialect::Bytes;
use crate::error::Fault;
use crate::format::{Sink, Span, utf8};
use crate::wire::Run;

impl Decoder<'_, '_, dyn Sink + '_> {
    /// Nothing declares what is in an `Any`, so from here on every value is tagged. An `Any` inside an `Any` goes to
    /// the same sink: there is one adapter, however deep they nest.
    pub(super) fn any(&mut self, index: u32, level: Level, at: Span, depth: usize) -> Result<(), Fault> {
        if self.tagged {
            return self.any_record(index, level, at, depth);
        }
        let mut tagged = Tagged::new(self.sink.erased());
        let sink: &mut dyn Sink = &mut tagged;
        let mut inner = Decoder { scan: self.scan.reborrow(), sink, made: self.made, tagged: true };
        let result = inner.any_record(index, level, at, depth);
        self.made = inner.made;
        result
    }

    fn any_record(&mut self, index: u32, level: Level, at: Span, depth: usize) -> Result<(), Fault> {
        let any = &self.plan().any;
        let (url, value) = (self.scan.slot(level, 0), self.scan.slot(level, 1));
        self.sink.record(&any.record, at.0);
        if !(self.is_empty(url) && self.is_empty(value)) {
            self.sink.field(&any.type_url);
            self.type_url(index, url, at.1)?;
            self.any_payload(url, value, at.1, depth)?;
        }
        self.sink.record_end(&any.record, at.1);
        Ok(())
    }

    fn is_empty(&self, slot: Slot) -> bool {
        let o = self.scan.occurrence(slot.first);
        slot.first == 0 || o.start() == o.end()
    }

    fn type_url(&mut self, index: u32, slot: Slot, end: usize) -> Result<(), Fault> {
        let verify = self.plan().message(index).fields.first().is_none_or(|f| f.show == Show::Text(true));
        if slot.first == 0 {
            self.sink.text("", (end, end));
            return Ok(());
        }
        self.text(verify, self.scan.occurrence(slot.first))
    }

    /// The place of the message that a type URL names: what is behind its last slash.
    fn resolve(&self, url: Slot) -> Option<u32> {
        if url.first == 0 {
            return None;
        }
        let (_, name) = utf8(self.run(self.scan.occurrence(url.first))).ok()?.rsplit_once('/')?;
        self.plan().by_name.get(name).copied()
    }

    fn any_payload(&mut self, url: Slot, value: Slot, end: usize, depth: usize) -> Result<(), Fault> {
        let any = &self.plan().any;
        let payload = self.scan.occurrence(value.first);
        let Some(message) = self.resolve(url) else {
            self.sink.field(&any.value);
            let run = if value.first == 0 { Run::new(&[]) } else { self.run(payload) };
            self.sink.bytes(run, Bytes::Base64, payload.span());
            return Ok(());
        };
        let spans = if value.first == 0 { Spans::None } else { Spans::One(payload) };
        let depth = depth + 1;
        let level = self.scan.open(message, spans, depth)?;
        let at = self.scan.bounds(spans, end);
        match self.plan().message(message).well_known {
            None => self.fields(message, level, at.1, depth)?,
            Some(kind) => {
                self.sink.field(&any.value);
                self.well_known(kind, message, level, at, depth)?;
            }
        }
        self.scan.close(level);
        Ok(())
    }
}
