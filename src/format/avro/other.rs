//! The steps that are rarer than the loop's own, or dearer than a call: kept out of its line.

use super::blocks::{charge, index, run_of, short};
use super::decode::run;
use super::plan::{FromInt, NONE, Op, Other, Plan, Routine, Step};
use super::state::State;
use super::values::{bytes, int, long_as, string, time};
use crate::error::{Code, Fault};
use crate::format::Sink;
use crate::wire::Cursor;

/// Takes a step, and those of its kind that come behind it and are of no field, from a place of the datum on; gives the
/// place behind them, and the next step.
#[inline(never)]
pub(super) fn other<S: Sink + ?Sized>(
    plan: &Plan,
    mut step: Other,
    mut pc: usize,
    (whole, at): (&Cursor<'_>, usize),
    sink: &mut S,
    state: &mut State<'_>,
) -> Result<(usize, usize), Fault> {
    let c = &mut whole.part(at, whole.end());
    loop {
        let at = c.at();
        match step {
            Other::Null => sink.null((at, at)),
            Other::Int(to) => {
                let v = int(plan, c)?;
                match to {
                    FromInt::Long(to) => long_as(to, i64::from(v), (at, c.at()), sink)?,
                    FromInt::Time(to) => time(to, i64::from(v), (at, c.at()), sink)?,
                }
            }
            Other::Long(to) => {
                let v = c.zigzag().map_err(|e| short(e, c, 1))?;
                long_as(to, v, (at, c.at()), sink)?;
            }
            Other::Float => {
                let v = f32::from_le_bytes(c.array().map_err(|e| short(e, c, 4))?);
                sink.float(v, plan.short_floats, (at, at + 4));
            }
            Other::FloatAsDouble => {
                let v = f32::from_le_bytes(c.array().map_err(|e| short(e, c, 4))?);
                sink.double(f64::from(v), (at, at + 4));
            }
            Other::Bytes(to) => {
                let v = run_of(c)?;
                bytes(plan, to, v, (at, c.at()), sink, state.text)?;
            }
            Other::Fixed(size, to) => {
                let v = c.take(size as usize).map_err(|e| short(e, c, size as usize))?;
                bytes(plan, to, v, (at, c.at()), sink, state.text)?;
            }
            Other::RestAsString => {
                let v = c.take(c.left()).map_err(|e| short(e, c, 0))?;
                string(plan, v, (at, c.at()), sink)?;
            }
            Other::Rest(to) => {
                let v = c.take(c.left()).map_err(|e| short(e, c, 0))?;
                bytes(plan, to, v, (at, c.at()), sink, state.text)?;
            }
            Other::Union { table, branches } => {
                let i = index(c, branches)?;
                let target = plan.targets[table as usize + i];
                if target == NONE {
                    return Err(Fault::with(Code::AvroUnionUnresolved, at, 0, i as i64));
                }
                sink.branch(i as u32, (at, c.at()));
                pc = target as usize;
            }
            Other::Default { constant, routine } => {
                let datum = &plan.constants[constant as usize];
                let Routine { start, weight } = plan.routines[routine as usize];
                charge(&mut state.budget, datum.len() / 8 + 1 + weight as usize, at)?;
                // One level only: a default's own steps are of the reader's type alone, without defaults.
                run(plan, start, Cursor::new(datum, 0, datum.len()), None, sink, state)
                    .map_err(|f| Fault { at, ..f })?;
            }
            Other::Fail(code) => return Err(Fault::new(code, at)),
            Other::Unresolved(reason) => {
                return Err(Fault::with(Code::SchemaIncompatible, at, 0, reason.into()));
            }
        }
        match plan.steps.get(pc) {
            Some(&Step { op: Op::Other(next), field: NONE }) => step = next,
            _ => return Ok((c.at(), pc)),
        }
        pc += 1;
    }
}
