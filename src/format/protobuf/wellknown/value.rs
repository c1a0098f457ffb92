//! `Struct`, `Value` and `ListValue`: JSON inside Protobuf. Every value has its tag.

use super::super::decode::Decoder;
use super::super::plan::{FieldPlan, Show};
use super::super::scan::{Level, Slot, Spans};
use super::decode::out_of_range;
use crate::error::Fault;
use crate::format::{Sink, Span, Tag};

impl<S: Sink + ?Sized> Decoder<'_, '_, S> {
    /// The bits of a singular number; 0 where it is absent.
    pub(super) fn bits(&self, f: &FieldPlan, slot: Slot) -> Result<u64, Fault> {
        let o = self.scan.occurrence(slot.first);
        if slot.first == 0 { Ok(0) } else { f.read.bits(&mut self.scan.cursor.part(o.start(), o.end())) }
    }
}

impl Decoder<'_, '_, dyn Sink + '_> {
    pub(super) fn struct_value(
        &mut self,
        index: u32,
        level: Level,
        at: Span,
        depth: usize,
    ) -> Result<(), Fault> {
        let slot = self.scan.slot(level, 0);
        self.sink.tag(Tag::Map);
        match self.plan().message(index).fields[0].show {
            Show::Message(entry) if slot.first != 0 => self.map(entry, slot, depth),
            _ => {
                let mark = self.sink.map(at.0);
                self.sink.map_end(mark, 0, at.1);
                Ok(())
            }
        }
    }

    pub(super) fn list_value(
        &mut self,
        index: u32,
        level: Level,
        at: Span,
        depth: usize,
    ) -> Result<(), Fault> {
        let slot = self.scan.slot(level, 0);
        self.sink.tag(Tag::Array);
        if slot.first != 0 {
            return self.array(&self.plan().message(index).fields[0], slot, depth);
        }
        let mark = self.sink.array(at.0);
        self.sink.array_end(mark, 0, at.1);
        Ok(())
    }

    /// A `Value`: the member of its oneof that is set, else null.
    pub(super) fn any_value(
        &mut self,
        index: u32,
        level: Level,
        at: Span,
        depth: usize,
    ) -> Result<(), Fault> {
        let fields = &self.plan().message(index).fields;
        let set = (0..fields.len()).find(|place| self.scan.slot(level, *place).first != 0);
        let Some(place) = set else {
            self.sink.tag(Tag::Null);
            self.sink.null(at);
            return Ok(());
        };
        let (f, slot) = (&fields[place], self.scan.slot(level, place));
        match f.show {
            // Struct and ListValue tag themselves.
            Show::Message(i) => return self.message(i, Spans::Chain(slot.first), at.1, depth + 1),
            Show::Null => self.sink.tag(Tag::Null),
            Show::Boolean => self.sink.tag(Tag::Boolean),
            Show::Double => {
                if !f64::from_bits(self.bits(f, slot)?).is_finite() {
                    return Err(out_of_range(self.scan.occurrence(slot.first).span()));
                }
                self.sink.tag(Tag::Double);
            }
            _ => self.sink.tag(Tag::String),
        }
        self.value(f, slot, at.1, depth)
    }
}
