//! What a change of a schema does to data, by the rules that Confluent's registry checks: whether messages that were
//! written with the old schema still read with the new one.

use super::model::{Field, Message, Presence, Schema, Type};
use serde::Serialize;
use std::collections::BTreeMap;

/// A kind of change; the names are those that registries use, where they have one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Kind {
    /// A message is gone.
    MessageRemoved,
    /// A message is new.
    MessageAdded,
    /// A field is gone; its values become unknown fields.
    FieldRemoved,
    /// A field is new.
    FieldAdded,
    /// A field goes by another name; its number is the same.
    FieldNameChanged,
    /// A number stands for another field, of another type.
    FieldNumberReused,
    /// A scalar became a message or an enum, or the other way round.
    FieldKindChanged,
    /// A scalar's type changed to one that is written otherwise.
    FieldScalarKindChanged,
    /// The field is of another message or enum.
    FieldNamedTypeChanged,
    /// A number became repeated, or is no longer.
    FieldNumericLabelChanged,
    /// A string, bytes or message became repeated, or is no longer: the last value counts.
    FieldLabelChanged,
    /// A required field is new: old data lack it.
    RequiredFieldAdded,
    /// A required field is gone: old readers refuse new data.
    RequiredFieldRemoved,
    /// Fields that could be set together are members of one oneof.
    MultipleFieldsMovedToOneof,
    /// A field joined a oneof that was there.
    FieldMovedToExistingOneof,
    /// A member of a oneof is gone.
    OneofFieldRemoved,
    /// Absent and zero are told apart now, or no longer.
    FieldPresenceChanged,
    /// A value of an enum is gone; a closed enum then doesn't know it.
    EnumConstRemoved,
}

impl Kind {
    /// Whether data written with the old schema may be misread, lost or refused.
    pub fn is_breaking(self) -> bool {
        !matches!(
            self,
            Kind::MessageAdded
                | Kind::FieldRemoved
                | Kind::FieldAdded
                | Kind::FieldNameChanged
                | Kind::FieldLabelChanged
                | Kind::FieldPresenceChanged
                | Kind::EnumConstRemoved
        )
    }
}

/// A change between two schemas.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The message, field or value that changed, such as `shop.Order.total`.
    pub path: String,
    /// What changed.
    pub kind: Kind,
    /// Whether old data may be misread, lost or refused.
    pub breaking: bool,
    /// What that means.
    pub message: String,
    /// What to know beyond that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<&'static str>,
}

/// What changed from an old schema to a new one, in the old one's order.
pub fn compatibility(old: &Schema, new: &Schema) -> Vec<Difference> {
    let mut compare = Compare { old, new, out: Vec::new() };
    for m in own(old) {
        match new.message(&m.full_name) {
            Some(id) => compare.message(m, new.get(id)),
            None => compare.add(&m.full_name, Kind::MessageRemoved, "the message is gone"),
        }
    }
    for m in own(new).filter(|m| old.message(&m.full_name).is_none()) {
        compare.add(&m.full_name, Kind::MessageAdded, "the message is new");
    }
    compare.out
}

/// The messages that a schema brings, map entries aside.
fn own(schema: &Schema) -> impl Iterator<Item = &Message> {
    schema.messages.iter().filter(|m| !m.map_entry && !schema.files[m.file.0 as usize].builtin)
}

struct Compare<'a> {
    old: &'a Schema,
    new: &'a Schema,
    out: Vec<Difference>,
}

/// Types of one group are written alike, so that one may become another.
fn group(ty: Type) -> u8 {
    match ty {
        Type::Int32 | Type::Int64 | Type::Uint32 | Type::Uint64 | Type::Bool | Type::Enum(_) => 1,
        Type::Sint32 | Type::Sint64 => 2,
        Type::String | Type::Bytes => 3,
        Type::Fixed32 | Type::Sfixed32 => 4,
        Type::Fixed64 | Type::Sfixed64 => 5,
        Type::Float => 6,
        Type::Double => 7,
        Type::Message(_) => 8,
    }
}

