//! Finds the texts that hold records in what was given: a file, a message, a line of a log.
//!
//! What a text is, is told by its members alone. Texts within texts are followed a few levels deep: a log line may hold
//! an SQS event, its body a notification, its message an on-failure record, and its payload the event.

use super::failure;
use super::part::{Form, Part, Wrapper, no_records, other_type, too_many};
use super::pick::{Marks, items, marks};
use super::text;
use crate::error::{Code, Error};
use crate::json::Raw;
use crate::schema::Uuid;
use crate::wire::has_byte;
use std::borrow::Cow;
use std::sync::Arc;

/// Levels of texts within texts.
const DEPTH: usize = 8;

const OFFSETS_ONLY: &str = "an on-failure record without `payload` (SQS, SNS) names offsets only: read the records from the topic, `envelope` gives the command";
const NOTICES: &str = "`Records` with a capital is an event of another source (SQS, SNS, S3, Kinesis, DynamoDB): pass the Kafka event inside it, or that object's text";
const OTHER: &str = "this seems to be an event of another source, such as API Gateway or EventBridge: pass the one that a Kafka mapping delivers";

/// The parts of a text, which stands `base` bytes into what errors count in.
pub(super) fn parts(text: &str, base: usize, limit: usize) -> Result<Vec<Part<'_>>, Error> {
    let mut found = Finder { limit, parts: Vec::new() };
    match pieces(text, limit)? {
        Some(pieces) => {
            for (i, (at, piece)) in pieces.into_iter().enumerate() {
                let from = found.parts.len();
                found.explore(piece, base + at, DEPTH);
                found.wrap(from, Wrapper::Line(i));
            }
        }
        None if is_log(text) && found.log(text, base) => {}
        None => found.explore(text, base, DEPTH),
    }
    let mut parts = found.parts;
    if parts.len() > limit {
        return Err(too_many(limit, parts.len()));
    }
    if parts.iter().any(|part| !part.aside || !part.is_nothing()) {
        parts.retain(|part| !part.aside || !part.is_nothing());
    }
    Ok(parts)
}

/// The texts of JSON Lines, or of several documents in one file, with where they begin. Between the end of one object
/// and the beginning of the next stands nothing but white space, with a line feed: nowhere else does JSON allow that.
fn pieces(text: &str, limit: usize) -> Result<Option<Vec<(usize, &str)>>, Error> {
    if !has_byte(b'\n', text.as_bytes()) {
        return Ok(None);
    }
    let mut pieces = Vec::new();
    let (mut start, mut at, mut end) = (0, 0, None);
    for line in text.split('\n') {
        let rest = line.trim_ascii_start();
        if let (true, Some(end)) = (rest.starts_with('{'), end) {
            pieces.push((start, text.get(start..end).unwrap_or_default()));
            start = at + (line.len() - rest.len());
            if pieces.len() > limit {
                return Err(too_many(limit, pieces.len()));
            }
        }
        at += line.len();
        if !rest.is_empty() {
            end = rest.trim_ascii_end().ends_with('}').then_some(at);
        }
        at += 1;
    }
    if pieces.is_empty() {
        return Ok(None);
    }
    pieces.push((start, text.get(start..).unwrap_or_default()));
    Ok(Some(pieces))
}

/// Whether a text begins as no JSON value does that could be meant, yet holds an object.
fn is_log(text: &str) -> bool {
    let begins = |b: &u8| matches!(b, b'{' | b'[' | b'"');
    !text.as_bytes().trim_ascii_start().first().is_some_and(begins) && text.contains('{')
}

struct Finder<'a> {
    limit: usize,
    parts: Vec<Part<'a>>,
}

impl<'a> Finder<'a> {
    /// Adds what the parts from `from` on came in: they share its texts.
    fn wrap(&mut self, from: usize, wrapper: Wrapper) {
        for part in self.parts.iter_mut().skip(from) {
            part.within.insert(0, wrapper.clone());
        }
    }

