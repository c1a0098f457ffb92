//! The short way: messages as serializers write them, in one pass and straight to the sink.
//!
//! Serializers write each field in one piece, in the order of their numbers. Then nothing needs to be noted, sorted or merged,
//! and the tag that comes next is known beforehand. Whatever is otherwise (fields in another order, a value that comes
//! twice, two members of a oneof, an unknown number of a closed enum, a group, any error) ends the attempt, and the scan
//! decodes the datum anew: it alone says what such a message means.

use super::decode::Decoder;
use super::plan::{Absent, FieldPlan, Form, MessagePlan, Quick, Read, Show};
use super::scan::{Occurrence, Spans};
use super::wire::{self, LENGTH};
use crate::error::Fault;
use crate::format::{Sink, Span};
use crate::wire::{Cursor, Run};

/// Levels that this way goes down: it needs more stack for each than the scan does.
const SHALLOW: usize = 16;

/// The datum is for the scan. Nothing is said about why: the scan finds out.
pub(super) struct Otherwise;

type Ordered<T = ()> = Result<T, Otherwise>;

impl From<Fault> for Otherwise {
    #[inline(always)]
    fn from(_: Fault) -> Self {
        Otherwise
    }
}

/// Reads out of line, by another cursor: that of the loop stays in registers, since its address is never taken.
#[inline(always)]
fn apart<'p, T, E: Into<Otherwise>>(
    c: &mut Cursor<'p>,
    read: impl FnOnce(&mut Cursor<'p>) -> Result<T, E>,
) -> Ordered<T> {
    let mut other = c.clone();
    let found = read(&mut other).map_err(Into::into)?;
    c.seek(other.at());
    Ok(found)
}

/// A tag, not checked: mostly of one byte, seldom of more than two.
#[inline(always)]
fn tag(c: &mut Cursor<'_>) -> Ordered<u32> {
    match *c.rest() {
        [a, ..] if a < 0x80 => {
            c.seek(c.at() + 1);
            Ok(u32::from(a))
        }
        [a, b, ..] if b < 0x80 => {
            c.seek(c.at() + 2);
            Ok(u32::from(a & 0x7f) | u32::from(b) << 7)
        }
        _ => {
            let (number, wire) = apart(c, wire::tag)?;
            Ok(number << 3 | u32::from(wire))
        }
    }
}

/// What stands behind a length, and its bounds.
#[inline(always)]
fn length<'p>(c: &mut Cursor<'p>) -> Ordered<(Run<'p>, usize, usize)> {
    let n = match c.rest().first() {
        Some(&n) if n < 0x80 => {
            c.seek(c.at() + 1);
            usize::from(n)
        }
        _ => {
            let (start, end) = apart(c, wire::length)?;
            c.seek(start);
            end - start
        }
    };
    let start = c.at();
    let run = c.take(n).map_err(|_| Otherwise)?;
    Ok((run, start, start + n))
}