impl Compare<'_> {
    fn add(&mut self, path: &str, kind: Kind, message: &str) {
        let path = path.to_owned();
        self.out.push(Difference {
            path,
            kind,
            breaking: kind.is_breaking(),
            message: message.to_owned(),
            hint: None,
        });
    }

    fn message(&mut self, old: &Message, new: &Message) {
        let path = |f: &Field| format!("{}.{}", old.full_name, f.name);
        for f in &old.fields {
            match new.fields.iter().find(|n| n.number == f.number) {
                Some(n) => self.field(&path(f), f, n),
                None if f.presence == Presence::Required => {
                    self.add(
                        &path(f),
                        Kind::RequiredFieldRemoved,
                        "a required field is gone: old readers refuse new data",
                    );
                }
                None if real_oneof(f).is_some() => {
                    self.add(
                        &path(f),
                        Kind::OneofFieldRemoved,
                        "a member of a oneof is gone: old data seem to set none",
                    );
                }
                None => {
                    self.add(&path(f), Kind::FieldRemoved, "the field is gone: its values become unknown")
                }
            }
        }
        for f in new.fields.iter().filter(|n| old.fields.iter().all(|o| o.number != n.number)) {
            match f.presence {
                Presence::Required => {
                    self.add(&path(f), Kind::RequiredFieldAdded, "a required field is new: old data lack it");
                }
                _ => self.add(&path(f), Kind::FieldAdded, "the field is new: old data lack it"),
            }
        }
        self.oneofs(old, new);
    }

    fn field(&mut self, path: &str, old: &Field, new: &Field) {
        if let Some(kind) = self.type_changed(old, new) {
            let reused = old.name != new.name;
            let kind = if reused { Kind::FieldNumberReused } else { kind };
            let text =
                format!("the field is of another type: data of number {} are misread or unknown", old.number);
            return self.add(path, kind, &text);
        }
        if old.name != new.name {
            self.add(
                path,
                Kind::FieldNameChanged,
                "the field goes by another name: JSON and code see the new one",
            );
        }
        if old.repeated != new.repeated {
            let numeric = !matches!(old.ty, Type::String | Type::Bytes | Type::Message(_));
            let kind = if numeric { Kind::FieldNumericLabelChanged } else { Kind::FieldLabelChanged };
            self.add(path, kind, "the field became repeated, or is no longer");
        }
        self.presence(path, old, new);
        self.enum_values(old, new);
    }

    fn type_changed(&self, old: &Field, new: &Field) -> Option<Kind> {
        let name = |schema: &Schema, ty| match ty {
            Type::Message(id) => Some(schema.get(id).full_name.clone()),
            Type::Enum(id) => Some(schema.get_enum(id).full_name.clone()),
            _ => None,
        };
        match (old.ty, new.ty) {
            (Type::Message(a), Type::Message(b)) => {
                let (a, b) = (self.old.get(a), self.new.get(b));
                if a.map_entry && b.map_entry {
                    return a.fields.iter().zip(&b.fields).find_map(|(a, b)| self.type_changed(a, b));
                }
                (a.full_name != b.full_name || old.delimited != new.delimited)
                    .then_some(Kind::FieldNamedTypeChanged)
            }
            (Type::Enum(_), Type::Enum(_)) => {
                (name(self.old, old.ty) != name(self.new, new.ty)).then_some(Kind::FieldNamedTypeChanged)
            }
            (a, b) if group(a) == group(b) => None,
            (a, b) => Some(if name(self.old, a).is_some() != name(self.new, b).is_some() {
                Kind::FieldKindChanged
            } else {
                Kind::FieldScalarKindChanged
            }),
        }
    }

    /// A change of syntax shows here: writers with implicit presence leave zeros out.
    fn presence(&mut self, path: &str, old: &Field, new: &Field) {
        if old.repeated || new.repeated || old.presence == new.presence || real_oneof(new).is_some() {
            return;
        }
        if new.presence == Presence::Required {
            return self.add(
                path,
                Kind::RequiredFieldAdded,
                "the field is required now: old data may lack it",
            );
        }
        self.add(path, Kind::FieldPresenceChanged, "absent and zero are told apart now, or no longer");
        if let (Presence::Implicit, Some(last)) = (old.presence, self.out.last_mut()) {
            last.hint = Some("old writers left zeros out: they now read as absent, not as zero");
        }
    }

    fn enum_values(&mut self, old: &Field, new: &Field) {
        let (Type::Enum(a), Type::Enum(b)) = (old.ty, new.ty) else { return };
        let (a, b) = (self.old.get_enum(a), self.new.get_enum(b));
        for (name, _) in a.values.iter().filter(|(_, n)| b.values.iter().all(|(_, m)| m != n)) {
            let path = format!("{}.{name}", a.full_name);
            if !self.out.iter().any(|d| d.path == path) {
                self.add(
                    &path,
                    Kind::EnumConstRemoved,
                    "a value is gone: old data show its number, or nothing where the enum is closed",
                );
            }
        }
    }

    /// Fields that joined a oneof.
    fn oneofs(&mut self, old: &Message, new: &Message) {
        let mut moved: BTreeMap<u32, Vec<&Field>> = BTreeMap::new();
        for f in &new.fields {
            let before = old.fields.iter().find(|o| o.number == f.number);
            if let (Some(oneof), Some(before)) = (real_oneof(f), before)
                && real_oneof(before).is_none()
            {
                moved.entry(oneof).or_default().push(f);
            }
        }
        for (oneof, fields) in moved {
            let name = &new.oneofs[oneof as usize];
            let existed = old.fields.iter().filter_map(real_oneof).any(|i| old.oneofs[i as usize] == *name);
            let path = format!("{}.{name}", old.full_name);
            if existed {
                self.add(
                    &path,
                    Kind::FieldMovedToExistingOneof,
                    "a field joined a oneof: of two values that were set, one is lost",
                );
            } else if fields.len() > 1 {
                self.add(
                    &path,
                    Kind::MultipleFieldsMovedToOneof,
                    "fields became one oneof: of two values that were set, one is lost",
                );
            }
        }
    }
}