    /// Lines of a log, each with an object at its end. `false` if there are no records in them.
    fn log(&mut self, log: &'a str, base: usize) -> bool {
        let (before, mut at) = (self.parts.len(), 0);
        for line in log.split_inclusive('\n') {
            if let Some(begin) = line.find('{') {
                let from = self.parts.len();
                let (head, tail) = line.split_at(begin);
                self.explore(tail.trim_ascii_end(), base + at + begin, DEPTH);
                self.wrap(from, Wrapper::Log { request_id: request_id(head) });
                self.parts.iter_mut().skip(from).for_each(|part| part.aside = true);
            }
            at += line.len();
            if self.parts.len() > self.limit {
                break;
            }
        }
        let known = |part: &Part<'_>| !part.is_nothing() || part.failure().is_some();
        let found = self.parts.iter().skip(before).any(known);
        if !found {
            self.parts.truncate(before);
        }
        found
    }

    fn nothing(&mut self, text: &'a str, error: Error) {
        self.parts.push(Part::nothing(text, error));
    }

    fn explore(&mut self, text: &'a str, base: usize, depth: usize) {
        if depth == 0 || self.parts.len() > self.limit {
            return self.nothing(text, no_records(None));
        }
        let result = match text.as_bytes().trim_ascii_start().first() {
            Some(b'[') => items(text, self.limit).map(|found| self.list(text, base, depth, found)),
            Some(b'{') => marks(text).map(|found| match found {
                None => self.parts.push(Part::new(text, base, Form::Event)),
                Some(marks) => self.object(text, base, depth, &marks),
            }),
            // What begins as another value is one, whatever stands behind it.
            _ => Raw::begins(text).map(|_| self.nothing(text, other_type())),
        };
        if let Err(flaw) = result {
            self.nothing(text, text::fault(text, base, flaw));
        }
    }

