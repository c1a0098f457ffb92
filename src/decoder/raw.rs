//! What records held before they were decoded: for those who hand payloads on, or decode them by other means.

use super::config::Format;
use super::{Decoder, message, side};
use crate::error::{Error, Side};
use crate::event::{Header, Payload, Record, SchemaMetadata};
use crate::framing::{self, Budget, Input};
use crate::json::{Text, Write};
use crate::order::sort;
use crate::wire::{Cursor, PADDING, base64};

impl Decoder {
    /// The records of an event in the form in which Lambda delivers them, whatever they came in: JSON text,
    /// `[{"source","record"}]`, in the event's order; those too that the configuration's criteria drop. `source` names the
    /// cluster, by its ARN or by its brokers in alphabetical order, where the event names it. What is not as documented is
    /// left out.
    ///
    /// # Errors
    /// The event's own: `EVENT_NOT_JSON`, `EVENT_SHAPE`, `EVENT_LIMIT`.
    #[inline(never)]
    pub fn raw_records(&self, event: &[u8]) -> Result<String, Error> {
        let opened = self.open(event)?;
        // Too many records, or none: an error here as in decoding.
        opened.event()?;
        let mut out = Text::default();
        out.array(|out| {
            for part in opened.parts() {
                // A part that can't be read stands as one broken record.
                let Ok(event) = opened.part(part, 0) else {
                    out.raw("{\"source\":null,\"record\":{}}");
                    continue;
                };
                let source = source(event.source_arn.as_deref(), event.bootstrap_servers.as_deref());
                for record in &event.records {
                    out.object(|out| {
                        out.member("source", &source);
                        out.member("record", &Delivered(record));
                    });
                }
            }
        });
        Ok(out.into_string())
    }

    /// A side's payload without its framing, inflated where it was compressed, and where the configuration says that the side
    /// is Protobuf, without what names the message: what another library's decoder takes. `None` for
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
                    .map_err(Error::from)
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
        let json = side::is_json(side_config, input.metadata)?;
        let framings = side_config.framings(json);
        let frame =
            framing::read(&framings, &input, &mut buffers.unpacked, &mut Budget::new(&config.limits))?;
        let mut buffer = frame.buffer(&buffers.payload, &buffers.unpacked).to_vec();
        let end = buffer.len();
        let mut start = frame.start;
        if side_config.format == Format::Protobuf && !json {
            buffer.resize(end + PADDING, 0);
            start += message::length(&frame, &Cursor::new(&buffer, start, end))?;
        }
        buffer.truncate(end);
        Ok(buffer.split_off(start.min(end)))
    }
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
struct Delivered<'r>(&'r Record<'r>);

impl Write for Delivered<'_> {
    fn write(&self, out: &mut Text) {
        let Delivered(record) = self;
        out.object(|out| {
            out.optional("topic", record.topic.as_deref());
            out.optional("partition", record.partition);
            out.optional("offset", record.offset);
            out.optional("timestamp", record.timestamp);
            out.optional("timestampType", record.timestamp_type.as_deref());
            payload("key", &record.key, out);
            payload("value", &record.value, out);
            out.optional("headers", record.headers.as_ref());
            out.optional("keySchemaMetadata", record.key_schema_metadata.as_ref());
            out.optional("valueSchemaMetadata", record.value_schema_metadata.as_ref());
        });
    }
}

fn payload(name: &str, payload: &Payload<'_>, out: &mut Text) {
    match payload {
        Payload::Absent | Payload::Invalid(_) => {}
        Payload::Null => out.member(name, &None::<&str>),
        Payload::Base64(text) => out.member(name, &**text),
    }
}

impl Write for Header {
    fn write(&self, out: &mut Text) {
        let bytes = self.value.as_ref().map(|bytes| bytes.iter().map(|b| u32::from(*b)).collect::<Vec<_>>());
        out.object(|out| out.member(&self.name, &bytes));
    }
}

impl Write for SchemaMetadata<'_> {
    fn write(&self, out: &mut Text) {
        out.object(|out| {
            out.optional("schemaId", self.schema_id.as_deref());
            out.optional("dataFormat", self.data_format.as_deref());
        });
    }
}
