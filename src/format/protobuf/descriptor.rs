//! Descriptor bytes → declarations: a `FileDescriptorSet`, or one `FileDescriptorProto` (what Confluent's
//! `?format=serialized` gives). Unknown fields are passed over.

use super::declared::{EnumDecl, FieldDecl, FileDecl, Label, MessageDecl, OneofDecl};
use super::features::{Edition, FeatureSet, Presence};
use super::numbers::features_in;
use super::wire;
use crate::error::{Code, Error, Fault, Space};
use crate::limits::Limits;
use crate::wire::Cursor;

/// The files of a descriptor set, in its order.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Vec<FileDecl>, Error> {
    if bytes.len() > limits.schema_bytes {
        let message =
            format!("expected at most {} bytes (limit `schemaBytes`), found more", limits.schema_bytes);
        return Err(Error::new(Code::SchemaLimit, message));
    }
    let cursor = Cursor::new(bytes, 0, bytes.len());
    let depth = limits.schema_depth;
    if is_file(cursor.clone())? {
        return Ok(vec![file(cursor, depth)?]);
    }
    let mut files = Vec::new();
    each(cursor, |number, value| {
        if let (1, Value::Bytes(c)) = (number, value) {
            files.push(file(c, depth)?);
        }
        Ok(())
    })?;
    Ok(files)
}

/// A set has field 1 and perhaps extensions; a file has at least one of its other fields.
fn is_file(cursor: Cursor<'_>) -> Result<bool, Error> {
    let mut others = false;
    each(cursor, |number, _| {
        others |= (2..=14).contains(&number);
        Ok(())
    })?;
    Ok(others)
}

enum Value<'a> {
    Varint(u64),
    Bytes(Cursor<'a>),
    Other,
}

/// An error of a descriptor at this byte.
#[cold]
pub(super) fn invalid(at: usize, message: impl Into<String>) -> Error {
    Error::new(Code::SchemaInvalid, message).at_byte(at as u64, Space::Schema)
}

#[cold]
fn malformed(fault: Fault) -> Error {
    invalid(fault.at, "expected the bytes of a descriptor set, found bytes that are no Protobuf message")
}

/// Calls `f` with each field of a message.
fn each<'a>(mut c: Cursor<'a>, mut f: impl FnMut(u32, Value<'a>) -> Result<(), Error>) -> Result<(), Error> {
    while c.left() > 0 {
        let (number, kind) = wire::tag(&mut c).map_err(malformed)?;
        let value = match kind {
            wire::VARINT => Value::Varint(wire::varint(&mut c).map_err(malformed)?),
            wire::LENGTH => {
                let (start, end) = wire::length(&mut c).map_err(malformed)?;
                Value::Bytes(c.part(start, end))
            }
            _ => {
                wire::skip(&mut c, (number, kind), 100).map_err(malformed)?;
                Value::Other
            }
        };
        f(number, value)?;
    }
    Ok(())
}

fn text(c: &Cursor<'_>) -> Result<String, Error> {
    match std::str::from_utf8(c.rest()) {
        Ok(s) => Ok(s.to_owned()),
        Err(e) => Err(invalid(c.at() + e.valid_up_to(), "expected UTF-8 text, found a byte that is none")),
    }
}

/// Enums and 32-bit numbers are sign-extended to 64 bits on the wire.
fn int(v: u64) -> i32 {
    v as i32
}

fn file(c: Cursor<'_>, depth: usize) -> Result<FileDecl, Error> {
    let mut d = FileDecl { at: c.at(), ..FileDecl::default() };
    let (at, mut syntax, mut edition) = (c.at(), None, None);
    each(c, |number, value| {
        match (number, value) {
            (1, Value::Bytes(c)) => d.name = text(&c)?,
            (2, Value::Bytes(c)) => d.package = text(&c)?,
            (3, Value::Bytes(c)) => d.dependencies.push(text(&c)?),
            (4, Value::Bytes(c)) => d.messages.push(message(c, depth)?),
            (5, Value::Bytes(c)) => d.enums.push(enumeration(c)?),
            (7, Value::Bytes(c)) => d.extensions.push(field(c)?),
            (8, Value::Bytes(c)) => features(c, features_in::FILE, &mut d.features)?,
            (12, Value::Bytes(c)) => syntax = Some((c.at(), text(&c)?)),
            (14, Value::Varint(v)) => edition = Some(int(v)),
            _ => {}
        }
        Ok(())
    })?;
    d.edition = match (edition, syntax) {
        (Some(n), _) => Edition::from_number(n)
            .ok_or_else(|| invalid(at, format!("expected edition 2023 or 2024, found edition number {n}")))?,
        (None, None) => Edition::Proto2,
        (None, Some((at, s))) => match s.as_str() {
            "" | "proto2" => Edition::Proto2,
            "proto3" => Edition::Proto3,
            _ => return Err(invalid(at, "expected syntax `proto2` or `proto3`, found another")),
        },
    };
    Ok(d)
}

