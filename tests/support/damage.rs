//! Damage: the cases of the vectors with bytes of their payloads, their events or their schemas changed.

use super::case::{Case, find};
use super::random::{Random, varint};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use std::path::Path;

impl Random {
    /// Changes some bytes.
    pub(crate) fn damage(&mut self, bytes: &mut Vec<u8>) {
        for _ in 0..=self.below(3) {
            let at = self.below(bytes.len() + 1);
            match self.below(7) {
                0 => bytes.truncate(at),
                1 => bytes.insert(at, [0x00, 0x01, 0x02, 0x7f, 0x80, 0xff][self.below(6)]),
                2 if at < bytes.len() => bytes[at] ^= 1 << self.below(8),
                3 if at < bytes.len() => bytes[at] = self.below(256) as u8,
                4 if at < bytes.len() => drop(bytes.remove(at)),
                5 => bytes.splice(at..at, self.magnitude()).for_each(drop),
                _ => bytes.splice(at..at, [0xff; 9].into_iter().chain([1])).for_each(drop),
            }
        }
    }

    /// A number of any magnitude, near a power of two: lengths, counts, sizes that a datum may claim.
    fn magnitude(&mut self) -> Vec<u8> {
        let power = 1u64 << self.below(64);
        varint(power.wrapping_add(self.below(5) as u64).wrapping_sub(2))
    }

    /// Damages the payloads of an event's records, which stay base64.
    fn payloads(&mut self, event: &mut Value) {
        let Some(lists) = event.get_mut("records").and_then(Value::as_object_mut) else { return };
        for record in lists.values_mut().filter_map(Value::as_array_mut).flatten() {
            for side in ["key", "value"] {
                let Some(text) = record.get(side).and_then(Value::as_str) else { continue };
                let Ok(mut bytes) = STANDARD.decode(text) else { continue };
                self.damage(&mut bytes);
                record[side] = STANDARD.encode(&bytes).into();
            }
        }
    }

    fn text(&mut self, text: &mut String) {
        let mut bytes = std::mem::take(text).into_bytes();
        self.damage(&mut bytes);
        *text = String::from_utf8_lossy(&bytes).into_owned();
    }
}

/// What a host is given of a damaged case.
pub(crate) struct Damaged {
    /// The configuration as JSON text.
    pub(crate) config: String,
    /// The schema documents as JSON text.
    pub(crate) schemas: Vec<String>,
    /// The event's text, which may be no UTF-8.
    pub(crate) event: Vec<u8>,
}

/// Gives every case under `root` (`tests/vectors`) so many times, each time damaged in another way: payloads half of the
/// times, else the event's text, or configuration and schemas.
pub(crate) fn each(root: &Path, rounds: usize, mut give: impl FnMut(&Path, &Damaged)) {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for dir in find(root) {
        let case = Case::read(&dir).expect("a case");
        // What is large on purpose would only be slow here.
        if case.event.len() > 100_000 {
            continue;
        }
        let event: Option<Value> = serde_json::from_str(&case.event).ok();
        for round in 0..rounds {
            let (config, schemas) = (case.config.clone(), case.schemas.clone());
            let mut damaged = Damaged { config, schemas, event: case.event.clone().into_bytes() };
            match (round % 4, &event) {
                (0 | 1, Some(event)) => {
                    let mut event = event.clone();
                    random.payloads(&mut event);
                    damaged.event = event.to_string().into_bytes();
                }
                (2, _) => random.damage(&mut damaged.event),
                _ => {
                    random.text(&mut damaged.config);
                    damaged.schemas.iter_mut().for_each(|schema| random.text(schema));
                }
            }
            give(&dir, &damaged);
        }
    }
}

/// How many times each case is damaged: the variable `HOSTILE`, or so many.
pub(crate) fn rounds(quick: usize) -> usize {
    std::env::var("HOSTILE").ok().and_then(|n| n.parse().ok()).unwrap_or(quick)
}