impl<'p, S: Sink + ?Sized> Decoder<'p, '_, S> {
    /// A message that stands between `start` and `end`, `depth` levels below the root.
    pub(super) fn ordered(&mut self, index: u32, start: usize, end: usize, depth: usize) -> Ordered {
        let m = self.plan().message(index);
        if m.well_known.is_some() {
            return Ok(self.message(index, Spans::One(Occurrence::new(start, end)), end, depth)?);
        }
        if m.message_set || depth > self.plan().depth.min(SHALLOW) {
            return Err(Otherwise);
        }
        self.charge(m, (start, end))?;
        self.sink.record(&m.record, start);
        let mut c = self.scan.cursor.part(start, end);
        let (mut next, mut oneofs) = (0, 0);
        while c.left() > 0 {
            let tag = tag(&mut c)?;
            let place = match m.fields.get(next) {
                Some(f) if f.tag == tag => next,
                _ => match apart(&mut c, |c| self.place(m, tag, c, depth))? {
                    Some(place) if place >= next => place,
                    Some(_) => return Err(Otherwise),
                    None => continue,
                },
            };
            for f in &m.fields[next..place] {
                self.missing(f, end, depth)?;
            }
            next = place + 1;
            let f = &m.fields[place];
            if f.oneof != 0 {
                let member = 1u64.checked_shl(f.oneof - 1).ok_or(Otherwise)?;
                if oneofs & member != 0 {
                    return Err(Otherwise);
                }
                oneofs |= member;
            }
            if f.quick == Quick::None {
                self.present(f, tag, &mut c, depth)?;
                continue;
            }
            if f.absent == Absent::Omit {
                self.sink.presence(true);
            }
            self.sink.field(&f.field);
            self.quick(f.quick, &mut c, depth)?;
        }
        for f in &m.fields[next..] {
            self.missing(f, end, depth)?;
        }
        self.sink.record_end(&m.record, end);
        Ok(())
    }

    /// A value of the most frequent kinds: wire form and meaning are one decision.
    #[inline(always)]
    fn quick(&mut self, quick: Quick, c: &mut Cursor<'p>, depth: usize) -> Ordered {
        match quick {
            Quick::Text => {
                let (run, start, end) = length(c)?;
                return self.sink.string(run, (start, end)).map_err(|_| Otherwise);
            }
            Quick::Message(index) => {
                let (_, start, end) = length(c)?;
                return self.ordered(index, start, end, depth + 1);
            }
            _ => {}
        }
        let start = c.at();
        if quick == Quick::Double {
            let v = f64::from_le_bytes(c.array().map_err(|_| Otherwise)?);
            self.sink.double(v, (start, c.at()));
            return Ok(());
        }
        // One that has more than 64 bits is for the scan.
        let v = c.varint().map_err(|_| Otherwise)?;
        let at = (start, c.at());
        match quick {
            Quick::Int => self.sink.int(v as i32, at),
            Quick::Long(mode) => self.long(v as i64, mode, at)?,
            Quick::Boolean => self.sink.boolean(v != 0, at),
            Quick::Symbol(index) => self.symbol(index, v as i32, at),
            _ => return Err(Otherwise),
        }
        Ok(())
    }

    /// The place of a field that isn't the next one; nothing where it was unknown and is passed over.
    #[inline(never)]
    fn place(
        &mut self,
        m: &MessagePlan,
        tag: u32,
        c: &mut Cursor<'_>,
        depth: usize,
    ) -> Ordered<Option<usize>> {
        let (number, wire) = (tag >> 3, (tag & 7) as u8);
        if let Some(place) = m.place(number)
            && (m.fields[place].tag == tag || m.fields[place].is_packed(tag))
        {
            return Ok(Some(place));
        }
        if number == 0 || m.unknown {
            return Err(Otherwise);
        }
        wire::skip(c, (number, wire), self.plan().depth.saturating_sub(depth))?;
        self.scan.scratch.unknown += 1;
        Ok(None)
    }

    #[inline(always)]
    fn missing(&mut self, f: &'p FieldPlan, end: usize, depth: usize) -> Ordered {
        match f.absent {
            Absent::Default => {
                self.sink.field(&f.field);
                Ok(self.default(f, end, depth)?)
            }
            Absent::Omit | Absent::OmitDefault => {
                self.sink.presence(false);
                Ok(())
            }
            Absent::Error => Err(Otherwise),
        }
    }

    /// A field whose tag was read.
    #[inline(always)]
    fn present(&mut self, f: &'p FieldPlan, tag: u32, c: &mut Cursor<'p>, depth: usize) -> Ordered {
        match f.absent {
            Absent::Omit => self.sink.presence(true),
            Absent::OmitDefault => {
                let present = !is_default(f, c.clone())?;
                self.sink.presence(present);
                if !present {
                    return apart(c, |c| wire::skip(c, (tag >> 3, (tag & 7) as u8), 0));
                }
            }
            Absent::Default | Absent::Error => {}
        }
        self.sink.field(&f.field);
        match f.form {
            Form::One if f.read == Read::Length => {
                let (run, start, end) = length(c)?;
                self.content(f, run, (start, end), depth)
            }
            Form::One => self.number(f, c),
            Form::Many => apart(c, |c| self.repeated(f, tag, c, depth)),
            Form::Map => apart(c, |c| self.entries(f, c, depth)),
        }
    }

    /// What stands behind a length: text, bytes or a message.
    #[inline(always)]
    fn content(&mut self, f: &FieldPlan, run: Run<'p>, at: Span, depth: usize) -> Ordered {
        match f.show {
            Show::Text(_) => self.sink.string(run, at).map_err(|_| Otherwise),
            Show::Bytes => {
                self.sink.bytes(run, self.plan().bytes, at);
                Ok(())
            }
            Show::Message(index) => self.ordered(index, at.0, at.1, depth + 1),
            _ => Err(Otherwise),
        }
    }

    /// A number. Groups have no place here.
    #[inline(always)]
    fn number(&mut self, f: &FieldPlan, c: &mut Cursor<'p>) -> Ordered {
        let start = c.at();
        let bits = apart(c, |c| f.read.bits(c))?;
        if f.closed.is_some_and(|closed| !self.plan().knows(closed, bits as i32)) {
            return Err(Otherwise);
        }
        Ok(self.show(f.show, bits, (start, c.at()))?)
    }

    /// All values of a repeated field: those that follow have the same number.
    fn repeated(&mut self, f: &'p FieldPlan, mut tag: u32, c: &mut Cursor<'p>, depth: usize) -> Ordered {
        let (mut mark, mut items) = (None, 0);
        let mut last;
        loop {
            if tag & 7 == u32::from(LENGTH) {
                let (run, start, end) = length(c)?;
                mark.get_or_insert_with(|| self.sink.array(start));
                if f.is_packed(tag) {
                    // No values at all are no array either: that is for the scan to say.
                    if start == end {
                        return Err(Otherwise);
                    }
                    let mut c = c.part(start, end);
                    while c.left() > 0 {
                        self.sink.item(items);
                        self.number(f, &mut c)?;
                        items += 1;
                    }
                } else {
                    self.sink.item(items);
                    self.content(f, run, (start, end), depth)?;
                    items += 1;
                }
                last = end;
            } else {
                mark.get_or_insert_with(|| self.sink.array(c.at()));
                self.sink.item(items);
                self.number(f, c)?;
                items += 1;
                last = c.at();
            }
            match again(f, c)? {
                Some(next) => tag = next,
                None => break,
            }
        }
        self.sink.array_end(mark.unwrap_or_default(), items, last);
        Ok(())
    }

    fn entries(&mut self, f: &'p FieldPlan, c: &mut Cursor<'p>, depth: usize) -> Ordered {
        let Show::Message(entry) = f.show else { return Err(Otherwise) };
        if f.closed.is_some() {
            return Err(Otherwise);
        }
        let (mut mark, mut entries) = (None, 0);
        let mut last;
        loop {
            let (_, start, end) = length(c)?;
            mark.get_or_insert_with(|| self.sink.map(start));
            self.ordered_entry(entry, start, end, entries, depth + 1)?;
            entries += 1;
            last = end;
            if again(f, c)?.is_none() {
                break;
            }
        }
        self.sink.map_end(mark.unwrap_or_default(), entries, last);
        Ok(())
    }

    /// An entry: its key, which is text as a rule, and its value.
    fn ordered_entry(&mut self, entry: u32, start: usize, end: usize, place: usize, depth: usize) -> Ordered {
        let mut c = self.scan.cursor.part(start, end);
        if let [key, value] = self.plan().message(entry).fields.as_slice()
            && matches!(key.show, Show::Text(_))
            && depth <= self.plan().depth
            && tag(&mut c)? == key.tag
        {
            let (name, from, to) = length(&mut c)?;
            if c.left() > 0 && tag(&mut c)? == value.tag {
                self.sink.key(place, name, (from, to)).map_err(|_| Otherwise)?;
                match value.quick {
                    Quick::None if value.read == Read::Length => {
                        let (run, from, to) = length(&mut c)?;
                        self.content(value, run, (from, to), depth)?;
                    }
                    Quick::None => self.number(value, &mut c)?,
                    quick => self.quick(quick, &mut c, depth)?,
                }
                return if c.left() == 0 { Ok(()) } else { Err(Otherwise) };
            }
        }
        Ok(self.entry(entry, Occurrence::new(start, end), place, depth)?)
    }
}

/// The tag of one more value of a repeated field, if that is what comes next.
#[inline(always)]
fn again(f: &FieldPlan, c: &mut Cursor<'_>) -> Ordered<Option<u32>> {
    if c.left() == 0 {
        return Ok(None);
    }
    let at = c.at();
    let next = tag(c)?;
    if next == f.tag || f.is_packed(next) {
        return Ok(Some(next));
    }
    c.seek(at);
    Ok(None)
}

/// Whether the value that comes next is the default of implicit presence, bit by bit.
fn is_default(f: &FieldPlan, mut c: Cursor<'_>) -> Ordered<bool> {
    if f.read == Read::Length {
        let (start, end) = wire::length(&mut c)?;
        return Ok(start == end);
    }
    Ok(f.read.bits(&mut c)? == 0)
}
