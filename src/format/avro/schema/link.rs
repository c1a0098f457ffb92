//! The second half of parsing: names are replaced by the types that they stand for, and unions checked that named them.

use super::parse::Parser;
use super::{Kind, TypeId};
use crate::error::{Error, escape};
use crate::json::Place;
use crate::map::IndexSet;

impl Parser<'_> {
    /// Replaces every reference by the type of its name: in its namespace first, then in none, as Java does.
    pub(super) fn link(&mut self, root: TypeId) -> Result<TypeId, Error> {
        let mut targets: Vec<TypeId> = (0..self.types.len() as TypeId).collect();
        for (id, ty) in self.types.iter().enumerate() {
            let Kind::Reference(name) = &ty.kind else { continue };
            let target = self.names.get(name.full()).or_else(|| self.names.get(name.short()));
            let Some(&target) = target else {
                return Err(Place::ROOT.invalid(
                    "every name to be defined",
                    &format!("`{}`, which is not", escape(name.full())),
                ));
            };
            targets[id] = target;
        }
        for ty in &mut self.types {
            match &mut ty.kind {
                Kind::Array(item) | Kind::Map(item) => *item = targets[*item as usize],
                Kind::Union(branches) => branches.iter_mut().for_each(|b| *b = targets[*b as usize]),
                Kind::Record(fields) => fields.iter_mut().for_each(|f| f.ty = targets[f.ty as usize]),
                _ => {}
            }
        }
        self.check_unions()?;
        Ok(targets[root as usize])
    }

    /// "Unions may not contain more than one schema with the same type, except for the named types" (specification).
    fn check_unions(&self) -> Result<(), Error> {
        for ty in &self.types {
            let Kind::Union(branches) = &ty.kind else { continue };
            let mut seen = IndexSet::new();
            for branch in branches {
                let name = self.types[*branch as usize].branch_name();
                if !seen.insert(name) {
                    return Err(Place::ROOT
                        .invalid("unions whose branches differ", &format!("`{}` twice", escape(name))));
                }
            }
        }
        Ok(())
    }
}
