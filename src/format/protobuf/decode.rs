//! Plan and bytes → a sink.

use super::path::{self, Step};
use super::plan::{Absent, FieldPlan, Form, MessagePlan, Plan, Read, Show};
use super::scan::{Level, Occurrence, Scan, Slot, Spans};
use crate::error::{Code, Fault};
use crate::format::{Sink, Span, is_dyn, utf8};
use crate::wire::{Cursor, Run};
use std::fmt::Write;

use super::model::Literal;
pub use super::scan::Scratch;

impl Plan {
    /// Decodes one message: the bytes from the cursor to its end.
    ///
    /// # Errors
    /// A fault, with the sink taken back to where it was; [`Plan::path`] says where in the value.
    pub fn decode<S: Sink + ?Sized>(
        &self,
        cursor: Cursor<'_>,
        scratch: &mut Scratch,
        sink: &mut S,
    ) -> Result<(), Fault> {
        if !is_dyn::<S>() && self.decode_ordered(&cursor, scratch, sink) {
            return Ok(());
        }
        self.decode_scanned(cursor, scratch, sink)
    }

    /// Decodes a message whatever the order of its fields.
    pub(super) fn decode_scanned<S: Sink + ?Sized>(
        &self,
        cursor: Cursor<'_>,
        scratch: &mut Scratch,
        sink: &mut S,
    ) -> Result<(), Fault> {
        scratch.clear();
        let (start, end) = (cursor.at(), cursor.end());
        sink.begin(cursor.left());
        // Spans are of 32 bits.
        let result = if u32::try_from(end).is_ok() {
            let mut decoder = Decoder::new(self, cursor, scratch, sink);
            decoder.message(self.root, Spans::One(Occurrence::new(start, end)), end, 0)
        } else {
            Err(Fault::new(Code::ProtobufItems, start))
        };
        match result {
            Ok(()) => sink.end(),
            Err(_) => sink.abort(),
        }
        result
    }

    /// The attempt to decode a message in one pass; where it fails, nothing has happened.
    pub(super) fn decode_ordered<S: Sink + ?Sized>(
        &self,
        cursor: &Cursor<'_>,
        scratch: &mut Scratch,
        sink: &mut S,
    ) -> bool {
        let (start, end) = (cursor.at(), cursor.end());
        if !scratch.ordered(self).ready() || u32::try_from(end).is_err() {
            return false;
        }
        scratch.clear();
        sink.begin(cursor.left());
        let mut decoder = Decoder::new(self, cursor.clone(), scratch, sink);
        let done = decoder.ordered(self.root, start, end, 0).is_ok();
        if done {
            sink.end();
            scratch.ordered(self).succeeded();
        } else {
            sink.abort();
            scratch.ordered(self).failed();
        }
        done
    }

    /// Where in the message the last fault of this scratch stands.
    #[cold]
    pub fn path(&self, scratch: &Scratch) -> String {
        path::text(self, &scratch.path)
    }
}

/// Walks a plan over a datum.
pub(super) struct Decoder<'p, 's, S: ?Sized> {
    pub scan: Scan<'p, 's>,
    pub sink: &'s mut S,
    /// Values made from defaults.
    pub made: usize,
    /// Whether the sink tags every value: inside an `Any`.
    pub tagged: bool,
}

impl<'p, 's, S: Sink + ?Sized> Decoder<'p, 's, S> {
    fn new(plan: &'p Plan, cursor: Cursor<'p>, scratch: &'s mut Scratch, sink: &'s mut S) -> Self {
        Decoder { scan: Scan { plan, cursor, scratch }, sink, made: 0, tagged: false }
    }

