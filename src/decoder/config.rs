//! The configuration: one JSON document, the same keys in every host.

use crate::dialect::{Options, Paths, Style};
use crate::error::{Code, Error, Side, escape};
use crate::filter::Criteria;
use crate::format::text::{Encoding, Primitive};
use crate::framing::{Framing, Framings};
use crate::limits::Limits;
use crate::schema::Reference;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

/// What a payload is encoded as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Format {
    Avro,
    Protobuf,
    Json,
    Connect,
    #[default]
    Text,
    Bytes,
    Primitive,
}

impl Format {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Format::Avro => "avro",
            Format::Protobuf => "protobuf",
            Format::Json => "json",
            Format::Connect => "connect",
            Format::Text => "text",
            Format::Bytes => "bytes",
            Format::Primitive => "primitive",
        }
    }
}

/// A .proto file: its name, as imports have it, and its text.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileText {
    pub(super) name: String,
    pub(super) text: String,
}

/// A key or value, as configured.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct SideConfig {
    pub(super) format: Format,
    pub(super) framing: Framings,
    /// Avro: the schema that data were written with.
    pub(super) writer: Option<Value>,
    /// Avro: the schema that they are read as.
    pub(super) reader: Option<Value>,
    /// Protobuf: the full name of the message.
    pub(super) message: Option<String>,
    /// Protobuf: a `FileDescriptorSet`, in base64.
    pub(super) descriptor_set: Option<String>,
    /// Protobuf: .proto files that import each other, in any order; the last one is what was registered.
    pub(super) files: Option<Vec<FileText>>,
    /// The references that the local schema stands for.
    pub(super) ids: Vec<Value>,
    /// Whether it stands for all of them.
    pub(super) any_id: bool,
    /// The paths of what is decoded; all of it where there are none.
    pub(super) select: Option<Vec<String>>,
    /// Text.
    pub(super) encoding: Option<Encoding>,
    /// Primitive.
    #[serde(rename = "type")]
    pub(super) primitive: Option<Primitive>,
    /// The registry, of those in `registries`, that the side's schemas are in.
    pub(super) registry: Option<Arc<str>>,
}

/// A registry that references name. The core does no I/O: that it is there is all that it needs to know.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Registry {}

impl SideConfig {
    /// Whether the schema is configured, so that none is fetched.
    pub(super) fn has_local_schema(&self) -> bool {
        self.writer.is_some() || self.descriptor_set.is_some() || self.files.is_some()
    }

    /// How payloads are framed: those that are JSON now, as the mapping leaves them.
    pub(super) fn framings(&self, json: bool) -> Cow<'_, Framings> {
        if json { Cow::Owned(Framings::default()) } else { Cow::Borrowed(&self.framing) }
    }

    /// Whether its values have parts that can be selected.
    fn has_parts(&self) -> bool {
        !matches!(self.format, Format::Text | Format::Bytes | Format::Primitive)
    }

    /// The options with what this side selects.
    pub(super) fn style(&self, style: &Style) -> Style {
        let mut style = style.clone();
        if let Some(select) = &self.select {
            let paths = Arc::make_mut(&mut style.paths);
            // Checked when the configuration was read.
            for path in select {
                let _ = paths.select(path);
            }
        }
        style
    }

    fn check(&self, place: &str) -> Result<(), Error> {
        let only = |set: bool, name: &str, format: Format| match set && self.format != format {
            true => {
                let word = self.format.word();
                Err(invalid(
                    &format!("`{name}` at {place} with format `{}`", format.word()),
                    &format!("`{word}`"),
                ))
            }
            false => Ok(()),
        };
        only(self.writer.is_some(), "writer", Format::Avro)?;
        only(self.reader.is_some(), "reader", Format::Avro)?;
        only(self.message.is_some(), "message", Format::Protobuf)?;
        only(self.descriptor_set.is_some(), "descriptorSet", Format::Protobuf)?;
        only(self.files.is_some(), "files", Format::Protobuf)?;
        if self.files.as_ref().is_some_and(|f| f.is_empty() || self.descriptor_set.is_some()) {
            return Err(invalid(
                &format!("either `descriptorSet` or a list of `files` at {place}"),
                "another",
            ));
        }
        only(self.encoding.is_some(), "encoding", Format::Text)?;
        only(self.primitive.is_some(), "type", Format::Primitive)?;
        let only_avro = [Framing::SingleObject, Framing::Ocf, Framing::Azure];
        if only_avro.iter().any(|f| self.framing.contains(*f)) && self.format != Format::Avro {
            let word = self.format.word();
            let expected = format!("the format `avro` with an Avro framing at {place}");
            return Err(invalid(&expected, &format!("`{word}`")));
        }
        if self.framing == Framing::Ocf.into() && self.writer.is_some() {
            return Err(invalid(&format!("no `writer` at {place}: a container file holds it"), "one"));
        }
        if let Some(paths) = &self.select {
            if !self.has_parts() {
                let word = self.format.word();
                return Err(invalid(
                    &format!("`select` at {place} with a format whose values have parts"),
                    &format!("`{word}`"),
                ));
            }
            let mut selected = Paths::default();
            if paths.is_empty() || paths.iter().any(|path| selected.select(path).is_none()) {
                return Err(invalid(
                    &format!("paths such as `id`, `items[].sku` and `counts{{}}` at {place}.select"),
                    "another value",
                ));
            }
        }
        if self.format == Format::Primitive && self.primitive.is_none() {
            return Err(invalid(&format!("a `type` at {place} with format `primitive`"), "none"));
        }
        if (self.any_id || !self.ids.is_empty()) && !self.has_local_schema() {
            let found = "`ids` or `anyId` without it";
            return Err(invalid(
                &format!("a local schema (`writer`, `descriptorSet`, `files`) at {place}"),
                found,
            ));
        }
        Ok(())
    }

    /// The references that the local schema stands for.
    pub(super) fn references(&self, place: &str) -> Result<Vec<Reference>, Error> {
        let read = |v: &Value| match v {
            Value::Number(n) => n.as_u64().and_then(|n| u32::try_from(n).ok()).map(Reference::confluent),
            Value::String(s) => Reference::from_schema_id(s).or_else(|| s.parse().ok()),
            _ => None,
        };
        let expected =
            format!("schema ids at {place}.ids (a number, a UUID, or a reference such as `confluent:42`)");
        let own = |reference: Reference| reference.in_registry(self.registry.as_ref());
        self.ids.iter().map(|v| read(v).map(own).ok_or_else(|| invalid(&expected, "another value"))).collect()
    }
}

