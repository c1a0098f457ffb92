//! Schema documents: what `add_schema` takes, and the store that keeps them.

use super::Reference;
use crate::error::{Code, Error};
use crate::json::{Part, Read, Text, Value, Write, Wrong, to_text};
use crate::limits::Limits;
use crate::map::IndexMap;
use crate::order::sort;
use std::fmt;
use std::str::FromStr;

/// The type of a schema, as registries name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SchemaType {
    /// Avro.
    Avro,
    /// Protocol Buffers.
    Protobuf,
    /// JSON Schema; as a record's data format, JSON.
    Json,
}

impl SchemaType {
    /// The type as registries write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            SchemaType::Avro => "AVRO",
            SchemaType::Protobuf => "PROTOBUF",
            SchemaType::Json => "JSON",
        }
    }
}

impl fmt::Display for SchemaType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for SchemaType {
    type Err = Error;

    /// Reads the name in any case.
    fn from_str(text: &str) -> Result<Self, Error> {
        [SchemaType::Avro, SchemaType::Protobuf, SchemaType::Json]
            .into_iter()
            .find(|t| t.as_str().eq_ignore_ascii_case(text))
            .ok_or_else(|| {
                Error::new(Code::ConfigInvalid, "expected AVRO, PROTOBUF or JSON, found another schema type")
            })
    }
}

impl Read for SchemaType {
    fn read(part: Part<'_>) -> Result<Self, Box<Wrong>> {
        let found = part.value.as_str().and_then(|text| text.parse().ok());
        found.ok_or_else(|| part.wrong("AVRO, PROTOBUF or JSON"))
    }
}

/// A schema that another one refers to by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dependency {
    /// The name under which the schema refers to it: a full name in Avro, a file in Protobuf.
    pub name: String,
    /// Its text.
    pub schema: String,
}

/// A schema document: the text behind a reference, and the schemas that it refers to.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// What records call it.
    pub reference: Reference,
    /// Its type.
    pub schema_type: SchemaType,
    /// Its text; for Protobuf .proto text, or descriptors in base64.
    pub schema: String,
    /// The schemas that it refers to.
    pub references: Vec<Dependency>,
    /// The registry's word on it: Glue's `AVAILABLE`, `PENDING`, `FAILURE` or `DELETING`; `DELETED` for a soft-deleted
    /// schema of a Confluent registry.
    pub status: Option<String>,
    /// The rules of a Confluent data contract, as the registry gives them.
    pub rule_set: Option<Value>,
}

/// What the rules of a schema encrypt on the client's side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encrypted {
    /// Some fields: rules of type `ENCRYPT`.
    Fields,
    /// The whole payload after its id: rules of type `ENCRYPT_PAYLOAD`.
    Payload,
}

impl Encrypted {
    /// The word as documents have it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Encrypted::Fields => "fields",
            Encrypted::Payload => "payload",
        }
    }
}

impl Read for Dependency {
    fn read(part: Part<'_>) -> Result<Self, Box<Wrong>> {
        let mut members = part.members()?;
        let dependency = Dependency { name: members.required("name")?, schema: members.required("schema")? };
        members.end().map(|()| dependency)
    }
}

impl Source {
    /// Reads a schema document.
    ///
    /// # Errors
    /// `CONFIG_INVALID` for a document of another shape.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        let value = Value::parse(text)
            .map_err(|flaw| no_document(&format!("text that is not JSON at {}", flaw.place(text))))?;
        // What is found may be the document's text: only its place is told.
        Source::read(Part::root(&value)).map_err(|wrong| {
            no_document(&format!("an unknown, missing or ill-typed member at {}", wrong.place))
        })
    }

    /// The document.
    pub fn to_json(&self) -> String {
        to_text(self)
    }

    /// Whether the schema is one that data may have been written with: no status tells otherwise.
    pub fn is_available(&self) -> bool {
        self.status.as_deref().is_none_or(|status| status == "AVAILABLE")
    }

    /// What its rules encrypt, as far as their types say.
    pub fn encrypted(&self) -> Option<Encrypted> {
        let rules = self.rule_set.as_ref()?;
        let lists =
            ["domainRules", "encodingRules"].into_iter().filter_map(|name| rules.get(name)?.as_array());
        let active = |rule: &&Value| rule.get("disabled").and_then(Value::as_bool) != Some(true);
        let types: Vec<&str> =
            lists.flatten().filter(active).filter_map(|rule| rule.get("type")?.as_str()).collect();
        if types.contains(&"ENCRYPT_PAYLOAD") {
            return Some(Encrypted::Payload);
        }
        types.contains(&"ENCRYPT").then_some(Encrypted::Fields)
    }

    fn check(&self, limits: &Limits) -> Result<(), Error> {
        let texts = self.references.iter().map(|d| &d.schema).chain([&self.schema]);
        match texts.map(String::len).max() {
            Some(largest) if largest > limits.schema_bytes => Err(Error::new(
                Code::SchemaLimit,
                format!(
                    "expected at most {} bytes (limit `schemaBytes`), found {largest}",
                    limits.schema_bytes
                ),
            )),
            _ => Ok(()),
        }
    }
}

#[cold]
fn no_document(found: &str) -> Error {
    Error::new(Code::ConfigInvalid, format!("expected a schema document, found {found}")).with_hint(
        "a schema document is { reference, type: \"AVRO\" | \"PROTOBUF\" | \"JSON\", schema: \"text\", references?: [{ name, schema }] }",
    )
}

