//! Well-known types of ProtoJSON.

use super::super::super::model::MessageId;
use super::super::super::wellknown::{WellKnown, recognise, time};
use super::super::{Content, Dynamic, Value};
use super::{Expected, Json, Reader};

impl Reader<'_> {
    pub(super) fn well_known(
        &mut self,
        kind: WellKnown,
        id: MessageId,
        json: &Json,
        out: &mut Dynamic,
    ) -> Result<(), Expected> {
        match kind {
            WellKnown::Timestamp => seconds(json, out, time::parse_timestamp, "a timestamp (RFC 3339)"),
            WellKnown::Duration => seconds(json, out, time::parse_duration, "a duration such as \"1.5s\""),
            WellKnown::FieldMask => mask(json, out),
            WellKnown::Struct | WellKnown::ListValue | WellKnown::Wrapper => {
                let f = &self.schema.get(id).fields[0];
                self.field(f, json, out)
            }
            WellKnown::Value => self.any_value(id, json, out),
            WellKnown::Any => self.any(json, out),
        }
    }

    /// `google.protobuf.Value`: null, a number, a string, a boolean, an object or an array.
    fn any_value(&mut self, id: MessageId, json: &Json, out: &mut Dynamic) -> Result<(), Expected> {
        let place = match json {
            Json::Null => {
                out.fields.insert(1, Content::One(Value::Bits(0)));
                return Ok(());
            }
            Json::Number(_) => 1,
            Json::String(_) => 2,
            Json::Bool(_) => 3,
            Json::Object(_) => 4,
            Json::Array(_) => 5,
        };
        let f = &self.schema.get(id).fields[place];
        self.field(f, json, out)
    }

    fn any(&mut self, json: &Json, out: &mut Dynamic) -> Result<(), Expected> {
        let Json::Object(entries) = json else { return Err("an object with \"@type\"") };
        if entries.is_empty() {
            return Ok(());
        }
        let url = entries.iter().find(|(n, _)| *n == "@type").map(|(_, v)| v);
        let Some(Json::String(url)) = url else { return Err("an object with \"@type\"") };
        if entries.iter().filter(|(n, _)| *n == "@type").count() > 1 {
            return Err("\"@type\" once");
        }
        let name = url.rsplit_once('/').filter(|(host, _)| !host.is_empty()).map(|(_, name)| name);
        let id = name.and_then(|n| self.schema.message(n)).ok_or("a type URL of the schema")?;
        let mut inner = Dynamic::default();
        let rest = entries.iter().filter(|(n, _)| *n != "@type");
        if recognise(self.schema, self.schema.get(id)).is_some() {
            let rest: Vec<_> = rest.collect();
            match rest.as_slice() {
                [("value", v)] => self.message(id, v, &mut inner)?,
                _ => return Err("\"@type\" and \"value\""),
            }
        } else {
            self.depth = self.depth.checked_sub(1).ok_or("fewer levels of messages")?;
            self.members(id, rest, &mut inner)?;
            self.depth += 1;
        }
        out.fields.insert(1, Content::One(Value::Bytes(url.as_bytes().to_vec())));
        let bytes = inner.encode(self.schema, id);
        if !bytes.is_empty() {
            out.fields.insert(2, Content::One(Value::Bytes(bytes)));
        }
        Ok(())
    }
}

/// Seconds and nanoseconds, as a text says them.
fn seconds(
    json: &Json,
    out: &mut Dynamic,
    parse: fn(&str) -> Option<(i64, i32)>,
    expected: Expected,
) -> Result<(), Expected> {
    let Json::String(text) = json else { return Err(expected) };
    let (seconds, nanos) = parse(text).ok_or(expected)?;
    for (number, v) in [(1, seconds), (2, i64::from(nanos))] {
        if v != 0 {
            out.fields.insert(number, Content::One(Value::Bits(v as u64)));
        }
    }
    Ok(())
}

fn mask(json: &Json, out: &mut Dynamic) -> Result<(), Expected> {
    let Json::String(text) = json else { return Err("a field mask: names with commas between them") };
    let mut paths = Vec::new();
    for path in text.split(',').filter(|_| !text.is_empty()) {
        let mut snake = String::new();
        for c in path.chars() {
            match c {
                '_' => return Err("a field mask without underscores"),
                c if c.is_ascii_uppercase() => snake.extend(['_', c.to_ascii_lowercase()]),
                c => snake.push(c),
            }
        }
        paths.push(Value::Bytes(snake.into_bytes()));
    }
    if !paths.is_empty() {
        out.fields.insert(1, Content::Many(paths));
    }
    Ok(())
}
