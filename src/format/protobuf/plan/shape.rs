//! What a plan's values look like to a host that reads a tape.

use super::super::wellknown::WellKnown;
use super::{Absent, EnumPlan, FieldPlan, Form, MessagePlan, Plan, Show};
use crate::dialect::Int64;
use crate::format::shape::{FieldShape, Node, Shape};

impl Plan {
    /// The nodes of the plan: its messages, its enums, then what they are made of.
    pub fn shape(&self) -> Shape {
        let mut shape = Shape { nodes: vec![Node::Null; self.messages.len()], root: self.root };
        shape.nodes.extend(self.enums.iter().map(enum_node));
        for (i, m) in self.messages.iter().enumerate() {
            shape.nodes[i] = self.message_node(m, &mut shape);
        }
        shape
    }

    fn message_node(&self, m: &MessagePlan, shape: &mut Shape) -> Node {
        match (m.well_known, m.fields.first()) {
            (None, _) => {
                let fields = m.fields.iter().map(|f| self.field_shape(f, shape)).collect();
                Node::Record { fields }
            }
            (Some(WellKnown::Timestamp | WellKnown::Duration | WellKnown::FieldMask), _) => Node::Text,
            (Some(WellKnown::Wrapper), Some(f)) => scalar(f.show),
            _ => Node::Any(self.int64),
        }
    }

    fn field_shape(&self, f: &FieldPlan, shape: &mut Shape) -> FieldShape {
        let mut node = self.value_node(f.show, shape);
        match (f.form, f.show) {
            (Form::One, _) => {}
            (Form::Many, _) => node = shape.push(Node::Array(node)),
            (Form::Map, Show::Message(entry)) => {
                let value = self.message(entry).fields.get(1).map_or(Show::Null, |f| f.show);
                let value = self.value_node(value, shape);
                node = shape.push(Node::Map(value));
            }
            (Form::Map, _) => node = shape.push(Node::Map(node)),
        }
        let optional = matches!(f.absent, Absent::Omit | Absent::OmitDefault);
        FieldShape { name: f.field.name.to_string(), node, index: f.field.index, optional }
    }

    fn value_node(&self, show: Show, shape: &mut Shape) -> u32 {
        match show {
            Show::Message(i) => i,
            Show::Enum(i) => self.messages.len() as u32 + i,
            other => shape.push(scalar(other)),
        }
    }
}

fn enum_node(e: &EnumPlan) -> Node {
    let symbols = e.symbols.iter().map(|(_, name)| name.to_string()).collect();
    Node::Enum { symbols, open: !e.closed }
}

fn scalar(show: Show) -> Node {
    match show {
        Show::Int => Node::Int,
        Show::Uint => Node::Uint,
        Show::Long(Int64::String) | Show::Ulong(Int64::String) | Show::Text(_) => Node::Text,
        Show::Long(mode) => Node::Long(mode),
        Show::Ulong(mode) => Node::Ulong(mode),
        Show::Boolean => Node::Boolean,
        Show::Float | Show::Double => Node::Double,
        Show::Bytes => Node::Bytes,
        // Messages and enums have nodes of their own.
        Show::Null | Show::Enum(_) | Show::Message(_) => Node::Null,
    }
}
