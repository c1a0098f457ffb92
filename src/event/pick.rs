//! Picks members out of a JSON object without reading the others.
//!
//! Values stay raw text until they are asked for, so that a wrong type is the error of one field. serde_json skips raw
//! and ignored values without recursion: no depth of nesting reaches its limit or the stack.

use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// A raw member, where there is one.
pub(super) type Member<'a> = Option<&'a RawValue>;

/// The members with these names, the last where one comes twice. `None` if the text is no object.
pub(super) fn members<'a, const N: usize>(raw: &'a RawValue, names: &[&str; N]) -> Option<[Member<'a>; N]> {
    serde_json::Deserializer::from_str(raw.get()).deserialize_map(Members(names)).ok()
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
                Some(member) => *member = Some(map.next_value()?),
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

/// What a text holds.
pub(super) enum Found<'a> {
    /// A member `records`.
    Records,
    /// No `records`, but a `payload`, as on-failure records have it.
    Payload { payload: &'a RawValue, context: Member<'a> },
    /// Neither, and what it seems to be.
    Neither(Option<&'static str>),
}

const NAMES: [&str; 6] = ["records", "payload", "requestContext", "KafkaBatchInfo", "Records", "value"];

/// Looks for the event in an object. Stops at `records`, so that an event is not read twice.
pub(super) fn find(text: &str) -> Result<Found<'_>, serde_json::Error> {
    let mut stopped = false;
    let mut json = serde_json::Deserializer::from_str(text);
    let found = json.deserialize_map(Finder { stopped: &mut stopped });
    if stopped {
        return Ok(Found::Records);
    }
    let found = found?;
    json.end()?;
    Ok(found)
}

struct Finder<'s> {
    stopped: &'s mut bool,
}

impl<'de> Visitor<'de> for Finder<'_> {
    type Value = Found<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members: [Member<'de>; NAMES.len()] = [None; NAMES.len()];
        while let Some(index) = map.next_key_seed(Name(&NAMES))? {
            match index {
                Some(0) => {
                    *self.stopped = true;
                    return Err(A::Error::custom("stopped"));
                }
                Some(i) => {
                    let value = map.next_value()?;
                    if let Some(member) = members.get_mut(i) {
                        *member = Some(value);
                    }
                }
                None => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        let [_, payload, context, batch, messages, value] = members;
        Ok(match payload {
            Some(payload) => Found::Payload { payload, context },
            None => Found::Neither(hint(batch.is_some(), messages.is_some(), value.is_some())),
        })
    }
}

fn hint(batch: bool, messages: bool, value: bool) -> Option<&'static str> {
    if batch {
        Some(
            "an on-failure record without `payload` (SQS, SNS) names offsets only: read the records from the topic",
        )
    } else if messages {
        Some("`Records` with a capital is an event of SQS, SNS or S3: pass the Kafka event inside it")
    } else if value {
        Some("this seems to be a single record: pass the whole Lambda event")
    } else {
        None
    }
}
