//! The one decode loop: a plan's flat steps over a datum, into any sink. No recursion into what the datum nests.

use super::logical;
use super::plan::{FromBytes, FromInt, FromLong, Items, NONE, Op, Plan, Step, Temporal};
use crate::error::{Code, Fault};
use crate::format::Sink;
use crate::format::temporal::{self, Stamp};
use crate::wire::{Cursor, Run, Short};

/// The integers that a double holds exactly.
const MAX_SAFE: u64 = (1 << 53) - 1;
/// Lengths beyond are never of a datum: they would not fit the address space of a wasm host either.
const MAX_LENGTH: i64 = i32::MAX as i64;
/// What an ECMAScript `Date` can hold, in milliseconds.
const MAX_INSTANT: u64 = 8_640_000_000_000_000;

/// Memory that decoding needs, kept between data: zeroing it for each would cost more than decoding a small one.
#[derive(Debug, Default)]
pub struct Scratch {
    frames: Vec<Frame>,
    text: String,
}

/// An open array, map or call.
#[derive(Clone, Copy, Debug, Default)]
struct Frame {
    /// Where an item's steps begin; for a call, where it returns to.
    body: u32,
    /// Items left in the block.
    left: usize,
    /// Items so far.
    done: usize,
    /// The sink's.
    mark: usize,
}

/// What one datum has used.
struct State<'a> {
    frames: &'a mut [Frame],
    text: &'a mut String,
    open: usize,
    depth: usize,
    /// Items without bytes that may still come.
    budget: usize,
}

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
        // A level of the datum is at most one record (a call) and one array or map inside it.
        let frames = 2 * self.depth + 2;
        if scratch.frames.len() < frames {
            scratch.frames.resize(frames, Frame::default());
        }
        let mut state = State {
            frames: &mut scratch.frames[..frames],
            text: &mut scratch.text,
            open: 0,
            depth: 0,
            budget: self.budget,
        };
        sink.begin(cursor.left());
        let whole = if self.container {
            blocks(self, cursor, sink, &mut state)
        } else {
            run(self, 0, cursor, sink, &mut state)
        };
        let result = whole.and_then(|end| match end.left() {
            0 => Ok(()),
            _ if self.lenient.trailing => Ok(()),
            left => Err(Fault::with(Code::AvroTrailing, end.at(), 0, left as i64)),
        });
        match result {
            Ok(()) => {
                sink.end();
                Ok(())
            }
            Err(fault) => {
                sink.abort();
                Err(if fault.code == Code::AvroItems {
                    Fault { expected: self.budget as u64, ..fault }
                } else {
                    fault
                })
            }
        }
    }
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
        // Data without bytes are counted; the others can't be more than the bytes.
        charge(&mut state.budget, usize::try_from(count.saturating_sub(size)).unwrap_or(usize::MAX), at)?;
        for _ in 0..count {
            sink.item(done);
            block = run(plan, 0, block, sink, state)?;
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

#[cold]
fn short(e: Short, c: &Cursor<'_>, wanted: usize) -> Fault {
    match e {
        Short::End => {
            Fault::with(Code::AvroTruncated, c.at(), wanted.max(c.left() + 1) as u64, c.left() as i64)
        }
        Short::Varint => Fault::new(Code::AvroVarint, c.at()),
    }
}

/// A length and its bytes.
#[inline(always)]
fn run_of<'a>(c: &mut Cursor<'a>) -> Result<Run<'a>, Fault> {
    let at = c.at();
    let n = c.zigzag().map_err(|e| short(e, c, 1))?;
    if !(0..=MAX_LENGTH).contains(&n) {
        return Err(Fault::with(Code::AvroLength, at, 0, n));
    }
    c.take(n as usize).map_err(|e| short(e, c, n as usize))
}

/// The count of the next block, 0 behind the last one. A negative count comes with the block's size in bytes, which
/// serves who skips.
#[inline(always)]
fn block(c: &mut Cursor<'_>, items: &Items, budget: &mut usize) -> Result<(usize, Option<usize>), Fault> {
    let at = c.at();
    let count = c.zigzag().map_err(|e| short(e, c, 1))?;
    if count == 0 {
        return Ok((0, None));
    }
    let mut size = None;
    if count == i64::MIN {
        return Err(Fault::with(Code::AvroLength, at, 0, count));
    }
    if count < 0 {
        let size_at = c.at();
        let bytes = c.zigzag().map_err(|e| short(e, c, 1))?;
        size = Some(usize::try_from(bytes).map_err(|_| Fault::with(Code::AvroLength, size_at, 0, bytes))?);
    }
    let n = usize::try_from(count.unsigned_abs()).unwrap_or(usize::MAX);
    if items.min == 0 {
        charge(budget, n.saturating_mul(items.weight.max(1) as usize), at)?;
    } else if n > c.left() / items.min as usize {
        let most = c.left() / items.min as usize;
        return Err(Fault::with(Code::AvroBlockCount, at, most as u64, count.saturating_abs()));
    }
    Ok((n, size))
}

