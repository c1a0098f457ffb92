//! Reads one record from its raw text: each field by itself.

use super::quick;
use super::record::{Header, Payload, Place, Record, SchemaMetadata, metadata_field};
use crate::digits::number;
use crate::error::{Error, Side};
use crate::json::{Raw, Scan};
use std::borrow::Cow;

/// A member, where there is one.
type Member<'a> = Option<Raw<'a>>;

/// The topic and partition of a key in `records`: it is split at its last hyphen, which a topic may hold too.
pub(crate) fn split_key(key: &str) -> Option<(&str, i32)> {
    let (topic, partition) = key.rsplit_once('-')?;
    Some((topic, number(partition)?)).filter(|_| !topic.is_empty())
}

/// In the place of the records under a key, where it has no list of them.
#[cold]
pub(super) fn misshapen<'a>(key: Cow<'a, str>, found: &str) -> Record<'a> {
    let mut record = Record { place: Place { key: Some(key), index: None }, ..Record::default() };
    inherit(&mut record);
    record.invalidate(record.place.misshapen("", "a list of records", found));
    record
}

/// Reads the record on which the scan stands, and passes over it.
#[inline]
pub(super) fn item<'a>(place: Place<'a>, scan: &mut Scan<'a>) -> Option<Record<'a>> {
    // Its own text begins where it does.
    scan.peek()?;
    let before = scan.clone();
    let mut item = Record { place, ..Record::default() };
    match quick::record(&mut item, scan) {
        Some(alone) => {
            item.text = scan.since(&before);
            item.documented = alone;
        }
        None => {
            *scan = before;
            item = record(std::mem::take(&mut item.place), scan.value()?);
        }
    }
    Some(item)
}

const NAMES: [&str; 10] = [
    "topic",
    "partition",
    "offset",
    "timestamp",
    "timestampType",
    "headers",
    "key",
    "value",
    metadata_field(Side::Key),
    metadata_field(Side::Value),
];

/// Reads a record: of the list under a key, of a list without keys, or by itself.
#[inline(never)]
pub(super) fn record<'a>(place: Place<'a>, raw: Raw<'a>) -> Record<'a> {
    let mut record = Record { place, text: Some(raw.get()), ..Record::default() };
    let Some(members) = raw.members(&NAMES) else {
        inherit(&mut record);
        record.invalidate(record.place.misshapen("", "a record", raw.kind()));
        return record;
    };
    let [topic, partition, offset, timestamp, timestamp_type, headers, k, v, key_metadata, value_metadata] =
        members;
    let mut fields = Fields { place: record.place.clone(), error: None };
    record.topic = fields.read(topic, "topic", "a string", Raw::string);
    record.partition = fields.read(partition, "partition", "an integer of 32 bits", int_or_digits);
    inherit(&mut record);
    record.offset = fields.read(offset, "offset", "an integer of 64 bits", long);
    record.timestamp = fields.read(timestamp, "timestamp", "an integer of 64 bits", long);
    record.timestamp_type = fields.read(timestamp_type, "timestampType", "a string", Raw::string);
    record.headers = fields.headers(headers);
    fields.require(record.topic.is_some(), "topic", "a string");
    fields.require(record.partition.is_some(), "partition", "an integer of 32 bits");
    fields.require(record.offset.is_some(), "offset", "an integer of 64 bits");
    match fields.error {
        Some(error) => record.invalidate(error),
        None => {
            (record.key, record.key_schema_metadata) = side(&record, Side::Key, k, key_metadata);
            (record.value, record.value_schema_metadata) = side(&record, Side::Value, v, value_metadata);
        }
    }
    record
}

/// Takes what the record itself does not say from its key in the event.
fn inherit(record: &mut Record<'_>) {
    let Record { place, topic, partition, .. } = record;
    let Some(key) = &place.key else { return };
    let Some((key_topic, key_partition)) = split_key(key) else { return };
    *partition = partition.or(Some(key_partition));
    if topic.is_none() {
        *topic = Some(match key {
            Cow::Borrowed(key) => Cow::Borrowed(key.get(..key_topic.len()).unwrap_or_default()),
            Cow::Owned(_) => Cow::Owned(key_topic.to_owned()),
        });
    }
}

