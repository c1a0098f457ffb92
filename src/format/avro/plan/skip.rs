//! Steps for what the reader does not want: read over, not looked at.

use super::compile::{Compiler, INLINE_DEPTH, Job};
use super::{NONE, Op, Step};
use crate::error::Error;
use crate::format::avro::schema::{Kind, TypeId};

/// What a step passes over. What comes in a row is one step as far as it fits.
#[derive(Clone, Copy, Debug)]
pub(in crate::format::avro) enum Skip {
    Parts(Parts),
    /// So many bytes.
    Bytes(u32),
    /// A union: where its targets stand, how many there are.
    Union {
        table: u32,
        branches: u32,
    },
    Record,
    RecordEnd,
    /// An array or map of nothing but parts.
    Items(u32, Parts),
    Array(u32),
    Next(u32),
}

/// Up to eight parts that are passed over one after the other: of each four bits, the first one lowest, 0 behind the last.
pub(in crate::format::avro) type Parts = u32;

/// Bits of a part.
pub(in crate::format::avro) const PART: u32 = 4;
/// A varint.
pub(in crate::format::avro) const VARINT: u32 = 1;
/// A length and so many bytes.
pub(in crate::format::avro) const RUN: u32 = 2;
/// A union of null, its first branch, and the next part.
pub(in crate::format::avro) const NULL_OR: u32 = 3;
/// A union of the next part and null.
pub(in crate::format::avro) const OR_NULL: u32 = 4;
/// What is more is a number of bytes: by how much it is more.
pub(in crate::format::avro) const NO_BYTES: u32 = 4;
/// The most bytes that are a part.
const MOST: usize = 11;

impl Compiler<'_> {
    /// The steps that pass over a value.
    pub(super) fn skip(&mut self, w: TypeId) -> Result<(), Error> {
        let types = self.types.clone();
        let kind = &types[w as usize].kind;
        if let Some(part) = part(kind) {
            self.skip_parts(part);
            return Ok(());
        }
        match kind {
            Kind::Record(_) => self.skip_record_or_call(w),
            Kind::Array(item) => self.skip_items(*item, 0),
            Kind::Map(value) => self.skip_items(*value, 1),
            Kind::Union(branches) => self.skip_union(branches),
            Kind::Fixed(size @ 1..) => {
                self.push(Skip::Bytes(*size as u32), NONE);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Adds parts to the step before, unless that is full, or steps are reached here in another way.
    fn skip_parts(&mut self, parts: Parts) {
        let reached = self.plan.steps.len() == self.label;
        match self.plan.steps.last_mut() {
            Some(Step { op: Op::Skip(Skip::Parts(all)), .. })
                if !reached && bits(*all) + bits(parts) <= u32::BITS =>
            {
                *all |= parts << bits(*all);
            }
            _ => {
                self.push(Skip::Parts(parts), NONE);
            }
        }
    }

    /// A record in its place, or a call where its type is used in several places (or in itself).
    fn skip_record_or_call(&mut self, w: TypeId) -> Result<(), Error> {
        if self.uses[w as usize] <= 1 && self.depth < INLINE_DEPTH {
            self.depth += 1;
            self.skip_record(w)?;
            self.depth -= 1;
        } else {
            let routine = self.call(Job::Skip(w));
            self.push(Op::Call(routine), NONE);
        }
        Ok(())
    }

    /// The body of a skipped record.
    pub(super) fn skip_record(&mut self, w: TypeId) -> Result<(), Error> {
        let types = self.types.clone();
        let Kind::Record(fields) = &types[w as usize].kind else { return Ok(()) };
        self.push(Skip::Record, NONE);
        for field in fields {
            self.within_limit()?;
            self.skip(field.ty)?;
        }
        self.push(Skip::RecordEnd, NONE);
        Ok(())
    }

    /// An array (`keys` 0) or map (1).
    fn skip_items(&mut self, item: TypeId, keys: u32) -> Result<(), Error> {
        let items = self.open_items();
        let start = self.push(Skip::Array(items), NONE);
        if keys > 0 {
            self.skip_parts(RUN);
        }
        self.skip(item)?;
        self.push(Skip::Next(items), NONE);
        let min = self.min(item).saturating_add(keys);
        self.close_items(items, min);
        let (records, parts) = match &self.plan.steps[start + 1..self.plan.steps.len() - 1] {
            [Step { op: Op::Skip(Skip::Record), .. }, body @ .., _] => (true, only_parts(body)),
            body => (false, only_parts(body)),
        };
        if let Some(parts) = parts {
            self.plan.items[items as usize].records = records;
            self.plan.steps.truncate(start);
            self.push(Skip::Items(items, parts), NONE);
        }
        Ok(())
    }

    fn skip_union(&mut self, branches: &[TypeId]) -> Result<(), Error> {
        if let Some(parts) = self.nullable_part(branches) {
            self.skip_parts(parts);
            return Ok(());
        }
        let table = self.plan.targets.len() as u32;
        self.push(Skip::Union { table, branches: branches.len() as u32 }, NONE);
        self.plan.targets.resize(table as usize + branches.len(), NONE);
        let mut jumps = Vec::with_capacity(branches.len());
        for (i, branch) in branches.iter().enumerate() {
            let start = self.here();
            self.plan.targets[table as usize + i] = start;
            self.skip(*branch)?;
            jumps.push(self.push(Op::Jump(0), NONE));
        }
        let end = self.here();
        for jump in jumps {
            self.plan.steps[jump].op = Op::Jump(end);
        }
        Ok(())
    }

    /// The parts of a union of null and what is a part.
    fn nullable_part(&self, branches: &[TypeId]) -> Option<Parts> {
        let [a, b] = branches else { return None };
        match (&self.types[*a as usize].kind, &self.types[*b as usize].kind) {
            (Kind::Null, other) => part(other).map(|part| NULL_OR | part << PART),
            (other, Kind::Null) => part(other).map(|part| OR_NULL | part << PART),
            _ => None,
        }
    }
}

/// The part that passes over a value, where it takes one.
fn part(kind: &Kind) -> Option<Parts> {
    Some(match kind {
        Kind::Int | Kind::Long | Kind::Enum { .. } => VARINT,
        Kind::Bytes | Kind::String => RUN,
        Kind::Boolean => NO_BYTES + 1,
        Kind::Float => NO_BYTES + 4,
        Kind::Double => NO_BYTES + 8,
        Kind::Fixed(size @ 1..=MOST) => NO_BYTES + *size as u32,
        _ => return None,
    })
}

/// How many bits some parts have.
fn bits(parts: Parts) -> u32 {
    (u32::BITS - parts.leading_zeros()).next_multiple_of(PART)
}

/// The parts that some steps are, where they are nothing else.
fn only_parts(steps: &[Step]) -> Option<Parts> {
    match steps {
        [] => Some(0),
        [Step { op: Op::Skip(Skip::Parts(parts)), .. }] => Some(*parts),
        _ => None,
    }
}