fn real_oneof(f: &Field) -> Option<u32> {
    f.oneof.filter(|_| !f.synthetic_oneof)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    fn check(old: &str, new: &str) -> Vec<(String, Kind)> {
        let schema = |text: &str| {
            let text = format!("syntax = \"proto3\"; package t; {text}");
            Schema::from_sources(&[("t.proto", &text)], &Limits::default()).unwrap()
        };
        compatibility(&schema(old), &schema(new)).into_iter().map(|d| (d.path, d.kind)).collect()
    }

    fn one(old: &str, new: &str) -> Kind {
        let message = |body: &str| format!("message M {{ {body} }} message A {{}} message B {{}}");
        let found = check(&message(old), &message(new));
        assert_eq!(found.len(), 1, "{old} -> {new}: {found:?}");
        found[0].1
    }

    #[test]
    fn changes_of_fields() {
        assert_eq!(one("int32 a = 1; int32 b = 2;", "int32 a = 1;"), Kind::FieldRemoved);
        assert_eq!(one("int32 a = 1;", "int32 a = 1; int32 b = 2;"), Kind::FieldAdded);
        assert_eq!(one("int32 a = 1;", "int32 b = 1;"), Kind::FieldNameChanged);
        assert_eq!(one("int32 a = 1;", "string a = 1;"), Kind::FieldScalarKindChanged);
        assert_eq!(one("int32 a = 1;", "string b = 1;"), Kind::FieldNumberReused);
        assert_eq!(one("int32 a = 1;", "A a = 1;"), Kind::FieldKindChanged);
        assert_eq!(one("A a = 1;", "B a = 1;"), Kind::FieldNamedTypeChanged);
        assert_eq!(one("int32 a = 1;", "repeated int32 a = 1;"), Kind::FieldNumericLabelChanged);
        assert_eq!(one("string a = 1;", "repeated string a = 1;"), Kind::FieldLabelChanged);
        assert_eq!(one("int32 a = 1;", "optional int32 a = 1;"), Kind::FieldPresenceChanged);
        assert_eq!(
            one("map<string, int32> a = 1;", "map<string, string> a = 1;"),
            Kind::FieldScalarKindChanged
        );
        assert!(check("message M { int32 a = 1; }", "message M { int64 a = 1; }").is_empty());
    }

    #[test]
    fn oneofs_and_messages() {
        let two = "int32 a = 1; int32 b = 2;";
        assert_eq!(one(two, "oneof x { int32 a = 1; int32 b = 2; }"), Kind::MultipleFieldsMovedToOneof);
        assert_eq!(
            one("oneof x { int32 a = 1; } int32 b = 2;", "oneof x { int32 a = 1; int32 b = 2; }"),
            Kind::FieldMovedToExistingOneof
        );
        assert_eq!(
            one("oneof x { int32 a = 1; int32 b = 2; }", "oneof x { int32 a = 1; }"),
            Kind::OneofFieldRemoved
        );
        assert_eq!(
            check("message M {} message N {}", "message M {}"),
            [("t.N".to_owned(), Kind::MessageRemoved)]
        );
        assert!(Kind::MessageRemoved.is_breaking() && !Kind::FieldAdded.is_breaking());
    }
}