/// Reads the fields of one record, and keeps the first error among them.
struct Fields<'a> {
    place: Place<'a>,
    error: Option<Error>,
}

impl<'a> Fields<'a> {
    #[cold]
    fn fail(&mut self, field: &str, expected: &str, found: &str) {
        if self.error.is_none() {
            self.error = Some(self.place.misshapen(field, expected, found));
        }
    }

    fn require(&mut self, present: bool, field: &str, expected: &str) {
        if !present {
            self.fail(field, expected, "nothing");
        }
    }

    /// A field that may be absent or null.
    fn read<T>(
        &mut self,
        raw: Member<'a>,
        field: &str,
        expected: &str,
        parse: impl Fn(Raw<'a>) -> Option<T>,
    ) -> Option<T> {
        let raw = present(raw)?;
        let value = parse(raw);
        if value.is_none() {
            self.fail(field, expected, another(raw, expected));
        }
        value
    }

    fn headers(&mut self, raw: Member<'a>) -> Option<Vec<Header>> {
        const EXPECTED: &str = "an object of byte lists";
        let list = self.read(raw, "headers", "an array", Raw::items)?;
        let mut headers = Vec::with_capacity(list.len());
        for (i, raw) in list.into_iter().enumerate() {
            if quick::header(&mut Scan::new(raw.get()), &mut headers).is_none() {
                self.fail(&format!("headers[{i}]"), EXPECTED, another(raw, EXPECTED));
                return None;
            }
        }
        Some(headers)
    }
}

fn present(raw: Member<'_>) -> Member<'_> {
    raw.filter(|raw| raw.get() != "null")
}

/// A value of the right type may still be out of range: then its type alone would say nothing.
fn another(raw: Raw<'_>, expected: &str) -> &'static str {
    match raw.kind() {
        "a number" if expected.starts_with("an integer") => "another number",
        "an object" if expected.starts_with("an object") => "another object",
        "a string" if expected.starts_with("a string") => "a damaged string",
        kind => kind,
    }
}

fn long(raw: Raw<'_>) -> Option<i64> {
    raw.get().parse().ok()
}

/// Old events write partitions as strings.
fn int_or_digits(raw: Raw<'_>) -> Option<i32> {
    raw.get().parse().ok().or_else(|| number(&raw.string()?))
}

/// A payload with its metadata. Metadata that cannot be read is an error only where there is something to decode.
fn side<'a>(
    record: &Record<'a>,
    side: Side,
    payload: Member<'a>,
    metadata: Member<'a>,
) -> (Payload<'a>, Option<SchemaMetadata<'a>>) {
    let payload = match payload {
        None => Payload::Absent,
        Some(raw) if raw.get() == "null" => Payload::Null,
        Some(raw) => match raw.string() {
            Some(text) => Payload::Base64(text),
            None => {
                let error =
                    record.place.misshapen(side.as_str(), "a string or null", another(raw, "a string"));
                Payload::Invalid(record.locate(error.on(side)))
            }
        },
    };
    match schema_metadata(&record.place, side, metadata) {
        Ok(metadata) => (payload, metadata),
        Err(error) if matches!(payload, Payload::Base64(_)) => {
            (Payload::Invalid(record.locate(error.on(side))), None)
        }
        Err(_) => (payload, None),
    }
}

fn schema_metadata<'a>(
    place: &Place<'a>,
    side: Side,
    raw: Member<'a>,
) -> Result<Option<SchemaMetadata<'a>>, Error> {
    let Some(raw) = present(raw) else { return Ok(None) };
    let field = metadata_field(side);
    let [id, format] = raw
        .members(&["schemaId", "dataFormat"])
        .ok_or_else(|| place.misshapen(field, "an object", another(raw, "an object")))?;
    let member = |raw: Member<'a>, name: &str| {
        let Some(raw) = present(raw) else { return Ok(None) };
        let wrong = || place.misshapen(&format!("{field}.{name}"), "a string", another(raw, "a string"));
        raw.string().map(Some).ok_or_else(wrong)
    };
    Ok(Some(SchemaMetadata {
        schema_id: member(id, "schemaId")?,
        data_format: member(format, "dataFormat")?,
        side,
        place: place.clone(),
    }))
}