/// Takes what costs no bytes from the datum's budget.
#[inline(always)]
fn charge(budget: &mut usize, cost: usize, at: usize) -> Result<(), Fault> {
    match budget.checked_sub(cost) {
        Some(left) => {
            *budget = left;
            Ok(())
        }
        None => Err(Fault::new(Code::AvroItems, at)),
    }
}

impl State<'_> {
    #[inline(always)]
    fn deeper(&mut self, plan: &Plan, at: usize) -> Result<(), Fault> {
        self.depth += 1;
        if self.depth > plan.depth {
            Err(Fault::with(Code::AvroDepth, at, plan.depth as u64, 0))
        } else {
            Ok(())
        }
    }

    #[inline(always)]
    fn push(&mut self, frame: Frame, plan: &Plan, at: usize) -> Result<(), Fault> {
        let Some(slot) = self.frames.get_mut(self.open) else {
            return Err(Fault::with(Code::AvroDepth, at, plan.depth as u64, 0));
        };
        *slot = frame;
        self.open += 1;
        Ok(())
    }

    /// The innermost frame. Steps are laid out so that there is one wherever this is called.
    #[inline(always)]
    fn top(&mut self) -> &mut Frame {
        let last = self.open.wrapping_sub(1).min(self.frames.len() - 1);
        &mut self.frames[last]
    }
}

/// Runs steps from `start` to the `Return` that answers it; gives the cursor back.
fn run<'a, S: Sink + ?Sized>(
    plan: &Plan,
    start: u32,
    mut c: Cursor<'a>,
    sink: &mut S,
    state: &mut State<'_>,
) -> Result<Cursor<'a>, Fault> {
    let base = state.open;
    let mut pc = start as usize;
    loop {
        let Step { op, field } = plan.steps[pc];
        pc += 1;
        // Not by index: where the sink ignores the field, nothing is left of this.
        if let Some(field) = plan.fields.get(field as usize) {
            sink.field(field);
        }
        let at = c.at();
        match op {
            Op::Null => sink.null((at, at)),
            Op::Boolean => {
                let byte = c.byte().map_err(|e| short(e, &c, 1))?;
                if byte > 1 && !plan.lenient.boolean {
                    return Err(Fault::with(Code::AvroBoolean, at, 0, i64::from(byte)));
                }
                sink.boolean(byte == 1, (at, at + 1));
            }
            Op::Int(to) => {
                let v = int(plan, &mut c)?;
                match to {
                    FromInt::Int => sink.int(v, (at, c.at())),
                    FromInt::Long(to) => long_as(to, i64::from(v), (at, c.at()), sink)?,
                    FromInt::Time(to) => time(to, i64::from(v), (at, c.at()), sink)?,
                }
            }
            Op::Long => {
                let v = c.zigzag_hot().map_err(|e| short(e, &c, 1))?;
                sink.long(v, (at, c.at()));
            }
            Op::LongAs(to) => {
                let v = c.zigzag().map_err(|e| short(e, &c, 1))?;
                long_as(to, v, (at, c.at()), sink)?;
            }
            Op::Float => {
                let v = f32::from_le_bytes(c.array().map_err(|e| short(e, &c, 4))?);
                sink.float(v, plan.short_floats, (at, at + 4));
            }
            Op::FloatAsDouble => {
                let v = f32::from_le_bytes(c.array().map_err(|e| short(e, &c, 4))?);
                sink.double(f64::from(v), (at, at + 4));
            }
            Op::Double => {
                let v = f64::from_le_bytes(c.array().map_err(|e| short(e, &c, 8))?);
                sink.double(v, (at, at + 8));
            }
            Op::String => {
                let v = run_of(&mut c)?;
                string(plan, v, at, c.at(), sink)?;
            }
            Op::Bytes(to) => {
                let v = run_of(&mut c)?;
                bytes(plan, to, v, at, c.at(), sink, state.text)?;
            }
            Op::Fixed(size, to) => {
                let v = c.take(size as usize).map_err(|e| short(e, &c, size as usize))?;
                bytes(plan, to, v, at, c.at(), sink, state.text)?;
            }
            Op::RestAsString => {
                let v = c.take(c.left()).map_err(|e| short(e, &c, 0))?;
                string(plan, v, at, c.at(), sink)?;
            }
            Op::Rest(to) => {
                let v = c.take(c.left()).map_err(|e| short(e, &c, 0))?;
                bytes(plan, to, v, at, c.at(), sink, state.text)?;
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
                sink.record(&plan.records[id as usize], at);
            }
            Op::RecordEnd(id) => {
                state.depth -= 1;
                sink.record_end(&plan.records[id as usize], at);
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
            Op::Union { table, branches, told } => {
                let i = c.zigzag().map_err(|e| short(e, &c, 1))?;
                if i < 0 || i >= i64::from(branches) {
                    return Err(Fault::with(Code::AvroUnionIndex, at, u64::from(branches), i));
                }
                let target = plan.targets[table as usize + i as usize];
                if target == NONE {
                    return Err(Fault::with(Code::AvroUnionUnresolved, at, 0, i));
                }
                if told {
                    sink.branch(i as u32, (at, c.at()));
                }
                pc = target as usize;
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
                    return Ok(c);
                }
                state.open -= 1;
                pc = state.frames[state.open].body as usize;
            }
            Op::Default { constant, routine } => {
                let datum = &plan.constants[constant as usize];
                charge(&mut state.budget, datum.len() / 8 + 1, at)?;
                let start = plan.routines[routine as usize].start;
                // One level only: a default's own steps are of the reader's type alone, without defaults.
                run(plan, start, Cursor::new(datum, 0, datum.len()), sink, state)
                    .map_err(|f| Fault { at, ..f })?;
            }
            Op::Fail(code) => return Err(Fault::new(code, at)),
            Op::SkipVarint => {
                sink.between();
                c.varint().map_err(|e| short(e, &c, 1))?;
            }
            Op::SkipBytes => {
                sink.between();
                run_of(&mut c)?;
            }
            Op::Skip(n) => {
                sink.between();
                c.skip(n as usize).map_err(|e| short(e, &c, n as usize))?;
            }
            Op::SkipRecord => {
                sink.between();
                state.deeper(plan, at)?;
            }
            Op::SkipRecordEnd => state.depth -= 1,
            Op::SkipArray(id) => {
                let items = &plan.items[id as usize];
                sink.between();
                state.deeper(plan, at)?;
                let left = skip_blocks(&mut c, items, &mut state.budget)?;
                if left == 0 {
                    state.depth -= 1;
                    pc = items.end as usize;
                } else {
                    state.push(Frame { body: pc as u32, left, done: 0, mark: 0 }, plan, at)?;
                }
            }
            Op::SkipNext(id) => {
                let items = &plan.items[id as usize];
                let frame = state.top();
                frame.left -= 1;
                if frame.left == 0 {
                    let left = skip_blocks(&mut c, items, &mut state.budget)?;
                    state.top().left = left;
                }
                if state.top().left == 0 {
                    state.open -= 1;
                    state.depth -= 1;
                } else {
                    pc = state.top().body as usize;
                }
            }
        }
    }
}

