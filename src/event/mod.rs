//! Events: what a function is invoked with, or what was kept of it, taken apart into records.
//!
//! [`open`] finds the event in the text that was given and tells what it came in; [`Opened::event`] reads its records.
//! A record that is not as documented is an error of its own; only a text that is no JSON, or no event, is one of all.

mod failure;
mod list;
mod outline;
mod part;
mod pick;
mod quick;
mod read;
mod record;
mod text;
mod unwrap;

use crate::error::{Code, Error};
use crate::json::{Flaw, Raw};
use crate::limits::Limits;
use outline::Cluster;
use std::borrow::Cow;

pub use failure::{OnFailure, Range};
pub use list::RecordList;
pub(crate) use outline::{ReadList, read_list};
pub use part::{Form, Part, Wrapper};
pub(crate) use read::split_key;
pub use record::{Header, Payload, Place, Record, SchemaMetadata};

/// What was given, its parts found.
#[derive(Clone, Debug)]
pub struct Opened<'a> {
    parts: Vec<Part<'a>>,
    /// How many records all of them may have.
    limit: usize,
    read_list: ReadList,
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

/// Finds the events in a text: the text itself, one of several, or what a message, an on-failure record or a line of a
/// log holds.
///
/// # Errors
/// `EVENT_LIMIT` for more bytes than `limits.event_bytes`; `EVENT_NOT_JSON` for what is no text. What is wrong in one of several
/// events is that part's own.
#[inline]
pub fn open<'a>(text: &'a [u8], limits: &Limits) -> Result<Opened<'a>, Error> {
    open_by(text, limits, read_list)
}

/// The same with what reads the lists of records.
pub(crate) fn open_by<'a>(text: &'a [u8], limits: &Limits, read_list: ReadList) -> Result<Opened<'a>, Error> {
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
    Ok(Opened { parts: unwrap::parts(text, base, limits.records)?, limit: limits.records, read_list })
}

/// Reads one record from its own JSON text: the record that an event has at this place. A field that isn't as documented is
/// the record's own error, in its payloads.
///
/// # Errors
/// `EVENT_NOT_JSON` for a text that isn't one JSON value.
pub fn record<'a>(place: Place<'a>, text: &'a str) -> Result<Record<'a>, Error> {
    let raw = Raw::parse(text).map_err(|flaw| text::fault(text, 0, flaw))?;
    Ok(read::record(place, raw))
}

impl Opened<'_> {
    /// The parts, in the order of the text.
    pub fn parts(&self) -> &[Part<'_>] {
        &self.parts
    }

    /// Reads the records of all parts, one after the other. Byte offsets of errors count in the part's own text, and in
    /// what was given where the part is no string in it; a byte order mark before it counts too.
    ///
    /// # Errors
    /// There is one part, and it has no records; none of several has; there are too many.
    pub fn event(&self) -> Result<Event<'_>, Error> {
        let mut records = Vec::new();
        let cluster = self.records(&mut records)?;
        Ok(Event::of(cluster, records))
    }

    /// The same into a list, which may do with each record what it likes. Where that fails, what is in it means nothing.
    ///
    /// ```
    /// use kafkalens::event::{Record, RecordList, open};
    ///
    /// struct Count(usize);
    /// impl RecordList<'_> for Count {
    ///     fn push(&mut self, _: Record<'_>) {
    ///         self.0 += 1;
    ///     }
    ///     fn len(&self) -> usize {
    ///         self.0
    ///     }
    ///     fn truncate(&mut self, len: usize) {
    ///         self.0 = len;
    ///     }
    /// }
    ///
    /// let event = br#"{ "records": { "t-0": [{ "topic": "t", "partition": 0, "offset": 7 }, null] } }"#;
    /// let mut count = Count(0);
    /// open(event, &Default::default())?.list(&mut count)?;
    /// assert_eq!(count.0, 2);
    /// # Ok::<(), kafkalens::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Opened::event`].
    pub fn list<'p>(&'p self, records: &mut dyn RecordList<'p>) -> Result<(), Error> {
        self.records(records).map(drop)
    }

    fn records<'p>(&'p self, records: &mut dyn RecordList<'p>) -> Result<Cluster<'p>, Error> {
        let mut whole = Cluster::default();
        let mut readable = false;
        let mut first = None;
        for part in &self.parts {
            let before = records.len();
            match part.read(records, self.limit.saturating_sub(before), self) {
                Ok(cluster) => {
                    readable = true;
                    whole.source = whole.source.or(cluster.source);
                    whole.source_arn = whole.source_arn.or(cluster.source_arn);
                    whole.bootstrap_servers = whole.bootstrap_servers.or(cluster.bootstrap_servers);
                }
                Err(error) if error.code() == Code::EventLimit => return Err(error),
                Err(error) => {
                    // A part without records stands among the records as one that is broken.
                    records.truncate(before);
                    let mut record = Record::default();
                    record.invalidate(error.clone());
                    records.push(record);
                    first = first.or(Some(error));
                }
            }
        }
        match first {
            Some(error) if !readable => Err(error),
            _ => Ok(whole),
        }
    }

    /// Reads the records of one of the parts, of which `before` others have been read.
    ///
    /// # Errors
    /// It has none, or more than the limits leave.
    pub fn part<'p>(&self, part: &'p Part<'_>, before: usize) -> Result<Event<'p>, Error> {
        let mut records = Vec::new();
        let cluster = part.read(&mut records, self.limit.saturating_sub(before), self)?;
        Ok(Event::of(cluster, records))
    }
}

impl Part<'_> {
    /// Reads the records of this part, at most `left` of those that all may have.
    fn read<'p>(
        &'p self,
        records: &mut dyn RecordList<'p>,
        left: usize,
        opened: &Opened<'_>,
    ) -> Result<Cluster<'p>, Error> {
        let text = &*self.text;
        let fault = |flaw: Flaw| text::fault(text, self.base, flaw);
        let over = |count: usize| part::too_many(opened.limit, opened.limit - left + count);
        match &self.form {
            Form::Nothing(error) => return Err(error.clone()),
            Form::Event => {
                let outline = outline::scan(text, records, left, opened.read_list).map_err(fault)?;
                if outline.count > left {
                    return Err(over(outline.count));
                }
                outline.check()?;
                return Ok(outline.cluster);
            }
            Form::Records => {
                let (list, count) = pick::items(text, left).map_err(fault)?;
                if count > left {
                    return Err(over(count));
                }
                for (i, raw) in list.into_iter().enumerate() {
                    records.push(read::record(Place { key: None, index: Some(i) }, raw));
                }
            }
            Form::Record => {
                if left == 0 {
                    return Err(over(1));
                }
                let raw = Raw::parse(text).map_err(fault)?;
                records.push(read::record(Place::default(), raw));
            }
        }
        Ok(Cluster::default())
    }
}

impl<'a> Event<'a> {
    fn of(cluster: Cluster<'a>, records: Vec<Record<'a>>) -> Self {
        let Cluster { source, source_arn, bootstrap_servers } = cluster;
        Event { source, source_arn, bootstrap_servers, records }
    }
}

#[cfg(test)]
mod tests;
