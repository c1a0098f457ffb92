//! A template: the names that documents have, in their order, and what mostly stands behind each.

use super::draft::{Draft, Name};
use crate::dialect::Int64;
use crate::format::shape::{self, FieldShape, Shape};
use crate::format::{Field, Record, Tag};
use crate::wire::Cursor;

/// Nodes that a template may have.
const NODES: usize = 2_000;

/// What a document is expected to look like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct Template {
    nodes: Vec<Node>,
    root: u32,
}

/// What is expected at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    /// Nothing in particular.
    Any,
    Text,
    /// A number that is exact in a double.
    Number,
    Boolean,
    /// Items of a node.
    List(u32),
    Object(Object),
}

/// An object: its names in the order in which they come; any may be missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Object {
    pub(super) record: Record,
    pub(super) fields: Vec<Expected>,
}

/// A name, and the node of its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Expected {
    pub(super) field: Field,
    pub(super) node: u32,
    /// The first sixteen bytes of its text, and which bits of them count.
    head: (u128, u128),
}

impl Expected {
    /// Whether the name, with quotes and colon, comes next; if so, it is passed over. Only the form without escapes and
    /// white space is known here.
    #[inline(always)]
    pub(super) fn pass(&self, c: &mut Cursor<'_>) -> bool {
        let key = &self.field.key;
        let tail = c.tail();
        let Some(chunk) = tail.first_chunk() else { return false };
        let (text, mask) = self.head;
        let same = u128::from_le_bytes(*chunk) & mask == text
            && (key.len() <= 16 || tail.get(16..key.len()) == key.bytes().get(16..));
        if same {
            c.seek(c.at() + key.len());
        }
        same
    }
}

impl Node {
    /// What is expected, as the tag that such a value would have.
    #[inline]
    pub(super) fn tag(&self) -> Tag {
        match self {
            Node::Any => Tag::Null,
            Node::Text => Tag::String,
            Node::Number => Tag::Double,
            Node::Boolean => Tag::Boolean,
            Node::List(_) => Tag::Array,
            Node::Object(_) => Tag::Map,
        }
    }
}

impl Template {
    /// The template of a draft; nothing where it has no names to offer.
    pub(super) fn of(draft: &Draft) -> Option<Template> {
        let mut template = Template { nodes: Vec::new(), root: 0 };
        template.root = template.node(draft);
        let any = matches!(template.node_at(template.root), Node::Any);
        (!any && template.nodes.len() <= NODES).then_some(template)
    }

    #[inline]
    pub(super) fn root(&self) -> u32 {
        self.root
    }

    #[inline(always)]
    pub(super) fn node_at(&self, index: u32) -> &Node {
        &self.nodes[index as usize]
    }

    fn node(&mut self, draft: &Draft) -> u32 {
        let node = match draft {
            Draft::Unknown | Draft::Any => Node::Any,
            Draft::Text => Node::Text,
            Draft::Number => Node::Number,
            Draft::Boolean => Node::Boolean,
            Draft::List(item) => Node::List(self.node(item)),
            Draft::Object(names) => match names.in_order() {
                Some(names) => Node::Object(self.object(&names)),
                None => Node::Any,
            },
        };
        self.nodes.push(node);
        self.nodes.len() as u32 - 1
    }

    fn object(&mut self, names: &[&Name]) -> Object {
        let fields = (0..).zip(names).map(|(place, name)| {
            let field = Field::new(&name.text, place);
            let mut head = [0; 16];
            head.iter_mut().zip(field.key.bytes()).for_each(|(to, from)| *to = *from);
            let mask = u128::MAX.checked_shr(128u32.saturating_sub(8 * field.key.len() as u32));
            let head = (u128::from_le_bytes(head), mask.unwrap_or(0));
            Expected { field, node: self.node(&name.value), head }
        });
        let fields: Vec<_> = fields.collect();
        let record = Record { name: "".into(), fields: fields.len() as u32, reordered: false };
        Object { record, fields }
    }

    /// What its values look like on a tape. The first word there is the template's number.
    pub(super) fn shape(&self, int64: Int64) -> Shape {
        let nodes = self.nodes.iter().map(|node| match node {
            Node::Any => shape::Node::Any(int64),
            Node::Text => shape::Node::Likely(shape::Likely::Text, int64),
            Node::Number => shape::Node::Likely(shape::Likely::Number, int64),
            Node::Boolean => shape::Node::Likely(shape::Likely::Boolean, int64),
            Node::List(item) => shape::Node::Likely(shape::Likely::Array(*item), int64),
            Node::Object(object) => {
                let fields = object.fields.iter().map(|f| FieldShape {
                    name: f.field.name.to_string(),
                    node: f.node,
                    index: f.field.index,
                    optional: true,
                });
                shape::Node::Likely(shape::Likely::Record(fields.collect()), int64)
            }
        });
        Shape { nodes: nodes.collect(), root: self.root }
    }
}
