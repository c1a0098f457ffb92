//! Events: what a function is invoked with, or what was kept of it, taken apart into records.
//!
//! [`open`] finds the event in the text that was given and tells what it came in; [`Opened::event`] reads its records.
//! A record that is not as documented is an error of its own; only a text that is no JSON, or no event, is one of all.

mod outline;
mod pick;
mod read;
mod record;
mod text;

use crate::error::{Code, Error};
use crate::limits::Limits;
use pick::Found;
use std::borrow::Cow;

pub use record::{Header, Payload, Place, Record, SchemaMetadata};

/// What an event came in.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Envelope {
    /// Nothing: the text is the event, as Lambda invokes a function with it.
    Event,
    /// The record of a failed invocation, as Lambda writes it to S3, with the event as an escaped JSON string.
    OnFailure(OnFailure),
}

/// What the record of a failed invocation tells about it, as far as it does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct OnFailure {
    /// The id of the failed invocation.
    pub request_id: Option<String>,
    /// Why it was given up, such as `RetryAttemptsExhausted`.
    pub condition: Option<String>,
    /// About how often it was tried.
    pub approximate_invoke_count: Option<u64>,
}

/// An event whose text has been found.
#[derive(Clone, Debug)]
pub struct Opened<'a> {
    text: Cow<'a, str>,
    /// What to add to offsets into `text`.
    base: usize,
    envelope: Envelope,
    records: usize,
}

/// An event, its records in the order of the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Event<'a> {
    /// `eventSource`: `aws:kafka` or `SelfManagedKafka`, as a rule.
    pub source: Option<Cow<'a, str>>,
    /// `eventSourceArn`: the cluster or its VPC connection; absent when the cluster is self-managed.
    pub source_arn: Option<Cow<'a, str>>,
    /// `bootstrapServers`: one text, comma-separated.
    pub bootstrap_servers: Option<Cow<'a, str>>,
    /// The records.
    pub records: Vec<Record<'a>>,
}

/// Finds the event in a text: the text itself, or the `payload` of an on-failure record.
pub fn open<'a>(text: &'a [u8], limits: &Limits) -> Result<Opened<'a>, Error> {
    if text.len() > limits.event_bytes {
        return Err(Error::new(
            Code::EventLimit,
            format!(
                "expected at most {} bytes (limit `eventBytes`), found {}",
                limits.event_bytes,
                text.len()
            ),
        ));
    }
    let (text, base) = text::decode(text)?;
    let opened = |text, base, envelope| Opened { text, base, envelope, records: limits.records };
    match pick::find(text).map_err(|e| text::fault(text, base, &e))? {
        Found::Records => Ok(opened(Cow::Borrowed(text), base, Envelope::Event)),
        Found::Payload { payload, context } => {
            // Offsets into an unescaped text count from its own beginning.
            let inner = read::text_or_object(payload).ok_or_else(|| payload_shape(read::kind(payload)))?;
            Ok(opened(inner, 0, Envelope::OnFailure(read::context(context))))
        }
        Found::Neither(hint) => Err(no_records(hint)),
    }
}

/// Reads one record from its own JSON text: the record that an event has at this index under this key of `records`.
pub fn record<'a>(key: &'a str, index: usize, text: &'a str) -> Result<Record<'a>, Error> {
    let raw = serde_json::from_str(text).map_err(|e| text::fault(text, 0, &e))?;
    Ok(read::record(&Cow::Borrowed(key), index, raw))
}

#[cold]
fn payload_shape(found: &str) -> Error {
    Error::new(Code::EventShape, format!("expected an event as a string at $.payload, found {found}"))
        .at_path("$.payload")
}

#[cold]
fn no_records(hint: Option<&str>) -> Error {
    let error = Error::new(Code::EventShape, "expected an object with `records` at $, found one without")
        .at_path("$");
    match hint {
        Some(hint) => error.with_hint(hint),
        None => error,
    }
}

impl Opened<'_> {
    /// What the event came in.
    pub fn envelope(&self) -> &Envelope {
        &self.envelope
    }

    /// The event's own text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Reads the event. Byte offsets of its errors count in [`Opened::text`]; a byte order mark before it counts too.
    pub fn event(&self) -> Result<Event<'_>, Error> {
        let outline =
            outline::scan(&self.text, self.records).map_err(|e| text::fault(&self.text, self.base, &e))?;
        if outline.count > self.records {
            return Err(Error::new(
                Code::EventLimit,
                format!(
                    "expected at most {} records (limit `records`), found {}",
                    self.records, outline.count
                ),
            ));
        }
        outline.check()?;
        Ok(Event {
            records: outline.groups.iter().flat_map(read::group).collect(),
            source: outline.source,
            source_arn: outline.source_arn,
            bootstrap_servers: outline.bootstrap_servers,
        })
    }
}

#[cfg(test)]
mod tests;
