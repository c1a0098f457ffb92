//! A frozen plan: everything that options and schema say about a message, worked out beforehand.

mod compile;
mod read;
mod shape;

pub(super) use self::read::Read;
use super::model::Literal;
use super::wellknown::WellKnown;
use super::wire::LENGTH;
use crate::dialect::{Bytes, Int64};
use crate::format::{Field, Lit, Record};
use crate::map::IndexMap;
use crate::order::by_numbers;
use std::sync::Arc;

/// Numbers below this are looked up in a table.
const DENSE: usize = 128;
/// No field has this number, in [`MessagePlan::dense`].
const NONE: u32 = u32::MAX;

/// A message and all that it reaches, ready to decode.
#[derive(Clone, Debug)]
pub struct Plan {
    pub(super) messages: Vec<MessagePlan>,
    pub(super) enums: Vec<EnumPlan>,
    pub(super) root: u32,
    /// Messages by full name, for `Any`.
    pub(super) by_name: IndexMap<Arc<str>, u32>,
    pub(super) any: AnyPlan,
    /// Levels of messages below the root.
    pub(super) depth: usize,
    /// Values that may be made from defaults.
    pub(super) items: usize,
    pub(super) bytes: Bytes,
    pub(super) int64: Int64,
    pub(super) short_floats: bool,
}

/// What an `Any` looks like.
#[derive(Clone, Debug)]
pub(super) struct AnyPlan {
    pub record: Record,
    pub type_url: Field,
    pub value: Field,
}

/// A message.
#[derive(Clone, Debug)]
pub(super) struct MessagePlan {
    pub record: Record,
    pub well_known: Option<WellKnown>,
    /// Whether its extensions stand in items (`message_set_wire_format`).
    pub message_set: bool,
    /// In the order of the output.
    pub fields: Vec<FieldPlan>,
    /// Whether the last of the fields is the list of unknown ones.
    pub unknown: bool,
    /// The place of a field by its number.
    dense: Vec<u32>,
    /// Number and place of the others, sorted.
    sparse: Vec<(u32, u32)>,
    pub oneofs: u32,
}

/// A field.
#[derive(Clone, Debug)]
pub(super) struct FieldPlan {
    pub field: Field,
    /// What its values begin with: number and wire type.
    pub tag: u32,
    pub read: Read,
    pub show: Show,
    pub form: Form,
    pub absent: Absent,
    /// The oneof that it is a member of, counted from 1.
    pub oneof: u32,
    /// The enum whose unknown numbers make this an unknown field.
    pub closed: Option<u32>,
    /// What a default value is.
    pub default: Literal,
    /// Wire form and meaning in one, for the kinds that messages mostly have.
    pub quick: Quick,
}

/// A kind of field that is read without further questions: one value, of the usual wire form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quick {
    Text,
    Int,
    Long(Int64),
    Double,
    Boolean,
    /// A number of an open enum.
    Symbol(u32),
    /// A message behind its length.
    Message(u32),
    /// What must be asked of the other properties.
    None,
}

impl Quick {
    pub(super) fn of(read: Read, show: Show, form: Form, absent: Absent, closed: Option<u32>) -> Quick {
        if form != Form::One || absent == Absent::OmitDefault || closed.is_some() {
            return Quick::None;
        }
        match (read, show) {
            (Read::Length, Show::Text(_)) => Quick::Text,
            (Read::Varint32, Show::Int) => Quick::Int,
            (Read::Varint64, Show::Long(mode)) => Quick::Long(mode),
            (Read::Fixed64, Show::Double) => Quick::Double,
            (Read::Bool, Show::Boolean) => Quick::Boolean,
            (Read::Varint32, Show::Enum(index)) => Quick::Symbol(index),
            (Read::Length, Show::Message(index)) => Quick::Message(index),
            _ => Quick::None,
        }
    }
}

/// What a value becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Show {
    Int,
    Uint,
    Long(Int64),
    Ulong(Int64),
    Boolean,
    Float,
    Double,
    /// `google.protobuf.NullValue`.
    Null,
    Enum(u32),
    /// Text; whether it must be UTF-8.
    Text(bool),
    Bytes,
    Message(u32),
}

/// How many values a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    One,
    Many,
    /// Its type is the entry.
    Map,
}

/// What becomes of a field that is absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Absent {
    /// It has its default.
    Default,
    /// It is left out.
    Omit,
    /// It is left out, and so is one that is there with its default value.
    OmitDefault,
    /// The message is an error.
    Error,
}

/// An enum.
#[derive(Clone, Debug)]
pub(super) struct EnumPlan {
    /// JSON text of each symbol, and the symbol.
    pub symbols: Vec<(Lit, Arc<str>)>,
    /// Number and symbol, sorted.
    numbers: Vec<(i32, u32)>,
    pub closed: bool,
}

impl FieldPlan {
    /// Whether a tag is of this field's values, packed.
    #[inline(always)]
    pub(super) fn is_packed(&self, tag: u32) -> bool {
        self.form == Form::Many && self.read.packable() && tag == (self.tag & !7 | u32::from(LENGTH))
    }
}

impl MessagePlan {
    /// The place of the field that has this number.
    #[inline]
    pub(super) fn place(&self, number: u32) -> Option<usize> {
        if (number as usize) < DENSE {
            return self.dense.get(number as usize).filter(|i| **i != NONE).map(|i| *i as usize);
        }
        let i = self.sparse.binary_search_by_key(&number, |(n, _)| *n).ok()?;
        Some(self.sparse[i].1 as usize)
    }

    fn index(&mut self, numbers: &[u32]) {
        for (place, &number) in (0u32..).zip(numbers) {
            let n = number as usize;
            if n < DENSE {
                self.dense.resize(self.dense.len().max(n + 1), NONE);
                self.dense[n] = place;
            } else {
                self.sparse.push((number, place));
            }
        }
        by_numbers(&mut self.sparse, |(number, place)| (i64::from(*number), i64::from(*place)));
    }
}

impl EnumPlan {
    /// The symbol of a number.
    #[inline]
    pub(super) fn symbol(&self, number: i32) -> Option<u32> {
        // Most enums count from 0.
        if let Some(&(n, symbol)) = usize::try_from(number).ok().and_then(|i| self.numbers.get(i))
            && n == number
        {
            return Some(symbol);
        }
        let i = self.numbers.binary_search_by_key(&number, |(n, _)| *n).ok()?;
        Some(self.numbers[i].1)
    }
}

impl Plan {
    pub(super) fn message(&self, index: u32) -> &MessagePlan {
        &self.messages[index as usize]
    }

    /// Whether a closed enum has this number.
    pub(super) fn knows(&self, closed: u32, number: i32) -> bool {
        self.enums[closed as usize].symbol(number).is_some()
    }

    /// The full name of the message that this plan decodes.
    pub fn message_name(&self) -> &str {
        &self.message(self.root).record.name
    }
}
