//! A message without a type of its own: interpreted options, to be written as bytes.

use crate::order::by_numbers;
use crate::wire::put_varint;

/// A value as the wire has it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Val {
    Varint(u64),
    Fixed32(u32),
    Fixed64(u64),
    Bytes(Vec<u8>),
    Message(Dyn),
    Group(Dyn),
}

/// Fields by number, in the order in which they were set.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Dyn {
    pub fields: Vec<(u32, Val)>,
}

impl Dyn {
    pub(super) fn has(&self, number: u32) -> bool {
        self.fields.iter().any(|(n, _)| *n == number)
    }

    /// The last value of a field.
    pub(super) fn get(&self, number: u32) -> Option<&Val> {
        self.fields.iter().rev().find(|(n, _)| *n == number).map(|(_, v)| v)
    }

    /// A number; enums and booleans are numbers.
    pub(super) fn int(&self, number: u32) -> Option<u64> {
        match self.get(number)? {
            Val::Varint(v) => Some(*v),
            _ => None,
        }
    }

    pub(super) fn message(&self, number: u32) -> Option<&Dyn> {
        match self.get(number)? {
            Val::Message(m) | Val::Group(m) => Some(m),
            _ => None,
        }
    }

    /// The message in a field, made if it isn't there.
    pub(super) fn entry(&mut self, number: u32, group: bool) -> &mut Dyn {
        let at = self.fields.iter().position(|(n, _)| *n == number).unwrap_or_else(|| {
            let empty = if group { Val::Group(Dyn::default()) } else { Val::Message(Dyn::default()) };
            self.fields.push((number, empty));
            self.fields.len() - 1
        });
        if !matches!(self.fields[at].1, Val::Message(_) | Val::Group(_)) {
            self.fields[at].1 = Val::Message(Dyn::default());
        }
        match &mut self.fields[at].1 {
            Val::Message(m) | Val::Group(m) => m,
            // It was made one just before.
            _ => unreachable!(),
        }
    }

    /// Appends the bytes, fields in order of their numbers.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        let mut order: Vec<&(u32, Val)> = self.fields.iter().collect();
        by_numbers(&mut order, |(n, _)| (i64::from(*n), 0));
        for (n, v) in order {
            write(*n, v, out);
        }
    }

    pub(super) fn push(&mut self, number: u32, v: Val) {
        self.fields.push((number, v));
    }

    pub(super) fn text(&mut self, number: u32, text: &str) {
        self.push(number, Val::Bytes(text.as_bytes().to_vec()));
    }

    pub(super) fn number(&mut self, number: u32, v: i64) {
        self.push(number, Val::Varint(v as u64));
    }
}

fn tag(number: u32, wire: u64, out: &mut Vec<u8>) {
    put_varint(u64::from(number) << 3 | wire, out);
}

fn write(number: u32, v: &Val, out: &mut Vec<u8>) {
    match v {
        Val::Varint(v) => {
            tag(number, 0, out);
            put_varint(*v, out);
        }
        Val::Fixed64(v) => {
            tag(number, 1, out);
            out.extend(v.to_le_bytes());
        }
        Val::Fixed32(v) => {
            tag(number, 5, out);
            out.extend(v.to_le_bytes());
        }
        Val::Bytes(bytes) => {
            tag(number, 2, out);
            put_varint(bytes.len() as u64, out);
            out.extend_from_slice(bytes);
        }
        Val::Message(m) => {
            let mut body = Vec::new();
            m.write(&mut body);
            tag(number, 2, out);
            put_varint(body.len() as u64, out);
            out.append(&mut body);
        }
        Val::Group(m) => {
            tag(number, 3, out);
            m.write(out);
            tag(number, 4, out);
        }
    }
}
