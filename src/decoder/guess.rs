//! The verb `guess`: a Protobuf payload read without its schema.

use super::Decoder;
use crate::detect::{Candidate, candidates};
use crate::error::{Error, Side, Space};
use crate::format::protobuf::guess::{self, Guess};
use crate::format::protobuf::index;
use crate::framing::{self, Frame, Framing, Input};
use crate::json::{Text, Word, Write, to_text};
use crate::order::{by_numbers, falling};
use crate::wire::Cursor;

/// From this confidence on, a framing is likelier than a message index without one.
const LIKELY: f64 = 0.4;

/// The answer: the framing that was read, and the fields behind it.
struct Answer {
    framing: Framing,
    schema: Option<String>,
    /// What places count in, where it isn't the payload as it came.
    space: Option<Space>,
    /// Where the message begins.
    start: usize,
    message: Guess,
}

impl Write for Answer {
    fn write(&self, out: &mut Text) {
        out.object(|out| {
            out.member("framing", self.framing.name());
            out.optional("schema", self.schema.as_deref());
            out.optional("space", self.space.map(Space::as_str));
            out.member("start", &self.start);
            self.message.members(out);
        });
    }
}

/// Reads a payload behind the configured framing, or else behind those that it begins with.
pub(super) fn guess(decoder: &Decoder, topic: &str, side: Side, payload: &[u8]) -> Result<String, Error> {
    let config = &decoder.config.sides[decoder.config.side(topic, side) as usize];
    let input = Input { payload, side, headers: &[], metadata: None };
    let framings = config.framing.list();
    let configured = framings.iter().find(|f| framing::fits(**f, &input)).or(framings.last());
    let found = attempt(decoder, configured.copied().unwrap_or_default(), &input).or_else(|error| {
        let mut others = candidates(&input, decoder.limits());
        by_numbers(&mut others, |c| falling(c.confidence));
        let likely = others.partition_point(|c| c.confidence >= LIKELY);
        let framed = |part: &[Candidate]| part.iter().find_map(|c| attempt(decoder, c.framing, &input).ok());
        framed(&others[..likely])
            .or_else(|| stripped(decoder, payload))
            .or_else(|| framed(&others[likely..]))
            .ok_or(error)
    })?;
    Ok(to_text(&found))
}

fn attempt(decoder: &Decoder, framing: Framing, input: &Input<'_>) -> Result<Answer, Error> {
    let limits = decoder.limits();
    let mut unpacked = Vec::new();
    let mut budget = framing::Budget::new(limits);
    let frame = framing::read(&framing.into(), input, &mut unpacked, &mut budget)?;
    let buffer = frame.buffer(input.payload, &unpacked);
    let c = Cursor::new(buffer, frame.start, buffer.len());
    let (start, message) = behind_index(&frame, &c)
        .and_then(|start| Some((start, guess::from(c.part(start, buffer.len()), limits).ok()?)))
        .map_or_else(|| guess::from(c.clone(), limits).map(|message| (frame.start, message)), Ok)
        .map_err(|fault| Error::from_fault(fault, None).in_space(frame.space()).on(input.side))?;
    let space = (frame.space() != Space::Payload).then(|| frame.space());
    let schema = frame.reference.as_ref().map(|r| r.to_string());
    Ok(Answer { framing, schema, space, start, message })
}

/// Where the message begins behind its index, which only the schema could check.
fn behind_index(frame: &Frame, c: &Cursor<'_>) -> Option<usize> {
    let length = match frame.origin {
        origin if origin.is_confluent() => index::confluent_length(c).ok()?,
        origin if origin.is_glue() => index::glue_length(c).ok()?,
        _ => return None,
    };
    Some(c.at() + length)
}

/// What an event source mapping leaves: the message behind Confluent's or Glue's index.
fn stripped(decoder: &Decoder, payload: &[u8]) -> Option<Answer> {
    let c = Cursor::new(payload, 0, payload.len());
    [index::confluent_length(&c), index::glue_length(&c)].into_iter().find_map(|length| {
        let start = length.ok()?;
        let message = guess::from(c.part(start, payload.len()), decoder.limits()).ok()?;
        Some(Answer { framing: Framing::Esm, schema: None, space: None, start, message })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Code;
    use serde_json::Value;

    fn found(config: &str, payload: &[u8]) -> Result<Value, Error> {
        let text = Decoder::new(config).unwrap().guess("t", Side::Value, payload)?;
        Ok(serde_json::from_str(&text).unwrap())
    }

    #[test]
    fn the_framing_is_read_where_there_is_one() {
        let place = |payload: &[u8]| {
            let found = found("{}", payload).unwrap();
            (found["framing"].clone(), found["schema"].clone(), found["start"].clone())
        };
        let confluent = b"\0\0\0\0\x2a\0\x08\x01";
        assert_eq!(place(b"\x08\x01"), ("esm".into(), Value::Null, 0.into()));
        assert_eq!(place(confluent), ("confluent".into(), "confluent:42".into(), 6.into()));
        // The prefix is gone, the index is left.
        assert_eq!(place(b"\0\x08\x01"), ("esm".into(), Value::Null, 1.into()));
        assert_eq!(place(b"\x04\x02\x04\x08\x01"), ("esm".into(), Value::Null, 3.into()));
        let configured = r#"{ "value": { "format": "bytes", "framing": ["glue", "confluent"] } }"#;
        assert_eq!(found(configured, confluent).unwrap()["framing"], "confluent");
    }

    #[test]
    fn what_is_no_message_is_an_error() {
        let error = found("{}", b"\xff\xff\xff").unwrap_err();
        assert_eq!((error.code(), error.byte_offset()), (Code::ProtobufTruncated, Some(0)));
    }
}
