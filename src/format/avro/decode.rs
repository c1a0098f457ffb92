//! The one decode loop: a plan's flat steps over a datum, into any sink. No recursion into what the datum nests.

use super::blocks::{block, charge, run_of, short};
use super::other::other;
use super::plan::{Op, Plan, Step};
use super::skip::skip;
use super::state::{Frame, Scratch, State};
use super::values::{int, key, string};
use crate::dialect::MAX_SAFE;
use crate::error::{Code, Fault};
use crate::format::{Data, Single, Sink};
use crate::wire::Cursor;

impl Plan {
    /// Decodes one datum: all of the cursor's bytes.
    ///
    /// # Errors
    /// What is wrong and where; the sink then holds nothing of the datum.
    pub fn decode<S: Sink + ?Sized>(
        &self,
        cursor: Cursor<'_>,
        scratch: &mut Scratch,
        sink: &mut S,
    ) -> Result<(), Fault> {
        self.decode_all(cursor, &mut Single, scratch, sink)
    }

    /// Decodes a datum, and those behind it as long as there are: each is all of its cursor's bytes.
    ///
    /// # Errors
    /// What is wrong with the last one, and where; the sink then holds nothing of it.
    pub fn decode_all<'a, S: Sink + ?Sized>(
        &self,
        first: Cursor<'a>,
        data: &mut dyn Data<'a, S>,
        scratch: &mut Scratch,
        sink: &mut S,
    ) -> Result<(), Fault> {
        let mut state = scratch.state(self);
        sink.begin(first.left());
        let result = if self.container {
            containers(self, first, data, sink, &mut state)
        } else {
            run(self, 0, first, Some(data), sink, &mut state).map(|_| ())
        };
        result.map_err(|fault| {
            sink.abort();
            if fault.code == Code::AvroItems {
                Fault { expected: self.budget as u64, ..fault }
            } else {
                fault
            }
        })
    }

    /// Ends a datum, which must have no more bytes, and begins the next one, if there is one.
    #[inline]
    fn next<'a, S: Sink + ?Sized>(
        &self,
        end: &Cursor<'_>,
        data: &mut dyn Data<'a, S>,
        sink: &mut S,
        state: &mut State<'_>,
    ) -> Result<Option<Cursor<'a>>, Fault> {
        if end.left() > 0 && !self.lenient.trailing {
            return Err(Fault::with(Code::AvroTrailing, end.at(), 0, end.left() as i64));
        }
        if state.budget < self.budget {
            sink.weightless(self.budget - state.budget);
        }
        sink.end();
        let next = data.next(sink);
        if let Some(next) = &next {
            sink.begin(next.left());
            (state.depth, state.budget) = (0, self.budget);
        }
        Ok(next)
    }
}

/// Object container files, one behind the other.
#[cold]
fn containers<'a, S: Sink + ?Sized>(
    plan: &Plan,
    first: Cursor<'a>,
    data: &mut dyn Data<'a, S>,
    sink: &mut S,
    state: &mut State<'_>,
) -> Result<(), Fault> {
    let mut file = Some(first);
    while let Some(c) = file {
        let end = blocks(plan, c, sink, state)?;
        file = plan.next(&end, data, sink, state)?;
    }
    Ok(())
}

/// The blocks of an object container file, whose sizes the data must fill.
#[cold]
fn blocks<'a, S: Sink + ?Sized>(
    plan: &Plan,
    mut c: Cursor<'a>,
    sink: &mut S,
    state: &mut State<'_>,
) -> Result<Cursor<'a>, Fault> {
    let mark = sink.array(c.at());
    let mut done = 0;
    while c.left() > 0 {
        let at = c.at();
        let count = c.varint().map_err(|e| short(e, &c, 1))?;
        let size = c.varint().map_err(|e| short(e, &c, 1))?;
        let end = c.at().saturating_add(usize::try_from(size).unwrap_or(usize::MAX));
        let mut block = c.part(c.at(), end);
        // Data without bytes are counted, as items of arrays are; the others can't be more than the bytes.
        let cost = count.saturating_mul(plan.weight.into());
        charge(&mut state.budget, usize::try_from(cost).unwrap_or(usize::MAX), at)?;
        for _ in 0..count {
            sink.item(done);
            block = run(plan, 0, block, None, sink, state)?;
            done += 1;
        }
        if block.left() > 0 {
            return Err(Fault::with(Code::AvroTrailing, block.at(), 0, block.left() as i64));
        }
        c.seek(block.at());
        sink.between();
    }
    sink.array_end(mark, done, c.at());
    Ok(c)
}

