//! The vectors in native Rust. `VECTORS=avro/` runs a part; `BLESS=1` writes what came out into the cases that differ.

#[path = "support/bless.rs"]
mod bless;
mod support;

use kafkalens::decoder::Decoder;
use kafkalens::error::Side;
use std::path::Path;
use support::{Host, native};

struct Native;

impl Host for Native {
    fn name(&self) -> &str {
        "native"
    }

    fn decode(&mut self, config: &str, schemas: &[String], event: &str) -> Result<String, String> {
        native::decode(config, schemas, event.as_bytes())
    }

    fn missing(&mut self, config: &str, event: &str) -> Option<Result<Vec<String>, String>> {
        let result = Decoder::new(config).and_then(|mut decoder| decoder.missing_schemas(event.as_bytes()));
        Some(result.map_err(|e| e.to_json()))
    }

    fn call(
        &mut self,
        config: &str,
        schemas: &[String],
        event: &str,
        verb: &str,
        args: &[&str],
    ) -> Option<Result<String, String>> {
        let result = Decoder::new(config).and_then(|mut decoder| {
            for schema in schemas {
                let _ = decoder.add_schema(schema);
            }
            let event = event.as_bytes();
            match (verb, args) {
                ("envelope", []) => decoder.envelope(event),
                ("detect", [side, place @ ..]) => {
                    decoder.detect(event, which(side), place.first().and_then(|p| p.parse().ok()))
                }
                ("matchesFilter", [pattern, record]) => decoder.matches_filter(pattern, record),
                ("schemas", []) => Ok(decoder.schemas()),
                ("warnings", []) => decoder.decode_event(event).map(|_| decoder.warnings()),
                ("guess", [side, payload]) => decoder.guess("", which(side), &support::base64(payload)),
                ("checkCompatibility", [question]) => decoder.check_compatibility(question),
                ("encode", [schema_type, schema, json]) => {
                    decoder.encode(schema_type, schema, json).map(|datum| support::hex(&datum))
                }
                _ => panic!("no such verb: {verb}"),
            }
        });
        Some(result.map_err(|e| e.to_json()))
    }
}

fn which(side: &str) -> Side {
    if side == "key" { Side::Key } else { Side::Value }
}

#[test]
fn vectors() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors");
    let report = support::run(&mut Native, &root, &std::env::var("VECTORS").unwrap_or_default());
    println!("{}", report.text());
    if std::env::var_os("BLESS").is_some_and(|v| v == "1") {
        let mut dirs: Vec<_> = report.differences.iter().map(|(dir, _)| dir).collect();
        dirs.dedup();
        for dir in dirs {
            bless::bless(&mut Native, dir).unwrap_or_else(|e| panic!("{}: {e}", dir.display()));
        }
        return;
    }
    assert!(report.differences.is_empty(), "{}", report.text());
}
