//! Well-known types to the sink, in the form that ProtoJSON gives them.

use super::super::decode::Decoder;
use super::super::scan::Level;
use super::{WellKnown, time};
use crate::error::{Code, Fault};
use crate::format::{Sink, Span};

/// A value that has no JSON form.
#[cold]
pub(super) fn out_of_range(at: Span) -> Fault {
    Fault::new(Code::ProtobufWellKnown, at.0)
}

impl<S: Sink + ?Sized> Decoder<'_, '_, S> {
    /// A message of this well-known type, already scanned.
    pub(in super::super) fn well_known(
        &mut self,
        kind: WellKnown,
        index: u32,
        level: Level,
        at: Span,
        depth: usize,
    ) -> Result<(), Fault> {
        match kind {
            WellKnown::Timestamp => self.time(index, level, at, time::timestamp),
            WellKnown::Duration => self.time(index, level, at, time::duration),
            WellKnown::Wrapper => {
                let f = &self.plan().message(index).fields[0];
                self.value(f, self.scan.slot(level, 0), at.1, depth)
            }
            _ => {
                let scan = self.scan.reborrow();
                let mut rare =
                    Decoder { scan, sink: self.sink.erased(), made: self.made, tagged: self.tagged };
                let result = rare.rare(kind, index, level, at, depth);
                self.made = rare.made;
                result
            }
        }
    }

    /// Seconds and nanoseconds as text.
    fn time(
        &mut self,
        index: u32,
        level: Level,
        at: Span,
        write: fn(i64, i32, &mut String) -> Option<()>,
    ) -> Result<(), Fault> {
        let fields = &self.plan().message(index).fields;
        let (mut seconds, mut nanos) = (0, 0);
        for (place, f) in fields.iter().enumerate() {
            let bits = self.bits(f, self.scan.slot(level, place))?;
            if place == 0 { seconds = bits as i64 } else { nanos = bits as i32 }
        }
        let text = &mut self.scan.scratch.text;
        text.clear();
        write(seconds, nanos, text).ok_or_else(|| out_of_range(at))?;
        self.sink.text(text, at);
        Ok(())
    }
}

impl Decoder<'_, '_, dyn Sink + '_> {
    /// What messages seldom have, compiled once.
    fn rare(
        &mut self,
        kind: WellKnown,
        index: u32,
        level: Level,
        at: Span,
        depth: usize,
    ) -> Result<(), Fault> {
        match kind {
            WellKnown::FieldMask => self.field_mask(index, level, at),
            WellKnown::Struct => self.struct_value(index, level, at, depth),
            WellKnown::Value => self.any_value(index, level, at, depth),
            WellKnown::ListValue => self.list_value(index, level, at, depth),
            WellKnown::Any => self.any(index, level, at, depth),
            WellKnown::Timestamp | WellKnown::Duration | WellKnown::Wrapper => {
                self.well_known(kind, index, level, at, depth)
            }
        }
    }
}
