//! The scan: one pass over a message's tags that notes where each field's values are.
//!
//! What comes of it settles everything that the wire leaves open: the order of fields, the last of several values, the
//! members of a oneof, the parts of a message that are merged. It keeps spans and not values, so that packed numbers
//! cost nothing, and it never looks inside nested messages.

use super::path::Step;
use super::plan::{FieldPlan, Form, MessagePlan, Plan, Read, Show};
use super::wire::{self, Tag};
use crate::error::{Code, Fault};
use crate::format::backoff::Backoff;
use crate::wire::Cursor;

/// Where one value of a field is: a scalar, the content of a length or a group, or packed values.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Occurrence {
    start: u32,
    end: u32,
    /// The next value of the field, counted from 1.
    pub next: u32,
    pub packed: bool,
}

impl Occurrence {
    pub(super) fn new(start: usize, end: usize) -> Self {
        Occurrence { start: start as u32, end: end as u32, next: 0, packed: false }
    }

    pub(super) fn start(self) -> usize {
        self.start as usize
    }

    pub(super) fn end(self) -> usize {
        self.end as usize
    }

    pub(super) fn span(self) -> (usize, usize) {
        (self.start(), self.end())
    }
}

/// First and last value of a field, counted from 1; of a oneof, its current member.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Slot {
    pub first: u32,
    last: u32,
}

/// What the bytes of a message are.
#[derive(Clone, Copy, Debug)]
pub(super) enum Spans {
    /// It is absent; all its fields have their defaults.
    None,
    /// One occurrence.
    One(Occurrence),
    /// This occurrence and those that follow it, merged.
    Chain(u32),
}

/// Memory that decoding uses over and over. It grows to what the largest datum needed: at most sixteen bytes for each
/// of its tags, and eight for each field of the open messages.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    occurrences: Vec<Occurrence>,
    slots: Vec<Slot>,
    pub(super) path: Vec<Step>,
    pub(super) text: String,
    pub(super) unknown: u64,
    /// Whether messages mostly come in order, by root message: plans that share a place share their luck.
    ordered: [Backoff; 8],
}

impl Scratch {
    pub(super) fn ordered(&mut self, plan: &Plan) -> &mut Backoff {
        &mut self.ordered[plan.message_name().len() % 8]
    }

    pub(super) fn clear(&mut self) {
        self.occurrences.clear();
        self.slots.clear();
        self.path.clear();
        self.text.clear();
        self.unknown = 0;
    }

    /// How many bytes of memory it holds.
    pub fn bytes(&self) -> usize {
        self.occurrences.capacity() * size_of::<Occurrence>()
            + self.slots.capacity() * size_of::<Slot>()
            + self.path.capacity() * size_of::<Step>()
            + self.text.capacity()
    }

    /// How many unknown fields the datum that was decoded last had.
    pub fn unknown_fields(&self) -> u64 {
        self.unknown
    }
}

/// An open message: where its slots and its values begin.
#[derive(Clone, Copy)]
pub(super) struct Level {
    slots: usize,
    occurrences: usize,
}

pub(super) struct Scan<'p, 's> {
    pub plan: &'p Plan,
    /// The whole datum.
    pub cursor: Cursor<'p>,
    pub scratch: &'s mut Scratch,
}

