//! A datum from JSON: what decoding gives in a style is encoded back to a datum of the same value.

use super::default::{latin1, number, whole};
use super::{Out, logical};
use crate::dialect::{Bytes, Decimals, Style, Timestamps};
use crate::digits::hexadecimal;
use crate::error::{Code, Error};
use crate::format::avro::schema::{Field, Kind, Logical, Schema, Type, TypeId};
use crate::format::{names, path};
use crate::json::{Object, Value};
use crate::limits::Limits;
use crate::schema::Uuid;
use crate::wire::base64;

/// Values that may be looked at beyond those of the document: a union's branch that fails has cost what it looked at.
const MAX_TRIES: usize = 1_000_000;

impl Schema {
    /// Encodes a datum from its JSON text. The value has the form that decoding gives in this style; a union's value may be
    /// tagged with its branch (`{"string":"x"}`) in any style, and is of the first branch that it fits otherwise. A field
    /// that is missing takes its default.
    ///
    /// # Errors
    /// `ENCODE_VALUE` with the path of what does not fit the schema.
    pub fn encode(&self, json: &str, style: &Style, limits: &Limits) -> Result<Vec<u8>, Error> {
        let value = Value::parse(json).map_err(|flaw| {
            Error::new(Code::EncodeValue, format!("expected JSON, found none ({})", flaw.place(json)))
        })?;
        let tries = MAX_TRIES.saturating_add(json.len());
        let mut encoder =
            Encoder { schema: self, style, out: Out::default(), depth: 0, most: limits.depth, tries };
        encoder.value(self.root(), &value).map_err(Misfit::error)?;
        Ok(encoder.out.0)
    }
}

struct Encoder<'a> {
    schema: &'a Schema,
    style: &'a Style,
    out: Out,
    depth: usize,
    most: usize,
    tries: usize,
}

/// What does not fit, and where: steps from the inside out.
struct Misfit {
    expected: String,
    found: &'static str,
    steps: Vec<String>,
}

impl Misfit {
    fn error(self) -> Error {
        let path: String = ["$".to_owned()].into_iter().chain(self.steps.into_iter().rev()).collect();
        let message = format!("expected {} at {path}, found {}", self.expected, self.found);
        Error::new(Code::EncodeValue, message).at_path(path)
    }
}

fn misfit<T>(expected: impl Into<String>, v: &Value) -> Result<T, Misfit> {
    let found = match v {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number that does not fit",
        Value::String(_) => "a string that does not fit",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object that does not fit",
    };
    Err(Misfit { expected: expected.into(), found, steps: Vec::new() })
}

