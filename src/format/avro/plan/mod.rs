//! A writer schema, and perhaps a reader schema, compiled into flat steps. Decoding makes no look-ups.

mod compile;
mod defaults;
mod resolve;
mod scalar;
pub(super) mod skip;
mod union;

pub(super) use resolve::promotes;
pub(super) use skip::Skip;

use super::schema::{self, Schema};
use crate::dialect::{self, Rule, Style};
use crate::error::{Code, Error, Fault};
use crate::format::shape::{Node, Shape};
use crate::format::{Field, Lit, Record};
use crate::limits::Limits;

/// No field, no target.
pub(super) const NONE: u32 = u32::MAX;

/// One step: what to do, and the field that its value is of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    pub(super) op: Op,
    pub(super) field: u32,
}

/// What a step does. Records are laid out inline; arrays, maps and calls push a frame.
///
/// With a tag of its own: one that is folded into [`Other`]'s takes three instructions more to read.
#[derive(Clone, Copy, Debug)]
#[repr(u8)]
pub(super) enum Op {
    Boolean,
    Int,
    /// A long as it is, or an error where a double would round it.
    Long {
        checked: bool,
    },
    Double,
    String,
    Enum(u32),
    Record(u32),
    RecordEnd(u32),
    /// A union of null and one other: which index is null, and where to go on behind the value.
    Nullable {
        null: u32,
        end: u32,
    },
    Jump(u32),
    Array(u32),
    Map(u32),
    Next(u32),
    NextEntry(u32),
    Call(u32),
    Return,
    /// Of what isn't wanted.
    Skip(Skip),
    /// What is rarer, or dearer than a call.
    Other(Other),
}

/// What a step does out of the loop's line, which has so few registers that these would take them from the others.
#[derive(Clone, Copy, Debug)]
pub(super) enum Other {
    Null,
    Int(FromInt),
    Long(FromLong),
    Float,
    FloatAsDouble,
    Bytes(FromBytes),
    Fixed(u32, FromBytes),
    /// All that is left of the datum, as text or as bytes.
    RestAsString,
    Rest(FromBytes),
    /// A union: where its targets stand, how many there are.
    Union {
        table: u32,
        branches: u32,
    },
    /// A reader's field that the writer does not have: a routine over constant bytes.
    Default {
        constant: u32,
        routine: u32,
    },
    /// What was written resolves to nothing.
    Fail(Code),
    /// What can't be resolved, for one of [`Plan::reasons`].
    Unresolved(u32),
}

impl From<Other> for Op {
    fn from(other: Other) -> Op {
        Op::Other(other)
    }
}

impl From<Skip> for Op {
    fn from(skip: Skip) -> Op {
        Op::Skip(skip)
    }
}

/// What an int becomes where it stays none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum FromInt {
    Long(FromLong),
    Time(Temporal),
}

/// What a long, or an int promoted to one, becomes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum FromLong {
    Long,
    /// An error where a double would round it.
    Checked,
    /// Its digits.
    Text,
    Float,
    Double,
    Time(Temporal),
}

/// Dates and times, and whether JavaScript gets a `Date`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Temporal {
    Date {
        instant: bool,
    },
    /// A time of day: digits of a second.
    Time(u32),
    /// A point in time: digits of a second, and whether it is UTC.
    Timestamp {
        digits: u32,
        utc: bool,
    },
    /// Milliseconds as a `Date`.
    Instant,
}

/// What bytes, strings or fixed become.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum FromBytes {
    Bytes,
    Decimal(u32),
    BigDecimal,
    Uuid,
    Duration,
}

/// Items of an array or map.
#[derive(Clone, Copy, Debug)]
pub(super) struct Items {
    /// Where to go on behind the last item.
    pub(super) end: u32,
    /// The least bytes of an item: bounds a block's count before any work is done.
    pub(super) min: u32,
    /// Steps of an item: what one without bytes costs.
    pub(super) weight: u32,
    /// Whether items are records whose steps are left out.
    pub(super) records: bool,
}

/// An enum: the reader's symbols, and which of them each of the writer's becomes.
#[derive(Clone, Debug)]
pub(super) struct Enum {
    pub(super) symbols: Vec<Lit>,
    /// By the writer's index: the reader's, or [`NONE`].
    pub(super) map: Vec<u32>,
}

