//! The configuration: one JSON document, the same keys in every host.

use crate::dialect::{Options, Paths, Style};
use crate::error::{Code, Error, Side, escape};
use crate::filter::Criteria;
use crate::format::text::{Encoding, Primitive};
use crate::framing::{Framing, Framings};
use crate::json::{Members, Part, Value, Word, Wrong, quoted};
use crate::limits::Limits;
use crate::schema::Reference;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

/// What a payload is encoded as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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

impl Word for Format {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("avro", Format::Avro),
        ("protobuf", Format::Protobuf),
        ("json", Format::Json),
        ("connect", Format::Connect),
        ("text", Format::Text),
        ("bytes", Format::Bytes),
        ("primitive", Format::Primitive),
    ];
}

impl Format {
    pub(super) fn word(self) -> &'static str {
        self.name()
    }
}

/// A .proto file: its name, as imports have it, and its text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct FileText {
    pub(super) name: String,
    pub(super) text: String,
}

/// A key or value, as configured.
#[derive(Clone, Debug, Default, PartialEq)]
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
    pub(super) primitive: Option<Primitive>,
    /// The registry, of those in `registries`, that the side's schemas are in.
    pub(super) registry: Option<Arc<str>>,
}

impl FileText {
    fn read(part: Part) -> Result<Self, Wrong> {
        let mut members = part.members()?;
        let name = members.required("name", Part::text)?;
        let text = members.required("text", Part::text)?;
        members.end().map(|()| FileText { name, text })
    }
}

impl SideConfig {
    fn read(part: Part) -> Result<Self, Wrong> {
        let mut members = part.members()?;
        let side = SideConfig {
            format: members.read("format", Part::word)?.unwrap_or_default(),
            framing: members.read("framing", Framings::read)?.unwrap_or_default(),
            writer: members.optional("writer", Part::value)?,
            reader: members.optional("reader", Part::value)?,
            message: members.optional("message", Part::text)?,
            descriptor_set: members.optional("descriptorSet", Part::text)?,
            files: members.optional("files", |part| part.list(FileText::read))?,
            ids: members.read("ids", Part::items)?.unwrap_or_default(),
            any_id: members.read("anyId", Part::flag)?.unwrap_or_default(),
            select: members.optional("select", |part| part.list(Part::text))?,
            encoding: members.optional("encoding", Part::word)?,
            primitive: members.optional("type", Part::word)?,
            registry: members.optional("registry", Part::text)?.map(Arc::from),
        };
        members.end().map(|()| side)
    }

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

/// Reads what a verb is asked: one document of a shape.
pub(super) fn question<T>(
    text: &str,
    shape: &str,
    read: impl FnOnce(Part) -> Result<T, Wrong>,
) -> Result<T, Error> {
    let found = match Value::parse(text) {
        Ok(value) => read(Part::new(value, "$")).map_err(|wrong| format!("at {}", wrong.place)),
        Err(flaw) => Err(flaw.place(text)),
    };
    found.map_err(|place| invalid(shape, &format!("another document ({place})")))
}

impl Config {
    pub(super) fn parse(text: &str) -> Result<Config, Error> {
        let expected = "the configuration as a JSON object";
        let value =
            Value::parse(text).map_err(|flaw| invalid(expected, &format!("none ({})", flaw.place(text))))?;
        let mut members = Part::new(value, "$").members().map_err(|wrong| invalid(expected, &wrong.found))?;
        let limits = members.read("limits", Limits::read)?.unwrap_or_default();
        let keep = members.take("where").map(criteria).transpose()?;
        let topics = members.take("topics");
        let registries = members.read("registries", registries)?.unwrap_or_default();
        // A reference's scheme ends at its first colon.
        if registries.iter().any(|name| name.is_empty() || name.contains(':')) {
            return Err(invalid("names without a colon in $.registries", "another"));
        }
        let mut sides = Vec::new();
        let key =
            side(&mut members, "key", &mut sides)?.unwrap_or_else(|| add(&mut sides, SideConfig::default()));
        let value = side(&mut members, "value", &mut sides)?
            .unwrap_or_else(|| add(&mut sides, SideConfig::default()));
        let default = Sides { key, value };
        let topics = topics.map(|part| by_topic(part, default, &mut sides)).transpose()?.unwrap_or_default();
        let mut named = sides.iter().filter_map(|side| side.registry.as_deref());
        if let Some(name) = named.find(|name| !registries.iter().any(|known| known == name)) {
            let found = format!("`{}`", escape(name));
            return Err(invalid("a `registry` that `registries` has", &found));
        }
        let options = Options::read(&mut members)?;
        members.end()?;
        let mut config = Config { style: options.style(), limits, sides, keep, default, topics };
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
                let quoted = |name: &&str| format!("[{}]", quoted(name));
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
fn criteria(part: Part) -> Result<Criteria, Error> {
    match part.value {
        Value::String(text) => Criteria::read(&text),
        value => Criteria::read(&value.to_string()),
    }
}

/// The registries that references name. The core does no I/O: that they are there is all that it needs to know.
fn registries(part: Part) -> Result<Vec<String>, Wrong> {
    let place = part.place.clone();
    let mut names = Vec::new();
    for (name, value) in part.members()?.rest() {
        Part::new(value, &place).members()?.end()?;
        names.push(name);
    }
    Ok(names)
}

fn add(sides: &mut Vec<SideConfig>, config: SideConfig) -> u32 {
    sides.push(config);
    sides.len() as u32 - 1
}

fn side(members: &mut Members, name: &str, sides: &mut Vec<SideConfig>) -> Result<Option<u32>, Error> {
    let Some(part) = members.take(name) else { return Ok(None) };
    let place = part.place.clone();
    let config = SideConfig::read(part)?;
    config.check(&place)?;
    config.references(&place)?;
    Ok(Some(add(sides, config)))
}

fn by_topic(
    part: Part,
    default: Sides,
    sides: &mut Vec<SideConfig>,
) -> Result<HashMap<String, Sides>, Error> {
    let mut topics = HashMap::new();
    for (name, topic) in part.members()?.rest() {
        let place = format!("$.topics[\"{}\"]", escape(&name));
        let mut members = Part::new(topic, &place).members()?;
        let key = side(&mut members, "key", sides)?.unwrap_or(default.key);
        let value = side(&mut members, "value", sides)?.unwrap_or(default.value);
        members.end()?;
        topics.insert(name, Sides { key, value });
    }
    Ok(topics)
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
