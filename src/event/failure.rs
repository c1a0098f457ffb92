//! The record of a failed invocation: what a mapping writes to its on-failure destination.

use super::text::cut;
use crate::json::Raw;
use std::borrow::Cow;
use std::sync::Arc;

/// What the record of a failed invocation tells about it; what it leaves out is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct OnFailure {
    /// The id of the failed invocation.
    pub request_id: Option<String>,
    /// The function.
    pub function_arn: Option<String>,
    /// Why it was given up, such as `RetryAttemptsExhausted`.
    pub condition: Option<String>,
    /// About how often it was tried.
    pub approximate_invoke_count: Option<u64>,
    /// The status of the last try.
    pub status_code: Option<u64>,
    /// What kind of error the function gave, such as `Unhandled`.
    pub function_error: Option<String>,
    /// When the record was written, in ISO 8601.
    pub timestamp: Option<String>,
    /// How many records the batch held.
    pub batch_size: Option<u64>,
    /// How many bytes the batch took.
    pub payload_size: Option<u64>,
    /// The cluster.
    pub source_arn: Option<String>,
    /// The brokers, one text, comma-separated.
    pub bootstrap_servers: Option<String>,
    /// The records of the batch, by partition.
    pub ranges: Vec<Range>,
}

/// The records of one partition, named by their offsets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Range {
    /// `topic-partition`, as events name it.
    pub key: String,
    /// The first offset: its digits, which may be too many for 64 bits.
    pub first: Option<String>,
    /// The last offset.
    pub last: Option<String>,
    /// The first record's timestamp, in ISO 8601.
    pub first_timestamp: Option<String>,
    /// The last record's timestamp.
    pub last_timestamp: Option<String>,
}

const CONTEXT: [&str; 4] = ["requestId", "functionArn", "condition", "approximateInvokeCount"];
const OUTER: [&str; 2] = ["responseContext", "timestamp"];
const BATCH: [&str; 5] = ["batchSize", "payloadSize", "eventSourceArn", "bootstrapServers", "recordsInfo"];
const INFO: [&str; 4] =
    ["firstRecordOffset", "lastRecordOffset", "firstRecordTimestamp", "lastRecordTimestamp"];
/// More than any offset has.
const DIGITS: usize = 100;
/// More than ids, ARNs and times have.
const TEXT_BYTES: usize = 300;
/// The most that a mapping takes, ten endpoints of 300 characters: they are repeated in every range's command.
const BROKERS_BYTES: usize = 10 * 300 + 9;

/// Reads what is there: it only informs, so that wrong types are nothing.
pub(super) fn read(whole: &str, context: Option<Raw<'_>>, batch: Option<Raw<'_>>, limit: usize) -> OnFailure {
    let [request_id, function_arn, condition, count] =
        context.and_then(|raw| raw.members(&CONTEXT)).unwrap_or_default();
    let whole = Raw::parse(whole).ok();
    let [response, timestamp] = whole.and_then(|raw| raw.members(&OUTER)).unwrap_or_default();
    let [status, error] =
        response.and_then(|raw| raw.members(&["statusCode", "functionError"])).unwrap_or_default();
    let [size, bytes, source_arn, brokers, info] =
        batch.and_then(|raw| raw.members(&BATCH)).unwrap_or_default();
    OnFailure {
        request_id: owned(request_id, TEXT_BYTES),
        function_arn: owned(function_arn, TEXT_BYTES),
        condition: owned(condition, TEXT_BYTES),
        approximate_invoke_count: count.and_then(number),
        status_code: status.and_then(number),
        function_error: owned(error, TEXT_BYTES),
        timestamp: owned(timestamp, TEXT_BYTES),
        batch_size: size.and_then(number),
        payload_size: bytes.and_then(number),
        source_arn: owned(source_arn, TEXT_BYTES),
        bootstrap_servers: owned(brokers, BROKERS_BYTES),
        ranges: info.and_then(|raw| raw.entries(limit)).unwrap_or_default().into_iter().map(range).collect(),
    }
}

fn range((key, raw): (Cow<'_, str>, Raw<'_>)) -> Range {
    let [first, last, from, to] = raw.members(&INFO).unwrap_or_default();
    Range {
        key: key.into_owned(),
        first: first.and_then(digits),
        last: last.and_then(digits),
        first_timestamp: owned(from, TEXT_BYTES),
        last_timestamp: owned(to, TEXT_BYTES),
    }
}

/// What a wrapper tells is repeated for every part in it: no more than any id has.
pub(super) fn told(raw: Option<Raw<'_>>) -> Option<Arc<str>> {
    owned(raw, TEXT_BYTES).map(Arc::from)
}

fn owned(raw: Option<Raw<'_>>, most: usize) -> Option<String> {
    raw.and_then(Raw::string).map(|text| cut(text, most).into_owned())
}

fn number(raw: Raw<'_>) -> Option<u64> {
    raw.get().parse().ok()
}

/// The digits of an offset, which is written as a string or as a number.
fn digits(raw: Raw<'_>) -> Option<String> {
    let text = raw.string().unwrap_or(Cow::Borrowed(raw.get()));
    let fits = !text.is_empty() && text.len() <= DIGITS && text.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| text.into_owned())
}
