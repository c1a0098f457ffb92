//! Bytes → message.

use super::super::model::{Field, Message, MessageId, Presence, Schema, Type};
use super::super::wire;
use super::{Content, Dynamic, Unknown, Value, field_of, internal};
use crate::error::{Code, Fault};
use crate::wire::{Cursor, put_varint, unzigzag};

pub(super) struct Reader<'a> {
    pub schema: &'a Schema,
    pub depth: usize,
}

/// A field of a message that is read, and how deep the message is.
#[derive(Clone, Copy)]
struct Member<'s> {
    message: &'s Message,
    field: &'s Field,
    depth: usize,
}

/// The wire type that a type has on its own.
pub(super) fn wire_type(f: &Field) -> u8 {
    match f.ty {
        Type::Double | Type::Fixed64 | Type::Sfixed64 => wire::FIXED64,
        Type::Float | Type::Fixed32 | Type::Sfixed32 => wire::FIXED32,
        Type::Message(_) if f.delimited => wire::GROUP,
        Type::String | Type::Bytes | Type::Message(_) => wire::LENGTH,
        _ => wire::VARINT,
    }
}

/// Whether a field may have a wire type: its own, or that of packed values.
fn fits(f: &Field, wire: u8) -> bool {
    wire == wire_type(f) || wire == wire::LENGTH && f.repeated && wire_type(f) != wire::GROUP
}

