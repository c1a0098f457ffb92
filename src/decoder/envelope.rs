//! What was given, told: what the records came in, and which they are, so that a failed batch can be found and replayed.

use crate::error::Error;
use crate::event::{Event, Form, OnFailure, Opened, Part, Range, Record, Wrapper, split_key};
use crate::json::{Text, Write};
use crate::limits::Limits;
use crate::map::HashMap;

/// What [`super::Decoder::envelope`] gives.
pub(super) struct Document {
    /// What the whole is: its outermost wrapper, else what the text is.
    kind: &'static str,
    /// How many records there are to decode.
    records: usize,
    parts: Vec<PartDocument>,
}

struct PartDocument {
    kind: &'static str,
    within: Vec<Within>,
    event_source: Option<String>,
    event_source_arn: Option<String>,
    bootstrap_servers: Option<String>,
    records: usize,
    partitions: Vec<Partition>,
    error: Option<Error>,
}

/// One wrapper, with what it tells.
#[derive(Default)]
struct Within {
    kind: &'static str,
    index: Option<usize>,
    message_id: Option<String>,
    request_id: Option<String>,
    function_arn: Option<String>,
    condition: Option<String>,
    approximate_invoke_count: Option<u64>,
    status_code: Option<u64>,
    function_error: Option<String>,
    timestamp: Option<String>,
    batch_size: Option<u64>,
    payload_size: Option<u64>,
}

/// The records of one partition. Offsets are text: they may have too many digits for a number.
#[derive(Default)]
struct Partition {
    topic: Option<String>,
    partition: Option<i32>,
    /// How many there are in the event; absent where only offsets are known.
    records: Option<usize>,
    first_offset: Option<String>,
    last_offset: Option<String>,
    /// Whether they are all offsets from the first to the last, each once and in order. Share groups need not be.
    contiguous: Option<bool>,
    first_timestamp: Option<String>,
    last_timestamp: Option<String>,
    /// What reads them from the topic, where the event doesn't hold them.
    command: Option<String>,
}

impl Write for Document {
    fn write(&self, out: &mut Text) {
        out.object(|out| {
            out.member("kind", self.kind);
            out.member("records", &self.records);
            out.member("parts", &self.parts);
        });
    }
}

impl Write for PartDocument {
    fn write(&self, out: &mut Text) {
        out.object(|out| {
            out.member("kind", self.kind);
            out.optional("within", Some(&self.within).filter(|list| !list.is_empty()));
            out.optional("eventSource", self.event_source.as_ref());
            out.optional("eventSourceArn", self.event_source_arn.as_ref());
            out.optional("bootstrapServers", self.bootstrap_servers.as_ref());
            out.member("records", &self.records);
            out.member("partitions", &self.partitions);
            out.optional("error", self.error.as_ref());
        });
    }
}

impl Write for Within {
    fn write(&self, out: &mut Text) {
        out.object(|out| {
            out.member("kind", self.kind);
            out.optional("index", self.index);
            out.optional("messageId", self.message_id.as_ref());
            out.optional("requestId", self.request_id.as_ref());
            out.optional("functionArn", self.function_arn.as_ref());
            out.optional("condition", self.condition.as_ref());
            out.optional("approximateInvokeCount", self.approximate_invoke_count);
            out.optional("statusCode", self.status_code);
            out.optional("functionError", self.function_error.as_ref());
            out.optional("timestamp", self.timestamp.as_ref());
            out.optional("batchSize", self.batch_size);
            out.optional("payloadSize", self.payload_size);
        });
    }
}

impl Write for Partition {
    fn write(&self, out: &mut Text) {
        out.object(|out| {
            out.optional("topic", self.topic.as_ref());
            out.optional("partition", self.partition);
            out.optional("records", self.records);
            out.optional("firstOffset", self.first_offset.as_ref());
            out.optional("lastOffset", self.last_offset.as_ref());
            out.optional("contiguous", self.contiguous);
            out.optional("firstTimestamp", self.first_timestamp.as_ref());
            out.optional("lastTimestamp", self.last_timestamp.as_ref());
            out.optional("command", self.command.as_ref());
        });
    }
}

pub(super) fn document(opened: &Opened<'_>, limits: &Limits) -> Document {
    let parts: Vec<_> = opened.parts().iter().map(|p| part(p, limits)).collect();
    let kind = match opened.parts() {
        [first, ..] => first.within().first().map_or(first.form().as_str(), Wrapper::as_str),
        [] => "none",
    };
    Document { kind, records: parts.iter().map(|p| p.records).sum(), parts }
}

fn part(part: &Part<'_>, limits: &Limits) -> PartDocument {
    let mut document = PartDocument {
        kind: part.form().as_str(),
        within: part.within().iter().map(within).collect(),
        event_source: None,
        event_source_arn: part.failure().and_then(|f| f.source_arn.clone()),
        bootstrap_servers: part.failure().and_then(|f| f.bootstrap_servers.clone()),
        records: 0,
        partitions: Vec::new(),
        error: None,
    };
    match (part.read(limits), part.failure()) {
        (Ok(event), _) => with_records(&mut document, &event),
        // Where there are offsets, there being no payload is no error of what is told here.
        (Err(_), Some(failure)) if *part.form() != Form::Event && !failure.ranges.is_empty() => {
            document.partitions = ranges(failure);
        }
        (Err(error), _) => document.error = Some(error),
    }
    document
}

