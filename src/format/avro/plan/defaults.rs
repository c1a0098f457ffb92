//! Defaults: a reader's field that the writer does not have. Its JSON is encoded as a datum when the plan is compiled
//! and decoded like any other when a record needs it.

use super::Other;
use super::compile::{Compiler, Job};
use crate::error::Error;
use crate::format::avro::encode;
use crate::format::avro::schema::{Field, TypeId};

impl Compiler<'_> {
    /// The constant of a field's default, if it has one that its type allows.
    pub(super) fn constant(&mut self, field: &Field) -> Result<Option<u32>, Error> {
        let Some(default) = &field.default else { return Ok(None) };
        let datum = encode::default(&self.types, field.ty, default)?;
        Ok(datum.map(|datum| {
            self.plan.constants.push(datum.into());
            self.plan.constants.len() as u32 - 1
        }))
    }

    /// The step that makes a default; gives its node.
    pub(super) fn default(&mut self, ty: TypeId, constant: u32, field: u32) -> u32 {
        let routine = self.call(Job::Value(ty, ty, self.at));
        self.push(Other::Default { constant, routine }, field);
        self.routine_node(routine)
    }
}
