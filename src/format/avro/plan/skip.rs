//! Steps for what the reader does not want: read over, not looked at.

use super::compile::{Compiler, Job};
use super::{NONE, Op, Other};
use crate::error::Error;
use crate::format::avro::schema::{Kind, TypeId};

impl Compiler<'_> {
    /// The steps that pass over a value.
    pub(super) fn skip(&mut self, w: TypeId) -> Result<(), Error> {
        let types = self.types.clone();
        let op = match &types[w as usize].kind {
            Kind::Null | Kind::Reference(_) => return Ok(()),
            Kind::Boolean => Other::Skip(1).into(),
            Kind::Int | Kind::Long | Kind::Enum { .. } => Other::SkipVarint.into(),
            Kind::Float => Other::Skip(4).into(),
            Kind::Double => Other::Skip(8).into(),
            Kind::Bytes | Kind::String => Other::SkipBytes.into(),
            Kind::Fixed(size) => Other::Skip(*size as u32).into(),
            // Records are calls: a skipped one may contain itself.
            Kind::Record(_) => Op::Call(self.call(Job::Skip(w))),
            Kind::Array(item) => return self.skip_items(*item, 0),
            Kind::Map(value) => return self.skip_items(*value, 1),
            Kind::Union(branches) => return self.skip_union(branches),
        };
        self.push(op, NONE);
        Ok(())
    }

    /// The body of a skipped record.
    pub(super) fn skip_record(&mut self, w: TypeId) -> Result<(), Error> {
        let types = self.types.clone();
        let Kind::Record(fields) = &types[w as usize].kind else { return Ok(()) };
        self.push(Other::SkipRecord, NONE);
        for field in fields {
            self.skip(field.ty)?;
        }
        self.push(Other::SkipRecordEnd, NONE);
        Ok(())
    }

    /// An array (`keys` 0) or map (1).
    fn skip_items(&mut self, item: TypeId, keys: u32) -> Result<(), Error> {
        let items = self.open_items();
        self.push(Other::SkipArray(items), NONE);
        if keys > 0 {
            self.push(Other::SkipBytes, NONE);
        }
        self.skip(item)?;
        self.push(Other::SkipNext(items), NONE);
        let min = self.min(item).saturating_add(keys);
        self.close_items(items, min);
        Ok(())
    }

    fn skip_union(&mut self, branches: &[TypeId]) -> Result<(), Error> {
        let table = self.plan.targets.len() as u32;
        self.push(Other::Union { table, branches: branches.len() as u32, told: false }, NONE);
        self.plan.targets.resize(table as usize + branches.len(), NONE);
        let mut jumps = Vec::with_capacity(branches.len());
        for (i, branch) in branches.iter().enumerate() {
            self.plan.targets[table as usize + i] = self.here();
            self.skip(*branch)?;
            jumps.push(self.push(Op::Jump(0), NONE));
        }
        let end = self.here();
        for jump in jumps {
            self.plan.steps[jump].op = Op::Jump(end);
        }
        Ok(())
    }
}
