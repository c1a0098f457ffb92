//! The vectors through the component, and the typed records against the text that they are compared by; then the vectors
//! damaged, for a host of 32 bits must say of them what one of 64 does. `HOSTILE=1000` damages each that many times.

#[path = "../../../tests/support/mod.rs"]
mod support;

use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};
use support::{Host, damage, native};
use wasmtime_rust::{Category, Decoded, Decoder, Error, KafkaRecord, Module, Side, Space, Tombstone};

struct Wasmtime(Module);

impl Host for Wasmtime {
    fn name(&self) -> &str {
        "wasmtime"
    }

    fn decode(&mut self, config: &str, schemas: &[String], event: &str) -> Result<String, String> {
        let mut decoder = self.decoder(config)?;
        for schema in schemas {
            // A schema that is refused is the error of the records that name it.
            let _ = sound(decoder.add_schema(schema));
        }
        let text = sound(decoder.decode_event(event)).map_err(document)?;
        let records = sound(decoder.decode_records(event)).map_err(document)?;
        assert_typed_records_agree(&text, &records);
        Ok(text)
    }

    fn missing(&mut self, config: &str, event: &str) -> Option<Result<Vec<String>, String>> {
        let decoder = self.decoder(config);
        Some(decoder.and_then(|mut decoder| sound(decoder.missing_schemas(event)).map_err(document)))
    }

    fn call(
        &mut self,
        config: &str,
        schemas: &[String],
        event: &str,
        verb: &str,
        args: &[&str],
    ) -> Option<Result<String, String>> {
        Some(self.decoder(config).and_then(|mut decoder| {
            for schema in schemas {
                let _ = sound(decoder.add_schema(schema));
            }
            let result = match (verb, args) {
                ("envelope", []) => sound(decoder.envelope(event)),
                ("detect", [side, place @ ..]) => {
                    sound(decoder.detect(event, which(side), place.first().and_then(|p| p.parse().ok())))
                }
                ("matchesFilter", [pattern, record]) => sound(decoder.matches_filter(pattern, record)),
                ("schemas", []) => Ok(sound(decoder.schemas())),
                ("warnings", []) => sound(decoder.decode_event(event)).map(|_| sound(decoder.warnings())),
                ("guess", [side, payload]) => {
                    sound(decoder.guess("", which(side), &support::base64(payload)))
                }
                ("checkCompatibility", [question]) => sound(decoder.check_compatibility(question)),
                ("encode", [schema_type, schema, json]) => {
                    sound(decoder.encode(schema_type, schema, json)).map(|datum| support::hex(&datum))
                }
                _ => panic!("no such verb: {verb}"),
            };
            result.map_err(document)
        }))
    }
}

impl Wasmtime {
    fn decoder(&self, config: &str) -> Result<Decoder, String> {
        sound(Decoder::new(&self.0, config)).map_err(document)
    }
}

fn which(side: &str) -> Side {
    if side == "key" { Side::Key } else { Side::Value }
}

#[test]
fn vectors() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let report = support::run(&mut Wasmtime(module(&root)), &root.join("tests/vectors"), &filter());
    println!("{}", report.text());
    assert!(report.differences.is_empty(), "{}", report.text());
}

#[test]
fn damaged_input_gives_what_it_gives_natively() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut host = Wasmtime(module(&root));
    damage::each(
        &root.join("tests/vectors"),
        damage::rounds(12),
        |dir, damage::Damaged { config, schemas, event }| {
            // A component takes text only.
            let Ok(event) = std::str::from_utf8(event) else { return };
            let found = host.decode(config, schemas, event);
            assert_eq!(
                found,
                native::decode(config, schemas, event.as_bytes()),
                "{}: {config} {schemas:?} {event}",
                dir.display()
            );
        },
    );
}

