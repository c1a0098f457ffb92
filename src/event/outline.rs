//! One pass over an event: its own members, and the raw text of each record under its key.

use super::pick::{Name, Raw, quick_items};
use super::read;
use super::scan::Scan;
use crate::error::{Code, Error};
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// Kafka's own limit on topic names, a hyphen, and the digits of a partition.
const KEY_BYTES: usize = 249 + 1 + 10;

/// The parts of an event.
#[derive(Default)]
pub(super) struct Outline<'a> {
    pub(super) source: Option<Cow<'a, str>>,
    pub(super) source_arn: Option<Cow<'a, str>>,
    pub(super) bootstrap_servers: Option<Cow<'a, str>>,
    pub(super) groups: Vec<Group<'a>>,
    /// How many records there are; beyond the limit they are counted, not kept.
    pub(super) count: usize,
    records: Records,
}

/// What `records` is.
#[derive(Clone, Copy, Default)]
enum Records {
    #[default]
    Missing,
    Readable,
    Wrong(&'static str),
}

/// The list under one key of `records`.
pub(super) struct Group<'a> {
    pub(super) key: Cow<'a, str>,
    pub(super) list: Result<Vec<Raw<'a>>, &'static str>,
}

impl<'a> Outline<'a> {
    fn clear(&mut self) {
        (self.groups, self.count) = (Vec::new(), 0);
    }

    /// The list under a key, and how many records it counts for.
    fn group(
        &mut self,
        key: Cow<'a, str>,
        list: Result<Vec<Raw<'a>>, &'static str>,
        count: usize,
        limit: usize,
    ) {
        self.count += count;
        // Neither empty lists nor those past the limit take memory.
        if count > 0 && self.count <= limit {
            self.groups.push(Group { key, list });
        }
    }

    /// A member that only informs: one of another type is as good as none.
    fn inform(&mut self, name: usize, raw: Raw<'a>) {
        let text = read::text(raw);
        match name {
            1 => self.source = text,
            2 => self.source_arn = text,
            _ => self.bootstrap_servers = text,
        }
    }

    /// Whether `records` is there and of a type that it may have.
    pub(super) fn check(&self) -> Result<(), Error> {
        match self.records {
            Records::Readable => Ok(()),
            Records::Missing => Err(super::part::no_records(None)),
            Records::Wrong(found) => Err(Error::new(
                Code::EventShape,
                format!("expected an object of lists at $.records, found {found}"),
            )
            .at_path("$.records")),
        }
    }
}

/// Reads the outline of an event, and that its whole text is JSON.
pub(super) fn scan(text: &str, limit: usize) -> Result<Outline<'_>, serde_json::Error> {
    if let Some(outline) = quickly(text, limit) {
        return Ok(outline);
    }
    let mut json = serde_json::Deserializer::from_str(text);
    let outline = json.deserialize_map(EventVisitor { limit })?;
    json.end()?;
    Ok(outline)
}

/// The same of an event that is as documented.
fn quickly(text: &str, limit: usize) -> Option<Outline<'_>> {
    let mut outline = Outline::default();
    let mut scan = Scan::new(text);
    scan.members(|name, scan| {
        match NAMES.iter().position(|n| *n == name) {
            Some(0) => {
                outline.clear();
                scan.members(|key, scan| {
                    let (list, count) = quick_items(scan, limit.saturating_sub(outline.count))?;
                    outline.group(named(key), Ok(list), count, limit);
                    Some(())
                })?;
                outline.records = Records::Readable;
            }
            Some(i) => outline.inform(i, scan.value()?),
            None => drop(scan.value()?),
        }
        Some(())
    })?;
    scan.end()?;
    Some(outline)
}

struct EventVisitor {
    limit: usize,
}

const NAMES: [&str; 4] = ["records", "eventSource", "eventSourceArn", "bootstrapServers"];

impl<'de> Visitor<'de> for EventVisitor {
    type Value = Outline<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut outline = Outline::default();
        while let Some(name) = map.next_key_seed(Name(&NAMES))? {
            match name {
                Some(0) => {
                    // A second `records` replaces the first, as JSON readers do.
                    outline.clear();
                    outline.records =
                        map.next_value_seed(RecordsSeed { outline: &mut outline, limit: self.limit })?;
                }
                Some(i) => {
                    outline.inform(i, map.next_value::<&RawValue>()?.into());
                }
                None => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(outline)
    }
}

/// Reads a value of any type: what is not wanted yields the name of its type, never an error of the event.
macro_rules! other_types {
    ($wrong:expr) => {
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("any value")
        }

        fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
            Ok($wrong("a boolean"))
        }

        fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
            Ok($wrong("a number"))
        }

        fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
            Ok($wrong("a number"))
        }

        fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
            Ok($wrong("a number"))
        }

        fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
            Ok($wrong("a string"))
        }
    };
}

struct RecordsSeed<'o, 'a> {
    outline: &'o mut Outline<'a>,
    limit: usize,
}

impl<'de> DeserializeSeed<'de> for RecordsSeed<'_, 'de> {
    type Value = Records;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for RecordsSeed<'_, 'de> {
    type Value = Records;

    other_types!(Records::Wrong);

    /// The event of a batch without records.
    fn visit_unit<E>(self) -> Result<Records, E> {
        Ok(Records::Readable)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Records, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Records::Wrong("an array"))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Records, A::Error> {
        let RecordsSeed { outline, limit } = self;
        while let Some(key) = map.next_key_seed(KeySeed)? {
            let left = limit.saturating_sub(outline.count);
            let (list, count) = map.next_value_seed(GroupSeed { left })?;
            outline.group(key, list, count, limit);
        }
        Ok(Records::Readable)
    }
}

struct GroupSeed {
    left: usize,
}

/// The list, and how many records it counts for: one where it is no list, so that its error is told.
type List<'a> = (Result<Vec<Raw<'a>>, &'static str>, usize);

fn wrong<'a>(found: &'static str) -> List<'a> {
    (Err(found), 1)
}

impl<'de> DeserializeSeed<'de> for GroupSeed {
    type Value = List<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for GroupSeed {
    type Value = List<'de>;

    other_types!(wrong);

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok((Ok(Vec::new()), 0))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(wrong("an object"))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut list = Vec::new();
        while list.len() < self.left {
            match seq.next_element::<&RawValue>()? {
                Some(raw) => list.push(raw.into()),
                None => {
                    let count = list.len();
                    return Ok((Ok(list), count));
                }
            }
        }
        let mut count = list.len();
        while seq.next_element::<IgnoredAny>()?.is_some() {
            count += 1;
        }
        Ok((Ok(list), count))
    }
}

/// A key of `records`, cut where it is longer than any that Kafka could make: it is repeated for every record.
struct KeySeed;

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for KeySeed {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Self::Value, E> {
        Ok(named(key))
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(if key.len() > KEY_BYTES { cut(key) } else { Cow::Owned(key.to_owned()) })
    }
}

fn named(key: &str) -> Cow<'_, str> {
    if key.len() > KEY_BYTES { cut(key) } else { Cow::Borrowed(key) }
}

/// The ellipsis also keeps a cut key from naming a partition.
fn cut<'a>(key: &str) -> Cow<'a, str> {
    let end = key.floor_char_boundary(KEY_BYTES);
    Cow::Owned(format!("{}…", key.get(..end).unwrap_or_default()))
}
