//! What a plan's values look like: what a host needs to know to read a tape.

use serde_json::json;

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
        let nodes: Vec<_> = self.nodes.iter().map(Node::json).collect();
        json!({ "root": self.root, "nodes": nodes }).to_string()
    }

    /// Adds a node and gives its place.
    pub fn push(&mut self, node: Node) -> u32 {
        self.nodes.push(node);
        self.nodes.len() as u32 - 1
    }
}

fn int64(mode: Int64) -> &'static str {
    match mode {
        Int64::Bigint => "bigint",
        Int64::Number => "number",
        Int64::Auto => "auto",
        Int64::String => "string",
    }
}

impl Node {
    fn json(&self) -> serde_json::Value {
        match self {
            Node::Null => json!({ "kind": "null" }),
            Node::Boolean => json!({ "kind": "boolean" }),
            Node::Int => json!({ "kind": "int" }),
            Node::Uint => json!({ "kind": "uint" }),
            Node::Long(mode) => json!({ "kind": "long", "int64": int64(*mode) }),
            Node::Ulong(mode) => json!({ "kind": "ulong", "int64": int64(*mode) }),
            Node::Double => json!({ "kind": "double" }),
            Node::Text => json!({ "kind": "text" }),
            Node::Instant => json!({ "kind": "instant" }),
            Node::Bytes => json!({ "kind": "bytes" }),
            Node::Enum { symbols, open } => json!({ "kind": "enum", "symbols": symbols, "open": open }),
            Node::Union(branches) => json!({ "kind": "union", "branches": branches }),
            Node::Record { fields } => {
                let fields: Vec<_> = fields.iter().map(FieldShape::json).collect();
                json!({ "kind": "record", "fields": fields })
            }
            Node::Array(item) => json!({ "kind": "array", "item": item }),
            Node::Map(value) => json!({ "kind": "map", "value": value }),
            Node::Any(mode) => json!({ "kind": "any", "int64": int64(*mode) }),
            Node::Learned(mode) => json!({ "kind": "learned", "int64": int64(*mode) }),
            Node::Likely(likely, mode) => {
                let mut json = likely.json();
                json["int64"] = int64(*mode).into();
                json
            }
        }
    }
}

impl Likely {
    fn json(&self) -> serde_json::Value {
        match self {
            Likely::Text => json!({ "kind": "likelyText" }),
            Likely::Number => json!({ "kind": "likelyNumber" }),
            Likely::Boolean => json!({ "kind": "likelyBoolean" }),
            Likely::Array(item) => json!({ "kind": "likelyArray", "item": item }),
            Likely::Record(fields) => {
                let fields: Vec<_> = fields.iter().map(FieldShape::json).collect();
                json!({ "kind": "likelyRecord", "fields": fields })
            }
        }
    }
}

impl FieldShape {
    fn json(&self) -> serde_json::Value {
        json!({ "name": self.name, "node": self.node, "index": self.index, "optional": self.optional })
    }
}