/// Runs steps from `start` to the `Return` that answers it, and again for each of `data`; gives the cursor back.
pub(super) fn run<'a, S: Sink + ?Sized>(
    plan: &Plan,
    start: u32,
    mut whole: Cursor<'a>,
    mut data: Option<&mut dyn Data<'a, S>>,
    sink: &mut S,
    state: &mut State<'_>,
) -> Result<Cursor<'a>, Fault> {
    // Steps out of line get an offset, not the cursor: copying it whole, right after its parts were stored one by one, would
    // stall until those stores are done.
    let mut c = whole.clone();
    let base = state.open;
    let mut pc = start as usize;
    loop {
        // Each arm reads what it needs: what is read here would be kept on the stack for all of them.
        let Step { op, field } = &plan.steps[pc];
        pc += 1;
        // Not by index, here and below: where the sink ignores the field, nothing is left of this.
        if let Some(field) = plan.fields.get(*field as usize) {
            sink.field(field);
        }
        let at = c.at();
        match *op {
            Op::Boolean => {
                let byte = c.byte().map_err(|e| short(e, &c, 1))?;
                if byte > 1 && !plan.lenient.boolean {
                    return Err(Fault::with(Code::AvroBoolean, at, 0, i64::from(byte)));
                }
                sink.boolean(byte == 1, (at, at + 1));
            }
            Op::Int => {
                let v = int(plan, &mut c)?;
                sink.int(v, (at, c.at()));
            }
            Op::Long { checked } => {
                let v = c.zigzag_hot().map_err(|e| short(e, &c, 1))?;
                if checked && v.unsigned_abs() > MAX_SAFE {
                    return Err(Fault::new(Code::OutputInt64Unsafe, at));
                }
                sink.long(v, (at, c.at()));
            }
            Op::Double => {
                let v = f64::from_le_bytes(c.array().map_err(|e| short(e, &c, 8))?);
                sink.double(v, (at, at + 8));
            }
            Op::String => {
                let v = run_of(&mut c)?;
                string(plan, v, (at, c.at()), sink)?;
            }
            Op::Enum(id) => {
                let of = &plan.enums[id as usize];
                let i = c.zigzag().map_err(|e| short(e, &c, 1))?;
                let index = usize::try_from(i).ok().and_then(|i| of.map.get(i).copied());
                let Some(to) = index else {
                    return Err(Fault::with(Code::AvroEnumIndex, at, of.map.len() as u64, i));
                };
                let Some(symbol) = of.symbols.get(to as usize) else {
                    return Err(Fault::with(Code::AvroEnumUnresolved, at, 0, i));
                };
                sink.symbol(to, symbol, (at, c.at()));
            }
            Op::Record(id) => {
                state.deeper(plan, at)?;
                if let Some(record) = plan.records.get(id as usize) {
                    sink.record(record, at);
                }
            }
            Op::RecordEnd(id) => {
                state.depth -= 1;
                if let Some(record) = plan.records.get(id as usize) {
                    sink.record_end(record, at);
                }
            }
            Op::Nullable { null, end } => {
                let i = c.zigzag().map_err(|e| short(e, &c, 1))?;
                if !(0..2).contains(&i) {
                    return Err(Fault::with(Code::AvroUnionIndex, at, 2, i));
                }
                sink.branch(i as u32, (at, c.at()));
                if i as u32 == null {
                    sink.null((at, c.at()));
                    pc = end as usize;
                }
            }
            Op::Jump(to) => pc = to as usize,
            Op::Array(id) => {
                let items = &plan.items[id as usize];
                state.deeper(plan, at)?;
                let mark = sink.array(at);
                let (left, _) = block(&mut c, items, &mut state.budget)?;
                if left == 0 {
                    sink.array_end(mark, 0, c.at());
                    state.depth -= 1;
                    pc = items.end as usize;
                } else {
                    sink.item(0);
                    state.push(Frame { body: pc as u32, left, done: 0, mark }, plan, at)?;
                }
            }
            Op::Next(id) => {
                let items = &plan.items[id as usize];
                let Frame { body, mut left, mut done, mark } = *state.top();
                done += 1;
                left -= 1;
                if left == 0 {
                    sink.between();
                    (left, _) = block(&mut c, items, &mut state.budget)?;
                }
                if left == 0 {
                    sink.array_end(mark, done, c.at());
                    state.open -= 1;
                    state.depth -= 1;
                } else {
                    sink.item(done);
                    *state.top() = Frame { body, left, done, mark };
                    pc = body as usize;
                }
            }
            Op::Map(id) => {
                let items = &plan.items[id as usize];
                state.deeper(plan, at)?;
                let mark = sink.map(at);
                let (left, _) = block(&mut c, items, &mut state.budget)?;
                if left == 0 {
                    sink.map_end(mark, 0, c.at());
                    state.depth -= 1;
                    pc = items.end as usize;
                } else {
                    key(plan, &mut c, 0, sink)?;
                    state.push(Frame { body: pc as u32, left, done: 0, mark }, plan, at)?;
                }
            }
            Op::NextEntry(id) => {
                let items = &plan.items[id as usize];
                let Frame { body, mut left, mut done, mark } = *state.top();
                done += 1;
                left -= 1;
                if left == 0 {
                    sink.between();
                    (left, _) = block(&mut c, items, &mut state.budget)?;
                }
                if left == 0 {
                    sink.map_end(mark, done, c.at());
                    state.open -= 1;
                    state.depth -= 1;
                } else {
                    key(plan, &mut c, done, sink)?;
                    *state.top() = Frame { body, left, done, mark };
                    pc = body as usize;
                }
            }
            Op::Call(id) => {
                let routine = plan.routines[id as usize];
                charge(&mut state.budget, routine.weight as usize, at)?;
                state.push(Frame { body: pc as u32, ..Frame::default() }, plan, at)?;
                pc = routine.start as usize;
            }
            Op::Return => {
                if state.open == base {
                    let Some(data) = &mut data else { return Ok(c) };
                    let Some(next) = plan.next(&c, *data, sink, state)? else { return Ok(c) };
                    (whole, c) = (next.clone(), next);
                    pc = start as usize;
                    continue;
                }
                state.open -= 1;
                pc = state.frames[state.open].body as usize;
            }
            Op::Skip(step) => {
                let (behind, next) = skip(plan, step, pc, (&whole, at), sink, state)?;
                c.seek(behind);
                pc = next;
            }
            Op::Other(step) => {
                let (behind, next) = other(plan, step, pc, (&whole, at), sink, state)?;
                c.seek(behind);
                pc = next;
            }
        }
    }
}