/// Passes over blocks that tell their size; gives the count of the first that does not, or 0 at the end.
fn skip_blocks(c: &mut Cursor<'_>, items: &Items, budget: &mut usize) -> Result<usize, Fault> {
    loop {
        match block(c, items, budget)? {
            (0, _) => return Ok(0),
            (left, None) => return Ok(left),
            (_, Some(size)) => c.skip(size).map_err(|e| short(e, c, size))?,
        }
    }
}

#[inline(always)]
fn int(plan: &Plan, c: &mut Cursor<'_>) -> Result<i32, Fault> {
    let at = c.at();
    let v = c.zigzag().map_err(|e| short(e, c, 1))?;
    match i32::try_from(v) {
        Ok(v) => Ok(v),
        Err(_) if plan.lenient.int => Ok(v as i32),
        Err(_) => Err(Fault::new(Code::AvroIntRange, at)),
    }
}

fn long_as<S: Sink + ?Sized>(to: FromLong, v: i64, at: (usize, usize), sink: &mut S) -> Result<(), Fault> {
    match to {
        FromLong::Long => sink.long(v, at),
        FromLong::Checked if v.unsigned_abs() > MAX_SAFE => {
            return Err(Fault::new(Code::OutputInt64Unsafe, at.0));
        }
        FromLong::Checked => sink.long(v, at),
        FromLong::Text => sink.text(&v.to_string(), at),
        FromLong::Float => sink.float(v as f32, false, at),
        FromLong::Double => sink.double(v as f64, at),
        FromLong::Time(to) => return time(to, v, at, sink),
    }
    Ok(())
}

