//! Oneofs: fields that could be set together and no longer can.

use super::super::model::{Field, Message};
use super::{Compare, Kind, oneof_of};
use std::collections::{BTreeMap, BTreeSet};

/// Fields that can't be set together: the members of a oneof, or a field alone.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Oneof(u32),
    Field(u32),
}

impl Compare<'_> {
    /// Members of a oneof must come from one group; a member that is new was never set.
    pub(super) fn oneofs(&mut self, old: &Message, new: &Message, written: &BTreeMap<u32, &Field>) {
        let mut groups: BTreeMap<u32, BTreeSet<Group>> = BTreeMap::new();
        for f in &new.fields {
            let (Some(oneof), Some(before)) = (oneof_of(f), written.get(&f.number)) else { continue };
            let group = oneof_of(before).map_or(Group::Field(f.number), Group::Oneof);
            groups.entry(oneof).or_default().insert(group);
        }
        for (oneof, groups) in groups.into_iter().filter(|(_, groups)| groups.len() > 1) {
            let moved = groups.iter().filter(|g| matches!(g, Group::Field(_))).count();
            let kind = match moved {
                0 | 1 => Kind::FieldMovedToExistingOneof,
                _ => Kind::MultipleFieldsMovedToOneof,
            };
            self.add(format!("{}.{}", old.full_name, new.oneofs[oneof as usize]), kind, None);
        }
    }
}