/// The sides of one topic, or of all others.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sides {
    pub(super) key: u32,
    pub(super) value: u32,
}

/// The configuration, read.
pub(super) struct Config {
    pub(super) style: Style,
    pub(super) limits: Limits,
    /// Those that are configured, then, where there are criteria, the same with what these ask for alone.
    pub(super) sides: Vec<SideConfig>,
    /// Which records are left in an event.
    pub(super) keep: Option<Criteria>,
    default: Sides,
    topics: HashMap<String, Sides>,
}

#[cold]
pub(super) fn invalid(expected: &str, found: &str) -> Error {
    Error::new(Code::ConfigInvalid, format!("expected {expected}, found {found}"))
}

impl Config {
    pub(super) fn parse(text: &str) -> Result<Config, Error> {
        let mut object: Map<String, Value> = serde_json::from_str(text).map_err(|e| {
            invalid(
                "the configuration as a JSON object",
                &format!("none (line {}, column {})", e.line(), e.column()),
            )
        })?;
        let limits = take(&mut object, "limits", "$.limits")?;
        let keep = criteria(object.shift_remove("where"))?;
        let topics: Map<String, Value> = take(&mut object, "topics", "$.topics")?;
        let registries: HashMap<String, Registry> = take(&mut object, "registries", "$.registries")?;
        // A reference's scheme ends at its first colon.
        if registries.keys().any(|name| name.is_empty() || name.contains(':')) {
            return Err(invalid("names without a colon in $.registries", "another"));
        }
        let mut sides = Vec::new();
        let key = side(&mut object, "key", "$", &mut sides)?
            .unwrap_or_else(|| add(&mut sides, SideConfig::default()));
        let value = side(&mut object, "value", "$", &mut sides)?
            .unwrap_or_else(|| add(&mut sides, SideConfig::default()));
        let default = Sides { key, value };
        let mut by_topic = HashMap::new();
        for (name, topic) in topics {
            let place = format!("$.topics[\"{}\"]", escape(&name));
            let mut topic: Map<String, Value> = read(topic, &place)?;
            let key = side(&mut topic, "key", &place, &mut sides)?.unwrap_or(default.key);
            let value = side(&mut topic, "value", &place, &mut sides)?.unwrap_or(default.value);
            if let Some(name) = topic.keys().next() {
                return Err(invalid(
                    &format!("`key` and `value` at {place}"),
                    &format!("`{}`", escape(name)),
                ));
            }
            by_topic.insert(name, Sides { key, value });
        }
        let named = sides.iter().filter_map(|side| side.registry.as_deref());
        if let Some(name) = named.into_iter().find(|name| !registries.contains_key(*name)) {
            let found = format!("`{}`", escape(name));
            return Err(invalid("a `registry` that `registries` has", &found));
        }
        let options: Options = read(Value::Object(object), "$")?;
        let mut config = Config { style: options.style(), limits, sides, keep, default, topics: by_topic };
        config.add_asked();
        Ok(config)
    }