impl<'p> Scan<'p, '_> {
    pub(super) fn reborrow(&mut self) -> Scan<'p, '_> {
        Scan { plan: self.plan, cursor: self.cursor.clone(), scratch: self.scratch }
    }

    /// Where the first of these spans begins and the last one ends; `end` where there is none.
    pub(super) fn bounds(&self, spans: Spans, end: usize) -> (usize, usize) {
        match spans {
            Spans::None => (end, end),
            Spans::One(o) => o.span(),
            Spans::Chain(mut id) => {
                let start = self.occurrence(id).start();
                while self.occurrence(id).next != 0 {
                    id = self.occurrence(id).next;
                }
                (start, self.occurrence(id).end())
            }
        }
    }

    /// A value, counted from 1.
    pub(super) fn occurrence(&self, id: u32) -> Occurrence {
        self.scratch.occurrences.get((id as usize).wrapping_sub(1)).copied().unwrap_or_default()
    }

    /// The values of a field.
    pub(super) fn slot(&self, level: Level, place: usize) -> Slot {
        self.scratch.slots.get(level.slots + place).copied().unwrap_or_default()
    }

    /// Scans a message, `depth` levels below the root.
    pub(super) fn open(&mut self, index: u32, spans: Spans, depth: usize) -> Result<Level, Fault> {
        let scratch = &mut *self.scratch;
        let level = Level { slots: scratch.slots.len(), occurrences: scratch.occurrences.len() };
        let m = self.plan.message(index);
        scratch.slots.resize(level.slots + m.fields.len() + m.oneofs as usize, Slot::default());
        match spans {
            Spans::None => {}
            Spans::One(o) => self.scan(index, o, level, depth)?,
            Spans::Chain(mut id) => {
                while id != 0 {
                    let o = self.occurrence(id);
                    self.scan(index, o, level, depth)?;
                    id = o.next;
                }
            }
        }
        Ok(level)
    }

    /// Lets go of a message's slots and values.
    pub(super) fn close(&mut self, level: Level) {
        self.scratch.slots.truncate(level.slots);
        self.scratch.occurrences.truncate(level.occurrences);
    }

    fn scan(&mut self, index: u32, o: Occurrence, level: Level, depth: usize) -> Result<(), Fault> {
        let Some(budget) = self.plan.depth.checked_sub(depth) else {
            return Err(Fault::with(Code::ProtobufDepth, o.start(), self.plan.depth as u64, 0));
        };
        let m = self.plan.message(index);
        let mut c = self.cursor.part(o.start(), o.end());
        while c.left() > 0 {
            let start = c.at();
            let tag = wire::tag(&mut c)?;
            let known = if m.message_set && tag == (1, wire::GROUP) {
                let result = self.item(m, &mut c, level, depth);
                self.limited(result)?
            } else if let Some(place) = m.place(tag.0) {
                let result = self.field(m, place, tag, &mut c, level, depth);
                if result.is_err() {
                    self.scratch.path.push(Step::Field(index, place as u32));
                }
                self.limited(result)?
            } else {
                self.limited(wire::skip(&mut c, tag, budget))?;
                false
            };
            if !known {
                self.unknown(m, level, Occurrence::new(start, c.at()), depth)?;
            }
        }
        Ok(())
    }

    /// Counts an unknown field, and keeps it where that is asked for.
    fn unknown(&mut self, m: &MessagePlan, level: Level, o: Occurrence, depth: usize) -> Result<(), Fault> {
        self.scratch.unknown += 1;
        match m.fields.split_last() {
            Some((f, before)) if m.unknown => self.note(f, level.slots + before.len(), o, depth),
            _ => Ok(()),
        }
    }

    /// An item of a message set: the number of an extension and its message. Gives whether the extension is known.
    fn item(
        &mut self,
        m: &MessagePlan,
        c: &mut Cursor<'_>,
        level: Level,
        depth: usize,
    ) -> Result<bool, Fault> {
        let budget = self.plan.depth.saturating_sub(depth);
        let (start, end) = wire::group(c, 1, budget)?;
        let found = wire::message_set_item(c.part(start, end), budget)?;
        let known = found.and_then(|(number, body)| Some((m.place(number)?, body)));
        let Some((place, body)) = known else { return Ok(false) };
        let o = Occurrence::new(body.at(), body.end());
        self.note(&m.fields[place], level.slots + place, o, depth).map(|()| true)
    }

    /// The depth limit in a fault's message.
    fn limited<T>(&self, result: Result<T, Fault>) -> Result<T, Fault> {
        result.map_err(|f| match f.code {
            Code::ProtobufDepth => Fault { expected: self.plan.depth as u64, ..f },
            _ => f,
        })
    }

    /// Notes one value of a field that has the right wire type; gives whether it is no unknown field.
    fn field(
        &mut self,
        m: &MessagePlan,
        place: usize,
        tag: Tag,
        c: &mut Cursor<'_>,
        level: Level,
        depth: usize,
    ) -> Result<bool, Fault> {
        let f = &m.fields[place];
        let budget = self.plan.depth.saturating_sub(depth);
        let Some(o) = extent(f, tag, c, budget)? else {
            return wire::skip(c, tag, budget).map(|()| false);
        };
        if let Some(closed) = f.closed
            && !self.known(f, closed, o)?
        {
            return self.check(f, o, depth).map(|()| false);
        }
        if o.packed && o.start == o.end {
            return Ok(true);
        }
        if f.oneof != 0 {
            self.choose(m, place, level, depth)?;
        }
        self.note(f, level.slots + place, o, depth).map(|()| true)
    }

    /// Makes a field the current member of its oneof; another one that was set is unset.
    fn choose(&mut self, m: &MessagePlan, place: usize, level: Level, depth: usize) -> Result<(), Fault> {
        let at = level.slots + m.fields.len() + m.fields[place].oneof as usize - 1;
        let member = place as u32 + 1;
        let Some(before) = self.scratch.slots.get_mut(at) else { return Ok(()) };
        let before = std::mem::replace(&mut before.first, member);
        if before == 0 || before == member {
            return Ok(());
        }
        let before = before as usize - 1;
        let slot = std::mem::take(&mut self.scratch.slots[level.slots + before]);
        let mut id = slot.first;
        while id != 0 {
            let o = self.occurrence(id);
            self.check(&m.fields[before], o, depth)?;
            id = o.next;
        }
        Ok(())
    }

    /// Adds a value to a slot, or puts it in the place of the one before.
    fn note(&mut self, f: &FieldPlan, slot: usize, o: Occurrence, depth: usize) -> Result<(), Fault> {
        let Slot { first, last } = self.scratch.slots[slot];
        if first != 0 && f.form == Form::One && !matches!(f.show, Show::Message(_)) {
            self.check(f, self.occurrence(first), depth)?;
            self.scratch.occurrences[first as usize - 1] = o;
            return Ok(());
        }
        self.scratch.occurrences.push(o);
        let id = self.scratch.occurrences.len() as u32;
        if last != 0 {
            self.scratch.occurrences[last as usize - 1].next = id;
        }
        self.scratch.slots[slot] = Slot { first: if first == 0 { id } else { first }, last: id };
        Ok(())
    }

    /// Whether a value of a closed enum, one of several that are packed, or an entry's value is of the enum.
    fn known(&self, f: &FieldPlan, closed: u32, o: Occurrence) -> Result<bool, Fault> {
        let mut c = self.cursor.part(o.start(), o.end());
        if f.form == Form::Map {
            return self.entry_known(closed, c);
        }
        let mut any = o.packed && c.left() == 0;
        while c.left() > 0 {
            any |= self.plan.knows(closed, wire::varint(&mut c)? as i32);
        }
        Ok(any)
    }

    fn entry_known(&self, closed: u32, mut c: Cursor<'_>) -> Result<bool, Fault> {
        let mut last = None;
        while c.left() > 0 {
            match wire::tag(&mut c)? {
                (2, wire::VARINT) => last = Some(wire::varint(&mut c)? as i32),
                tag => wire::skip(&mut c, tag, self.plan.depth)?,
            }
        }
        // Without a value it is the enum's first one.
        Ok(last.is_none_or(|number| self.plan.knows(closed, number)))
    }
}

/// The bounds of a field's value, or nothing where the wire type is another.
pub(super) fn extent(
    f: &FieldPlan,
    tag: Tag,
    c: &mut Cursor<'_>,
    budget: usize,
) -> Result<Option<Occurrence>, Fault> {
    let packed = tag.1 == wire::LENGTH && f.form == Form::Many && f.read.packable();
    if tag.1 != f.read.wire_type() && !packed {
        return Ok(None);
    }
    let start = c.at();
    let (start, end) = match f.read {
        _ if packed => wire::length(c)?,
        Read::Length => wire::length(c)?,
        Read::Group => wire::group(c, tag.0, budget)?,
        _ => {
            wire::skip(c, tag, 0)?;
            (start, c.at())
        }
    };
    Ok(Some(Occurrence { packed, ..Occurrence::new(start, end) }))
}