/// Where a shared record's steps begin, and what a call costs when it takes no bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Routine {
    pub(super) start: u32,
    /// The steps of the body where it may take no bytes, else 0.
    pub(super) weight: u32,
}

/// A compiled schema.
#[derive(Clone, Debug)]
pub struct Plan {
    pub(super) steps: Vec<Step>,
    pub(super) fields: Vec<Field>,
    pub(super) records: Vec<Record>,
    pub(super) enums: Vec<Enum>,
    pub(super) targets: Vec<u32>,
    pub(super) items: Vec<Items>,
    pub(super) routines: Vec<Routine>,
    pub(super) constants: Vec<Box<[u8]>>,
    /// Why data of the writer can't be read as the reader's, of the first such places.
    pub(super) reasons: Vec<Box<str>>,
    pub(super) shape: Shape,
    pub(super) bytes: dialect::Bytes,
    pub(super) short_floats: bool,
    pub(super) lenient: Lenient,
    pub(super) depth: usize,
    pub(super) budget: usize,
    /// Whether the bytes are the blocks of an object container file, and the value an array.
    pub(super) container: bool,
    /// The steps of a datum that takes no bytes; 0 where it takes some.
    pub(super) weight: u32,
}

/// Rules that are not enforced.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lenient {
    pub(super) trailing: bool,
    pub(super) boolean: bool,
    pub(super) int: bool,
    pub(super) utf8: bool,
}

impl Plan {
    /// Compiles a writer schema, and the reader schema that its data are resolved into.
    ///
    /// # Errors
    /// `SCHEMA_LIMIT` when the plan grows too large, `SCHEMA_INVALID` when converted field names collide. What the
    /// reader can't read is an error of the data that holds it.
    pub fn compile(
        writer: &Schema,
        reader: Option<&Schema>,
        style: &Style,
        limits: &Limits,
    ) -> Result<Plan, Error> {
        compile::compile(writer, reader, style, limits)
    }

    /// Why the reader schema can't read what the writer's has, where that is the fault.
    #[cold]
    pub fn reason(&self, fault: &Fault) -> Option<&str> {
        let known = fault.code == Code::SchemaIncompatible;
        let reason = usize::try_from(fault.found).ok().filter(|_| known)?;
        self.reasons.get(reason).map(|reason| &**reason)
    }

    /// The same plan for what Confluent's serializers write: under a top-level schema of type `bytes` they leave out the
    /// length (Confluent wire format, "Avro").
    pub fn for_confluent(mut self, writer: &Schema) -> Plan {
        // Behind the tag of a reader's branch.
        let first = self.steps.iter_mut().find(|step| !matches!(step.op, Op::Record(_)));
        if let (schema::Kind::Bytes, Some(first)) = (writer.kind(writer.root), first) {
            first.op = match first.op {
                Op::Other(Other::Bytes(to)) => Other::Rest(to).into(),
                Op::String => Other::RestAsString.into(),
                other => other,
            };
        }
        self
    }

    /// The same plan for the blocks of an object container file: each a count, a size and so many data. The value is the
    /// array of all of them.
    pub fn for_container(mut self) -> Plan {
        self.shape.root = self.shape.push(Node::Array(self.shape.root));
        self.container = true;
        self
    }

    /// What the plan's values look like.
    pub fn shape(&self) -> &Shape {
        &self.shape
    }

    fn empty(style: &Style, limits: &Limits) -> Plan {
        Plan {
            steps: Vec::new(),
            fields: Vec::new(),
            records: Vec::new(),
            enums: Vec::new(),
            targets: Vec::new(),
            items: Vec::new(),
            routines: Vec::new(),
            constants: Vec::new(),
            reasons: Vec::new(),
            shape: Shape::default(),
            bytes: style.bytes,
            short_floats: style.short_floats,
            lenient: Lenient {
                trailing: style.allows(Rule::TrailingBytes),
                boolean: style.allows(Rule::Boolean),
                int: style.allows(Rule::IntOverflow),
                utf8: style.allows(Rule::Utf8),
            },
            depth: limits.depth,
            budget: limits.items,
            container: false,
            weight: 0,
        }
    }
}
