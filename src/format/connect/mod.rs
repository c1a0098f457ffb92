//! Kafka Connect's JSON envelope, `{"schema":…,"payload":…}`, as its JsonConverter writes it with schemas enabled.
//!
//! The payload is JSON already. What its schema says beyond JSON's own types, Connect's logical types and those of
//! Debezium, is written into the text in the form that the options ask for; the rest stays as it stands, digit by digit.

mod logical;
mod rewritten;

use crate::dialect::Style;
use crate::error::{Code, Error};
use crate::json::Raw;
use logical::Logical;
use std::borrow::Cow;

pub use rewritten::Rewritten;

/// Levels of nesting, of the schema and of the payload.
const DEPTH: usize = 100;

/// The members of an object in order.
struct Members<'a>(Vec<(Cow<'a, str>, Raw<'a>)>);

impl<'a> Members<'a> {
    fn of(raw: Raw<'a>) -> Option<Self> {
        raw.entries(usize::MAX).map(Members)
    }

    fn get(&self, name: &str) -> Option<Raw<'a>> {
        self.0.iter().rev().find(|(n, _)| n == name).map(|(_, raw)| *raw)
    }

    fn text(&self, name: &str) -> Option<Cow<'a, str>> {
        self.get(name)?.string()
    }
}

/// Takes an envelope apart and writes its payload, logical types in their form. `None` for what is no JSON: that is the
/// JSON format's to tell.
///
/// # Errors
/// `CONNECT_SHAPE` for JSON that is no envelope, or whose payload is not as its schema says.
pub fn unwrap(payload: &[u8], style: &Style) -> Result<Option<Rewritten>, Error> {
    let Ok(text) = std::str::from_utf8(payload) else { return Ok(None) };
    let Ok(whole) = Raw::parse(text.strip_prefix('\u{feff}').unwrap_or(text)) else {
        return Ok(None);
    };
    let mut out = Rewritten::of(payload);
    let envelope = Members::of(whole).ok_or_else(|| shape("$"))?;
    let (Some(schema), Some(payload)) = (envelope.get("schema"), envelope.get("payload")) else {
        return Err(shape("$"));
    };
    // Without a schema the payload is plain JSON.
    if schema.get() == "null" {
        out.copy(payload);
        return Ok(Some(out));
    }
    let schema = Schema::read(schema, "$", DEPTH)?;
    schema.write(payload, "$", style, &mut out)?;
    Ok(Some(out))
}

#[cold]
fn shape(path: &str) -> Error {
    Error::of(Code::ConnectShape).at_path(path)
}

/// A schema, as far as it matters: where a value of a logical type may stand.
enum Schema {
    /// A value that is its own JSON.
    Plain,
    Logical(Logical),
    Struct(Vec<(String, Schema)>),
    Array(Box<Schema>),
    Map(Box<Schema>, Box<Schema>),
}

impl Schema {
    fn read(raw: Raw<'_>, path: &str, depth: usize) -> Result<Schema, Error> {
        let members = Members::of(raw).filter(|_| depth > 0).ok_or_else(|| shape(path))?;
        if let Some(logical) = members.text("name").and_then(|name| {
            let parameters = members.get("parameters").and_then(Members::of);
            Logical::named(&name, parameters.and_then(|p| p.text("scale")).as_deref())
        }) {
            return Ok(Schema::Logical(logical));
        }
        let inner = |name: &str| match members.get(name) {
            Some(raw) => Schema::read(raw, path, depth - 1).map(Box::new),
            None => Err(shape(path)),
        };
        match members.text("type").as_deref() {
            Some("struct") => {
                let fields = members.get("fields").and_then(Raw::items).ok_or_else(|| shape(path))?;
                let field = |raw: Raw<'_>| {
                    let name = Members::of(raw).and_then(|m| m.text("field")).ok_or_else(|| shape(path))?;
                    Ok((name.into_owned(), Schema::read(raw, path, depth - 1)?))
                };
                fields.into_iter().map(field).collect::<Result<_, Error>>().map(Schema::Struct)
            }
            Some("array") => inner("items").map(Schema::Array),
            Some("map") => Ok(Schema::Map(inner("keys")?, inner("values")?)),
            Some(_) => Ok(Schema::Plain),
            None => Err(shape(path)),
        }
    }

    fn is_plain(&self) -> bool {
        match self {
            Schema::Plain => true,
            Schema::Logical(_) => false,
            Schema::Struct(fields) => fields.iter().all(|(_, schema)| schema.is_plain()),
            Schema::Array(items) => items.is_plain(),
            Schema::Map(keys, values) => keys.is_plain() && values.is_plain(),
        }
    }

    fn write(&self, raw: Raw<'_>, path: &str, style: &Style, out: &mut Rewritten) -> Result<(), Error> {
        if raw.get() == "null" || self.is_plain() {
            out.copy(raw);
            return Ok(());
        }
        match self {
            Schema::Plain => {}
            Schema::Logical(logical) => {
                out.make(raw);
                logical.write(raw, style, &mut out.text).ok_or_else(|| shape(path))?;
            }
            Schema::Struct(fields) => {
                let members = Members::of(raw).ok_or_else(|| shape(path))?;
                // In the payload's order, as the converter writes it: that of the schema.
                list(b"{}", members.0, out, |(name, value), out| {
                    let schema = fields.iter().find(|(n, _)| *n == name).map_or(&Schema::Plain, |(_, s)| s);
                    let path = format!("{path}.{}", crate::error::escape(&name));
                    quoted(&name, out);
                    schema.write(value, &path, style, out)
                })?;
            }
            Schema::Array(schema) => {
                let items = raw.items().ok_or_else(|| shape(path))?;
                list(b"[]", items, out, |item, out| schema.write(item, path, style, out))?;
            }
            Schema::Map(keys, values) => self.map(keys, values, raw, path, style, out)?,
        }
        Ok(())
    }

    /// A map with text keys is an object; one with other keys a list of pairs.
    fn map(
        &self,
        keys: &Schema,
        values: &Schema,
        raw: Raw<'_>,
        path: &str,
        style: &Style,
        out: &mut Rewritten,
    ) -> Result<(), Error> {
        if let Some(members) = Members::of(raw) {
            return list(b"{}", members.0, out, |(name, value), out| {
                quoted(&name, out);
                values.write(value, path, style, out)
            });
        }
        let pairs = raw.items().ok_or_else(|| shape(path))?;
        list(b"[]", pairs, out, |pair, out| {
            let Some([key, value]) = pair.items().and_then(|pair| <[Raw<'_>; 2]>::try_from(pair).ok()) else {
                return Err(shape(path));
            };
            out.text.push(b'[');
            keys.write(key, path, style, out)?;
            out.text.push(b',');
            values.write(value, path, style, out)?;
            out.text.push(b']');
            Ok(())
        })
    }
}

fn quoted(name: &str, out: &mut Rewritten) {
    out.text.extend_from_slice(crate::json::quoted(name).as_bytes());
    out.text.push(b':');
}

fn list<T>(
    brackets: &[u8; 2],
    items: Vec<T>,
    out: &mut Rewritten,
    mut write: impl FnMut(T, &mut Rewritten) -> Result<(), Error>,
) -> Result<(), Error> {
    out.text.push(brackets[0]);
    for (i, item) in items.into_iter().enumerate() {
        if i > 0 {
            out.text.push(b',');
        }
        write(item, out)?;
    }
    out.text.push(brackets[1]);
    Ok(())
}