    /// An array: of records, or of any other things that hold some.
    fn list(&mut self, text: &'a str, base: usize, depth: usize, (items, count): (Vec<Raw<'a>>, usize)) {
        if count > self.limit {
            return self.nothing(text, too_many(self.limit, count));
        }
        match items.first() {
            Some(first) if is_record(*first) => self.parts.push(Part::new(text, base, Form::Records)),
            Some(first) if first.kind() == "an object" => {
                for (i, item) in items.into_iter().enumerate() {
                    let from = self.parts.len();
                    self.explore(item.get(), 0, depth - 1);
                    self.wrap(from, Wrapper::Item(i));
                }
            }
            _ => self.nothing(text, other_type()),
        }
    }

    fn object(&mut self, text: &'a str, base: usize, depth: usize, marks: &Marks<'a>) {
        let from = self.parts.len();
        if marks.payload.is_some() || marks.batch.is_some() {
            match marks.payload {
                Some(payload) => self.payload(text, payload, depth),
                None => self.nothing(text, no_records(Some(OFFSETS_ONLY))),
            }
            let failure = failure::read(text, marks.context, marks.batch, self.limit);
            self.wrap(from, Wrapper::OnFailure(Arc::new(failure)));
        } else if let Some(notices) = marks.notices.or(marks.received) {
            self.notices(text, notices, depth);
        } else if let (Some(_), Some(message)) = marks.notification {
            self.inner(message, depth);
            self.wrap(from, Wrapper::Sns { index: 0, message_id: member(text, "MessageId") });
        } else if marks.topic.is_some() && marks.offset.is_some() {
            self.parts.push(Part::new(text, base, Form::Record));
        } else if let Some(logs) = marks.logs {
            self.logs(text, logs, depth);
        } else if let Some(message) = marks.message {
            self.inner(message, depth);
            let request_id = member(text, "requestId").or_else(|| member(text, "AWSRequestId"));
            self.wrap(from, Wrapper::Log { request_id });
            self.parts.iter_mut().skip(from).for_each(|part| part.aside = true);
        } else {
            let single = marks.value.map(|_| "this seems to be a single record without `topic` and `offset`");
            let other = marks.context.or(marks.detail).map(|_| OTHER);
            self.nothing(text, no_records(single.or(other)));
        }
    }

    /// The event of an on-failure record in S3: text as a rule, an object where somebody has unescaped it.
    fn payload(&mut self, whole: &'a str, payload: Raw<'a>, depth: usize) {
        match payload.kind() {
            "a string" if payload.string().is_some() => self.inner(payload, depth),
            "an object" => self.inner(payload, depth),
            found => self.nothing(whole, payload_shape(found)),
        }
    }

    /// A text in a string, or a value itself.
    fn inner(&mut self, raw: Raw<'a>, depth: usize) {
        match raw.string() {
            // Offsets into an unescaped text count from its own beginning.
            Some(Cow::Borrowed(text)) => self.followed(text, depth),
            Some(Cow::Owned(text)) => {
                let mut inner = Finder { limit: self.limit, parts: Vec::new() };
                inner.followed(&text, depth);
                for part in inner.parts {
                    self.parts.push(part.into_owned());
                }
            }
            None => self.explore(raw.get(), 0, depth - 1),
        }
    }

    fn followed(&mut self, text: &'a str, depth: usize) {
        match pieces(text, self.limit) {
            Ok(None) if is_log(text) && self.log(text, 0) => {}
            _ => self.explore(text, 0, depth - 1),
        }
    }

    /// The records of an SQS or SNS event, or the messages that SQS gave to a caller; other sources have `Records` too.
    fn notices(&mut self, whole: &'a str, notices: Raw<'a>, depth: usize) {
        let Ok((list, count)) = items(notices.get(), self.limit) else {
            return self.nothing(whole, no_records(Some(NOTICES)));
        };
        if count > self.limit {
            return self.nothing(whole, too_many(self.limit, count));
        }
        if list.is_empty() {
            self.nothing(whole, no_records(Some(NOTICES)));
        }
        for (index, raw) in list.into_iter().enumerate() {
            let from = self.parts.len();
            let [body, upper, sns, id, upper_id] =
                raw.members(&["body", "Body", "Sns", "messageId", "MessageId"]).unwrap_or_default();
            let [message, sns_id] =
                sns.and_then(|raw| raw.members(&["Message", "MessageId"])).unwrap_or_default();
            self.message(raw, body.or(upper).or(message), depth);
            let message_id = failure::told(sns_id.or(id).or(upper_id));
            let wrapper = match (sns, body.or(upper)) {
                (Some(_), _) => Wrapper::Sns { index, message_id },
                (None, Some(_)) => Wrapper::Sqs { index, message_id },
                // Of S3, Kinesis or DynamoDB.
                (None, None) => Wrapper::Item(index),
            };
            self.wrap(from, wrapper);
        }
    }

    fn message(&mut self, whole: Raw<'a>, body: Option<Raw<'a>>, depth: usize) {
        let is_json = |raw: Raw<'_>| match raw.string() {
            Some(text) => matches!(text.as_bytes().trim_ascii_start().first(), Some(b'{' | b'[')),
            None => raw.kind() == "an object",
        };
        match body.filter(|raw| is_json(*raw)) {
            Some(body) => self.inner(body, depth),
            None => self.nothing(whole.get(), no_records(Some(NOTICES))),
        }
    }

    /// What CloudWatch Logs gives: a list of lines with their times.
    fn logs(&mut self, whole: &'a str, logs: Raw<'a>, depth: usize) {
        let Ok((list, _)) = items(logs.get(), self.limit) else {
            return self.nothing(whole, no_records(None));
        };
        let before = self.parts.len();
        for raw in list {
            let from = self.parts.len();
            let Some([Some(message)]) = raw.members(&["message"]) else { continue };
            self.inner(message, depth);
            self.parts.iter_mut().skip(from).for_each(|part| part.aside = true);
        }
        if self.parts.len() == before {
            self.nothing(whole, no_records(None));
        }
    }
}

/// A record has a topic and an offset, and no records of its own.
fn is_record(raw: Raw<'_>) -> bool {
    raw.members(&["topic", "offset", "records", "KafkaBatchInfo"])
        .is_some_and(|m| matches!(m, [Some(_), Some(_), None, None]))
}

fn member(whole: &str, name: &str) -> Option<Arc<str>> {
    let raw = Raw::parse(whole).ok()?;
    let [member] = raw.members(&[name])?;
    failure::told(member)
}

/// The invocation that wrote a line: the field after its time, or what `RequestId:` names.
fn request_id(head: &str) -> Option<Arc<str>> {
    head.split([' ', '\t'])
        .find(|word| Uuid::parse(word).is_some())
        .map(|word| word.to_ascii_lowercase().into())
}

#[cold]
fn payload_shape(found: &str) -> Error {
    let message = format!("expected an event as a string at $.payload, found {found}");
    Error::new(Code::EventShape, message).at_path("$.payload")
}
