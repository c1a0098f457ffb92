//! What was given, told: what the records came in, and which they are, so that a failed batch can be found and replayed.

use crate::event::{Form, OnFailure, Opened, Part, Range, Record, Wrapper, split_key};
use crate::json::{Text, Write};
use crate::map::IndexMap;
use std::ptr;

/// Writes what [`super::Decoder::envelope`] gives: what the whole is (its outermost wrapper, else what the text is), how
/// many records there are to decode, and the parts.
pub(super) fn document(opened: &Opened<'_>) -> String {
    let (mut parts, mut records, mut told) = (Text::default(), 0, None);
    parts.array(|out| {
        for part in opened.parts() {
            records += self::part(opened, part, told.replace(part), records, out);
        }
    });
    let kind = match opened.parts() {
        [first, ..] => first.within().first().map_or(first.form().as_str(), Wrapper::as_str),
        [] => "none",
    };
    let mut out = Text::default();
    out.object(|out| {
        out.member("kind", kind);
        out.member("records", &records);
        out.name("parts");
        out.raw(&parts.into_string());
    });
    out.into_string()
}

/// Writes a part, which follows another and its `before` records; gives how many records it has.
fn part(
    opened: &Opened<'_>,
    part: &Part<'_>,
    last: Option<&Part<'_>>,
    before: usize,
    out: &mut Text,
) -> usize {
    let read = opened.part(part, before);
    let (event, failure) = (read.as_ref().ok(), failure(part, last));
    let records = event.map_or(0, |event| event.records.len());
    // Where there are offsets, there being no payload is no error of what is told here.
    let named = failure.filter(|failure| *part.form() != Form::Event && !failure.ranges.is_empty());
    out.object(|out| {
        out.member("kind", part.form().as_str());
        out.optional("within", Some(part.within()).filter(|list| !list.is_empty()));
        out.optional("eventSource", event.and_then(|event| event.source.as_deref()));
        let arn = event.and_then(|event| event.source_arn.as_deref());
        out.optional("eventSourceArn", arn.or(failure.and_then(|failure| failure.source_arn.as_deref())));
        let brokers = event.and_then(|event| event.bootstrap_servers.as_deref());
        let told = failure.and_then(|failure| failure.bootstrap_servers.as_deref());
        out.optional("bootstrapServers", brokers.or(told));
        out.member("records", &records);
        out.name("partitions");
        out.array(|out| match (event, named) {
            (Some(event), _) => partitions(&event.records, out),
            (None, Some(failure)) => ranges(failure, out),
            (None, None) => {}
        });
        out.optional("error", read.as_ref().err().filter(|_| named.is_none()));
    });
    records
}

/// What a failed invocation tells stands with the first of its parts only.
fn failure<'p>(part: &'p Part<'_>, last: Option<&Part<'_>>) -> Option<&'p OnFailure> {
    let failure = part.failure()?;
    let same = |wrapper: &Wrapper| matches!(wrapper, Wrapper::OnFailure(f) if ptr::eq(&**f, failure));
    last.is_none_or(|last| !last.within().iter().any(same)).then_some(failure)
}

/// One wrapper, with what it tells.
impl Write for Wrapper {
    fn write(&self, out: &mut Text) {
        out.object(|out| {
            out.member("kind", self.as_str());
            match self {
                Wrapper::Line(index) | Wrapper::Item(index) => out.member("index", index),
                Wrapper::Sqs { index, message_id } | Wrapper::Sns { index, message_id } => {
                    out.member("index", index);
                    out.optional("messageId", message_id.as_deref());
                }
                Wrapper::Log { request_id } => out.optional("requestId", request_id.as_deref()),
                Wrapper::OnFailure(failure) => {
                    out.optional("requestId", failure.request_id.as_ref());
                    out.optional("functionArn", failure.function_arn.as_ref());
                    out.optional("condition", failure.condition.as_ref());
                    out.optional("approximateInvokeCount", failure.approximate_invoke_count);
                    out.optional("statusCode", failure.status_code);
                    out.optional("functionError", failure.function_error.as_ref());
                    out.optional("timestamp", failure.timestamp.as_ref());
                    out.optional("batchSize", failure.batch_size);
                    out.optional("payloadSize", failure.payload_size);
                }
            }
        });
    }
}

/// The least and the greatest offset of each partition, in the order of the records, and whether they are all offsets
/// between, each once and in order: share groups need not give them so.
fn partitions(records: &[Record<'_>], out: &mut Text) {
    struct Seen<'a> {
        topic: Option<&'a str>,
        partition: Option<i32>,
        count: usize,
        bounds: Option<(i64, i64)>,
        last: Option<i64>,
        contiguous: bool,
    }
    let mut order: Vec<Seen<'_>> = Vec::new();
    let mut places = IndexMap::new();
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
    for seen in order {
        out.object(|out| {
            out.optional("topic", seen.topic);
            out.optional("partition", seen.partition);
            out.member("records", &seen.count);
            // Offsets are text: they may have too many digits for a number.
            out.optional("firstOffset", seen.bounds.map(|(least, _)| least.to_string()));
            out.optional("lastOffset", seen.bounds.map(|(_, most)| most.to_string()));
            out.member("contiguous", &seen.contiguous);
        });
    }
}

fn ranges(failure: &OnFailure, out: &mut Text) {
    let brokers = failure.bootstrap_servers.as_deref();
    for range in &failure.ranges {
        let split = split_key(&range.key);
        out.object(|out| {
            out.member("topic", split.map_or(&*range.key, |(topic, _)| topic));
            out.optional("partition", split.map(|(_, partition)| partition));
            out.optional("firstOffset", range.first.as_ref());
            out.optional("lastOffset", range.last.as_ref());
            out.optional("firstTimestamp", range.first_timestamp.as_ref());
            out.optional("lastTimestamp", range.last_timestamp.as_ref());
            let command = split.and_then(|(topic, partition)| command(brokers, topic, partition, range));
            out.optional("command", command);
        });
    }
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
