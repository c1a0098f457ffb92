//! A key or value, as configured.

use super::invalid;
use crate::dialect::{Paths, Style};
use crate::error::{Error, escape};
use crate::format::text::{Encoding, Primitive};
use crate::framing::{Framing, Framings};
use crate::json::{Part, Read, Value, Word, Wrong};
use crate::schema::Reference;
use std::borrow::Cow;
use std::sync::Arc;

/// What a payload is encoded as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::decoder) enum Format {
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
    pub(in crate::decoder) fn word(self) -> &'static str {
        self.name()
    }
}

/// A .proto file: its name, as imports have it, and its text.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::decoder) struct FileText {
    pub(in crate::decoder) name: String,
    pub(in crate::decoder) text: String,
}

/// A key or value, as configured.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::decoder) struct SideConfig {
    /// Where the configuration has it, such as `$.value`.
    pub(in crate::decoder) place: String,
    pub(in crate::decoder) format: Format,
    pub(in crate::decoder) framing: Framings,
    /// Avro: the schema that data were written with.
    pub(in crate::decoder) writer: Option<Value>,
    /// Avro: the schema that they are read as.
    pub(in crate::decoder) reader: Option<Value>,
    /// Protobuf: the full name of the message.
    pub(in crate::decoder) message: Option<String>,
    /// Protobuf: a `FileDescriptorSet`, in base64.
    pub(in crate::decoder) descriptor_set: Option<String>,
    /// Protobuf: .proto files that import each other, in any order; the last one is what was registered.
    pub(in crate::decoder) files: Option<Vec<FileText>>,
    /// The references that the local schema stands for.
    pub(in crate::decoder) ids: Vec<Value>,
    /// Whether it stands for all of them.
    pub(in crate::decoder) any_id: bool,
    /// The paths of what is decoded; all of it where there are none.
    pub(in crate::decoder) select: Option<Vec<String>>,
    /// Text.
    pub(in crate::decoder) encoding: Option<Encoding>,
    /// Primitive.
    pub(in crate::decoder) primitive: Option<Primitive>,
    /// The registry, of those in `registries`, that the side's schemas are in.
    pub(in crate::decoder) registry: Option<Arc<str>>,
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
    pub(in crate::decoder) fn has_local_schema(&self) -> bool {
        self.writer.is_some() || self.descriptor_set.is_some() || self.files.is_some()
    }

    /// How payloads are framed: those that are JSON now, as the mapping leaves them.
    pub(in crate::decoder) fn framings(&self, json: bool) -> Cow<'_, Framings> {
        if json { Cow::Owned(Framings::default()) } else { Cow::Borrowed(&self.framing) }
    }

    /// Whether its values have parts that can be selected.
    pub(super) fn has_parts(&self) -> bool {
        !matches!(self.format, Format::Text | Format::Bytes | Format::Primitive)
    }

    /// The options with what this side selects.
    pub(in crate::decoder) fn style(&self, style: &Style) -> Style {
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

    pub(super) fn check(&self) -> Result<(), Error> {
        let place = &self.place;
        self.check_members()?;
        self.check_framing()?;
        self.check_selection()?;
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

    /// Members that are of one format stand with that one.
    fn check_members(&self) -> Result<(), Error> {
        let place = &self.place;
        let only = |set: bool, name: &str, format: Format| match set && self.format != format {
            true => Err(self.misfit(&format!("`{name}` at {place} with format `{}`", format.word()))),
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
        only(self.primitive.is_some(), "type", Format::Primitive)
    }

    fn check_framing(&self) -> Result<(), Error> {
        let place = &self.place;
        let only_avro = [Framing::SingleObject, Framing::Ocf, Framing::Azure];
        if only_avro.iter().any(|f| self.framing.contains(*f)) && self.format != Format::Avro {
            return Err(self.misfit(&format!("the format `avro` with an Avro framing at {place}")));
        }
        if self.framing == Framing::Ocf.into() && self.writer.is_some() {
            return Err(invalid(&format!("no `writer` at {place}: a container file holds it"), "one"));
        }
        Ok(())
    }

    fn check_selection(&self) -> Result<(), Error> {
        let place = &self.place;
        let Some(paths) = &self.select else { return Ok(()) };
        if !self.has_parts() {
            return Err(self.misfit(&format!("`select` at {place} with a format whose values have parts")));
        }
        let mut selected = Paths::default();
        let wrong = paths.iter().find(|path| selected.select(path).is_none());
        if paths.is_empty() || wrong.is_some() {
            let expected = format!("paths such as `id`, `items[].sku` and `counts{{}}` at {place}.select");
            let found = wrong.map_or_else(|| "none".to_owned(), |path| format!("`{}`", escape(path)));
            return Err(invalid(&expected, &found));
        }
        Ok(())
    }

    /// Another format was expected.
    #[cold]
    fn misfit(&self, expected: &str) -> Error {
        invalid(expected, &format!("`{}`", self.format.word()))
    }

    /// The references that the local schema stands for.
    pub(in crate::decoder) fn references(&self) -> Result<Vec<Reference>, Error> {
        let read = |v: &Value| match v {
            Value::Number(n) => n.as_u64().and_then(|n| u32::try_from(n).ok()).map(Reference::confluent),
            Value::String(s) => Reference::from_schema_id(s).or_else(|| s.parse().ok()),
            _ => None,
        };
        let expected = format!(
            "schema ids at {}.ids (a number, a UUID, or a reference such as `confluent:42`)",
            self.place
        );
        let own = |reference: Reference| reference.in_registry(self.registry.as_ref());
        self.ids.iter().map(|v| read(v).map(own).ok_or_else(|| invalid(&expected, "another value"))).collect()
    }
}
