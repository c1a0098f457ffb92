//! Types without parts: primitive ones with their promotions, logical ones, bytes and enums.

use super::compile::Compiler;
use super::{Enum, FromBytes, FromInt, FromLong, NONE, Op, Other, Temporal};
use crate::dialect::{Decimals, Int64, Timestamps};
use crate::format::Lit;
use crate::format::avro::schema::{Kind, Logical, Type};
use crate::format::shape::Node;
use crate::json::quoted;
use crate::map::IndexMap;
use std::sync::Arc;

impl Compiler<'_> {
    /// Primitive types, and their promotions (specification, "Schema Resolution").
    pub(super) fn scalar(&mut self, w: &Type, r: &Type, field: u32) -> u32 {
        let (op, node) = match (&w.kind, &r.kind) {
            (Kind::Null, Kind::Null) => (Other::Null.into(), Node::Null),
            (Kind::Boolean, Kind::Boolean) => (Op::Boolean, Node::Boolean),
            (Kind::Int, Kind::Int) => match self.temporal(r.logical) {
                Some((time, node)) => (Other::Int(FromInt::Time(time)).into(), node),
                None => (Op::Int, Node::Int),
            },
            (Kind::Int, Kind::Long | Kind::Float | Kind::Double) => {
                let (to, node) = self.as_long(r);
                (Other::Int(FromInt::Long(to)).into(), node)
            }
            (Kind::Long, Kind::Long | Kind::Float | Kind::Double) => match self.as_long(r) {
                (FromLong::Long, node) => (Op::Long { checked: false }, node),
                (FromLong::Checked, node) => (Op::Long { checked: true }, node),
                (to, node) => (Other::Long(to).into(), node),
            },
            (Kind::Float, Kind::Float) => (Other::Float.into(), Node::Double),
            (Kind::Float, Kind::Double) => (Other::FloatAsDouble.into(), Node::Double),
            (Kind::Double, Kind::Double) => (Op::Double, Node::Double),
            (Kind::String | Kind::Bytes, Kind::String) => (Op::String, Node::Text),
            (Kind::String | Kind::Bytes, Kind::Bytes) => {
                let to = self.as_bytes(r.logical);
                (Other::Bytes(to).into(), bytes_kind(to))
            }
            _ => return self.mismatch(w, r, field),
        };
        self.push(op, field);
        self.node(node)
    }

    fn as_long(&self, r: &Type) -> (FromLong, Node) {
        match (&r.kind, self.temporal(r.logical)) {
            (Kind::Float, _) => (FromLong::Float, Node::Double),
            (Kind::Double, _) => (FromLong::Double, Node::Double),
            (_, Some((time, node))) => (FromLong::Time(time), node),
            _ => match self.style.int64_at(self.at) {
                Int64::String => (FromLong::Text, Node::Text),
                Int64::Number => (FromLong::Checked, Node::Long(Int64::Number)),
                mode => (FromLong::Long, Node::Long(mode)),
            },
        }
    }

    pub(super) fn temporal(&self, logical: Option<Logical>) -> Option<(Temporal, Node)> {
        if self.style.timestamps == Timestamps::Epoch {
            return None;
        }
        let date = self.style.timestamps == Timestamps::Date;
        let timestamp = |digits, utc| Temporal::Timestamp { digits, utc };
        let time = match logical? {
            Logical::Date => Temporal::Date { instant: date },
            Logical::TimeMillis => Temporal::Time(3),
            Logical::TimeMicros => Temporal::Time(6),
            Logical::TimestampMillis if date => Temporal::Instant,
            Logical::TimestampMillis => timestamp(3, true),
            Logical::TimestampMicros => timestamp(6, true),
            Logical::TimestampNanos => timestamp(9, true),
            Logical::LocalTimestampMillis => timestamp(3, false),
            Logical::LocalTimestampMicros => timestamp(6, false),
            Logical::LocalTimestampNanos => timestamp(9, false),
            _ => return None,
        };
        let instant = matches!(time, Temporal::Instant | Temporal::Date { instant: true });
        Some((time, if instant { Node::Instant } else { Node::Text }))
    }

    pub(super) fn as_bytes(&self, logical: Option<Logical>) -> FromBytes {
        let decimals = self.style.decimals == Decimals::String;
        match logical {
            Some(Logical::Decimal { scale }) if decimals => FromBytes::Decimal(scale),
            Some(Logical::BigDecimal) if decimals => FromBytes::BigDecimal,
            Some(Logical::Uuid) if self.style.logical => FromBytes::Uuid,
            Some(Logical::Duration) if self.style.logical => FromBytes::Duration,
            _ => FromBytes::Bytes,
        }
    }

    pub(super) fn bytes_node(&mut self, to: FromBytes) -> u32 {
        self.node(bytes_kind(to))
    }

    pub(super) fn enumeration(
        &mut self,
        symbols: &[Arc<str>],
        of: &[Arc<str>],
        default: Option<u32>,
        field: u32,
    ) -> u32 {
        let places: IndexMap<&str, u32> = of.iter().zip(0..).map(|(s, i)| (&**s, i)).collect();
        let map = symbols.iter().map(|s| places.get(&**s).copied().or(default).unwrap_or(NONE)).collect();
        let quoted = |s: &Arc<str>| Lit::new(&quoted(s));
        self.plan.enums.push(Enum { symbols: of.iter().map(quoted).collect(), map });
        self.push(Op::Enum(self.plan.enums.len() as u32 - 1), field);
        self.node(Node::Enum { symbols: of.iter().map(|s| s.to_string()).collect(), open: false })
    }
}

fn bytes_kind(to: FromBytes) -> Node {
    if to == FromBytes::Bytes { Node::Bytes } else { Node::Text }
}
