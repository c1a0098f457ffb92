//! Message → bytes.

use super::super::model::{Field, MessageId, Schema, Type};
use super::super::wire;
use super::read::wire_type;
use super::{Content, Dynamic, Value, field_of};
use crate::wire::{put_varint, zigzag};

/// Wire type that closes a group.
const END_GROUP: u8 = 4;

fn tag(number: u32, wire: u8, out: &mut Vec<u8>) {
    put_varint(u64::from(number) << 3 | u64::from(wire), out);
}

pub(super) fn message(schema: &Schema, id: MessageId, m: &Dynamic, out: &mut Vec<u8>) {
    if schema.get(id).message_set {
        return message_set(schema, id, m, out);
    }
    for (number, content) in m.fields.iter() {
        let Some(f) = field_of(schema, id, number) else { continue };
        match content {
            Content::One(v) => field(schema, f, v, out),
            Content::Many(items)
                if f.packed && wire_type(f) != wire::LENGTH && wire_type(f) != wire::GROUP =>
            {
                packed(f, items, out);
            }
            Content::Many(items) => items.iter().for_each(|v| field(schema, f, v, out)),
            Content::Map(entries) => map(schema, f, entries, out),
        }
    }
    for u in &m.unknown {
        tag(u.number, u.wire_type, out);
        out.extend_from_slice(&u.bytes);
    }
}

/// Each extension is an item: a group 1 of its number and its message.
fn message_set(schema: &Schema, id: MessageId, m: &Dynamic, out: &mut Vec<u8>) {
    let mut item = |number: u32, body: &[u8]| {
        tag(1, wire::GROUP, out);
        tag(2, wire::VARINT, out);
        put_varint(number.into(), out);
        tag(3, wire::LENGTH, out);
        put_varint(body.len() as u64, out);
        out.extend_from_slice(body);
        tag(1, END_GROUP, out);
    };
    for (number, content) in m.fields.iter() {
        let Some(f) = field_of(schema, id, number) else { continue };
        if let (Content::One(Value::Message(m)), Type::Message(inner)) = (content, f.ty) {
            let mut body = Vec::new();
            message(schema, inner, m, &mut body);
            item(number, &body);
        }
    }
    for u in m.unknown.iter().filter(|u| u.wire_type == wire::LENGTH) {
        // Behind its own length.
        let skip = u.bytes.iter().take_while(|b| **b >= 0x80).count() + 1;
        item(u.number, u.bytes.get(skip..).unwrap_or_default());
    }
}

fn packed(f: &Field, items: &[Value], out: &mut Vec<u8>) {
    if items.is_empty() {
        return;
    }
    let mut body = Vec::new();
    items.iter().for_each(|v| scalar(f, v, &mut body));
    tag(f.number, wire::LENGTH, out);
    put_varint(body.len() as u64, out);
    out.append(&mut body);
}

fn map(schema: &Schema, f: &Field, entries: &[(Value, Value)], out: &mut Vec<u8>) {
    let Type::Message(id) = f.ty else { return };
    let [key, value] = schema.get(id).fields.as_slice() else { return };
    for (k, v) in entries {
        let mut body = Vec::new();
        field(schema, key, k, &mut body);
        field(schema, value, v, &mut body);
        tag(f.number, wire::LENGTH, out);
        put_varint(body.len() as u64, out);
        out.append(&mut body);
    }
}

fn field(schema: &Schema, f: &Field, v: &Value, out: &mut Vec<u8>) {
    let (Value::Message(m), Type::Message(id)) = (v, f.ty) else {
        tag(f.number, wire_type(f), out);
        return scalar(f, v, out);
    };
    tag(f.number, wire_type(f), out);
    if f.delimited {
        message(schema, id, m, out);
        return tag(f.number, END_GROUP, out);
    }
    let mut body = Vec::new();
    message(schema, id, m, &mut body);
    put_varint(body.len() as u64, out);
    out.append(&mut body);
}

fn scalar(f: &Field, v: &Value, out: &mut Vec<u8>) {
    let bits = match v {
        Value::Bits(bits) => *bits,
        Value::Bytes(bytes) => {
            put_varint(bytes.len() as u64, out);
            return out.extend_from_slice(bytes);
        }
        Value::Message(_) => return,
    };
    match f.ty {
        Type::Double | Type::Fixed64 | Type::Sfixed64 => out.extend(bits.to_le_bytes()),
        Type::Float | Type::Fixed32 | Type::Sfixed32 => out.extend((bits as u32).to_le_bytes()),
        Type::Sint32 | Type::Sint64 => put_varint(zigzag(bits as i64), out),
        _ => put_varint(bits, out),
    }
}