fn message(c: Cursor<'_>, depth: usize) -> Result<MessageDecl, Error> {
    let mut d = MessageDecl { at: c.at(), ..MessageDecl::default() };
    let Some(depth) = depth.checked_sub(1) else {
        let message = "expected at most the levels that limit `schemaDepth` allows, found more";
        return Err(Error::new(Code::SchemaLimit, message).at_byte(c.at() as u64, Space::Schema));
    };
    each(c, |number, value| {
        let Value::Bytes(c) = value else { return Ok(()) };
        match number {
            1 => d.name = text(&c)?,
            2 => d.fields.push(field(c)?),
            3 => d.messages.push(message(c, depth)?),
            4 => d.enums.push(enumeration(c)?),
            6 => d.extensions.push(field(c)?),
            7 => message_options(c, &mut d)?,
            8 => d.oneofs.push(oneof(c)?),
            _ => {}
        }
        Ok(())
    })?;
    Ok(d)
}

fn message_options(c: Cursor<'_>, d: &mut MessageDecl) -> Result<(), Error> {
    each(c.clone(), |number, value| {
        match (number, value) {
            (1, Value::Varint(v)) => d.message_set = v != 0,
            (7, Value::Varint(v)) => d.map_entry = v != 0,
            _ => {}
        }
        Ok(())
    })?;
    features(c, features_in::MESSAGE, &mut d.features)
}

fn oneof(c: Cursor<'_>) -> Result<OneofDecl, Error> {
    let mut d = OneofDecl::default();
    each(c, |number, value| {
        match (number, value) {
            (1, Value::Bytes(c)) => d.name = text(&c)?,
            (2, Value::Bytes(c)) => features(c, features_in::ONEOF, &mut d.features)?,
            _ => {}
        }
        Ok(())
    })?;
    Ok(d)
}

fn field(c: Cursor<'_>) -> Result<FieldDecl, Error> {
    let mut d = FieldDecl { at: c.at(), ..FieldDecl::default() };
    each(c, |number, value| {
        match (number, value) {
            (1, Value::Bytes(c)) => d.name = text(&c)?,
            (2, Value::Bytes(c)) => d.extendee = text(&c)?,
            (3, Value::Varint(v)) => d.number = i64::from(int(v)),
            (4, Value::Varint(v)) => {
                d.label = match v {
                    2 => Label::Required,
                    3 => Label::Repeated,
                    _ => Label::Optional,
                }
            }
            (5, Value::Varint(v)) => d.kind = i64::from(int(v)),
            (6, Value::Bytes(c)) => d.type_name = text(&c)?,
            (7, Value::Bytes(c)) => d.default = Some(text(&c)?),
            (8, Value::Bytes(c)) => field_options(c, &mut d)?,
            (9, Value::Varint(v)) => d.oneof = Some(usize::try_from(int(v)).unwrap_or(usize::MAX)),
            (10, Value::Bytes(c)) => d.json_name = Some(text(&c)?),
            (17, Value::Varint(v)) => d.proto3_optional = v != 0,
            _ => {}
        }
        Ok(())
    })?;
    Ok(d)
}

fn field_options(c: Cursor<'_>, d: &mut FieldDecl) -> Result<(), Error> {
    each(c.clone(), |number, value| {
        if let (2, Value::Varint(v)) = (number, value) {
            d.packed = Some(v != 0);
        }
        Ok(())
    })?;
    features(c, features_in::FIELD, &mut d.features)
}

fn enumeration(c: Cursor<'_>) -> Result<EnumDecl, Error> {
    let mut d = EnumDecl { at: c.at(), ..EnumDecl::default() };
    each(c, |number, value| {
        match (number, value) {
            (1, Value::Bytes(c)) => d.name = text(&c)?,
            (2, Value::Bytes(c)) => d.values.push(enum_value(c)?),
            (3, Value::Bytes(c)) => features(c, features_in::ENUM, &mut d.features)?,
            _ => {}
        }
        Ok(())
    })?;
    Ok(d)
}

fn enum_value(c: Cursor<'_>) -> Result<(String, i32), Error> {
    let mut d = (String::new(), 0);
    each(c, |number, value| {
        match (number, value) {
            (1, Value::Bytes(c)) => d.0 = text(&c)?,
            (2, Value::Varint(v)) => d.1 = int(v),
            _ => {}
        }
        Ok(())
    })?;
    Ok(d)
}

/// The `FeatureSet` in field `at` of an options message.
fn features(c: Cursor<'_>, at: u32, set: &mut FeatureSet) -> Result<(), Error> {
    each(c, |number, value| match value {
        Value::Bytes(c) if number == at => each(c, |number, value| {
            if let Value::Varint(v) = value {
                feature(number, int(v), set);
            }
            Ok(())
        }),
        _ => Ok(()),
    })
}

/// `0` is "unknown" in each of these enums: nothing set.
fn feature(number: u32, value: i32, set: &mut FeatureSet) {
    let (first, second) = (value == 1, value == 2);
    let choice = |on: bool, off: bool| if on || off { Some(on) } else { None };
    match number {
        1 => {
            set.presence = match value {
                1 => Some(Presence::Explicit),
                2 => Some(Presence::Implicit),
                3 => Some(Presence::Required),
                _ => None,
            }
        }
        2 => set.closed = choice(second, first),
        3 => set.packed = choice(first, second),
        // VERIFY is 2, NONE is 3.
        4 => set.utf8 = choice(second, value == 3),
        5 => set.delimited = choice(second, first),
        _ => {}
    }
}
