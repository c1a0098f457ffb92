//! References to schemas, with one text form everywhere.

use super::Uuid;
use crate::digits::number;
use crate::error::{Code, Error};
use crate::json::{Part, Read, Wrong};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// What identifies a schema, and in which kind of registry.
///
/// The variants that payloads carry take no memory of their own: a reference is made for every record.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SchemaId {
    /// `confluent:42`: an id of a Confluent registry.
    Confluent(u32),
    /// `glue:UUID`: a schema version of the AWS Glue Schema Registry.
    Glue(Uuid),
    /// `guid:UUID`: a schema's GUID in a Confluent registry.
    Guid(Uuid),
    /// `apicurio:content:7`: a content id of Apicurio.
    ApicurioContent(u64),
    /// `apicurio:global:7`: a global id of Apicurio.
    ApicurioGlobal(u64),
    /// `azure:HEX`: a schema of Azure Schema Registry, 32 digits.
    Azure(Uuid),
    /// `rabin:HEX`: the CRC-64-AVRO fingerprint of the canonical form as a number, 16 digits, highest first (a
    /// single-object header stores it lowest byte first).
    Rabin(u64),
    /// `subject:NAME/VERSION`: a version of a subject.
    Subject {
        /// The subject, in whose name anything may stand.
        name: String,
        /// Its version, from 1.
        version: u32,
    },
    /// `local:NAME`: a schema that only the configuration knows.
    Local(String),
}

/// A schema reference: an id, and the registry it belongs to where several are configured (`eu/confluent:42`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reference {
    /// The name of the registry in the configuration's `registries`.
    pub registry: Option<Arc<str>>,
    /// The schema in it.
    pub id: SchemaId,
}

impl Reference {
    /// A Confluent id.
    pub fn confluent(id: u32) -> Self {
        SchemaId::Confluent(id).into()
    }

    /// A Glue schema version.
    pub fn glue(version: Uuid) -> Self {
        SchemaId::Glue(version).into()
    }

    /// The same schema of this registry, where none is named yet.
    #[must_use]
    pub fn in_registry(self, registry: Option<&Arc<str>>) -> Self {
        Reference { registry: self.registry.or_else(|| registry.cloned()), ..self }
    }

    /// Reads the `schemaId` of an event source mapping's metadata: digits are a Confluent id, a UUID is a Glue schema
    /// version. Nothing else is an id.
    pub fn from_schema_id(text: &str) -> Option<Self> {
        match Uuid::parse(text) {
            Some(uuid) => Some(Reference::glue(uuid)),
            None => number(text).map(Reference::confluent),
        }
    }
}

impl From<SchemaId> for Reference {
    fn from(id: SchemaId) -> Self {
        Reference { registry: None, id }
    }
}

fn parse_id(scheme: &str, rest: &str) -> Option<SchemaId> {
    Some(match scheme {
        "confluent" => SchemaId::Confluent(number(rest)?),
        "glue" => SchemaId::Glue(Uuid::parse(rest)?),
        "guid" => SchemaId::Guid(Uuid::parse(rest)?),
        "apicurio" => match rest.split_once(':')? {
            ("content", id) => SchemaId::ApicurioContent(number(id)?),
            ("global", id) => SchemaId::ApicurioGlobal(number(id)?),
            _ => return None,
        },
        "azure" => SchemaId::Azure(Uuid::from_digits(rest.as_bytes().try_into().ok()?)?),
        "rabin" if rest.len() == 16 && rest.bytes().all(|b| b.is_ascii_hexdigit()) => {
            SchemaId::Rabin(u64::from_str_radix(rest, 16).ok()?)
        }
        "subject" => {
            let (name, version) = rest.rsplit_once('/')?;
            let version = number(version).filter(|v| *v > 0)?;
            SchemaId::Subject { name: not_empty(name)?.to_owned(), version }
        }
        "local" => SchemaId::Local(not_empty(rest)?.to_owned()),
        _ => return None,
    })
}

