//! Avro schemas: JSON text → model.

mod canonical;
mod departures;
mod fingerprint;
mod link;
mod logical;
mod names;
mod parse;

pub use departures::Departure;
pub use fingerprint::rabin;
pub use logical::Logical;
pub use names::Name;

use crate::error::Error;
use crate::json::Value;
use crate::limits::Limits;
use std::sync::Arc;

/// A type's place in its schema.
pub type TypeId = u32;

/// A parsed schema: types in an arena, so that they may contain themselves.
#[derive(Clone, Debug)]
pub struct Schema {
    pub(crate) types: Vec<Type>,
    /// The type of the whole datum.
    pub(crate) root: TypeId,
    /// What was tolerated: logical types that are not valid where they stand.
    pub(crate) warnings: Vec<String>,
}

/// One type.
#[derive(Clone, Debug)]
pub struct Type {
    pub(crate) kind: Kind,
    /// The name of a record, enum or fixed.
    pub(crate) name: Option<Name>,
    /// Full names that a named type is also known by.
    pub(crate) aliases: Vec<Arc<str>>,
    /// A valid logical type.
    pub(crate) logical: Option<Logical>,
}

/// What a type is.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// No value.
    Null,
    /// One byte.
    Boolean,
    /// 32 bits, zig-zag.
    Int,
    /// 64 bits, zig-zag.
    Long,
    /// 32 bits, IEEE 754.
    Float,
    /// 64 bits, IEEE 754.
    Double,
    /// Bytes with their length.
    Bytes,
    /// UTF-8 with its length.
    String,
    /// Fields in order.
    Record(Vec<Field>),
    /// Symbols, and the default of resolution.
    Enum {
        /// The symbols.
        symbols: Vec<Arc<str>>,
        /// The default's place among them.
        default: Option<u32>,
    },
    /// So many bytes.
    Fixed(usize),
    /// Items in blocks.
    Array(TypeId),
    /// Named values in blocks.
    Map(TypeId),
    /// One of several types.
    Union(Vec<TypeId>),
    /// A name that stands for a type defined elsewhere; none is left once a schema is parsed.
    Reference(Name),
}

/// A field of a record.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    pub(crate) name: Arc<str>,
    pub(crate) aliases: Vec<Arc<str>>,
    pub(crate) ty: TypeId,
    pub(crate) default: Option<Value>,
}

impl Schema {
    /// Parses a schema's text, with the texts of the schemas that it references, in any order.
    ///
    /// Names are not restricted, unknown attributes are ignored, and logical types that are not valid where they
    /// stand give the underlying type.
    ///
    /// # Errors
    /// `SCHEMA_INVALID` with the place in the schema, `SCHEMA_LIMIT` when it is too large or too deep.
    pub fn parse(text: &str, references: &[&str], limits: &Limits) -> Result<Schema, Error> {
        parse::parse(text, references, limits)
    }

    /// What was tolerated in the schema.
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }

    /// The type of the whole datum.
    pub fn root(&self) -> TypeId {
        self.root
    }

    /// A type of this schema.
    pub fn get(&self, id: TypeId) -> &Type {
        &self.types[id as usize]
    }

    /// What a type of this schema is.
    pub fn kind(&self, id: TypeId) -> &Kind {
        &self.get(id).kind
    }
}

impl Kind {
    /// The specification's word for it.
    pub fn word(&self) -> &'static str {
        match self {
            Kind::Null => "null",
            Kind::Boolean => "boolean",
            Kind::Int => "int",
            Kind::Long => "long",
            Kind::Float => "float",
            Kind::Double => "double",
            Kind::Bytes => "bytes",
            Kind::String => "string",
            Kind::Record(_) => "record",
            Kind::Enum { .. } => "enum",
            Kind::Fixed(_) => "fixed",
            Kind::Array(_) => "array",
            Kind::Map(_) => "map",
            Kind::Union(_) => "union",
            Kind::Reference(_) => "reference",
        }
    }

    /// A primitive type by its name.
    pub(crate) fn primitive(word: &str) -> Option<Kind> {
        Some(match word {
            "null" => Kind::Null,
            "boolean" => Kind::Boolean,
            "int" => Kind::Int,
            "long" => Kind::Long,
            "float" => Kind::Float,
            "double" => Kind::Double,
            "bytes" => Kind::Bytes,
            "string" => Kind::String,
            _ => return None,
        })
    }
}

impl Type {
    /// The name of its branch in a tagged union: a named type's full name, else the type's word.
    pub fn branch_name(&self) -> &str {
        self.name.as_ref().map_or(self.kind.word(), Name::full)
    }

    /// What it is.
    pub fn kind(&self) -> &Kind {
        &self.kind
    }

    /// The name of a record, enum or fixed.
    pub fn name(&self) -> Option<&Name> {
        self.name.as_ref()
    }

    /// Its logical type, if it has a valid one.
    pub fn logical(&self) -> Option<Logical> {
        self.logical
    }
}

impl Field {
    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its type's place in the schema.
    pub fn ty(&self) -> TypeId {
        self.ty
    }

    /// Its default, as the schema's JSON has it.
    pub fn default(&self) -> Option<&Value> {
        self.default.as_ref()
    }
}
