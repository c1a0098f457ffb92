//! Damaged events: every case of the vectors with bytes of its payloads, its event and its schemas changed. Nothing
//! may panic, and what comes out is JSON or a coded error. `HOSTILE=1000` damages each case that many times.

#[allow(dead_code)]
mod support;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kafkalens::decoder::Decoder;
use serde_json::Value;
use std::path::Path;
use support::Case;

/// A small generator: the same damage in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n.max(1) as u64) as usize
    }

    fn damage(&mut self, bytes: &mut Vec<u8>) {
        for _ in 0..=self.below(3) {
            let at = self.below(bytes.len() + 1);
            match self.below(6) {
                0 => bytes.truncate(at),
                1 => bytes.insert(at, [0x00, 0x01, 0x02, 0x7f, 0x80, 0xff][self.below(6)]),
                2 if at < bytes.len() => bytes[at] ^= 1 << self.below(8),
                3 if at < bytes.len() => bytes[at] = self.below(256) as u8,
                4 if at < bytes.len() => drop(bytes.remove(at)),
                _ => bytes.splice(at..at, [0xff; 9].into_iter().chain([1])).for_each(drop),
            }
        }
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
}

fn decode(config: &str, schemas: &[String], event: &[u8]) {
    let Ok(mut decoder) = Decoder::new(config) else { return };
    for schema in schemas {
        let _ = decoder.add_schema(schema);
    }
    let _ = decoder.missing_schemas(event);
    match decoder.decode_event(event) {
        Ok(text) => {
            let parsed: Result<&serde_json::value::RawValue, _> = serde_json::from_str(&text);
            assert!(parsed.is_ok(), "no JSON came out");
        }
        Err(error) => assert!(!error.message().is_empty()),
    }
}

#[test]
fn damaged_input_is_an_error_and_never_a_panic() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors");
    let rounds: usize = std::env::var("HOSTILE").ok().and_then(|n| n.parse().ok()).unwrap_or(20);
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for dir in support::cases(&root) {
        let case = Case::read(&dir).expect("a case");
        // What is large on purpose would only be slow here.
        if case.event.len() > 100_000 {
            continue;
        }
        let event: Option<Value> = serde_json::from_str(&case.event).ok();
        for round in 0..rounds {
            let mut text = case.event.clone().into_bytes();
            let (mut config, mut schemas) = (case.config.clone(), case.schemas.clone());
            match (round % 4, &event) {
                (0 | 1, Some(event)) => {
                    let mut event = event.clone();
                    random.payloads(&mut event);
                    text = event.to_string().into_bytes();
                }
                (2, _) => random.damage(&mut text),
                _ => {
                    let mut bytes = std::mem::take(&mut config).into_bytes();
                    random.damage(&mut bytes);
                    config = String::from_utf8_lossy(&bytes).into_owned();
                    for schema in &mut schemas {
                        let mut bytes = std::mem::take(schema).into_bytes();
                        random.damage(&mut bytes);
                        *schema = String::from_utf8_lossy(&bytes).into_owned();
                    }
                }
            }
            decode(&config, &schemas, &text);
        }
    }
}