fn not_empty(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

fn parse(text: &str) -> Option<Reference> {
    // The scheme ends at the first colon, so that a subject's own slashes and colons are never taken for a prefix.
    let (head, rest) = text.split_once(':')?;
    let (registry, scheme) = match head.rsplit_once('/') {
        Some((registry, scheme)) => (Some(not_empty(registry)?.into()), scheme),
        None => (None, head),
    };
    Some(Reference { registry, id: parse_id(scheme, rest)? })
}

impl FromStr for Reference {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        parse(text).ok_or_else(|| {
            Error::new(
                Code::ConfigInvalid,
                "expected a schema reference such as confluent:42 or glue:UUID, found another text",
            )
            .with_hint("the forms are confluent:ID, glue:UUID, guid:UUID, apicurio:content:ID, apicurio:global:ID, azure:HEX, rabin:HEX, subject:NAME/VERSION and local:NAME, after REGISTRY/ where there are several")
        })
    }
}

impl fmt::Display for SchemaId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SchemaId::Confluent(id) => write!(f, "confluent:{id}"),
            SchemaId::Glue(uuid) => write!(f, "glue:{uuid}"),
            SchemaId::Guid(uuid) => write!(f, "guid:{uuid}"),
            SchemaId::ApicurioContent(id) => write!(f, "apicurio:content:{id}"),
            SchemaId::ApicurioGlobal(id) => write!(f, "apicurio:global:{id}"),
            SchemaId::Azure(id) => {
                f.write_str("azure:")?;
                id.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
            SchemaId::Rabin(fingerprint) => write!(f, "rabin:{fingerprint:016x}"),
            SchemaId::Subject { name, version } => write!(f, "subject:{name}/{version}"),
            SchemaId::Local(name) => write!(f, "local:{name}"),
        }
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(registry) = &self.registry {
            write!(f, "{registry}/")?;
        }
        self.id.fmt(f)
    }
}

impl Read for Reference {
    fn read(part: Part<'_>) -> Result<Self, Box<Wrong>> {
        let found = part.value.as_str().and_then(|text| text.parse().ok());
        found.ok_or_else(|| part.wrong("a schema's reference"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const UUID: &str = "89791762-2336-4186-9674-299b90a802e2";

    #[test]
    fn text_forms_and_back() {
        for text in [
            "confluent:42",
            "confluent:4294967295",
            &format!("glue:{UUID}"),
            &format!("guid:{UUID}"),
            "apicurio:content:7",
            "apicurio:global:18446744073709551615",
            "azure:89791762233641869674299b90a802e2",
            "rabin:0738139568bfe5ad",
            "subject:orders-value/3",
            "subject::.ctx:a/b/12",
            "local:order",
            "eu/confluent:42",
            "eu/subject:a/b/1",
            "local:a/b:c",
        ] {
            let reference: Reference = text.parse().unwrap_or_else(|e| panic!("{text}: {e}"));
            assert_eq!(reference.to_string(), text);
        }
        assert_eq!(
            "subject::.ctx:a/b/12".parse::<Reference>().unwrap().id,
            SchemaId::Subject { name: ":.ctx:a/b".into(), version: 12 }
        );
        assert_eq!("eu/confluent:42".parse::<Reference>().unwrap().registry.as_deref(), Some("eu"));
        let upper: Reference = format!("glue:{}", UUID.to_uppercase()).parse().unwrap();
        assert_eq!(upper.to_string(), format!("glue:{UUID}"));
    }

    #[test]
    fn other_texts_are_configuration_errors() {
        for text in [
            "",
            ":",
            "42",
            UUID,
            "confluent:",
            "confluent:-1",
            "confluent:+1",
            "confluent:4294967296",
            "confluent: 42",
            "Confluent:42",
            "glue:42",
            "apicurio:7",
            "apicurio:other:7",
            "rabin:12",
            "rabin:+738139568bfe5ad",
            "subject:orders",
            "subject:/1",
            "subject:orders/0",
            "subject:orders/latest",
            "local:",
            "/confluent:42",
            "secret:1",
            "local/secret",
        ] {
            let error = text.parse::<Reference>().expect_err(text);
            assert_eq!(error.code(), Code::ConfigInvalid);
            assert!(!error.to_json().contains("secret"));
        }
    }

    /// Event source mappings write a Confluent id as digits and a Glue schema version as a UUID.
    #[test]
    fn ids_of_schema_metadata() {
        assert_eq!(Reference::from_schema_id("123"), Some(Reference::confluent(123)));
        assert_eq!(Reference::from_schema_id(UUID).unwrap().to_string(), format!("glue:{UUID}"));
        for text in ["", "-1", "+1", "1.0", "99999999999", "abc", "arn:aws:glue", "confluent:42"] {
            assert_eq!(Reference::from_schema_id(text), None, "{text}");
        }
    }
}