fn within(wrapper: &Wrapper) -> Within {
    let kind = wrapper.as_str();
    match wrapper {
        Wrapper::Line(index) | Wrapper::Item(index) => {
            Within { kind, index: Some(*index), ..Within::default() }
        }
        Wrapper::Sqs { index, message_id } | Wrapper::Sns { index, message_id } => {
            Within { kind, index: Some(*index), message_id: message_id.clone(), ..Within::default() }
        }
        Wrapper::Log { request_id } => Within { kind, request_id: request_id.clone(), ..Within::default() },
        Wrapper::OnFailure(failure) => Within {
            kind,
            request_id: failure.request_id.clone(),
            function_arn: failure.function_arn.clone(),
            condition: failure.condition.clone(),
            approximate_invoke_count: failure.approximate_invoke_count,
            status_code: failure.status_code,
            function_error: failure.function_error.clone(),
            timestamp: failure.timestamp.clone(),
            batch_size: failure.batch_size,
            payload_size: failure.payload_size,
            ..Within::default()
        },
    }
}

fn with_records(document: &mut PartDocument, event: &Event<'_>) {
    let text = |v: &Option<std::borrow::Cow<'_, str>>| v.as_deref().map(str::to_owned);
    document.event_source = text(&event.source);
    document.event_source_arn = text(&event.source_arn).or(document.event_source_arn.take());
    document.bootstrap_servers = text(&event.bootstrap_servers).or(document.bootstrap_servers.take());
    document.records = event.records.len();
    document.partitions = partitions(&event.records);
}

/// The least and the greatest offset of each partition, in the order of the records.
fn partitions(records: &[Record<'_>]) -> Vec<Partition> {
    struct Seen<'a> {
        topic: Option<&'a str>,
        partition: Option<i32>,
        count: usize,
        bounds: Option<(i64, i64)>,
        last: Option<i64>,
        contiguous: bool,
    }
    let mut order: Vec<Seen<'_>> = Vec::new();
    let mut places = HashMap::new();
    for record in records {
        let (topic, partition) = (record.topic.as_deref(), record.partition);
        let place = *places.or_insert_with((topic, partition), || {
            order.push(Seen { topic, partition, count: 0, bounds: None, last: None, contiguous: true });
            order.len() - 1
        });
        let Some(seen) = order.get_mut(place) else { continue };
        seen.count += 1;
        let follows = seen.last.is_none_or(|last| record.offset == last.checked_add(1));
        seen.contiguous &= record.offset.is_some() && follows;
        seen.last = record.offset.or(seen.last);
        if let Some(at) = record.offset {
            let (least, most) = seen.bounds.unwrap_or((at, at));
            seen.bounds = Some((least.min(at), most.max(at)));
        }
    }
    order
        .into_iter()
        .map(|seen| Partition {
            topic: seen.topic.map(str::to_owned),
            partition: seen.partition,
            records: Some(seen.count),
            first_offset: seen.bounds.map(|(least, _)| least.to_string()),
            last_offset: seen.bounds.map(|(_, most)| most.to_string()),
            contiguous: Some(seen.contiguous),
            ..Partition::default()
        })
        .collect()
}

fn ranges(failure: &OnFailure) -> Vec<Partition> {
    let brokers = failure.bootstrap_servers.as_deref();
    failure
        .ranges
        .iter()
        .map(|range| {
            let split = split_key(&range.key);
            Partition {
                topic: Some(split.map_or(&*range.key, |(topic, _)| topic).to_owned()),
                partition: split.map(|(_, partition)| partition),
                first_offset: range.first.clone(),
                last_offset: range.last.clone(),
                first_timestamp: range.first_timestamp.clone(),
                last_timestamp: range.last_timestamp.clone(),
                command: split.and_then(|(topic, partition)| command(brokers, topic, partition, range)),
                ..Partition::default()
            }
        })
        .collect()
}

/// What reads a range from its topic with `kcat`, a record a line of JSON. `-c` counts records, so that where offsets
/// have gaps a few later ones are printed too; `-e` ends at the topic's end.
///
/// A command is for pasting into a shell: there is none where a name holds what a shell might read.
fn command(brokers: Option<&str>, topic: &str, partition: i32, range: &Range) -> Option<String> {
    let plain = |text: &str, more: &str| {
        !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || more.contains(c))
    };
    let first: i64 = range.first.as_deref()?.parse().ok()?;
    let last: i64 = range.last.as_deref()?.parse().ok()?;
    let count = last.checked_sub(first)?.checked_add(1).filter(|count| *count > 0)?;
    let topic = Some(topic).filter(|t| plain(t, "._-"))?;
    let brokers = match brokers {
        None => "\"$BOOTSTRAP_SERVERS\"",
        Some(brokers) => Some(brokers).filter(|b| plain(b, ".,:-"))?,
    };
    Some(format!("kcat -C -b {brokers} -t {topic} -p {partition} -o {first} -c {count} -e -J"))
}