impl Encoder<'_> {
    fn value(&mut self, id: TypeId, v: &Value) -> Result<(), Misfit> {
        let schema = self.schema;
        let ty = schema.get(id);
        let Some(left) = self.tries.checked_sub(1) else {
            return misfit("a value whose branches are found in fewer steps", v);
        };
        self.tries = left;
        match ty.kind() {
            Kind::Record(_) | Kind::Array(_) | Kind::Map(_) => {
                if self.depth >= self.most {
                    return misfit(format!("at most {} levels (limit `depth`)", self.most), v);
                }
                self.depth += 1;
                let result = self.compound(ty, v);
                self.depth -= 1;
                result
            }
            Kind::Union(branches) => self.union(branches, v),
            _ => match self.scalar(ty, v) {
                Some(()) => Ok(()),
                None => misfit(describe(ty), v),
            },
        }
    }

    fn compound(&mut self, ty: &Type, v: &Value) -> Result<(), Misfit> {
        match (ty.kind(), v) {
            (Kind::Array(item), Value::Array(items)) => {
                self.count(items.len());
                for (i, v) in items.iter().enumerate() {
                    within(self.value(*item, v), || format!("[{i}]"))?;
                }
                self.out.long(0);
            }
            (Kind::Map(of), Value::Object(entries)) => {
                self.count(entries.len());
                for (i, (k, v)) in entries.iter().enumerate() {
                    self.out.with_length(k.as_bytes());
                    // Names of data stay out of paths.
                    within(self.value(*of, v), || format!("{{{i}}}"))?;
                }
                self.out.long(0);
            }
            (Kind::Record(fields), Value::Object(object)) => self.record(fields, object)?,
            _ => return misfit(describe(ty), v),
        }
        Ok(())
    }

    fn count(&mut self, n: usize) {
        if n > 0 {
            self.out.long(n as i64);
        }
    }

    fn record(&mut self, fields: &[Field], object: &Object) -> Result<(), Misfit> {
        let mut known = 0;
        for field in fields {
            let name = names::convert(field.name(), self.style.field_names);
            let step = || path::step(&name);
            match object.get_near(known, &name) {
                Some(v) => {
                    known += 1;
                    within(self.value(field.ty(), v), step)?;
                }
                None => {
                    let datum = field
                        .default()
                        .and_then(|v| super::default(&self.schema.types, field.ty(), v).ok().flatten());
                    match datum {
                        Some(datum) => self.out.0.extend(datum),
                        None => {
                            return within(misfit("a value of a field without default", &Value::Null), step);
                        }
                    }
                }
            }
        }
        match known == object.len() {
            true => Ok(()),
            false => misfit("no names but those of the record's fields", &Value::Object(Object::default())),
        }
    }

    /// A tagged value of the branch that it names, else the first branch that the value fits.
    fn union(&mut self, branches: &[TypeId], v: &Value) -> Result<(), Misfit> {
        let start = self.out.0.len();
        if let Value::Object(object) = v
            && object.len() == 1
            && let Some((tag, inner)) = object.iter().next()
            && let Some(i) = branches.iter().position(|b| self.schema.get(*b).branch_name() == tag)
        {
            self.out.long(i as i64);
            let tagged = self.value(branches[i], inner);
            if tagged.is_ok() {
                return Ok(());
            }
            self.out.0.truncate(start);
            // It may be the plain value of a record whose only field has that name.
            return self.first_branch(branches, v).or(tagged);
        }
        self.first_branch(branches, v)
    }

    fn first_branch(&mut self, branches: &[TypeId], v: &Value) -> Result<(), Misfit> {
        let start = self.out.0.len();
        let mut only = None;
        for (i, branch) in branches.iter().enumerate() {
            self.out.0.truncate(start);
            self.out.long(i as i64);
            match self.value(*branch, v) {
                Ok(()) => return Ok(()),
                // Of a nullable value the other branch tells more than "no branch fits".
                Err(why) if *self.schema.kind(*branch) != Kind::Null && *v != Value::Null => {
                    only = if only.is_none() { Some(Some(why)) } else { Some(None) };
                }
                Err(_) => {}
            }
        }
        self.out.0.truncate(start);
        match only.flatten() {
            Some(why) => Err(why),
            None => misfit("a value of one of the union's branches", v),
        }
    }

    fn scalar(&mut self, ty: &Type, v: &Value) -> Option<()> {
        match ty.kind() {
            Kind::Null => (*v == Value::Null).then_some(())?,
            Kind::Boolean => self.out.0.push(u8::from(v.as_bool()?)),
            Kind::Int => {
                let v = self.integer(ty.logical(), v)?;
                self.out.long(i64::from(i32::try_from(v).ok()?));
            }
            Kind::Long => {
                let v = self.integer(ty.logical(), v)?;
                self.out.long(v);
            }
            Kind::Float => {
                let v = number(v)?;
                let float = Some(v as f32).filter(|float| float.is_finite() || !v.is_finite());
                self.out.0.extend(float?.to_le_bytes());
            }
            Kind::Double => self.out.0.extend(number(v)?.to_le_bytes()),
            Kind::Bytes => {
                let bytes = self.bytes(ty.logical(), None, v)?;
                self.out.with_length(&bytes);
            }
            Kind::Fixed(size) => {
                let bytes = self.bytes(ty.logical(), Some(*size), v)?;
                (bytes.len() == *size).then(|| self.out.0.extend(bytes))?;
            }
            Kind::String => self.out.with_length(v.as_str()?.as_bytes()),
            Kind::Enum { symbols, .. } => {
                let symbol = v.as_str()?;
                self.out.long(symbols.iter().position(|s| **s == *symbol)? as i64);
            }
            _ => return None,
        }
        Some(())
    }

    /// An integer, its digits, or the text of a date or time.
    fn integer(&self, logical: Option<Logical>, v: &Value) -> Option<i64> {
        match v {
            Value::Number(_) => whole(v),
            Value::String(text) => match logical {
                Some(logical) if self.style.timestamps != Timestamps::Epoch => {
                    logical::temporal(logical, text).or_else(|| text.parse().ok())
                }
                _ => text.parse().ok(),
            },
            _ => None,
        }
    }

    fn bytes(&self, logical: Option<Logical>, size: Option<usize>, v: &Value) -> Option<Vec<u8>> {
        let text = v.as_str()?;
        let decimals = self.style.decimals == Decimals::String;
        match logical {
            Some(Logical::Decimal { scale }) if decimals => logical::decimal(text, scale, size),
            Some(Logical::BigDecimal) if decimals => {
                let (unscaled, scale) = logical::big_decimal(text)?;
                let mut out = Out::default();
                out.with_length(&unscaled);
                out.long(i64::from(scale));
                Some(out.0)
            }
            Some(Logical::Uuid) if self.style.logical => Uuid::parse(text).map(|uuid| uuid.0.to_vec()),
            Some(Logical::Duration) if self.style.logical => logical::duration(text),
            _ => match self.style.bytes {
                Bytes::Latin1 => latin1(text),
                Bytes::Hex => unhex(text),
                Bytes::Base64 => {
                    let mut bytes = Vec::new();
                    base64::decode(text, &mut bytes).ok().map(|_| bytes)
                }
            },
        }
    }
}

fn within<T>(result: Result<T, Misfit>, step: impl FnOnce() -> String) -> Result<T, Misfit> {
    result.map_err(|mut misfit| {
        misfit.steps.push(step());
        misfit
    })
}

fn describe(ty: &Type) -> String {
    match ty.kind() {
        Kind::Int => "an int of 32 bits".into(),
        Kind::Long => "a long of 64 bits".into(),
        Kind::Fixed(size) => format!("{size} bytes as text"),
        Kind::Bytes => "bytes as text".into(),
        Kind::Enum { .. } => "a symbol of the enum".into(),
        Kind::Array(_) => "an array".into(),
        Kind::Record(_) | Kind::Map(_) => "an object".into(),
        other => format!("a value of type {}", other.word()),
    }
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let (pairs, rest) = text.as_bytes().as_chunks();
    rest.is_empty().then(|| pairs.iter().map(|pair| hexadecimal(*pair)).collect())?
}