impl Read for Source {
    fn read(part: Part<'_>) -> Result<Self, Box<Wrong>> {
        let mut members = part.members()?;
        let mut source = Source {
            reference: members.required("reference")?,
            schema_type: members.required("type")?,
            schema: members.required("schema")?,
            references: Vec::new(),
            status: None,
            rule_set: None,
        };
        members.read("references", &mut source.references)?;
        members.read("status", &mut source.status)?;
        members.read("ruleSet", &mut source.rule_set)?;
        members.end().map(|()| source)
    }
}

impl Write for Source {
    fn write(&self, out: &mut Text) {
        out.object(|out| {
            out.member("reference", &self.reference.to_string());
            out.member("type", self.schema_type.as_str());
            out.member("schema", &self.schema);
            out.optional("references", Some(&self.references).filter(|list| !list.is_empty()));
            out.optional("status", self.status.as_deref());
            out.optional("ruleSet", self.rule_set.as_ref());
        });
    }
}

impl Write for Dependency {
    fn write(&self, out: &mut Text) {
        out.object(|out| {
            out.member("name", &self.name);
            out.member("schema", &self.schema);
        });
    }
}

/// The schemas at hand, by reference.
#[derive(Clone, Debug, Default)]
pub struct Store {
    sources: IndexMap<Reference, Source>,
}

impl Store {
    /// Keeps a schema. `true` if the store changed: plans made from an earlier text of the reference are then stale.
    ///
    /// # Errors
    /// `SCHEMA_LIMIT` for a schema larger than `limits.schema_bytes`.
    pub fn add(&mut self, source: Source, limits: &Limits) -> Result<bool, Error> {
        source.check(limits)?;
        let new = self.get(&source.reference) != Some(&source);
        if new {
            self.sources.insert(source.reference.clone(), source);
        }
        Ok(new)
    }

    /// The schema of a reference.
    pub fn get(&self, reference: &Reference) -> Option<&Source> {
        self.sources.get(reference)
    }

    /// Whether the schema of a reference is at hand.
    pub fn contains(&self, reference: &Reference) -> bool {
        self.sources.contains_key(reference)
    }

    /// The schemas, by the text of their references.
    pub fn iter(&self) -> impl Iterator<Item = &Source> {
        let mut sources: Vec<_> = self.sources.values().map(|s| (s.reference.to_string(), s)).collect();
        sort(&mut sources, |(a, _), (b, _)| a.cmp(b));
        sources.into_iter().map(|(_, source)| source)
    }

    /// How many schemas are kept.
    pub fn len(&self) -> usize {
        self.sources.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.sources.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str = r#"{"reference":"confluent:42","type":"AVRO","schema":"\"int\"","references":[{"name":"a.B","schema":"{}"}]}"#;

    #[test]
    fn documents_are_read_and_written() {
        let source = Source::from_json(DOCUMENT).unwrap();
        assert_eq!(source.reference, Reference::confluent(42));
        assert_eq!(source.schema_type, SchemaType::Avro);
        assert_eq!(source.schema, "\"int\"");
        assert_eq!(source.references[0].name, "a.B");
        assert_eq!(source.to_json(), DOCUMENT);
        let short = r#"{"reference":"local:x","type":"protobuf","schema":""}"#;
        assert_eq!(Source::from_json(short).unwrap().schema_type, SchemaType::Protobuf);
    }

    #[test]
    fn bad_documents_are_errors_without_their_text() {
        for text in [
            "",
            "[]",
            "{secret",
            r#"{"reference":"confluent:42","type":"AVRO"}"#,
            r#"{"reference":"secret","type":"AVRO","schema":""}"#,
            r#"{"reference":"confluent:42","type":"secret","schema":""}"#,
            r#"{"reference":"confluent:42","type":"AVRO","schema":{"secret":1}}"#,
            r#"{"reference":"confluent:42","type":"AVRO","schema":"","secret":1}"#,
            r#"{"reference":"confluent:42","type":"AVRO","schema":"","references":[{"name":"secret"}]}"#,
        ] {
            let error = Source::from_json(text).expect_err(text);
            assert_eq!(error.code(), Code::ConfigInvalid, "{text}");
            assert!(!error.to_json().contains("secret"), "{text}");
        }
    }

    #[test]
    fn the_store_tells_what_changed() {
        let limits = Limits::default();
        let mut store = Store::default();
        let source = Source::from_json(DOCUMENT).unwrap();
        let reference = source.reference.clone();
        assert!(store.is_empty() && !store.contains(&reference));
        assert!(store.add(source.clone(), &limits).unwrap());
        assert!(!store.add(source.clone(), &limits).unwrap(), "the same again");
        assert_eq!((store.len(), store.get(&reference)), (1, Some(&source)));
        let other = Source { schema: "\"long\"".into(), ..source };
        assert!(store.add(other, &limits).unwrap());
        assert_eq!(store.len(), 1);
    }

    #[test]
    fn large_schemas_are_refused_by_the_limits_name() {
        let limits = Limits { schema_bytes: 4, ..Limits::default() };
        let mut source = Source::from_json(DOCUMENT).unwrap();
        let refused = |s: &Source| Store::default().add(s.clone(), &limits).unwrap_err();
        assert_eq!(refused(&source).code(), Code::SchemaLimit);
        assert!(refused(&source).message().contains("`schemaBytes`"));
        source.schema = "1234".into();
        assert!(Store::default().add(source.clone(), &limits).is_ok());
        source.references[0].schema = "12345".into();
        assert_eq!(refused(&source).code(), Code::SchemaLimit);
    }
}
