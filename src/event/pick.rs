//! Picks members out of a JSON object without reading the others.
//!
//! Values stay raw text until they are asked for, so that a wrong type is the error of one field. What the quick way gives up
//! is read by serde_json, which skips raw and ignored values without recursion: no depth of nesting reaches its limit or the
//! stack.

use super::scan::{self, Scan};
use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// The text of a JSON value, which is known to be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Raw<'a>(pub(super) &'a str);

impl<'a> Raw<'a> {
    /// The text.
    pub(super) fn get(self) -> &'a str {
        self.0
    }

    /// A text that may be one.
    pub(super) fn parse(text: &'a str) -> Result<Self, serde_json::Error> {
        serde_json::from_str::<&RawValue>(text).map(Raw::from)
    }
}

impl<'a> From<&'a RawValue> for Raw<'a> {
    fn from(raw: &'a RawValue) -> Self {
        Raw(raw.get())
    }
}

/// A raw member, where there is one.
pub(super) type Member<'a> = Option<Raw<'a>>;

/// The members with these names, the last where one comes twice. `None` if the text is no object.
pub(super) fn members<'a, const N: usize>(raw: Raw<'a>, names: &[&str; N]) -> Option<[Member<'a>; N]> {
    scan::members(raw.get(), names)
        .or_else(|| serde_json::Deserializer::from_str(raw.get()).deserialize_map(Members(names)).ok())
}

struct Members<'n, const N: usize>(&'n [&'n str; N]);

impl<'de, const N: usize> Visitor<'de> for Members<'_, N> {
    type Value = [Member<'de>; N];

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = [None; N];
        while let Some(index) = map.next_key_seed(Name(self.0))? {
            match index.and_then(|i| members.get_mut(i)) {
                Some(member) => *member = Some(map.next_value::<&RawValue>()?.into()),
                None => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(members)
    }
}

/// A member's name as an index into the names that are looked for.
pub(super) struct Name<'n>(pub(super) &'n [&'n str]);

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(self.0.iter().position(|n| *n == name))
    }
}

/// What an object is known by. `records` comes first: reading stops there, so that an event is not read twice.
const NAMES: [&str; 14] = [
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
];

/// The members that tell what an object is.
pub(super) struct Marks<'a> {
    pub(super) payload: Member<'a>,
    pub(super) context: Member<'a>,
    pub(super) batch: Member<'a>,
    /// `Records` of SQS, SNS and S3 events.
    pub(super) notices: Member<'a>,
    pub(super) value: Member<'a>,
    pub(super) topic: Member<'a>,
    pub(super) offset: Member<'a>,
    /// `Type` and `Message` of an SNS notification.
    pub(super) notification: (Member<'a>, Member<'a>),
    /// `message` of a log line in JSON.
    pub(super) message: Member<'a>,
    /// `logEvents`, or `events`, of what CloudWatch Logs gives.
    pub(super) logs: Member<'a>,
    /// `Messages` of what SQS gives to a caller.
    pub(super) received: Member<'a>,
}

/// The marks of an object; `None` for an event, which has `records`.
pub(super) fn marks(text: &str) -> Result<Option<Marks<'_>>, serde_json::Error> {
    let mut stopped = false;
    let mut json = serde_json::Deserializer::from_str(text);
    let found = json.deserialize_map(Finder { stopped: &mut stopped });
    if stopped {
        return Ok(None);
    }
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
    ] = found?;
    json.end()?;
    let notification = (kind, upper);
    let logs = logs.or(events);
    Ok(Some(Marks {
        payload,
        context,
        batch,
        notices,
        value,
        topic,
        offset,
        notification,
        message: lower,
        logs,
        received,
    }))
}

struct Finder<'s> {
    stopped: &'s mut bool,
}

impl<'de> Visitor<'de> for Finder<'_> {
    type Value = [Member<'de>; NAMES.len()];

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members: Self::Value = [None; NAMES.len()];
        while let Some(index) = map.next_key_seed(Name(&NAMES))? {
            match index {
                Some(0) => {
                    *self.stopped = true;
                    return Err(A::Error::custom("stopped"));
                }
                Some(i) => {
                    let value = map.next_value::<&RawValue>()?.into();
                    if let Some(member) = members.get_mut(i) {
                        *member = Some(value);
                    }
                }
                None => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(members)
    }
}

/// The items of an array as they stand; beyond `limit` they are counted, not kept. `None` if the text is no array.
pub(super) fn items(text: &str, limit: usize) -> Result<(Vec<Raw<'_>>, usize), serde_json::Error> {
    let mut scan = Scan::new(text);
    if let Some(found) = quick_items(&mut scan, limit)
        && scan.end().is_some()
    {
        return Ok(found);
    }
    let mut json = serde_json::Deserializer::from_str(text);
    let items = json.deserialize_seq(Items { limit })?;
    json.end()?;
    Ok(items)
}

/// The same of an array that a scan has come to.
pub(super) fn quick_items<'a>(scan: &mut Scan<'a>, limit: usize) -> Option<(Vec<Raw<'a>>, usize)> {
    let (mut list, mut count) = (Vec::new(), 0);
    scan.items(|scan| {
        let raw = scan.value()?;
        if count < limit {
            list.push(raw);
        }
        count += 1;
        Some(())
    })?;
    Some((list, count))
}

struct Items {
    limit: usize,
}

impl<'de> Visitor<'de> for Items {
    type Value = (Vec<Raw<'de>>, usize);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut list = Vec::new();
        while list.len() < self.limit {
            match seq.next_element::<&RawValue>()? {
                Some(raw) => list.push(raw.into()),
                None => {
                    let count = list.len();
                    return Ok((list, count));
                }
            }
        }
        let mut count = list.len();
        while seq.next_element::<IgnoredAny>()?.is_some() {
            count += 1;
        }
        Ok((list, count))
    }
}

/// The members of an object in order, at most `limit` of them.
pub(super) fn entries(raw: Raw<'_>, limit: usize) -> Vec<(String, Raw<'_>)> {
    serde_json::Deserializer::from_str(raw.get()).deserialize_map(Entries { limit }).unwrap_or_default()
}

struct Entries {
    limit: usize,
}

impl<'de> Visitor<'de> for Entries {
    type Value = Vec<(String, Raw<'de>)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut out = Vec::new();
        while out.len() < self.limit {
            match map.next_entry::<_, &RawValue>()? {
                Some((name, raw)) => out.push((name, raw.into())),
                None => return Ok(out),
            }
        }
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(out)
    }
}
