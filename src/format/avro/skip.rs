//! Passing over what isn't wanted: a loop of its own, since little of the other's is needed here.

use super::blocks::{index, length, short, skip_blocks};
use super::plan::skip::{NO_BYTES, NULL_OR, OR_NULL, PART, Parts, RUN, VARINT};
use super::plan::{Op, Plan, Skip};
use super::state::{Frame, State};
use crate::error::Fault;
use crate::format::Sink;
use crate::wire::Cursor;

/// Takes a step, and those of its kind behind it, from a place of the datum on; gives the place behind them, and the next
/// step.
#[inline(never)]
pub(super) fn skip<S: Sink + ?Sized>(
    plan: &Plan,
    mut step: Skip,
    mut pc: usize,
    (whole, at): (&Cursor<'_>, usize),
    sink: &mut S,
    state: &mut State<'_>,
) -> Result<(usize, usize), Fault> {
    let c = &mut whole.part(at, whole.end());
    sink.between();
    loop {
        let at = c.at();
        match step {
            Skip::Parts(parts) => repeat::<S>(c, parts, 1)?,
            Skip::Bytes(n) => c.skip(n as usize).map_err(|e| short(e, c, n as usize))?,
            Skip::Union { table, branches } => {
                pc = plan.targets[table as usize + index(c, branches)?] as usize;
            }
            Skip::Record => state.deeper(plan, at)?,
            Skip::RecordEnd => state.depth -= 1,
            Skip::Items(id, parts) => {
                let items = &plan.items[id as usize];
                state.deeper(plan, at)?;
                loop {
                    let left = skip_blocks(c, items, &mut state.budget)?;
                    if left == 0 {
                        break;
                    }
                    if items.records {
                        state.deeper(plan, c.at())?;
                        state.depth -= 1;
                    }
                    repeat::<S>(c, parts, left)?;
                }
                state.depth -= 1;
            }
            Skip::Array(id) => {
                let items = &plan.items[id as usize];
                state.deeper(plan, at)?;
                let left = skip_blocks(c, items, &mut state.budget)?;
                if left == 0 {
                    state.depth -= 1;
                    pc = items.end as usize;
                } else {
                    state.push(Frame { body: pc as u32, left, done: 0, mark: 0 }, plan, at)?;
                }
            }
            Skip::Next(id) => {
                let items = &plan.items[id as usize];
                let frame = state.top();
                frame.left -= 1;
                if frame.left == 0 {
                    let left = skip_blocks(c, items, &mut state.budget)?;
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
        loop {
            match plan.steps.get(pc).map(|step| step.op) {
                Some(Op::Skip(next)) => {
                    step = next;
                    pc += 1;
                    break;
                }
                Some(Op::Jump(to)) => pc = to as usize,
                _ => return Ok((c.at(), pc)),
            }
        }
    }
}

/// Passes over parts so many times.
#[inline(always)]
fn repeat<S: ?Sized>(c: &mut Cursor<'_>, parts: Parts, times: usize) -> Result<(), Fault> {
    let Some(n) = quick::<S>(c.tail(), c.left(), parts, times) else {
        return slow(c, parts, times);
    };
    c.seek(c.at() + n);
    Ok(())
}

/// How many bytes the parts have together; none where anything is unusual.
///
/// A function of its own, which needs so little that all of it is in registers.
#[inline(never)]
#[expect(clippy::extra_unused_type_parameters, reason = "so that it is compiled with its caller, for speed")]
fn quick<S: ?Sized>(tail: &[u8], left: usize, parts: Parts, times: usize) -> Option<usize> {
    let mut at = 0;
    for _ in 0..times {
        let mut parts = parts;
        while parts != 0 {
            let next = u64::from_le_bytes(*tail.get(at..)?.first_chunk()?);
            let short = next as usize & 0xff;
            match parts % (1 << PART) {
                VARINT => {
                    // Its last byte has no highest bit.
                    let ends = !next & u64::from_le_bytes([0x80; 8]);
                    at += ends.trailing_zeros() as usize / 8 + 1;
                    if ends == 0 {
                        return None;
                    }
                }
                RUN if short & 0x81 == 0 => at += 1 + short / 2,
                RUN if next & 0x8081 == 0x80 => {
                    at += 2 + (short & 0x7f) / 2 + (next as usize >> 8 & 0x7f) * 64
                }
                RUN => return None,
                part @ (NULL_OR | OR_NULL) => {
                    if short & !2 != 0 {
                        return None;
                    }
                    at += 1;
                    if (short == 0) == (part == NULL_OR) {
                        parts >>= PART;
                    }
                }
                part => at += (part - NO_BYTES) as usize,
            }
            if at > left {
                return None;
            }
            parts >>= PART;
        }
    }
    Some(at)
}

/// Passes over parts of any kind, or tells what is wrong with them.
#[inline(never)]
fn slow(c: &mut Cursor<'_>, parts: Parts, times: usize) -> Result<(), Fault> {
    for _ in 0..times {
        let mut parts = parts;
        while parts != 0 {
            match parts % (1 << PART) {
                VARINT => {
                    c.varint().map_err(|e| short(e, c, 1))?;
                }
                part @ (NULL_OR | OR_NULL) => {
                    if (index(c, 2)? == 0) == (part == NULL_OR) {
                        parts >>= PART;
                    }
                }
                part => {
                    let n = if part == RUN { length(c)? } else { (part - NO_BYTES) as usize };
                    c.skip(n).map_err(|e| short(e, c, n))?;
                }
            }
            parts >>= PART;
        }
    }
    Ok(())
}
