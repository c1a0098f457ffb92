//! Encoding of defaults, whose JSON form the specification gives ("Complex Types", field default values).

use super::Out;
use crate::error::{Code, Error};
use crate::format::avro::schema::{Kind, Type, TypeId};
use crate::json::Value;

/// Levels and parts that one default may have: records whose fields have defaults of their own could go on for ever.
const MAX_DEPTH: usize = 100;
const MAX_PARTS: usize = 100_000;
/// Bytes before the last of its parts.
const MAX_BYTES: usize = 1 << 20;

/// The datum of a default; nothing when its JSON does not fit the type.
///
/// # Errors
/// `SCHEMA_LIMIT` for a default that, with those inside it, is too large.
pub(in crate::format::avro) fn default(
    types: &[Type],
    id: TypeId,
    v: &Value,
) -> Result<Option<Vec<u8>>, Error> {
    let mut encoder = DefaultEncoder { types, out: Out::default(), depth: 0, parts: 0, over: false };
    let fits = encoder.value(id, v).is_some();
    if encoder.over {
        let message = "expected a default of at most 100 levels, 100,000 parts and 1 MiB, found more";
        return Err(
            Error::new(Code::SchemaLimit, message).with_hint("give the reader's field a smaller default")
        );
    }
    Ok(fits.then_some(encoder.out.0))
}

struct DefaultEncoder<'a> {
    types: &'a [Type],
    out: Out,
    depth: usize,
    parts: usize,
    /// Whether a limit was passed.
    over: bool,
}

impl DefaultEncoder<'_> {
    fn value(&mut self, id: TypeId, v: &Value) -> Option<()> {
        self.depth += 1;
        self.parts += 1;
        if self.depth > MAX_DEPTH || self.parts > MAX_PARTS || self.out.0.len() > MAX_BYTES {
            self.over = true;
        }
        if self.over {
            return None;
        }
        self.part(id, v)?;
        self.depth -= 1;
        Some(())
    }

    fn part(&mut self, id: TypeId, v: &Value) -> Option<()> {
        let types = self.types;
        match &types[id as usize].kind {
            Kind::Null => (*v == Value::Null).then_some(())?,
            Kind::Boolean => self.out.0.push(u8::from(v.as_bool()?)),
            Kind::Int => self.out.long(i64::from(i32::try_from(whole(v)?).ok()?)),
            Kind::Long => self.out.long(whole(v)?),
            Kind::Float => self.out.0.extend((number(v)? as f32).to_le_bytes()),
            Kind::Double => self.out.0.extend(number(v)?.to_le_bytes()),
            Kind::Bytes => self.out.with_length(&latin1(v.as_str()?)?),
            Kind::String => self.out.with_length(v.as_str()?.as_bytes()),
            Kind::Fixed(size) => {
                let bytes = latin1(v.as_str()?)?;
                (bytes.len() == *size).then(|| self.out.0.extend(bytes))?;
            }
            Kind::Enum { symbols, .. } => {
                let symbol = v.as_str()?;
                self.out.long(symbols.iter().position(|s| **s == *symbol)? as i64);
            }
            Kind::Array(item) => {
                let items = v.as_array()?;
                self.count(items.len());
                items.iter().try_for_each(|v| self.value(*item, v))?;
                self.out.long(0);
            }
            Kind::Map(value) => {
                let entries = v.as_object()?;
                self.count(entries.len());
                for (k, v) in entries.iter() {
                    self.out.with_length(k.as_bytes());
                    self.value(*value, v)?;
                }
                self.out.long(0);
            }
            Kind::Record(fields) => {
                let object = v.as_object()?;
                for field in fields {
                    let v = object.get(&field.name).or(field.default.as_ref())?;
                    self.value(field.ty, v)?;
                }
            }
            Kind::Union(branches) => self.union(branches, v)?,
            Kind::Reference(_) => return None,
        }
        Some(())
    }

    /// Any branch that the value fits; the specification's first branch comes first.
    fn union(&mut self, branches: &[TypeId], v: &Value) -> Option<()> {
        let (start, depth) = (self.out.0.len(), self.depth);
        branches.iter().enumerate().find_map(|(i, branch)| {
            self.out.0.truncate(start);
            self.depth = depth;
            self.out.long(i as i64);
            self.value(*branch, v)
        })
    }

    /// The count of the one block of an array or map that isn't empty.
    fn count(&mut self, n: usize) {
        if n > 0 {
            self.out.long(n as i64);
        }
    }
}

/// A whole number; as in Java also one that is written with a fraction or an exponent, which JavaScript can't tell apart.
pub(super) fn whole(v: &Value) -> Option<i64> {
    v.as_i64().or_else(|| v.as_f64().filter(|f| f.fract() == 0.0 && f.abs() < 9e15).map(|f| f as i64))
}

pub(super) fn number(v: &Value) -> Option<f64> {
    match v.as_str() {
        Some("NaN") => Some(f64::NAN),
        Some("Infinity" | "INF") => Some(f64::INFINITY),
        Some("-Infinity" | "-INF") => Some(f64::NEG_INFINITY),
        _ => v.as_f64(),
    }
}

/// Text whose code points are bytes.
pub(super) fn latin1(text: &str) -> Option<Vec<u8>> {
    text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect()
}
