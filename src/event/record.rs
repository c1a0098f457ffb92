//! A record of an event, before anything in it is decoded.

use crate::error::{Code, Error, Side};
use crate::schema::SchemaType;
use std::borrow::Cow;

/// Where a record stands in its event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place<'a> {
    /// Its key in `records`, `topic-partition` as a rule. A batch's failures are reported by this text.
    pub key: Option<Cow<'a, str>>,
    /// Its index in the list under that key.
    pub index: Option<usize>,
}

impl Place<'_> {
    /// The path of one of the record's fields, such as `$.records["orders-0"][1].offset`; of the record itself for `""`.
    pub fn path(&self, field: &str) -> String {
        let mut path = String::from("$");
        if let Some(key) = &self.key {
            path.push_str(&format!(".records[\"{}\"]", key.escape_debug()));
        }
        if let Some(index) = self.index {
            path.push_str(&format!("[{index}]"));
        }
        if !field.is_empty() {
            path.push('.');
            path.push_str(field);
        }
        path
    }

    /// A field that is not as documented.
    #[cold]
    pub(super) fn misshapen(&self, field: &str, expected: &str, found: &str) -> Error {
        let path = self.path(field);
        Error::new(Code::EventRecordShape, format!("expected {expected} at {path}, found {found}"))
            .at_path(path)
    }
}

/// What a record has for its key or value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Payload<'a> {
    /// No such property. For a value, a tombstone: mappings leave it out.
    #[default]
    Absent,
    /// `null`. For a value, a tombstone too.
    Null,
    /// Base64, not yet decoded. The empty text is zero bytes, not a tombstone.
    Base64(Cow<'a, str>),
    /// The property, or the record, is not as documented.
    Invalid(Error),
}

/// A record header. Names may come more than once, and their order has meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The name.
    pub name: String,
    /// The bytes; `None` where the header's value is null.
    pub value: Option<Vec<u8>>,
}

/// What an event source mapping with a schema registry tells about a key or value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaMetadata<'a> {
    /// `schemaId`: digits from a Confluent registry, a UUID from Glue's.
    pub schema_id: Option<Cow<'a, str>>,
    /// `dataFormat`: what the payload is now, such as `AVRO`, or `JSON` where the mapping has converted it.
    pub data_format: Option<Cow<'a, str>>,
    /// The side that it is about.
    pub side: Side,
    /// The record that it is about.
    pub place: Place<'a>,
}

impl SchemaMetadata<'_> {
    /// The data format, where it is one that is known.
    pub fn data_format(&self) -> Option<SchemaType> {
        self.data_format.as_deref()?.parse().ok()
    }

    /// A `schemaId` that no registry gives out.
    #[cold]
    pub(crate) fn unreadable_id(&self) -> Error {
        let field = format!("{}.schemaId", metadata_field(self.side));
        self.place.misshapen(&field, "digits or a UUID", "another text")
    }
}

/// The property that holds a side's metadata.
pub(super) const fn metadata_field(side: Side) -> &'static str {
    match side {
        Side::Key => "keySchemaMetadata",
        _ => "valueSchemaMetadata",
    }
}

/// A record.
///
/// Where one of its fields is not as documented, both payloads are [`Payload::Invalid`] with the same error, and the
/// other fields hold what could be read; topic and partition fall back to the record's key in the event.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record<'a> {
    /// Where it stands in the event.
    pub place: Place<'a>,
    /// Its topic: its own, else that of its key in the event.
    pub topic: Option<Cow<'a, str>>,
    /// Its partition: its own, else that of its key in the event.
    pub partition: Option<i32>,
    /// Its offset.
    pub offset: Option<i64>,
    /// Milliseconds since 1970.
    pub timestamp: Option<i64>,
    /// Who set the timestamp, such as `CREATE_TIME`.
    pub timestamp_type: Option<Cow<'a, str>>,
    /// Its headers, in order; `None` where the event has none or null.
    pub headers: Option<Vec<Header>>,
    /// Its key.
    pub key: Payload<'a>,
    /// Its value.
    pub value: Payload<'a>,
    /// What the mapping tells about the key.
    pub key_schema_metadata: Option<SchemaMetadata<'a>>,
    /// What the mapping tells about the value.
    pub value_schema_metadata: Option<SchemaMetadata<'a>>,
    /// Its own JSON text, where it was read from one.
    pub text: Option<&'a str>,
    /// Whether all of its fields are as Lambda writes them, each once, and none of its header objects has more than one name:
    /// any reader of JSON finds the same in its text.
    pub documented: bool,
}

impl<'a> Record<'a> {
    /// The key or the value.
    pub fn payload(&self, side: Side) -> &Payload<'a> {
        match side {
            Side::Key => &self.key,
            Side::Value => &self.value,
            Side::Header => &Payload::Absent,
        }
    }

    /// What the mapping tells about the key or the value.
    pub fn metadata(&self, side: Side) -> Option<&SchemaMetadata<'a>> {
        match side {
            Side::Key => self.key_schema_metadata.as_ref(),
            Side::Value => self.value_schema_metadata.as_ref(),
            Side::Header => None,
        }
    }

    /// Names the record in an error, as far as it is known.
    #[cold]
    pub fn locate(&self, error: Error) -> Error {
        match (self.topic.as_deref(), self.partition, self.offset) {
            (Some(topic), Some(partition), Some(offset)) => error.in_record(topic, partition, offset),
            (Some(topic), Some(partition), None) => error.in_partition(topic, partition),
            _ => error,
        }
    }

    /// Makes an error of the record that of both sides.
    pub(super) fn invalidate(&mut self, error: Error) {
        let error = self.locate(error);
        self.key = Payload::Invalid(error.clone());
        self.value = Payload::Invalid(error);
    }
}
