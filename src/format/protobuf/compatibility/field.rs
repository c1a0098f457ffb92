//! A field under the same number in both schemas.

use super::super::model::{EnumId, Field, Presence, Schema, Type};
use super::{Compare, Kind, local_name, oneof_of};

/// Where a schema with implicit presence wrote, and one with explicit presence reads.
const ZEROS: &str =
    "writers with implicit presence, as of proto3, leave zeros out: they now read as absent, not as zero";
const CLOSED: &str = "the reader's enum is closed: the value is an unknown field";

/// How a field's value is written.
#[derive(PartialEq)]
enum Wire {
    /// Types of one group are written alike, so that one may become another.
    Scalar(u8),
    Message,
    Group,
    Map,
}

fn wire(schema: &Schema, f: &Field) -> Wire {
    match f.ty {
        Type::Message(id) if schema.get(id).map_entry && f.repeated => Wire::Map,
        Type::Message(_) if f.delimited => Wire::Group,
        Type::Message(_) => Wire::Message,
        Type::Int32 | Type::Int64 | Type::Uint32 | Type::Uint64 | Type::Bool | Type::Enum(_) => {
            Wire::Scalar(0)
        }
        Type::Sint32 | Type::Sint64 => Wire::Scalar(1),
        Type::String | Type::Bytes => Wire::Scalar(2),
        Type::Fixed32 | Type::Sfixed32 => Wire::Scalar(3),
        Type::Fixed64 | Type::Sfixed64 => Wire::Scalar(4),
        Type::Float => Wire::Scalar(5),
        Type::Double => Wire::Scalar(6),
    }
}

/// Whether every value of one type is the same value of the other, of the same group.
fn holds(reader: Type, writer: Type) -> bool {
    match (writer, reader) {
        (Type::Enum(_), Type::Enum(_)) => true,
        (Type::Bool, _) | (Type::Enum(_), Type::Int32 | Type::Int64) => true,
        (Type::Int32 | Type::Uint32, Type::Int64) | (Type::Uint32, Type::Uint64) => true,
        (Type::Sint32, Type::Sint64) | (Type::String, Type::Bytes) => true,
        (a, b) => a == b,
    }
}

impl Compare<'_> {
    pub(super) fn field(&mut self, path: &str, old: &Field, new: &Field) {
        if let Some(kind) = self.type_changed(old, new) {
            let reused = old.name != new.name && kind != Kind::FieldScalarTypeChanged;
            self.add(path.to_owned(), if reused { Kind::FieldNumberReused } else { kind }, None);
            if kind.is_breaking() {
                return;
            }
        }
        if old.name != new.name {
            self.add(path.to_owned(), Kind::FieldNameChanged, None);
        }
        self.labels(path, old, new);
        self.reached(old, new);
    }

    fn type_changed(&self, old: &Field, new: &Field) -> Option<Kind> {
        let (a, b) = (wire(self.writer, old), wire(self.reader, new));
        if a != b {
            let scalars = matches!((&a, &b), (Wire::Scalar(_), Wire::Scalar(_)));
            return Some(if scalars { Kind::FieldScalarKindChanged } else { Kind::FieldKindChanged });
        }
        match (a, old.ty, new.ty) {
            (Wire::Map, Type::Message(w), Type::Message(r)) => {
                let (w, r) = (&self.writer.get(w).fields, &self.reader.get(r).fields);
                // An entry's fields are scalars and messages: this goes no deeper.
                let changes = w.iter().zip(r).filter_map(|(w, r)| self.type_changed(w, r));
                changes.min_by_key(|kind| !kind.is_breaking())
            }
            (_, Type::Message(w), Type::Message(r)) => (local_name(self.writer, w)
                != local_name(self.reader, r))
            .then_some(Kind::FieldNamedTypeChanged),
            _ => (!holds(new.ty, old.ty)).then_some(Kind::FieldScalarTypeChanged),
        }
    }

    fn labels(&mut self, path: &str, old: &Field, new: &Field) {
        let (required, was) = (new.presence == Presence::Required, old.presence == Presence::Required);
        let number = !matches!(new.ty, Type::String | Type::Bytes | Type::Message(_));
        let kind = match new.ty {
            _ if old.repeated && new.repeated => return,
            _ if required && !was => Kind::RequiredFieldAdded,
            _ if old.repeated == new.repeated && !was | required => return self.presence(path, old, new),
            // What was required is set always: only the registry's rule for numbers minds that it no longer is.
            _ if old.repeated == new.repeated && !number => return,
            Type::Message(_) => Kind::FieldMessageLabelChanged,
            Type::String | Type::Bytes => Kind::FieldStringOrBytesLabelChanged,
            _ => Kind::FieldNumericLabelChanged,
        };
        self.add(path.to_owned(), kind, None);
    }

    /// A change of syntax shows here: writers with implicit presence leave zeros out.
    fn presence(&mut self, path: &str, old: &Field, new: &Field) {
        if old.presence != new.presence && oneof_of(new).is_none() && oneof_of(old).is_none() {
            let hint = (old.presence == Presence::Implicit).then_some(ZEROS);
            self.add(path.to_owned(), Kind::FieldPresenceChanged, hint);
        }
    }

    /// What the field's type holds, a map's value too.
    fn reached(&mut self, old: &Field, new: &Field) {
        match (old.ty, new.ty) {
            (Type::Message(w), Type::Message(r)) => {
                let (entry, other) = (self.writer.get(w), self.reader.get(r));
                match (entry.map_entry, entry.fields.last(), other.fields.last()) {
                    (true, Some(w), Some(r)) => self.value_of_map(w, r),
                    _ => self.pair(w, r),
                }
            }
            (Type::Enum(w), Type::Enum(r)) if self.enums.insert((w, r)) => self.enumeration(w, r),
            _ => {}
        }
    }

    fn value_of_map(&mut self, old: &Field, new: &Field) {
        match (old.ty, new.ty) {
            (Type::Message(w), Type::Message(r)) => self.pair(w, r),
            (Type::Enum(w), Type::Enum(r)) if self.enums.insert((w, r)) => self.enumeration(w, r),
            _ => {}
        }
    }

    fn enumeration(&mut self, w: EnumId, r: EnumId) {
        let (writer, reader) = (self.writer, self.reader);
        let (old, new) = (writer.get_enum(w), reader.get_enum(r));
        for (name, number) in &old.values {
            let mut names = new.values.iter().filter(|(_, n)| n == number).peekable();
            let path = || format!("{}.{name}", old.full_name);
            if names.peek().is_none() {
                self.add(path(), Kind::EnumConstRemoved, new.closed.then_some(CLOSED));
            } else if names.all(|(other, _)| other != name) {
                self.add(path(), Kind::EnumConstChanged, None);
            }
        }
    }
}
