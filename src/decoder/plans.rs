//! Compiled plans, by what they were compiled for.

use crate::error::Error;
use crate::format::{Plan, protobuf};
use crate::map::IndexMap;
use crate::schema::Reference;

/// Bytes of schemas whose plans are kept besides those that can be needed for good: what files held, and what was replaced.
const MOST_SCHEMAS: usize = 4 << 20;

/// What a plan takes at least, what hosts make of it included, as if its schema had more bytes.
const PLAN: usize = 16 << 10;

/// What a plan was compiled for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key {
    /// A side's one plan in a format without schemas.
    Side(u32),
    /// What the metadata of a side says is JSON.
    Json(u32),
    /// The schema that an object container file holds.
    File(u32, Box<str>),
    /// A side's local Avro schema or a registered one, and whether Confluent's serializers wrote the data.
    Avro(u32, Option<Reference>, bool),
    /// A message of a side's local schema, or of a registered one.
    Message(u32, Option<Reference>, protobuf::MessageId),
}

/// Plans by number, and their numbers by key.
#[derive(Default)]
pub(super) struct Plans {
    list: Vec<Plan>,
    by_key: IndexMap<Key, Result<u32, Error>>,
    /// The key that was looked up last, and its plan: most batches hold one schema a side.
    last: [Option<(Key, u32)>; 2],
    /// Grows whenever a schema is added: a [`super::Route`] is of one version.
    pub(super) version: u32,
    /// Grows whenever plans are numbered anew.
    pub(super) generation: u32,
    /// Bytes of schemas that may have left a plan that is needed no more.
    passing: usize,
}

impl Plans {
    #[inline]
    pub(super) fn plan(&self, id: u32) -> &Plan {
        &self.list[id as usize]
    }

    pub(super) fn get(&self, id: u32) -> Option<&Plan> {
        self.list.get(id as usize)
    }

    pub(super) fn count(&self) -> u32 {
        self.list.len() as u32
    }

    /// The plan of a key, or why there is none; nothing where it hasn't been made. Keys and values have a slot each.
    pub(super) fn found(&mut self, key: &Key, slot: u32) -> Option<Result<u32, Error>> {
        let last = &mut self.last[slot as usize & 1];
        if let Some((known, plan)) = last
            && known == key
        {
            return Some(Ok(*plan));
        }
        let found = self.by_key.get(key)?.clone();
        if let Ok(plan) = found {
            *last = Some((key.clone(), plan));
        }
        Some(found)
    }

    /// Keeps what was made for a key.
    pub(super) fn keep(&mut self, key: Key, slot: u32, made: Result<Plan, Error>) -> Result<u32, Error> {
        let made = made.map(|plan| {
            self.list.push(plan);
            self.list.len() as u32 - 1
        });
        if let Ok(plan) = made {
            self.last[slot as usize & 1] = Some((key.clone(), plan));
        }
        self.by_key.insert(key, made.clone());
        made
    }

    /// Counts a schema of so many bytes whose plan may be needed for a while only.
    pub(super) fn weigh(&mut self, bytes: usize) {
        self.passing += bytes + PLAN;
    }

    /// A schema of so many bytes stands in the place of an earlier one, or of none.
    pub(super) fn replaced(&mut self, reference: &Reference, bytes: usize) {
        self.weigh(bytes);
        self.version = self.version.wrapping_add(1);
        let other = |key: &Key| !matches!(key, Key::Avro(_, Some(r), _) | Key::Message(_, Some(r), _) if r == reference);
        self.by_key.retain(other);
        self.last = [None, None];
    }

    /// Between events: forgets all plans where too many of them may be needed no more. Schemas come with payloads too: no
    /// reason to keep memory without end.
    pub(super) fn tidy(&mut self) {
        if self.passing > MOST_SCHEMAS {
            *self = Plans {
                version: self.version.wrapping_add(1),
                generation: self.generation.wrapping_add(1),
                ..Plans::default()
            };
        }
    }
}
