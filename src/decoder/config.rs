//! The configuration: one JSON document, the same keys in every host.

use crate::dialect::{Options, Paths, Style};
use crate::error::{Code, Error, Side, escape};
use crate::filter::Criteria;
use crate::format::text::{Encoding, Primitive};
use crate::framing::{Framing, Framings};
use crate::json::{Members, Part, Place, Read, Value, Word, Wrong, quoted};
use crate::limits::Limits;
use crate::map::HashMap;
use crate::schema::Reference;
use std::borrow::Cow;
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

impl Read for FileText {
    fn read(part: Part<'_>) -> Result<Self, Box<Wrong>> {
        let mut members = part.members()?;
        let file = FileText { name: members.required("name")?, text: members.required("text")? };
        members.end().map(|()| file)
    }
}

impl Read for SideConfig {
    fn read(part: Part<'_>) -> Result<Self, Box<Wrong>> {
        let mut side = SideConfig::default();
        let mut members = part.members()?;
        members.read("format", &mut side.format)?;
        members.read("framing", &mut side.framing)?;
        members.read("writer", &mut side.writer)?;
        members.read("reader", &mut side.reader)?;
        members.read("message", &mut side.message)?;
        members.read("descriptorSet", &mut side.descriptor_set)?;
        members.read("files", &mut side.files)?;
        members.read("ids", &mut side.ids)?;
        members.read("anyId", &mut side.any_id)?;
        members.read("select", &mut side.select)?;
        members.read("encoding", &mut side.encoding)?;
        members.read("type", &mut side.primitive)?;
        let mut registry: Option<String> = None;
        members.read("registry", &mut registry)?;
        side.registry = registry.map(Arc::from);
        members.end().map(|()| side)
    }
}

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

/// Reads what a verb is asked: one document of a shape.
pub(super) fn question<T: Read>(text: &str, shape: &str) -> Result<T, Error> {
    let found = match Value::parse(text) {
        Ok(value) => T::read(Part::root(&value)).map_err(|wrong| format!("at {}", wrong.place)),
        Err(flaw) => Err(flaw.place(text)),
    };
    found.map_err(|place| invalid(shape, &format!("another document ({place})")))
}

impl Config {
    pub(super) fn parse(text: &str) -> Result<Config, Error> {
        let expected = "the configuration as a JSON object";
        let value =
            Value::parse(text).map_err(|flaw| invalid(expected, &format!("none ({})", flaw.place(text))))?;
        let mut members = Part::root(&value).members().map_err(|wrong| invalid(expected, &wrong.found))?;
        let mut limits = Limits::default();
        members.read("limits", &mut limits)?;
        let keep = members.get("where").map(|criteria| Criteria::read(&criteria.text())).transpose()?;
        let mut registries = Registries::default();
        members.read("registries", &mut registries)?;
        let Registries(registries) = registries;
        // A reference's scheme ends at its first colon.
        if registries.iter().any(|name| name.is_empty() || name.contains(':')) {
            return Err(invalid("names without a colon in $.registries", "another"));
        }
        let mut sides = Vec::new();
        let [key, value] = own_sides(&mut members, "$", &mut sides)?;
        let default = Sides {
            key: key.unwrap_or_else(|| add(&mut sides, SideConfig::default())),
            value: value.unwrap_or_else(|| add(&mut sides, SideConfig::default())),
        };
        let topics = members.get("topics").map(|topics| by_topic(topics, default, &mut sides));
        let topics = topics.transpose()?.unwrap_or_default();
        let mut named = sides.iter().filter_map(|side| side.registry.as_deref());
        if let Some(name) = named.find(|name| !registries.iter().any(|known| known == name)) {
            let found = format!("`{}`", escape(name));
            return Err(invalid("a `registry` that `registries` has", &found));
        }
        let options = Options::of(&mut members)?;
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

/// The registries that references name. The core does no I/O: that they are there is all that it needs to know.
#[derive(Default)]
struct Registries(Vec<String>);

impl Read for Registries {
    fn read(part: Part<'_>) -> Result<Self, Box<Wrong>> {
        let mut names = Vec::new();
        for (name, value) in part.object()?.iter() {
            Part { value, place: part.place }.members()?.end()?;
            names.push(name.to_owned());
        }
        Ok(Registries(names))
    }
}

fn add(sides: &mut Vec<SideConfig>, config: SideConfig) -> u32 {
    sides.push(config);
    sides.len() as u32 - 1
}

/// The sides that an object has itself: key and value.
fn own_sides(
    members: &mut Members<'_>,
    place: &str,
    sides: &mut Vec<SideConfig>,
) -> Result<[Option<u32>; 2], Error> {
    let mut own = [None; 2];
    for (name, id) in ["key", "value"].into_iter().zip(&mut own) {
        let Some(value) = members.get(name) else { continue };
        let place = format!("{place}.{name}");
        let config = SideConfig::read(Part { value, place: &Place::named(&place) })?;
        config.check(&place)?;
        config.references(&place)?;
        *id = Some(add(sides, config));
    }
    Ok(own)
}

fn by_topic(
    topics: &Value,
    default: Sides,
    sides: &mut Vec<SideConfig>,
) -> Result<HashMap<String, Sides>, Error> {
    let mut found = HashMap::new();
    for (name, value) in (Part { value: topics, place: &Place::named("$.topics") }).object()?.iter() {
        let place = format!("$.topics[\"{}\"]", escape(name));
        let here = Place::named(&place);
        let mut members = Part { value, place: &here }.members()?;
        let [key, value] = own_sides(&mut members, &place, sides)?;
        members.end()?;
        let topic = Sides { key: key.unwrap_or(default.key), value: value.unwrap_or(default.value) };
        found.insert(name.to_owned(), topic);
    }
    Ok(found)
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
