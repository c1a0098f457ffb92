//! What records held before they were decoded: for those who hand payloads on, or decode them by other means.

use super::{Decoder, catalog, config::Format, message, side::PADDING};
use crate::error::{Code, Error, Side};
use crate::event::{self, Header, Payload, Record, SchemaMetadata};
use crate::format::protobuf::index;
use crate::framing::{self, Budget, Frame, Input, Named, Origin};
use crate::order::sort;
use crate::wire::{Cursor, base64};
use serde_json::{Map, Value, json};

impl Decoder {
    /// The records of an event in the form in which Lambda delivers them, whatever they came in: JSON text,
    /// `[{"source","record"}]`, in the order of [`Decoder::decode_event`]. `source` names the cluster, by its ARN or by its
    /// brokers in alphabetical order, where the event names it. What is not as documented is left out.
    ///
    /// # Errors
    /// The event's own: `EVENT_NOT_JSON`, `EVENT_SHAPE`, `EVENT_LIMIT`.
    #[inline(never)]
    pub fn raw_records(&mut self, event: &[u8]) -> Result<String, Error> {
        let limits = self.config.limits.clone();
        let opened = event::open(event, &limits)?;
        // Too many records, or none: an error here as in decoding.
        opened.event()?;
        let mut list: Vec<Value> = Vec::new();
        for part in opened.parts() {
            // A part that can't be read stands as one broken record.
            let Ok(event) = part.read(&limits) else {
                list.push(json!({ "source": null, "record": {} }));
                continue;
            };
            let source = source(event.source_arn.as_deref(), event.bootstrap_servers.as_deref());
            let kept = event.records.iter().filter(|record| self.keeps(record));
            list.extend(kept.map(|r| json!({ "source": source, "record": delivered(r) })));
        }
        Ok(Value::Array(list).to_string())
    }

    /// A side's payload without its framing, inflated where it was compressed, and without Protobuf's message indexes
    /// where the side or the record's metadata says that it is Protobuf: what another library's decoder takes. `None` for
    /// a tombstone. No schema is needed.
    ///
    /// # Errors
    /// Those of base64 and of the framing.
    #[inline(never)]
    pub fn body(&mut self, record: &Record<'_>, side: Side) -> Result<Option<Vec<u8>>, Error> {
        match record.payload(side) {
            Payload::Absent | Payload::Null => Ok(None),
            Payload::Invalid(error) => Err(error.clone()),
            Payload::Base64(text) => {
                self.buffers.payload.clear();
                base64::decode(text, &mut self.buffers.payload)
                    .and_then(|()| self.unframed(record, side))
                    .map(Some)
                    .map_err(|e| record.locate(e).on(side))
            }
        }
    }

    /// What stands in the payload buffer, without its framing.
    fn unframed(&mut self, record: &Record<'_>, side: Side) -> Result<Vec<u8>, Error> {
        let Decoder { config, buffers, .. } = self;
        let id = config.side(record.topic.as_deref().unwrap_or_default(), side);
        let side_config = &config.sides[id as usize];
        let input = Input::of(record, side, &buffers.payload);
        let json = catalog::is_json(side_config, input.metadata)?;
        let framings = side_config.framings(json);
        let frame =
            framing::read(&framings, &input, &mut buffers.inflated, &mut Budget::new(&config.limits))?;
        let mut buffer = frame.buffer(&buffers.payload, &buffers.inflated).to_vec();
        let end = buffer.len();
        let mut start = frame.start;
        if side_config.format == Format::Protobuf && !json {
            buffer.resize(end + PADDING, 0);
            start += indexes(&frame, &Cursor::new(&buffer, start, end))?;
        }
        buffer.truncate(end);
        Ok(buffer.split_off(start.min(end)))
    }
}

/// How many bytes name the message before a Protobuf datum.
fn indexes(frame: &Frame, cursor: &Cursor<'_>) -> Result<usize, Error> {
    if frame.named != Named::Before {
        return Ok(0);
    }
    let length = match frame.origin {
        Origin::None => Ok(0),
        Origin::Confluent | Origin::EsmConfluent => index::confluent_length(cursor),
        Origin::Glue | Origin::EsmGlue => index::glue_length(cursor),
        Origin::Apicurio => {
            let named = message::type_ref(cursor.rest());
            return named
                .map(|(_, bytes)| bytes)
                .ok_or_else(|| Error::of(Code::ApicurioRef).at_byte(cursor.at() as u64, frame.space()));
        }
    };
    length.map_err(|fault| Error::from_fault(fault, None, 0).in_space(frame.space()))
}

/// Brokers come in any order: sorted, they name the cluster the same way each time.
fn source(arn: Option<&str>, servers: Option<&str>) -> Option<String> {
    arn.map(str::to_owned).or_else(|| {
        let mut servers: Vec<&str> = servers?.split(',').map(str::trim).collect();
        sort(&mut servers, Ord::cmp);
        Some(servers.join(","))
    })
}

/// A record as an event holds it.
fn delivered(record: &Record<'_>) -> Map<String, Value> {
    let mut made = Map::new();
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            made.insert(name.to_owned(), value);
        }
    };
    put("topic", record.topic.as_deref().map(Value::from));
    put("partition", record.partition.map(Value::from));
    put("offset", record.offset.map(Value::from));
    put("timestamp", record.timestamp.map(Value::from));
    put("timestampType", record.timestamp_type.as_deref().map(Value::from));
    put("key", payload(&record.key));
    put("value", payload(&record.value));
    put("headers", record.headers.as_ref().map(|list| list.iter().map(header).collect()));
    put("keySchemaMetadata", record.key_schema_metadata.as_ref().map(metadata));
    put("valueSchemaMetadata", record.value_schema_metadata.as_ref().map(metadata));
    made
}

fn payload(payload: &Payload<'_>) -> Option<Value> {
    match payload {
        Payload::Absent | Payload::Invalid(_) => None,
        Payload::Null => Some(Value::Null),
        Payload::Base64(text) => Some(Value::from(&**text)),
    }
}

fn header(header: &Header) -> Value {
    let bytes = header.value.as_ref().map(|bytes| Value::from(bytes.as_slice()));
    Value::Object(Map::from_iter([(header.name.clone(), bytes.unwrap_or_default())]))
}

fn metadata(metadata: &SchemaMetadata<'_>) -> Value {
    let texts = [("schemaId", &metadata.schema_id), ("dataFormat", &metadata.data_format)];
    let known = texts.into_iter().filter_map(|(name, text)| Some((name.to_owned(), text.as_deref()?.into())));
    Value::Object(known.collect())
}
