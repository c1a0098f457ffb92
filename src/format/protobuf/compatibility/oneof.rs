//! Oneofs: fields that could be set together and no longer can.

use super::super::model::{Field, Message};
use super::{Compare, Kind, oneof_of};
use crate::map::{IndexMap, IndexSet};

/// Fields that can't be set together: the members of a oneof, or a field alone.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Group {
    Oneof(u32),
    Field(u32),
}

impl Compare<'_> {
    /// Members of a oneof must come from one group; a member that is new was never set.
    pub(super) fn oneofs(&mut self, old: &Message, new: &Message, written: &IndexMap<u32, &Field>) {
        let mut groups: Vec<IndexSet<Group>> = vec![IndexSet::new(); new.oneofs.len()];
        for f in &new.fields {
            let (Some(oneof), Some(before)) = (oneof_of(f), written.get(&f.number)) else { continue };
            let group = oneof_of(before).map_or(Group::Field(f.number), Group::Oneof);
            if let Some(groups) = groups.get_mut(oneof as usize) {
                groups.insert(group);
            }
        }
        for (oneof, groups) in groups.iter().enumerate().filter(|(_, groups)| groups.len() > 1) {
            let moved = groups.iter().filter(|g| matches!(g, Group::Field(_))).count();
            let kind = match moved {
                0 | 1 => Kind::FieldMovedToExistingOneof,
                _ => Kind::MultipleFieldsMovedToOneof,
            };
            self.add(format!("{}.{}", old.full_name, new.oneofs[oneof]), kind, None);
        }
    }
}
