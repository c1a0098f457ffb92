//! The schema in an envelope, and a payload written by it.

use super::Rewritten;
use super::logical::Logical;
use super::misfit::{Misfit, SCHEMA, VALUE};
use crate::dialect::Style;
use crate::format::path::Step;
use crate::json::{Raw, quoted};
use crate::map::IndexMap;
use std::borrow::Cow;

/// Levels of nesting.
const DEPTH: usize = 100;

const NAMES: [&str; 7] = ["name", "parameters", "type", "fields", "items", "keys", "values"];

/// A schema, as far as it matters: where a value of a logical type may stand.
pub(super) enum Schema {
    /// A value that is its own JSON, all of it.
    Plain,
    Logical(Logical),
    /// The fields that are not plain.
    Struct(IndexMap<String, Schema>),
    Array(Box<Schema>),
    Map(Box<Schema>, Box<Schema>),
}

impl Schema {
    pub(super) fn read(raw: Raw<'_>) -> Result<Schema, Box<Misfit<'_>>> {
        Schema::nested(raw, DEPTH)
    }

    fn nested(raw: Raw<'_>, depth: usize) -> Result<Schema, Box<Misfit<'_>>> {
        let misfit = || SCHEMA.at(raw);
        let members = raw.members(&NAMES).filter(|_| depth > 0).ok_or_else(misfit)?;
        let [name, parameters, kind, fields, items, keys, values] = members;
        let parameters = parameters.and_then(|raw| raw.members(&["scale"]));
        if let Some(logical) = text(name).and_then(|name| {
            let scale = parameters.and_then(|[scale]| text(scale));
            Logical::named(&name, scale.as_deref())
        }) {
            return Ok(Schema::Logical(logical));
        }
        let inner = |raw: Option<_>| Schema::nested(raw.ok_or_else(misfit)?, depth - 1);
        Ok(match text(kind).ok_or_else(misfit)?.as_ref() {
            "struct" => {
                let mut map = IndexMap::new();
                for field in fields.and_then(Raw::items).ok_or_else(misfit)? {
                    let name = field.members(&["field"]).and_then(|[name]| text(name));
                    let name = name.ok_or_else(|| SCHEMA.at(field))?;
                    match inner(Some(field))? {
                        Schema::Plain => {}
                        schema => drop(map.insert(name.into_owned(), schema)),
                    }
                }
                if map.is_empty() { Schema::Plain } else { Schema::Struct(map) }
            }
            "array" => match inner(items)? {
                Schema::Plain => Schema::Plain,
                schema => Schema::Array(schema.into()),
            },
            "map" => match (inner(keys)?, inner(values)?) {
                (Schema::Plain, Schema::Plain) => Schema::Plain,
                (keys, values) => Schema::Map(keys.into(), values.into()),
            },
            _ => Schema::Plain,
        })
    }

    /// Writes a value. A map with text keys is an object; one with other keys a list of pairs.
    pub(super) fn write<'a>(
        &self,
        raw: Raw<'a>,
        style: &Style,
        out: &mut Rewritten,
    ) -> Result<(), Box<Misfit<'a>>> {
        match (self, raw.kind()) {
            (Schema::Plain, _) | (_, "null") => out.copy(raw),
            (Schema::Logical(logical), _) => {
                out.make(raw);
                logical.write(raw, style, &mut out.text).ok_or_else(|| VALUE.at(raw))?;
            }
            (Schema::Struct(_) | Schema::Map(..), "an object") => self.members(raw, style, out)?,
            (Schema::Array(_) | Schema::Map(..), "an array") => self.items(raw, style, out)?,
            _ => return Err(VALUE.at(raw)),
        }
        Ok(())
    }

    /// In the payload's order, as the converter writes it: that of the schema.
    fn members<'a>(&self, raw: Raw<'a>, style: &Style, out: &mut Rewritten) -> Result<(), Box<Misfit<'a>>> {
        let mut open = b'{';
        for (i, (name, value)) in raw.entries(usize::MAX).unwrap_or_default().into_iter().enumerate() {
            out.text.push(open);
            open = b',';
            out.text.extend_from_slice(quoted(&name).as_bytes());
            out.text.push(b':');
            let (schema, step) = match self {
                Schema::Struct(fields) => (fields.get(&*name), None),
                Schema::Map(_, values) => (Some(&**values), Some(Step::Entry(i))),
                _ => (None, None),
            };
            let step = || step.unwrap_or_else(|| Step::Field(name.as_ref().into()));
            schema.unwrap_or(&Schema::Plain).write(value, style, out).map_err(|m| m.within(step()))?;
        }
        close(open, b"{}", out);
        Ok(())
    }

    fn items<'a>(&self, raw: Raw<'a>, style: &Style, out: &mut Rewritten) -> Result<(), Box<Misfit<'a>>> {
        let mut open = b'[';
        for (i, item) in raw.items().unwrap_or_default().into_iter().enumerate() {
            out.text.push(open);
            open = b',';
            match self {
                Schema::Map(keys, values) => {
                    pair(keys, values, item, style, out).map_err(|m| m.within(Step::Entry(i)))?
                }
                Schema::Array(schema) => {
                    schema.write(item, style, out).map_err(|m| m.within(Step::Item(i)))?
                }
                _ => {}
            }
        }
        close(open, b"[]", out);
        Ok(())
    }
}

fn pair<'a>(
    keys: &Schema,
    values: &Schema,
    raw: Raw<'a>,
    style: &Style,
    out: &mut Rewritten,
) -> Result<(), Box<Misfit<'a>>> {
    let Some([key, value]) = raw.items().and_then(|pair| <[Raw<'_>; 2]>::try_from(pair).ok()) else {
        return Err(VALUE.at(raw));
    };
    out.text.push(b'[');
    keys.write(key, style, out)?;
    out.text.push(b',');
    values.write(value, style, out)?;
    out.text.push(b']');
    Ok(())
}

/// Ends a list of which `open` was written last: of none not even the first bracket was.
fn close(open: u8, brackets: &[u8; 2], out: &mut Rewritten) {
    if open != b',' {
        out.text.push(brackets[0]);
    }
    out.text.push(brackets[1]);
}

fn text(raw: Option<Raw<'_>>) -> Option<Cow<'_, str>> {
    raw.and_then(Raw::string)
}
