//! What a change of a schema does to data, by the rules of Confluent's registry: whether messages that were written with
//! one schema still read with another.
//!
//! Fields are compared by number, messages by their names within their packages. What the registry refuses is refused;
//! so is a field that became required, and a number that became repeated, also where proto3 writes no label, which the
//! registry lets pass.

mod field;
mod kind;
mod oneof;
#[cfg(test)]
mod tests;

pub use kind::Kind;

use super::model::{EnumId, Field, Message, MessageId, Presence, Schema};
use crate::error::{Code, Error};
use crate::map::{IndexMap, IndexSet};
use crate::order::by_numbers;

/// Pairs of messages that one comparison may come to.
const MOST_PAIRS: usize = 100_000;

/// A change between two schemas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The message, field or value that changed, such as `shop.Order.total`, as the writer calls it.
    pub path: String,
    /// What changed.
    pub kind: Kind,
    /// What that means.
    pub message: &'static str,
    /// What to know beyond that.
    pub hint: Option<&'static str>,
}

/// What data of `writer` meet when they are read by `reader`: of the registered files (the last ones), and of all messages
/// that their fields reach. What was only added isn't told.
///
/// # Errors
/// `SCHEMA_LIMIT` for schemas with more than 100,000 pairs of messages to compare.
///
/// ```
/// use kafkalens::format::protobuf::{Schema, compatibility, compatibility::Kind};
/// let schema = |body| {
///     let text = format!("syntax = \"proto3\"; message Order {{ {body} }}");
///     Schema::from_sources(&[("order.proto", &text)], &Default::default())
/// };
/// let found = compatibility(&schema("int32 total = 1;")?, &schema("string total = 1;")?)?;
/// assert_eq!((found[0].path.as_str(), found[0].kind), ("Order.total", Kind::FieldScalarKindChanged));
/// # Ok::<(), kafkalens::Error>(())
/// ```
pub fn compatibility(writer: &Schema, reader: &Schema) -> Result<Vec<Difference>, Error> {
    let mut compare = Compare {
        writer,
        reader,
        pairs: Vec::new(),
        seen: IndexSet::new(),
        enums: IndexSet::new(),
        out: Vec::new(),
    };
    compare.files();
    let mut next = 0;
    while let Some(&(w, r)) = compare.pairs.get(next) {
        if next > MOST_PAIRS {
            let message = format!("expected at most {MOST_PAIRS} pairs of messages to compare, found more");
            return Err(Error::new(Code::SchemaLimit, message));
        }
        compare.message(w, r);
        next += 1;
    }
    Ok(compare.out)
}

struct Compare<'a> {
    writer: &'a Schema,
    reader: &'a Schema,
    /// Messages to be compared; those before the current one are done.
    pairs: Vec<(MessageId, MessageId)>,
    seen: IndexSet<(MessageId, MessageId)>,
    enums: IndexSet<(EnumId, EnumId)>,
    out: Vec<Difference>,
}

/// A message's name within its package.
fn local_name(schema: &Schema, id: MessageId) -> &str {
    let m = schema.get(id);
    let package = &schema.files[m.file.0 as usize].package;
    let local = m.full_name.strip_prefix(&**package).and_then(|rest| rest.strip_prefix('.'));
    local.filter(|_| !package.is_empty()).unwrap_or(&m.full_name)
}

/// The fields of a message, in the order of their numbers.
fn by_number(schema: &Schema, id: MessageId) -> IndexMap<u32, &Field> {
    let mut fields: Vec<_> = schema.get(id).fields.iter().chain(schema.extensions_of(id)).collect();
    by_numbers(&mut fields, |f| (f.number.into(), 0));
    fields.into_iter().map(|f| (f.number, f)).collect()
}

/// The oneof that a field is a member of.
fn oneof_of(f: &Field) -> Option<u32> {
    f.oneof.filter(|_| !f.synthetic_oneof)
}

impl<'a> Compare<'a> {
    fn add(&mut self, path: String, kind: Kind, hint: Option<&'static str>) {
        self.out.push(Difference { path, kind, message: kind.meaning(), hint });
    }

    fn pair(&mut self, w: MessageId, r: MessageId) {
        if self.seen.insert((w, r)) {
            self.pairs.push((w, r));
        }
    }

    /// The registered files: their top-level messages by name.
    fn files(&mut self) {
        let (Some(w), Some(r)) = (self.writer.registered(), self.reader.registered()) else { return };
        if w.package != r.package {
            self.add(w.package.to_string(), Kind::PackageChanged, None);
        }
        self.messages(&w.messages, &r.messages);
    }

    fn messages(&mut self, written: &[MessageId], read: &[MessageId]) {
        let (writer, reader) = (self.writer, self.reader);
        let by_name: IndexMap<&str, MessageId> =
            read.iter().map(|id| (local_name(reader, *id), *id)).collect();
        for &w in written.iter().filter(|id| !writer.get(**id).map_entry) {
            match by_name.get(local_name(writer, w)) {
                Some(&r) => self.pair(w, r),
                None => self.add(writer.get(w).full_name.to_string(), Kind::MessageRemoved, None),
            }
        }
    }

    fn message(&mut self, w: MessageId, r: MessageId) {
        let (writer, reader) = (self.writer, self.reader);
        let (old, new) = (writer.get(w), reader.get(r));
        let (written, read) = (by_number(writer, w), by_number(reader, r));
        self.oneofs(old, new, &written);
        for (number, f) in written.iter() {
            match read.get(number) {
                Some(g) => self.field(&path(old, f), f, g),
                None => self.removed(old, f, &read),
            }
        }
        for (_, f) in
            read.iter().filter(|(n, f)| f.presence == Presence::Required && !written.contains_key(n))
        {
            self.add(path(old, f), Kind::RequiredFieldAdded, None);
        }
        self.messages(&old.nested, &new.nested);
    }

    fn removed(&mut self, old: &Message, f: &Field, read: &IndexMap<u32, &Field>) {
        // A oneof that is gone as a whole is as good as fields that are gone.
        let stays =
            |oneof| old.fields.iter().any(|f| oneof_of(f) == Some(oneof) && read.contains_key(&f.number));
        let kind = match oneof_of(f) {
            Some(oneof) if stays(oneof) => Kind::OneofFieldRemoved,
            _ if f.presence == Presence::Required => Kind::RequiredFieldRemoved,
            _ => Kind::FieldRemoved,
        };
        self.add(path(old, f), kind, None);
    }
}

fn path(m: &Message, f: &Field) -> String {
    match f.extension {
        true => format!("{}.[{}]", m.full_name, f.name),
        false => format!("{}.{}", m.full_name, f.name),
    }
}
