//! What a plan's values look like: what a host needs to know to read a tape.

use crate::json::{Text, Word, Write};

/// How a host shows a 64-bit integer.
pub use crate::dialect::Int64;

/// One kind of value. Others are named by their place in [`Shape::nodes`], so that types may contain themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// `null`: nothing on the tape.
    Null,
    /// A boolean.
    Boolean,
    /// A signed integer of 32 bits.
    Int,
    /// An unsigned integer of 32 bits.
    Uint,
    /// A signed integer of 64 bits.
    Long(Int64),
    /// An unsigned integer of 64 bits.
    Ulong(Int64),
    /// A float of 32 or 64 bits.
    Double,
    /// Text.
    Text,
    /// A JavaScript `Date`.
    Instant,
    /// Bytes.
    Bytes,
    /// One of these symbols; `open` ones may also be a number.
    Enum {
        /// The symbols by index.
        symbols: Vec<String>,
        /// Whether a number may come in a symbol's place.
        open: bool,
    },
    /// A branch, then a value of that branch's node.
    Union(Vec<u32>),
    /// Fields in wire order.
    Record {
        /// The fields.
        fields: Vec<FieldShape>,
    },
    /// Items of one node.
    Array(u32),
    /// Entries: text, then a value of this node.
    Map(u32),
    /// A tagged value of any kind; how its 64-bit integers appear.
    Any(Int64),
    /// The number of a learned template, then its value; of 0 a tagged value.
    Learned(Int64),
    /// A value that is mostly of one kind; otherwise a mark and a tagged value.
    Likely(Likely, Int64),
}

/// What a learned template expects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Likely {
    /// Text. The mark: a length that is the least integer.
    Text,
    /// A number that a double holds exactly. The mark: NaN.
    Number,
    /// A boolean. The mark: 2.
    Boolean,
    /// Items of one node. The mark: a count of -1.
    Array(u32),
    /// A word for every 30 fields, a bit for each that is missing, then the others. The mark: a word of -1.
    Record(Vec<FieldShape>),
}

/// A field of a record's node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldShape {
    /// The name that it appears under.
    pub name: String,
    /// Its value.
    pub node: u32,
    /// Its place in the output.
    pub index: u32,
    /// Whether a presence word comes first; an absent field is left out.
    pub optional: bool,
}

/// The nodes of a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// All nodes.
    pub nodes: Vec<Node>,
    /// The node of the whole value.
    pub root: u32,
}

impl Shape {
    /// As JSON text: `{"root":0,"nodes":[{"kind":"record","fields":[{"name":"id","node":1,"index":0,"optional":false}]},
    /// {"kind":"int"}]}`.
    #[inline(never)]
    pub fn to_json(&self) -> String {
        let mut out = Text::default();
        out.object(|out| {
            out.member("root", &self.root);
            out.member("nodes", &self.nodes);
        });
        out.into_string()
    }

    /// Adds a node and gives its place.
    pub fn push(&mut self, node: Node) -> u32 {
        self.nodes.push(node);
        self.nodes.len() as u32 - 1
    }
}

impl Write for Node {
    fn write(&self, out: &mut Text) {
        out.object(|out| {
            out.member("kind", self.kind());
            match self {
                Node::Enum { symbols, open } => {
                    out.member("symbols", symbols);
                    out.member("open", open);
                }
                Node::Union(branches) => out.member("branches", branches),
                Node::Record { fields } => out.member("fields", fields),
                Node::Array(item) => out.member("item", item),
                Node::Map(value) => out.member("value", value),
                Node::Likely(Likely::Array(item), _) => out.member("item", item),
                Node::Likely(Likely::Record(fields), _) => out.member("fields", fields),
                _ => {}
            }
            if let Node::Long(mode)
            | Node::Ulong(mode)
            | Node::Any(mode)
            | Node::Learned(mode)
            | Node::Likely(_, mode) = self
            {
                out.member("int64", mode.name());
            }
        });
    }
}

impl Node {
    const fn kind(&self) -> &'static str {
        match self {
            Node::Null => "null",
            Node::Boolean => "boolean",
            Node::Int => "int",
            Node::Uint => "uint",
            Node::Long(_) => "long",
            Node::Ulong(_) => "ulong",
            Node::Double => "double",
            Node::Text => "text",
            Node::Instant => "instant",
            Node::Bytes => "bytes",
            Node::Enum { .. } => "enum",
            Node::Union(_) => "union",
            Node::Record { .. } => "record",
            Node::Array(_) => "array",
            Node::Map(_) => "map",
            Node::Any(_) => "any",
            Node::Learned(_) => "learned",
            Node::Likely(Likely::Text, _) => "likelyText",
            Node::Likely(Likely::Number, _) => "likelyNumber",
            Node::Likely(Likely::Boolean, _) => "likelyBoolean",
            Node::Likely(Likely::Array(_), _) => "likelyArray",
            Node::Likely(Likely::Record(_), _) => "likelyRecord",
        }
    }
}

impl Write for FieldShape {
    fn write(&self, out: &mut Text) {
        out.object(|out| {
            out.member("name", &self.name);
            out.member("node", &self.node);
            out.member("index", &self.index);
            out.member("optional", &self.optional);
        });
    }
}
