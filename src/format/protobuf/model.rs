//! The schema model: linked names, resolved features, order of declaration kept.
//!
//! It knows nothing of where it came from; descriptors and .proto text make the same model.

pub use super::features::{Edition, Presence};
use super::numbers::kind;
use crate::map::IndexMap;
use std::sync::Arc;

/// A message's place in its schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MessageId(pub(super) u32);

/// An enum's place in its schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EnumId(pub(super) u32);

/// A file's place in [`Schema::files`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub(super) u32);

/// A set of files whose names are linked.
#[derive(Clone, Debug, Default)]
pub struct Schema {
    pub(super) files: Vec<File>,
    pub(super) messages: Vec<Message>,
    pub(super) enums: Vec<Enum>,
    /// Sorted by the extended message.
    pub(super) extensions: Vec<Extension>,
    pub(super) names: IndexMap<Arc<str>, Symbol>,
}

/// What a full name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Symbol {
    Message(MessageId),
    Enum(EnumId),
    Extension,
}

/// A file.
#[derive(Clone, Debug)]
pub struct File {
    /// Its name, as imports have it.
    pub name: Arc<str>,
    /// Its package, or nothing.
    pub package: Arc<str>,
    /// Its language version.
    pub edition: Edition,
    /// Its top-level messages, in order.
    pub messages: Vec<MessageId>,
    /// All its messages, nested ones and map entries too, sorted by full name as Java's `String` compares.
    pub sorted: Vec<MessageId>,
    /// Whether no other file imports it.
    pub root: bool,
    /// Whether kafkalens added it: well-known types that the source doesn't declare.
    pub builtin: bool,
}

/// A message.
#[derive(Clone, Debug)]
pub struct Message {
    /// Its full name, without a leading dot.
    pub full_name: Arc<str>,
    /// Its file.
    pub file: FileId,
    /// Its fields, in order of declaration.
    pub fields: Vec<Field>,
    /// The names of its oneofs, synthetic ones of `optional` fields too.
    pub oneofs: Vec<Arc<str>>,
    /// Messages declared in it, in order, map entries too.
    pub nested: Vec<MessageId>,
    /// Whether it is the entry of a map field.
    pub map_entry: bool,
    /// Whether it has the wire format of a `MessageSet`.
    pub message_set: bool,
}

/// The type of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Type {
    Double,
    Float,
    Int32,
    Int64,
    Uint32,
    Uint64,
    Sint32,
    Sint64,
    Fixed32,
    Fixed64,
    Sfixed32,
    Sfixed64,
    Bool,
    String,
    Bytes,
    Enum(EnumId),
    Message(MessageId),
}

impl Type {
    /// The scalar type of a number of `FieldDescriptorProto.Type`.
    pub(super) fn scalar(kind: u8) -> Option<Type> {
        Some(match kind {
            kind::DOUBLE => Type::Double,
            kind::FLOAT => Type::Float,
            kind::INT64 => Type::Int64,
            kind::UINT64 => Type::Uint64,
            kind::INT32 => Type::Int32,
            kind::FIXED64 => Type::Fixed64,
            kind::FIXED32 => Type::Fixed32,
            kind::BOOL => Type::Bool,
            kind::STRING => Type::String,
            kind::BYTES => Type::Bytes,
            kind::UINT32 => Type::Uint32,
            kind::SFIXED32 => Type::Sfixed32,
            kind::SFIXED64 => Type::Sfixed64,
            kind::SINT32 => Type::Sint32,
            kind::SINT64 => Type::Sint64,
            _ => return None,
        })
    }
}

/// A field, its features resolved.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name; an extension's full name.
    pub name: Arc<str>,
    /// Its JSON name: given, or made from its name.
    pub json_name: Arc<str>,
    /// Its number.
    pub number: u32,
    /// Its type.
    pub ty: Type,
    /// Whether it is repeated. A repeated field of a map entry is a map.
    pub repeated: bool,
    /// Whether absent and default are told apart; not meaningful for repeated fields.
    pub presence: Presence,
    /// Whether a writer packs it. A reader takes both.
    pub packed: bool,
    /// Whether a string must be UTF-8.
    pub utf8: bool,
    /// Whether a message is written as a group.
    pub delimited: bool,
    /// The oneof that it is a member of.
    pub oneof: Option<u32>,
    /// Whether that oneof is there only for `optional`.
    pub synthetic_oneof: bool,
    /// Whether it is an extension.
    pub extension: bool,
    /// Its declared default.
    pub default: Option<Literal>,
}