impl Reader<'_> {
    pub(super) fn message(
        &self,
        id: MessageId,
        mut c: Cursor<'_>,
        out: &mut Dynamic,
        depth: usize,
    ) -> Result<(), Fault> {
        let Some(budget) = self.depth.checked_sub(depth) else {
            return Err(Fault::with(Code::ProtobufDepth, c.at(), self.depth as u64, 0));
        };
        let m = self.schema.get(id);
        while c.left() > 0 {
            let tag = wire::tag(&mut c)?;
            if m.message_set && tag == (1, wire::GROUP) {
                self.item(id, &mut c, out, depth)?;
                continue;
            }
            match field_of(self.schema, id, tag.0) {
                Some(field) if fits(field, tag.1) => {
                    self.field(Member { message: m, field, depth }, tag, &mut c, out)?
                }
                _ => unknown(tag, &mut c, out, budget)?,
            }
        }
        Ok(())
    }

    /// An item of a message set: the number of an extension, and its message.
    fn item(&self, id: MessageId, c: &mut Cursor<'_>, out: &mut Dynamic, depth: usize) -> Result<(), Fault> {
        let (start, end) = wire::group(c, 1, self.depth.saturating_sub(depth))?;
        let Some((number, body)) = wire::message_set_item(c.part(start, end), self.depth)? else {
            return Ok(());
        };
        let Some(f) = field_of(self.schema, id, number) else {
            let mut bytes = Vec::new();
            put_varint(body.left() as u64, &mut bytes);
            bytes.extend_from_slice(body.rest());
            out.unknown.push(Unknown { number, wire_type: wire::LENGTH, bytes });
            return Ok(());
        };
        let Type::Message(inner) = f.ty else { return Err(internal(start)) };
        let slot = out.fields.or_insert(number, &|| Content::One(Value::Message(Box::default())));
        match slot {
            Content::One(Value::Message(m)) => self.message(inner, body, m, depth + 1),
            _ => Err(internal(start)),
        }
    }

    fn field(
        &self,
        member: Member<'_>,
        tag: wire::Tag,
        c: &mut Cursor<'_>,
        out: &mut Dynamic,
    ) -> Result<(), Fault> {
        let Member { message: m, field: f, depth } = member;
        if let Type::Message(inner) = f.ty {
            let (start, end) = match tag.1 {
                wire::GROUP => wire::group(c, tag.0, self.depth.saturating_sub(depth))?,
                _ => wire::length(c)?,
            };
            return self.sub_message(member, inner, c.part(start, end), out);
        }
        if tag.1 == wire::LENGTH && wire_type(f) != wire::LENGTH {
            let (start, end) = wire::length(c)?;
            let mut packed = c.part(start, end);
            while packed.left() > 0 {
                let v = Self::scalar(f, &mut packed)?;
                self.put(m, f, v, out);
            }
            return Ok(());
        }
        let v = Self::scalar(f, c)?;
        self.put(m, f, v, out);
        Ok(())
    }

    fn sub_message(
        &self,
        member: Member<'_>,
        inner: MessageId,
        c: Cursor<'_>,
        out: &mut Dynamic,
    ) -> Result<(), Fault> {
        let Member { message: m, field: f, depth } = member;
        if self.schema.get(inner).map_entry {
            return self.entry(member, inner, c, out);
        }
        if f.repeated {
            let mut item = Dynamic::default();
            self.message(inner, c, &mut item, depth + 1)?;
            self.put(m, f, Value::Message(Box::new(item)), out);
            return Ok(());
        }
        clear_oneof(m, f, out);
        let slot = out.fields.or_insert(f.number, &|| Content::One(Value::Message(Box::default())));
        match slot {
            Content::One(Value::Message(existing)) => self.message(inner, c, existing, depth + 1),
            _ => Err(internal(c.at())),
        }
    }

    fn entry(
        &self,
        member: Member<'_>,
        inner: MessageId,
        c: Cursor<'_>,
        out: &mut Dynamic,
    ) -> Result<(), Fault> {
        let Member { field: f, depth, .. } = member;
        let raw = c.rest().to_vec();
        let at = c.at();
        let mut entry = Dynamic::default();
        self.message(inner, c, &mut entry, depth + 1)?;
        let [key, value] = self.schema.get(inner).fields.as_slice() else { return Err(internal(at)) };
        // A closed enum's unknown value makes the whole entry unknown.
        if entry
            .unknown
            .iter()
            .any(|u| u.number == 2 && u.wire_type == wire::VARINT && matches!(value.ty, Type::Enum(_)))
            && entry.fields.get(2).is_none()
        {
            let mut bytes = Vec::new();
            put_varint(raw.len() as u64, &mut bytes);
            bytes.extend(raw);
            out.unknown.push(Unknown { number: f.number, wire_type: wire::LENGTH, bytes });
            return Ok(());
        }
        let mut take = |f: &Field| match entry.fields.remove(f.number) {
            Some(Content::One(v)) => v,
            _ => self.zero(f),
        };
        let (k, v) = (take(key), take(value));
        let slot = out.fields.or_insert(f.number, &|| Content::Map(Vec::new()));
        if let Content::Map(entries) = slot {
            match entries.iter_mut().find(|(other, _)| *other == k) {
                Some(old) => old.1 = v,
                None => entries.push((k, v)),
            }
        }
        Ok(())
    }

    pub(super) fn zero(&self, f: &Field) -> Value {
        match f.ty {
            Type::String | Type::Bytes => Value::Bytes(Vec::new()),
            Type::Message(_) => Value::Message(Box::default()),
            Type::Enum(id) => {
                let first = self.schema.get_enum(id).values.first().map_or(0, |(_, n)| *n);
                Value::Bits(i64::from(first) as u64)
            }
            _ => Value::Bits(0),
        }
    }

    fn put(&self, m: &Message, f: &Field, v: Value, out: &mut Dynamic) {
        if let (Type::Enum(id), Value::Bits(bits)) = (f.ty, &v) {
            let e = self.schema.get_enum(id);
            if e.closed && !e.values.iter().any(|(_, n)| *n == *bits as i32) {
                let mut bytes = Vec::new();
                put_varint(i64::from(*bits as i32) as u64, &mut bytes);
                out.unknown.push(Unknown { number: f.number, wire_type: wire::VARINT, bytes });
                return;
            }
        }
        if f.repeated {
            let slot = out.fields.or_insert(f.number, &|| Content::Many(Vec::new()));
            if let Content::Many(items) = slot {
                items.push(v);
            }
            return;
        }
        clear_oneof(m, f, out);
        if is_absent(f, &v) {
            out.fields.remove(f.number);
        } else {
            out.fields.insert(f.number, Content::One(v));
        }
    }

    fn scalar(f: &Field, c: &mut Cursor<'_>) -> Result<Value, Fault> {
        let fixed32 =
            |c: &mut Cursor<'_>| c.array().map(u32::from_le_bytes).map_err(|e| wire::short(c, e, 4));
        let fixed64 =
            |c: &mut Cursor<'_>| c.array().map(u64::from_le_bytes).map_err(|e| wire::short(c, e, 8));
        Ok(Value::Bits(match f.ty {
            Type::Double | Type::Fixed64 | Type::Sfixed64 => fixed64(c)?,
            Type::Float | Type::Fixed32 => fixed32(c)?.into(),
            Type::Sfixed32 => i64::from(fixed32(c)? as i32) as u64,
            Type::Int32 | Type::Enum(_) => i64::from(wire::varint(c)? as i32) as u64,
            Type::Int64 | Type::Uint64 => wire::varint(c)?,
            Type::Uint32 => u64::from(wire::varint(c)? as u32),
            Type::Sint32 => i64::from(unzigzag(u64::from(wire::varint(c)? as u32)) as i32) as u64,
            Type::Sint64 => unzigzag(wire::varint(c)?) as u64,
            Type::Bool => u64::from(wire::varint(c)? != 0),
            Type::String | Type::Bytes => {
                let (start, end) = wire::length(c)?;
                let bytes = c.part(start, end).rest().to_vec();
                if f.ty == Type::String
                    && f.utf8
                    && let Err(e) = std::str::from_utf8(&bytes)
                {
                    return Err(Fault::new(Code::ProtobufUtf8, start + e.valid_up_to()));
                }
                return Ok(Value::Bytes(bytes));
            }
            Type::Message(_) => return Err(internal(c.at())),
        }))
    }
}

/// Whether a value is the default of a field that doesn't tell it from absence.
pub(super) fn is_absent(f: &Field, v: &Value) -> bool {
    f.presence == Presence::Implicit
        && match v {
            Value::Bits(bits) => *bits == 0,
            Value::Bytes(bytes) => bytes.is_empty(),
            Value::Message(_) => false,
        }
}

/// A oneof's member is set: the others aren't any more.
pub(super) fn clear_oneof(m: &Message, f: &Field, out: &mut Dynamic) {
    if f.oneof.is_none() {
        return;
    }
    for other in m.fields.iter().filter(|o| o.oneof == f.oneof && o.number != f.number) {
        out.fields.remove(other.number);
    }
}

fn unknown(tag: wire::Tag, c: &mut Cursor<'_>, out: &mut Dynamic, budget: usize) -> Result<(), Fault> {
    let start = c.at();
    let all = c.clone();
    wire::skip(c, tag, budget)?;
    let bytes = all.part(start, c.at()).rest().to_vec();
    out.unknown.push(Unknown { number: tag.0, wire_type: tag.1, bytes });
    Ok(())
}
