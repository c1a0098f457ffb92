//! What an object is, by its members.

use crate::json::{Flaw, Raw, Scan};

/// What an object is known by. `records` comes first: reading stops there, so that an event is not read twice.
const NAMES: [&str; 15] = [
    "records",
    "payload",
    "requestContext",
    "KafkaBatchInfo",
    "Records",
    "value",
    "topic",
    "offset",
    "Type",
    "Message",
    "message",
    "logEvents",
    "events",
    "Messages",
    "detail",
];

/// The members that tell what an object is.
pub(super) struct Marks<'a> {
    pub(super) payload: Option<Raw<'a>>,
    pub(super) context: Option<Raw<'a>>,
    pub(super) batch: Option<Raw<'a>>,
    /// `Records` of SQS, SNS, S3, Kinesis and DynamoDB events.
    pub(super) notices: Option<Raw<'a>>,
    pub(super) value: Option<Raw<'a>>,
    pub(super) topic: Option<Raw<'a>>,
    pub(super) offset: Option<Raw<'a>>,
    /// `Type` and `Message` of an SNS notification.
    pub(super) notification: (Option<Raw<'a>>, Option<Raw<'a>>),
    /// `message` of a log line in JSON.
    pub(super) message: Option<Raw<'a>>,
    /// `logEvents`, or `events`, of what CloudWatch Logs gives.
    pub(super) logs: Option<Raw<'a>>,
    /// `Messages` of what SQS gives to a caller.
    pub(super) received: Option<Raw<'a>>,
    /// `detail` of EventBridge's events.
    pub(super) detail: Option<Raw<'a>>,
}

/// The marks of an object; `None` for an event, which has `records`.
pub(super) fn marks(text: &str) -> Result<Option<Marks<'_>>, Flaw> {
    let mut found = [None; NAMES.len()];
    let mut stopped = false;
    let mut scan = Scan::new(text);
    let read = scan.members(|name, scan| {
        let place = NAMES.iter().position(|n| *n == name);
        stopped = place == Some(0);
        if stopped {
            return None;
        }
        let value = scan.value()?;
        if let Some(member) = place.and_then(|i| found.get_mut(i)) {
            *member = Some(value);
        }
        Some(())
    });
    if stopped {
        return Ok(None);
    }
    scan.whole(read)?;
    let [
        _,
        payload,
        context,
        batch,
        notices,
        value,
        topic,
        offset,
        kind,
        upper,
        lower,
        logs,
        events,
        received,
        detail,
    ] = found;
    Ok(Some(Marks {
        payload,
        context,
        batch,
        notices,
        value,
        topic,
        offset,
        notification: (kind, upper),
        message: lower,
        logs: logs.or(events),
        received,
        detail,
    }))
}

/// The items of an array as they stand, and how many there are: those beyond `limit` are not kept.
pub(super) fn items(text: &str, limit: usize) -> Result<(Vec<Raw<'_>>, usize), Flaw> {
    let mut scan = Scan::new(text);
    let list = scan.list(limit);
    scan.whole(list)
}