/// A declared default.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// A number, boolean or enum value, as the bits of its type: integers and enums widened with their sign.
    Bits(u64),
    /// Text.
    Text(Arc<str>),
    /// Bytes.
    Bytes(Arc<[u8]>),
}

/// An enum.
#[derive(Clone, Debug)]
pub struct Enum {
    /// Its full name.
    pub full_name: Arc<str>,
    /// Names and numbers in order; several names may share a number.
    pub values: Vec<(Arc<str>, i32)>,
    /// Whether a number without a name is an unknown field.
    pub closed: bool,
}

/// An extension field and the message that it extends.
#[derive(Clone, Debug)]
pub struct Extension {
    /// The extended message.
    pub extendee: MessageId,
    /// The field.
    pub field: Field,
}

impl Schema {
    /// All files: built-in ones first, then those of the source in its order.
    pub fn files(&self) -> &[File] {
        &self.files
    }

    /// The message of a full name; a leading dot is allowed.
    pub fn message(&self, full_name: &str) -> Option<MessageId> {
        match self.names.get(full_name.strip_prefix('.').unwrap_or(full_name))? {
            Symbol::Message(id) => Some(*id),
            _ => None,
        }
    }

    /// The message of a full name, or the only one of the source with this last part of a name.
    pub fn message_by_last_name(&self, name: &str) -> Option<MessageId> {
        if let Some(id) = self.message(name) {
            return Some(id);
        }
        let ends = |full: &str| full.strip_suffix(name).is_some_and(|head| head.ends_with('.'));
        let mut found = self.names.iter().filter_map(|(full, symbol)| match symbol {
            Symbol::Message(id) if ends(full) => Some(*id),
            _ => None,
        });
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }

    /// A message by id.
    pub fn get(&self, id: MessageId) -> &Message {
        &self.messages[id.0 as usize]
    }

    /// An enum by id.
    pub fn get_enum(&self, id: EnumId) -> &Enum {
        &self.enums[id.0 as usize]
    }

    /// Extensions of a message, in order of declaration.
    pub fn extensions_of(&self, id: MessageId) -> impl Iterator<Item = &Field> {
        let first = self.extensions.partition_point(|e| e.extendee < id);
        let from = self.extensions.get(first..).unwrap_or_default();
        from.iter().take_while(move |e| e.extendee == id).map(|e| &e.field)
    }

    /// The file that was registered: the last one of the source.
    pub fn registered(&self) -> Option<&File> {
        self.files.last().filter(|f| !f.builtin)
    }

    /// The message that a path of places names. Java counts .proto text, where a map is no nested message; clients that count
    /// descriptors count map entries too.
    pub(super) fn walk(&self, path: impl Iterator<Item = u32>, entries: bool) -> Option<MessageId> {
        let mut siblings = &self.registered()?.messages;
        let mut found = None;
        for index in path {
            let mut candidates = siblings.iter().filter(|id| entries || !self.get(**id).map_entry);
            let id = *candidates.nth(index as usize)?;
            siblings = &self.get(id).nested;
            found = Some(id);
        }
        found.filter(|id| !self.get(*id).map_entry)
    }

    /// The path by which Confluent's serializers name a message of the registered file.
    pub(super) fn confluent_path(&self, message: MessageId) -> Option<Vec<u64>> {
        let mut path = Vec::new();
        let mut id = message;
        loop {
            let above = self.get(id).full_name.rsplit_once('.').and_then(|(above, _)| self.message(above));
            let siblings = match above {
                Some(above) => &self.get(above).nested,
                None => &self.registered()?.messages,
            };
            let mut candidates = siblings.iter().filter(|id| !self.get(**id).map_entry);
            path.push(candidates.position(|sibling| *sibling == id)? as u64);
            let Some(above) = above else { break };
            id = above;
        }
        path.reverse();
        Some(path)
    }

    /// The message that Glue's index names: a place among all messages of the file, sorted by full name.
    pub fn glue_index(&self, index: u32) -> Option<MessageId> {
        self.registered()?.sorted.get(index as usize).copied()
    }
}