#[test]
fn a_payload_decodes_without_an_event() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut decoder = sound(Decoder::new(&module(&root), r#"{ "value": { "format": "json" } }"#)).unwrap();
    match sound(decoder.decode_payload("orders", Side::Value, br#"{ "n": 9007199254740993 }"#)) {
        Decoded::Value(value) => assert_eq!(value.json, r#"{"n":9007199254740993}"#),
        other => panic!("{other:?}"),
    }
    match sound(decoder.decode_payload("orders", Side::Value, b"{")) {
        Decoded::Failed(error) => {
            assert_eq!((error.code.as_str(), error.byte_offset), ("JSON_TRUNCATED", Some(1)))
        }
        other => panic!("{other:?}"),
    }
}

fn filter() -> String {
    std::env::var("VECTORS").unwrap_or_default()
}

fn module(root: &Path) -> Module {
    let component: PathBuf = root.join("target/wasm/kafkalens.component.wasm");
    assert!(component.is_file(), "no component in target/wasm: run `cargo xtask build` first");
    sound(Module::load(&component, &root.join("target/wasm")))
}

/// wasmtime's own errors (a trap above all) fail the test.
fn sound<T>(result: wasmtime::Result<T>) -> T {
    result.unwrap_or_else(|error| panic!("{error:?}"))
}

/// The error as the JSON document of the other hosts.
fn document(error: Error) -> String {
    document_of(&error).to_string()
}

fn document_of(error: &Error) -> Value {
    let mut out = Map::new();
    let mut put = |name: &str, value: Value| {
        if !value.is_null() {
            out.insert(name.to_owned(), value);
        }
    };
    put("code", json!(error.code));
    put("category", json!(category(error.category)));
    put("side", json!(error.side.map(side)));
    put("topic", json!(error.topic));
    put("partition", json!(error.partition));
    put("offset", json!(error.offset));
    put("path", json!(error.path));
    put("byteOffset", json!(error.byte_offset));
    put("space", json!(space(error.space)));
    put("message", json!(error.message));
    put("hint", json!(error.hint));
    put("frame", json!(error.frame));
    put("retryable", json!(error.retryable));
    Value::Object(out)
}

fn category(category: Category) -> &'static str {
    match category {
        Category::Event => "event",
        Category::Base64 => "base64",
        Category::Framing => "framing",
        Category::Schema => "schema",
        Category::Decode => "decode",
        Category::Limit => "limit",
        Category::Output => "output",
        Category::Source => "source",
    }
}

fn side(side: Side) -> &'static str {
    match side {
        Side::Key => "key",
        Side::Value => "value",
        Side::Header => "header",
    }
}

/// The payload goes without saying.
fn space(space: Space) -> Option<&'static str> {
    match space {
        Space::Payload => None,
        Space::Body => Some("body"),
        Space::Base64 => Some("base64"),
        Space::Event => Some("event"),
        Space::Schema => Some("schema"),
    }
}

fn assert_typed_records_agree(text: &str, records: &[KafkaRecord]) {
    let documents = support::sides(text).unwrap();
    assert_eq!(documents.len(), records.len());
    for (document, record) in documents.iter().zip(records) {
        for (name, side) in [("key", &record.key), ("value", &record.value)] {
            assert_eq!(document.get(name).unwrap().get(), side_text(side), "{name} as text and typed");
        }
        let expected =
            json!([record.topic, record.partition, record.offset, record.timestamp, record.timestamp_type]);
        let names = ["topic", "partition", "offset", "timestamp", "timestampType"];
        let found =
            names.map(|name| serde_json::from_str::<Value>(document.get(name).unwrap().get()).unwrap());
        assert_eq!(json!(found), expected);
    }
}

fn side_text(side: &Decoded) -> String {
    match side {
        Decoded::Value(value) => {
            let schema = value
                .schema
                .as_ref()
                .map_or(String::new(), |schema| format!(",\"schema\":{}", json!(schema)));
            format!("{{\"value\":{}{schema}}}", value.json)
        }
        Decoded::Tombstone(Tombstone::Absent) => r#"{"tombstone":"absent"}"#.to_owned(),
        Decoded::Tombstone(Tombstone::Null) => r#"{"tombstone":"null"}"#.to_owned(),
        Decoded::Failed(error) => format!("{{\"error\":{}}}", document_of(error)),
    }
}
