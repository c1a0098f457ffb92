//! ProtoJSON → message.

mod scalar;
mod wellknown;

use super::super::model::{Field, MessageId, Schema, Type};
use super::super::wellknown::recognise;
use super::read::{clear_oneof, is_absent};
use super::{Content, Dynamic, Value};
use crate::error::{Code, Error};
use crate::format::path;
use crate::json::Value as Json;
use crate::limits::Limits;
use crate::map::IndexSet;

pub(super) fn parse(
    schema: &Schema,
    message: MessageId,
    text: &str,
    ignore_unknown: bool,
    limits: &Limits,
) -> Result<Dynamic, Error> {
    let json = Json::parse_all(text).map_err(|flaw| {
        Error::new(Code::EncodeValue, format!("expected JSON text, found none ({})", flaw.place(text)))
    })?;
    let mut reader = Reader { schema, ignore_unknown, path: Vec::new(), depth: limits.depth };
    let mut out = Dynamic::default();
    reader.message(message, &json, &mut out).map_err(|expected| {
        let path = format!("${}", reader.path.concat());
        Error::new(Code::EncodeValue, format!("expected {expected} at {path}, found another value"))
            .at_path(path)
    })?;
    Ok(out)
}

/// What was expected.
type Expected = &'static str;

struct Reader<'a> {
    schema: &'a Schema,
    ignore_unknown: bool,
    /// Steps to the value that is read; after a failure, to the one that failed.
    path: Vec<String>,
    depth: usize,
}

impl Reader<'_> {
    fn message(&mut self, id: MessageId, json: &Json, out: &mut Dynamic) -> Result<(), Expected> {
        self.depth = self.depth.checked_sub(1).ok_or("fewer levels of messages")?;
        let m = self.schema.get(id);
        match recognise(self.schema, m) {
            Some(kind) => self.well_known(kind, id, json, out)?,
            None => self.fields(id, json, out)?,
        }
        self.depth += 1;
        Ok(())
    }

    fn fields(&mut self, id: MessageId, json: &Json, out: &mut Dynamic) -> Result<(), Expected> {
        let Json::Object(entries) = json else { return Err("an object") };
        self.members(id, entries.iter(), out)
    }

    /// The members of a message's object.
    fn members<'j>(
        &mut self,
        id: MessageId,
        entries: impl Iterator<Item = (&'j str, &'j Json)>,
        out: &mut Dynamic,
    ) -> Result<(), Expected> {
        let (mut seen, mut oneofs) = (IndexSet::new(), IndexSet::new());
        let m = self.schema.get(id);
        for (name, v) in entries {
            let declared = m
                .fields
                .iter()
                .find(|f| *f.json_name == *name)
                .or_else(|| m.fields.iter().find(|f| *f.name == *name));
            let extension = || {
                let full = name.strip_prefix('[')?.strip_suffix(']')?;
                self.schema.extensions_of(id).find(|f| *f.name == *full)
            };
            let Some(f) = declared.or_else(extension) else {
                if self.ignore_unknown {
                    continue;
                }
                return Err("names of the message's fields");
            };
            if !seen.insert(f.number) {
                return Err("each field once");
            }
            let depth = self.path.len();
            // As decoding names it.
            self.path.push(match f.extension {
                true => path::step(&format!("[{}]", f.name)),
                false => path::step(&f.json_name),
            });
            let null_is_value = self.takes_null(f);
            if matches!(v, Json::Null) && !null_is_value {
                self.path.truncate(depth);
                continue;
            }
            if f.oneof.is_some_and(|o| !f.synthetic_oneof && !oneofs.insert(o)) {
                return Err("one member of a oneof");
            }
            self.field(f, v, out)?;
            if f.oneof.is_some() {
                clear_oneof(m, f, out);
            }
            self.path.truncate(depth);
        }
        Ok(())
    }

    /// Whether null is a value of a singular field, and not its absence.
    fn takes_null(&self, f: &Field) -> bool {
        let name = match f.ty {
            Type::Message(id) => &self.schema.get(id).full_name,
            Type::Enum(id) => &self.schema.get_enum(id).full_name,
            _ => return false,
        };
        !f.repeated && matches!(&**name, "google.protobuf.Value" | "google.protobuf.NullValue")
    }

    fn field(&mut self, f: &Field, v: &Json, out: &mut Dynamic) -> Result<(), Expected> {
        if let Type::Message(id) = f.ty
            && f.repeated
            && self.schema.get(id).map_entry
        {
            let entries = self.map(id, v)?;
            out.fields.insert(f.number, Content::Map(entries));
            return Ok(());
        }
        if f.repeated {
            let Json::Array(items) = v else { return Err("an array") };
            let mut list = Vec::new();
            for (i, item) in items.iter().enumerate() {
                let depth = self.path.len();
                self.path.push(format!("[{i}]"));
                let value_type = matches!(f.ty, Type::Message(id) if &*self.schema.get(id).full_name == "google.protobuf.Value");
                let null = matches!(f.ty, Type::Enum(id) if &*self.schema.get_enum(id).full_name == "google.protobuf.NullValue");
                if matches!(item, Json::Null) && !value_type && !null {
                    return Err("items other than null");
                }
                list.extend(self.value(f, item)?);
                self.path.truncate(depth);
            }
            if !list.is_empty() {
                out.fields.insert(f.number, Content::Many(list));
            }
            return Ok(());
        }
        if let Some(value) = self.value(f, v)? {
            if is_absent(f, &value) {
                return Ok(());
            }
            out.fields.insert(f.number, Content::One(value));
        }
        Ok(())
    }

    fn map(&mut self, entry: MessageId, v: &Json) -> Result<Vec<(Value, Value)>, Expected> {
        let Json::Object(members) = v else { return Err("an object") };
        let [key, value] = self.schema.get(entry).fields.as_slice() else { return Err("a map") };
        let mut out: Vec<(Value, Value)> = Vec::new();
        let mut seen = IndexSet::new();
        for (i, (name, v)) in members.iter().enumerate() {
            let depth = self.path.len();
            self.path.push(format!("{{{i}}}"));
            if !seen.insert(name) {
                return Err("each key once");
            }
            let k = scalar::key(key, name)?;
            if matches!(v, Json::Null) && !self.takes_null(value) {
                return Err("values other than null");
            }
            if let Some(v) = self.value(value, v)? {
                out.push((k, v));
            }
            self.path.truncate(depth);
        }
        Ok(out)
    }

    /// One value; none where it is an enum's value that is ignored.
    fn value(&mut self, f: &Field, v: &Json) -> Result<Option<Value>, Expected> {
        match f.ty {
            Type::Message(id) => {
                let mut m = Dynamic::default();
                self.message(id, v, &mut m)?;
                Ok(Some(Value::Message(Box::new(m))))
            }
            Type::Enum(id) => self.enum_value(id, v),
            _ => scalar::value(f, v).map(Some),
        }
    }

    fn enum_value(&self, id: super::super::model::EnumId, v: &Json) -> Result<Option<Value>, Expected> {
        let e = self.schema.get_enum(id);
        let number = match v {
            Json::Null if &*e.full_name == "google.protobuf.NullValue" => Some(0),
            Json::String(name) => match e.values.iter().find(|(n, _)| **n == **name) {
                Some((_, number)) => Some(*number),
                None if self.ignore_unknown => None,
                None => return Err("a value of the enum"),
            },
            v => Some(scalar::integer(v, i32::MIN.into(), i32::MAX.into())? as i32),
        };
        Ok(number.map(|n| Value::Bits(i64::from(n) as u64)))
    }
}