    pub(super) fn plan(&self) -> &'p Plan {
        self.scan.plan
    }

    /// A message, `depth` levels below the root. Where it is absent, `end` is where it would be.
    pub(super) fn message(
        &mut self,
        index: u32,
        spans: Spans,
        end: usize,
        depth: usize,
    ) -> Result<(), Fault> {
        let level = self.scan.open(index, spans, depth)?;
        let at = self.scan.bounds(spans, end);
        self.charge(self.plan().message(index), at)?;
        match self.plan().message(index).well_known {
            None => self.record(index, level, at, depth)?,
            Some(kind) => self.well_known(kind, index, level, at, depth)?,
        }
        self.scan.close(level);
        Ok(())
    }

    /// What a message lacks takes time and room too: of wide messages, eight fields count as one item for each byte that they
    /// don't have.
    #[inline(always)]
    pub(super) fn charge(&mut self, m: &MessagePlan, (start, end): Span) -> Result<(), Fault> {
        let spare = (m.fields.len() / 8).saturating_sub(end - start);
        if spare == 0 { Ok(()) } else { self.make(spare, end) }
    }

    /// Counts values that are made from nothing.
    fn make(&mut self, values: usize, at: usize) -> Result<(), Fault> {
        self.made += values;
        if self.made > self.plan().items {
            return Err(Fault::with(Code::ProtobufItems, at, self.plan().items as u64, 0));
        }
        Ok(())
    }

    fn record(&mut self, index: u32, level: Level, at: Span, depth: usize) -> Result<(), Fault> {
        let m = self.plan().message(index);
        self.sink.record(&m.record, at.0);
        self.fields(index, level, at.1, depth)?;
        self.sink.record_end(&m.record, at.1);
        Ok(())
    }

    /// All fields of a message that ends at `end`.
    pub(super) fn fields(&mut self, index: u32, level: Level, end: usize, depth: usize) -> Result<(), Fault> {
        let m = self.plan().message(index);
        for (place, f) in m.fields.iter().enumerate() {
            let slot = self.scan.slot(level, place);
            if let Err(fault) = self.field(f, slot, end, depth) {
                self.scan.scratch.path.push(Step::Field(index, place as u32));
                return Err(fault);
            }
        }
        Ok(())
    }

    fn field(&mut self, f: &'p FieldPlan, slot: Slot, end: usize, depth: usize) -> Result<(), Fault> {
        let mut present = slot.first != 0;
        match f.absent {
            Absent::Default => {
                if !present {
                    self.sink.field(&f.field);
                    return self.default(f, end, depth);
                }
            }
            Absent::Omit => self.sink.presence(present),
            Absent::OmitDefault => {
                present = present && !self.is_default(f, slot)?;
                self.sink.presence(present);
            }
            Absent::Error if !present => return Err(Fault::new(Code::ProtobufRequired, end)),
            Absent::Error => {}
        }
        if !present {
            return Ok(());
        }
        self.sink.field(&f.field);
        match (f.form, f.show) {
            (Form::One, _) => self.value(f, slot, end, depth),
            (Form::Map, Show::Message(entry)) => self.map(entry, slot, depth),
            _ => self.array(f, slot, depth),
        }
    }

    /// Whether a field of implicit presence has its default, bit by bit: `-0.0` is none.
    fn is_default(&self, f: &FieldPlan, slot: Slot) -> Result<bool, Fault> {
        let o = self.scan.occurrence(slot.first);
        if f.read == Read::Length {
            return Ok(o.start() == o.end());
        }
        Ok(f.read.bits(&mut self.scan.cursor.part(o.start(), o.end()))? == 0)
    }

    /// A singular value, or its default.
    pub(super) fn value(
        &mut self,
        f: &'p FieldPlan,
        slot: Slot,
        end: usize,
        depth: usize,
    ) -> Result<(), Fault> {
        match (f.show, slot.first) {
            (Show::Message(index), 0) => self.message(index, Spans::None, end, depth + 1),
            (Show::Message(index), first) => self.message(index, Spans::Chain(first), end, depth + 1),
            (_, 0) => self.default(f, end, depth),
            (_, first) => self.scalar(f, self.scan.occurrence(first)),
        }
    }

    /// A field that is not there: its default, or an empty array or map.
    pub(super) fn default(&mut self, f: &'p FieldPlan, end: usize, depth: usize) -> Result<(), Fault> {
        self.make(1, end)?;
        match (f.form, f.show, &f.default) {
            (Form::Many, ..) => {
                let mark = self.sink.array(end);
                self.sink.array_end(mark, 0, end);
            }
            (Form::Map, ..) => {
                let mark = self.sink.map(end);
                self.sink.map_end(mark, 0, end);
            }
            (_, Show::Message(index), _) => return self.message(index, Spans::None, end, depth + 1),
            (_, _, Literal::Text(text)) => self.sink.text(text, (end, end)),
            (_, _, Literal::Bytes(bytes)) => self.sink.bytes(Run::new(bytes), self.plan().bytes, (end, end)),
            (_, show, Literal::Bits(bits)) => return self.show(show, *bits, (end, end)),
        }
        Ok(())
    }

    pub(super) fn array(&mut self, f: &'p FieldPlan, slot: Slot, depth: usize) -> Result<(), Fault> {
        let mut o = self.scan.occurrence(slot.first);
        let mark = self.sink.array(o.start());
        let mut items = 0;
        loop {
            if let Err(fault) = self.items(f, o, &mut items, depth) {
                self.scan.scratch.path.push(Step::Item(items));
                return Err(fault);
            }
            if o.next == 0 {
                break;
            }
            o = self.scan.occurrence(o.next);
        }
        self.sink.array_end(mark, items, o.end());
        Ok(())
    }

    /// One value of a repeated field, or several that are packed.
    fn items(
        &mut self,
        f: &'p FieldPlan,
        o: Occurrence,
        items: &mut usize,
        depth: usize,
    ) -> Result<(), Fault> {
        if o.packed {
            return self.packed(f, o, items);
        }
        self.sink.item(*items);
        match f.show {
            Show::Message(index) => self.message(index, Spans::One(o), o.end(), depth + 1)?,
            _ => self.scalar(f, o)?,
        }
        *items += 1;
        Ok(())
    }

    fn packed(&mut self, f: &FieldPlan, o: Occurrence, items: &mut usize) -> Result<(), Fault> {
        let mut c = self.scan.cursor.part(o.start(), o.end());
        while c.left() > 0 {
            let start = c.at();
            let bits = f.read.bits(&mut c)?;
            if f.closed.is_some_and(|closed| !self.plan().knows(closed, bits as i32)) {
                continue;
            }
            self.sink.item(*items);
            self.show(f.show, bits, (start, c.at()))?;
            *items += 1;
        }
        Ok(())
    }

    pub(super) fn map(&mut self, entry: u32, slot: Slot, depth: usize) -> Result<(), Fault> {
        let mut o = self.scan.occurrence(slot.first);
        let mark = self.sink.map(o.start());
        let mut entries = 0;
        loop {
            if let Err(fault) = self.entry(entry, o, entries, depth + 1) {
                self.scan.scratch.path.push(Step::Entry(entries));
                return Err(fault);
            }
            entries += 1;
            if o.next == 0 {
                break;
            }
            o = self.scan.occurrence(o.next);
        }
        self.sink.map_end(mark, entries, o.end());
        Ok(())
    }

    /// An entry is a message of a key and a value; either may be absent.
    pub(super) fn entry(
        &mut self,
        entry: u32,
        o: Occurrence,
        place: usize,
        depth: usize,
    ) -> Result<(), Fault> {
        let [key, value] = self.plan().message(entry).fields.as_slice() else {
            return Err(Fault::new(Code::Internal, o.start()));
        };
        let level = self.scan.open(entry, Spans::One(o), depth)?;
        self.key(key, self.scan.slot(level, 0), place, o.end())?;
        self.value(value, self.scan.slot(level, 1), o.end(), depth)?;
        self.scan.close(level);
        Ok(())
    }

    fn key(&mut self, f: &FieldPlan, slot: Slot, place: usize, end: usize) -> Result<(), Fault> {
        let set = slot.first != 0;
        let o = if set { self.scan.occurrence(slot.first) } else { Occurrence::new(end, end) };
        if let Show::Text(verify) = f.show {
            let run = self.run(o);
            if verify || utf8(run).is_ok() {
                return self.sink.key(place, run, o.span()).map_err(|e| e.at(Code::ProtobufUtf8, o.start()));
            }
            let text = String::from_utf8_lossy(run.exact());
            let _ = self.sink.key(place, Run::new(text.as_bytes()), o.span());
            return Ok(());
        }
        let bits = if set { f.read.bits(&mut self.scan.cursor.part(o.start(), o.end()))? } else { 0 };
        let text = &mut self.scan.scratch.text;
        text.clear();
        let _ = match f.show {
            Show::Int => write!(text, "{}", bits as i32),
            Show::Uint => write!(text, "{}", bits as u32),
            Show::Long(_) => write!(text, "{}", bits as i64),
            Show::Boolean => write!(text, "{}", bits != 0),
            _ => write!(text, "{bits}"),
        };
        let _ = self.sink.key(place, Run::new(text.as_bytes()), o.span());
        Ok(())
    }
}