    /// Adds, for each side, the one that [`Config::asked`] gives.
    fn add_asked(&mut self) {
        let Some(criteria) = &self.keep else { return };
        let keys: Vec<u32> = self.topics.values().chain([&self.default]).map(|sides| sides.key).collect();
        let asked: Vec<SideConfig> = (0..)
            .zip(&self.sides)
            .map(|(id, side)| {
                let side_name = if keys.contains(&id) { "key" } else { "value" };
                let quoted = |name: &&str| format!("[{}]", Value::from(*name));
                let fields = criteria.fields_of(side_name).filter(|fields| !fields.is_empty());
                let select =
                    fields.filter(|_| side.has_parts()).map(|names| names.iter().map(quoted).collect());
                SideConfig { select, ..side.clone() }
            })
            .collect();
        self.sides.extend(asked);
    }

    /// The side that reads only what the criteria ask for, in the place of another.
    pub(super) fn asked(&self, id: u32) -> u32 {
        id + self.sides.len() as u32 / 2
    }

    /// The same, with one side for everything.
    pub(super) fn of_side(&self, side: SideConfig) -> Config {
        Config {
            style: self.style.clone(),
            limits: self.limits.clone(),
            sides: vec![side],
            keep: None,
            default: Sides { key: 0, value: 0 },
            topics: HashMap::new(),
        }
    }

    /// The side of a topic.
    pub(super) fn side(&self, topic: &str, side: Side) -> u32 {
        let sides = if self.topics.is_empty() {
            &self.default
        } else {
            self.topics.get(topic).unwrap_or(&self.default)
        };
        if side == Side::Key { sides.key } else { sides.value }
    }
}

/// Filter criteria: a pattern, or `{ "Filters": … }`, as JSON or as its text.
fn criteria(v: Option<Value>) -> Result<Option<Criteria>, Error> {
    v.map(|v| match v {
        Value::String(text) => Criteria::read(&text),
        v => Criteria::read(&v.to_string()),
    })
    .transpose()
}

fn add(sides: &mut Vec<SideConfig>, config: SideConfig) -> u32 {
    sides.push(config);
    sides.len() as u32 - 1
}

fn side(
    object: &mut Map<String, Value>,
    name: &str,
    place: &str,
    sides: &mut Vec<SideConfig>,
) -> Result<Option<u32>, Error> {
    let Some(v) = object.shift_remove(name) else { return Ok(None) };
    let place = format!("{place}.{name}");
    let config: SideConfig = read(v, &place)?;
    config.check(&place)?;
    config.references(&place)?;
    Ok(Some(add(sides, config)))
}

fn take<T: DeserializeOwned + Default>(
    object: &mut Map<String, Value>,
    name: &str,
    place: &str,
) -> Result<T, Error> {
    object.shift_remove(name).map_or_else(|| Ok(T::default()), |v| read(v, place))
}

fn read<T: DeserializeOwned>(v: Value, place: &str) -> Result<T, Error> {
    T::deserialize(v)
        .map_err(|e| invalid(&format!("a valid configuration at {place}"), &escape(&e.to_string())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(text: &str) -> String {
        Config::parse(text).err().expect("an error").message().to_owned()
    }

    #[test]
    fn unknown_names_are_errors() {
        assert!(message(r#"{"vlaue":{}}"#).contains("vlaue"));
        assert!(message(r#"{"value":{"framming":"glue"}}"#).contains("framming"));
        assert!(message(r#"{"limits":{"deepness":1}}"#).contains("deepness"));
        assert!(message(r#"{"topics":{"t":{"header":{}}}}"#).contains("header"));
        assert!(message(r#"{"value":{"format":"json","writer":"int"}}"#).contains("`writer` at $.value"));
        assert!(message(r#"{"value":{"format":"avro","anyId":true}}"#).contains("local schema"));
        assert!(message("[]").contains("JSON object"));
    }

    #[test]
    fn topics_override_one_side_at_a_time() {
        let config = Config::parse(
            r#"{"key":{"format":"json"},"value":{"format":"avro"},"topics":{"a":{"value":{"format":"bytes"}}}}"#,
        )
        .unwrap();
        let format = |topic, side| config.sides[config.side(topic, side) as usize].format;
        assert_eq!(format("a", Side::Key), Format::Json);
        assert_eq!(format("a", Side::Value), Format::Bytes);
        assert_eq!(format("b", Side::Value), Format::Avro);
    }
}
