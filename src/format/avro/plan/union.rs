//! Unions: the branch that was written, the reader's branch that it is read as, and the tag that options ask for.

use super::compile::Compiler;
use super::{NONE, Op, Other};
use crate::dialect::{Int64, Unions};
use crate::error::{Code, Error};
use crate::format::Field;
use crate::format::avro::schema::{Kind, TypeId};
use crate::format::shape::{FieldShape, Node};
use crate::map::IndexSet;

impl Compiler<'_> {
    /// A writer's union: each branch resolved on its own.
    pub(super) fn union(&mut self, branches: &[TypeId], r: TypeId, field: u32) -> Result<u32, Error> {
        let nulls: Vec<_> = branches.iter().map(|b| self.types[*b as usize].kind == Kind::Null).collect();
        if let ([a, b], Some(null)) = (branches, nulls.iter().position(|n| *n)) {
            let other = if null == 0 { *b } else { *a };
            if matches!(self.types[r as usize].kind, Kind::Union(_)) && self.may_read(branches[null], r) {
                return self.nullable(null as u32, other, r, field);
            }
        }
        let table = self.plan.targets.len() as u32;
        self.push(Other::Union { table, branches: branches.len() as u32 }, field);
        self.plan.targets.resize(table as usize + branches.len(), NONE);
        let mut nodes = Vec::with_capacity(branches.len());
        let mut jumps = Vec::with_capacity(branches.len());
        for (i, &branch) in branches.iter().enumerate() {
            let start = self.here();
            if self.may_read(branch, r) {
                self.plan.targets[table as usize + i] = start;
                nodes.push(self.written_branch(branch, branches, r)?);
                jumps.push(self.push(Op::Jump(0), NONE));
            } else {
                nodes.push(self.node(Node::Null));
            }
        }
        let end = self.here();
        for jump in jumps {
            self.plan.steps[jump].op = Op::Jump(end);
        }
        Ok(self.node(Node::Union(nodes)))
    }

    /// One branch of a writer's union. Where the reader has a union too, its branch is what a tag names.
    fn written_branch(&mut self, branch: TypeId, branches: &[TypeId], r: TypeId) -> Result<u32, Error> {
        let types = self.types.clone();
        match &types[r as usize].kind {
            Kind::Union(of) => match self.reader_branch(branch, of) {
                Some(to) => self.branch(branch, of, to, NONE),
                None => Ok(self.fail(Code::AvroUnionUnresolved, NONE)),
            },
            _ if branches.contains(&r) => self.branch(branch, branches, r, NONE),
            _ => self.value(branch, r, NONE),
        }
    }

    fn nullable(&mut self, null: u32, other: TypeId, r: TypeId, field: u32) -> Result<u32, Error> {
        let at = self.push(Op::Nullable { null, end: 0 }, field);
        let types = self.types.clone();
        let node = match &types[r as usize].kind {
            Kind::Union(of) => match self.reader_branch(other, of) {
                Some(to) => self.branch(other, of, to, NONE)?,
                None => self.fail(Code::AvroUnionUnresolved, NONE),
            },
            _ => self.fail(Code::AvroUnionUnresolved, NONE),
        };
        let end = self.here();
        self.plan.steps[at].op = Op::Nullable { null, end };
        let nothing = self.node(Node::Null);
        Ok(self.node(Node::Union(if null == 0 { vec![nothing, node] } else { vec![node, nothing] })))
    }

    /// A value of branch `to` of a reader's union, with the tag that the options ask for: a record of one field.
    pub(super) fn branch(
        &mut self,
        w: TypeId,
        branches: &[TypeId],
        to: TypeId,
        field: u32,
    ) -> Result<u32, Error> {
        if self.types[to as usize].kind == Kind::Null || !self.tagged(branches) {
            return self.value(w, to, field);
        }
        let name = self.types[to as usize].branch_name().to_owned();
        let record = self.add_record(&name, 1, false);
        self.push(Op::Record(record), field);
        let tag = self.add_field(Field::new(&name, 0));
        let within = self.style.paths.field(self.at, &name);
        let node = self.within(within, |c| c.value(w, to, tag))?;
        self.push(Op::RecordEnd(record), NONE);
        let fields = vec![FieldShape { name, node, index: 0, optional: false }];
        Ok(self.node(Node::Record { fields }))
    }

    fn tagged(&self, branches: &[TypeId]) -> bool {
        match self.style.unions {
            Unions::Plain => false,
            Unions::Tagged => true,
            Unions::Auto => {
                let mut seen = IndexSet::new();
                branches.iter().any(|b| !seen.insert(self.json_kind(*b)))
            }
        }
    }

    /// What a reader of JSON can tell a type by.
    fn json_kind(&self, id: TypeId) -> u8 {
        let ty = &self.types[id as usize];
        match &ty.kind {
            Kind::Null => 0,
            Kind::Boolean => 1,
            Kind::Int | Kind::Long if self.temporal(ty.logical).is_some() => 3,
            Kind::Long if self.style.int64_at(self.at) == Int64::String => 3,
            Kind::Int | Kind::Long | Kind::Float | Kind::Double => 2,
            Kind::Record(_) | Kind::Map(_) => 4,
            Kind::Array(_) => 5,
            _ => 3,
        }
    }
}