fn time<S: Sink + ?Sized>(to: Temporal, v: i64, at: (usize, usize), sink: &mut S) -> Result<(), Fault> {
    let (stamp, instant): (Option<Stamp>, _) = match to {
        Temporal::Date { instant: false } => (temporal::date(v), None),
        Temporal::Date { instant: true } => {
            (temporal::timestamp(v * 86_400_000, 3, true), Some(v * 86_400_000))
        }
        Temporal::Time(digits) => (temporal::time(v, digits), None),
        Temporal::Timestamp { digits, utc } => (temporal::timestamp(v, digits, utc), None),
        Temporal::Instant => (temporal::timestamp(v, 3, true), Some(v)),
    };
    match (stamp, instant) {
        (Some(stamp), None) => sink.text(stamp.as_str(), at),
        (Some(stamp), Some(ms)) if ms.unsigned_abs() <= MAX_INSTANT => sink.instant(ms, stamp.as_str(), at),
        _ => return Err(Fault::new(Code::AvroLogicalRange, at.0)),
    }
    Ok(())
}

/// Text with U+FFFD for what is not UTF-8, once for each piece that Java's `String` would take for one: as the Unicode
/// standard recommends, but for a surrogate, which is one piece.
#[cold]
fn lossy(mut bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    while let Err(e) = std::str::from_utf8(bytes) {
        let (valid, bad) = bytes.split_at(e.valid_up_to());
        text.push_str(std::str::from_utf8(valid).unwrap_or_default());
        text.push(char::REPLACEMENT_CHARACTER);
        let n = match bad {
            [0xed, 0xa0..=0xbf, 0x80..=0xbf, ..] => 3,
            [0xed, 0xa0..=0xbf, ..] => 2,
            _ => e.error_len().unwrap_or(bad.len()),
        };
        bytes = &bad[n.min(bad.len())..];
    }
    text.push_str(std::str::from_utf8(bytes).unwrap_or_default());
    text
}

#[inline(always)]
fn string<S: Sink + ?Sized>(
    plan: &Plan,
    v: Run<'_>,
    at: usize,
    end: usize,
    sink: &mut S,
) -> Result<(), Fault> {
    match sink.string(v, (at, end)) {
        Ok(()) => Ok(()),
        Err(_) if plan.lenient.utf8 => {
            sink.text(&lossy(v.exact()), (at, end));
            Ok(())
        }
        Err(e) => Err(e.at(Code::AvroUtf8, end - v.len())),
    }
}

#[inline(always)]
fn key<S: Sink + ?Sized>(plan: &Plan, c: &mut Cursor<'_>, index: usize, sink: &mut S) -> Result<(), Fault> {
    let at = c.at();
    let k = run_of(c)?;
    match sink.key(index, k, (at, c.at())) {
        Ok(()) => Ok(()),
        Err(e) if plan.lenient.utf8 => {
            let lossy = lossy(k.exact());
            sink.key(index, Run::new(lossy.as_bytes()), (at, c.at())).map_err(|_| e.at(Code::Internal, at))
        }
        Err(e) => Err(e.at(Code::AvroUtf8, c.at() - k.len())),
    }
}

fn bytes<S: Sink + ?Sized>(
    plan: &Plan,
    to: FromBytes,
    v: Run<'_>,
    at: usize,
    end: usize,
    sink: &mut S,
    text: &mut String,
) -> Result<(), Fault> {
    let range = || Fault::new(Code::AvroLogicalRange, at);
    match to {
        FromBytes::Bytes => {
            sink.bytes(v, plan.bytes, (at, end));
            return Ok(());
        }
        FromBytes::Decimal(scale) => logical::decimal(v.exact(), i64::from(scale), text).ok_or_else(range)?,
        FromBytes::BigDecimal => big_decimal(v, end, text)?,
        FromBytes::Uuid => logical::uuid(v.exact(), text),
        FromBytes::Duration => logical::duration(v.exact(), text),
    }
    sink.text(text, (at, end));
    Ok(())
}

/// Bytes that hold an integer as Avro bytes and its scale as an Avro int (specification, "Big Decimal").
fn big_decimal(v: Run<'_>, end: usize, text: &mut String) -> Result<(), Fault> {
    let start = end - v.len();
    let at = |f: Fault| Fault { at: start + f.at, ..f };
    let mut c = Cursor::new(v.exact(), 0, v.len());
    let unscaled = run_of(&mut c).map_err(at)?;
    let scale_at = c.at();
    let scale = c.zigzag().map_err(|e| at(short(e, &c, 1)))?;
    if c.left() > 0 {
        return Err(Fault::with(Code::AvroTrailing, start + c.at(), 0, c.left() as i64));
    }
    logical::decimal(unscaled.exact(), scale, text)
        .ok_or(Fault::new(Code::AvroLogicalRange, start + scale_at))
}
