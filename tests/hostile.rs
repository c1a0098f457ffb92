//! Damaged events: every case of the vectors with bytes of its payloads, its event and its schemas changed. Nothing
//! may panic, and what comes out is JSON or a coded error. `HOSTILE=1000` damages each case that many times.

#[allow(dead_code)]
mod support;

use kafkalens::decoder::Decoder;
use serde_json::Value;
use std::path::Path;
use support::damage;
use support::random::Random;

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
    damage::each(&root, damage::rounds(20), |_, damaged| {
        decode(&damaged.config, &damaged.schemas, &damaged.event);
    });
}

/// Texts whose parts share what they came in, and texts that are mostly space: what is told grows with the text.
#[test]
fn hostile_envelopes_cost_what_their_text_does() {
    let items = format!("[{}{{}}]", "{},".repeat(9_990));
    let payload = Value::from(items.as_str());
    let ranges: Vec<String> = (0..9_990).map(|i| format!("\"a-{i}\":{{\"firstRecordOffset\":1}}")).collect();
    let long = "x".repeat(1 << 20);
    let texts = [
        format!(r#"{{"KafkaBatchInfo":{{"recordsInfo":{{{}}}}},"payload":{payload}}}"#, ranges.join(",")),
        format!(
            r#"{{"KafkaBatchInfo":{{"bootstrapServers":"{long}","recordsInfo":{{{}}}}}}}"#,
            ranges.join(",")
        ),
        format!(r#"{{"requestContext":{{"requestId":"{long}"}},"payload":{payload}}}"#),
        format!(r#"{{"Records":[{{"messageId":"{long}","body":{payload}}}]}}"#),
        format!(r#"{{"Type":"Notification","MessageId":"{long}","Message":{payload}}}"#),
        format!(r#"{{"requestId":"{long}","message":{payload}}}"#),
        format!(r#"{} {{"payload":{payload}}}"#, "x ".repeat(1 << 20)),
        format!("{{\"records\":{{}}}}{}", "\n".repeat(8 << 20)),
        format!("{{\"records\":{{}}}}{}x", " \n".repeat(4 << 20)),
    ];
    let decoder = Decoder::new("{}").expect("a configuration");
    let start = std::time::Instant::now();
    for text in &texts {
        let told = decoder.envelope(text.as_bytes()).expect("an envelope");
        assert!(told.len() < 16 << 20, "{} bytes of {}", told.len(), text.len());
    }
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

/// Wide schemas of Connect: neither items nor members walk all fields.
#[test]
fn hostile_connect_schemas_cost_what_their_text_does() {
    const DATE: &str = r#""type":"int32","name":"org.apache.kafka.connect.data.Date""#;
    let fields = |kind: &str| {
        let field = |i| format!(r#"{{"field":"f{i}",{kind}}}"#);
        let fields: Vec<String> = (0..100_000).map(field).collect();
        format!(r#"{{"type":"struct","fields":[{},{{"field":"d",{DATE}}}]}}"#, fields.join(","))
    };
    let members: Vec<String> = (0..100_000).rev().map(|i| format!("\"f{i}\":1")).collect();
    let texts = [
        format!(r#"{{"schema":{},"payload":{{{}}}}}"#, fields(DATE), members.join(",")),
        format!(
            r#"{{"schema":{{"type":"array","items":{}}},"payload":[{}{{}}]}}"#,
            fields(r#""type":"int32""#),
            "{\"d\":1},".repeat(100_000)
        ),
    ];
    let decoder = Decoder::new("{}").expect("a configuration");
    let start = std::time::Instant::now();
    for text in &texts {
        assert!(kafkalens::format::connect::unwrap(text.as_bytes(), decoder.style()).is_ok());
    }
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

/// .proto texts: those of the vectors and of protoc's sample, damaged by bytes and by pieces of one another. Text that
/// compiles must give a schema.
#[test]
fn damaged_proto_text_is_an_error_and_never_a_panic() {
    use kafkalens::format::protobuf::{Schema, proto};
    use kafkalens::limits::Limits;
    let sample = include_str!("protoc/sample.jsonl");
    let texts: Vec<String> = sample
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .flat_map(|case| case["files"].as_array().cloned().unwrap_or_default())
        .filter_map(|file| file["text"].as_str().map(str::to_owned))
        .collect();
    assert!(texts.len() > 50);
    let rounds = damage::rounds(20).div_ceil(4);
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    let limits = Limits::default();
    for text in &texts {
        for _ in 0..rounds {
            let mut bytes = text.clone().into_bytes();
            if random.below(2) == 0 {
                let other = texts[random.below(texts.len())].as_bytes();
                let from = random.below(other.len());
                let piece = &other[from..(from + random.below(60)).min(other.len())];
                let at = random.below(bytes.len());
                bytes.splice(at..at, piece.iter().copied());
            } else {
                random.damage(&mut bytes);
            }
            let text = String::from_utf8_lossy(&bytes);
            if let Ok(set) = proto::compile(&[("t.proto", &text)], &limits) {
                let read = Schema::from_descriptors(&set, &limits);
                assert!(read.is_ok(), "{text}\n{:?}", read.err());
            }
        }
    }
}

/// Texts that nest, repeat and chain without end.
#[test]
fn hostile_proto_text_is_refused_in_time() {
    use kafkalens::format::protobuf::proto;
    use kafkalens::limits::Limits;
    let deep = |open: &str, close: &str, n: usize| format!("{}{}", open.repeat(n), close.repeat(n));
    let texts = [
        format!("syntax = \"proto3\"; {}", deep("message M {", "}", 20_000)),
        format!("syntax = \"proto2\"; message M {{ {} }}", deep("optional group G = 1 {", "}", 20_000)),
        format!("syntax = \"proto3\"; option (x) = {};", deep("{ a: ", "}", 20_000)),
        format!("syntax = \"proto3\"; option (x) = {{ a: {} }};", deep("[", "]", 20_000)),
        format!("syntax = \"proto3\"; message {} {{}}", "a".repeat(500_000)),
        format!("syntax = \"proto3\"; message M {{ {}.x a = 1; }}", "a.".repeat(100_000)),
        format!("syntax = \"proto3\"; {}", "/*".repeat(200_000)),
        format!("syntax = \"proto3\"; {}", "\"".repeat(200_001)),
        format!("syntax = \"proto3\"; enum E {{ A = {}1; }}", "-".repeat(200_000)),
        (0..20_000).map(|i| format!("message M{i} {{ M{} n = 1; }} ", i + 1)).collect(),
        "import \"t.proto\";".repeat(20_000),
        "\0".repeat(100_000),
    ];
    let start = std::time::Instant::now();
    for text in &texts {
        let _ = proto::compile(&[("t.proto", text)], &Limits::default());
    }
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

/// Names that each reference, or each name within, would have anew: gigabytes for a schema of less than one megabyte.
#[test]
fn names_do_not_multiply() {
    let refused = |config: Value| {
        let error = Decoder::new(&config.to_string()).err().expect("an error");
        assert_eq!(error.code().as_str(), "SCHEMA_LIMIT", "{error}");
    };
    let fields: Vec<Value> =
        (0..9_000).map(|i| serde_json::json!({ "name": format!("f{i}"), "type": "R" })).collect();
    let writer = serde_json::json!({
        "type": "record", "name": "R", "namespace": "a".repeat(400_000), "fields": fields });
    refused(serde_json::json!({ "value": { "format": "avro", "writer": writer.to_string() } }));
    let proto = |text: String| {
        refused(serde_json::json!({ "value": {
            "format": "protobuf", "message": "M", "files": [{ "name": "m.proto", "text": text }] } }));
    };
    proto(format!("syntax = \"proto3\"; package a{}; message M {{}}", ".a".repeat(400_000)));
    let fields: String = (1..9_000).map(|i| format!("M f{i} = {i}; ")).collect();
    proto(format!("syntax = \"proto3\"; package {}; message M {{ {fields} }}", "a".repeat(400_000)));
}

fn refused(config: &str, payload: &[u8]) -> String {
    let mut decoder = match Decoder::new(config) {
        Ok(decoder) => decoder,
        Err(error) => return error.to_json(),
    };
    decoder.decode_payload("t", kafkalens::error::Side::Value, payload)
}

/// Schemas for which a plan, or a default in it, would take too long: told as a limit, never as schemas that don't fit.
#[test]
fn hostile_resolution_is_refused_in_time() {
    let union = |name: &str, branches: usize| {
        let record = |i| serde_json::json!({ "type": "record", "name": format!("{name}{i}"), "fields": [{ "name": format!("a{i}"), "type": "int" }] });
        Value::from_iter((0..branches).map(record))
    };
    let mut tree = serde_json::json!({ "type": "record", "name": "T0", "fields": [] });
    for i in 1..=20 {
        let inner = format!("T{}", i - 1);
        tree = serde_json::json!({ "type": "record", "name": format!("T{i}"), "fields": [
            { "name": "l", "type": tree, "default": {} }, { "name": "r", "type": inner, "default": {} }] });
    }
    let start = std::time::Instant::now();
    let of = |fields: Value| serde_json::json!({ "type": "record", "name": "R", "fields": fields });
    let reader = of(serde_json::json!([{ "name": "t", "type": tree, "default": {} }]));
    for (writer, reader) in [(union("W", 8_000), union("R", 8_000)), (of(serde_json::json!([])), reader)] {
        let config = serde_json::json!({ "value": { "format": "avro", "writer": writer, "reader": reader } });
        let told = refused(&config.to_string(), &[0, 0]);
        assert!(told.contains("SCHEMA_LIMIT"), "{told}");
    }
    let same = serde_json::json!({ "value": { "format": "avro", "writer": union("W", 8_000), "reader": union("W", 8_000) } });
    assert_eq!(refused(&same.to_string(), &[2, 10]), r#"{"value":{"a1":5}}"#);
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

/// Names that would make every error, or every look-up, as long as they are.
#[test]
fn hostile_names_are_refused() {
    let field = serde_json::json!({ "type": "record", "name": "R", "fields": [{ "name": "x".repeat(2_000), "type": "int" }] });
    let avro = serde_json::json!({ "value": { "format": "avro", "writer": field } });
    let text = format!("syntax = \"proto3\"; package {}a; message M {{}}", "a.".repeat(200));
    let files = serde_json::json!([{ "name": "a.proto", "text": text }]);
    let protobuf =
        serde_json::json!({ "value": { "format": "protobuf", "framing": "none", "files": files } });
    for config in [avro, protobuf] {
        let told = refused(&config.to_string(), &[]);
        assert!(told.contains("SCHEMA_LIMIT") && told.len() < 1_000, "{told}");
    }
}

/// Criteria decode what they look at, some of which takes no bytes: beyond a limit records are kept unseen.
#[test]
fn hostile_values_for_criteria_cost_what_is_decoded() {
    let writer = serde_json::json!({ "type": "array", "items": "null" });
    let config = serde_json::json!({
        "value": { "format": "avro", "writer": writer },
        "where": { "value": ["y"] },
        "limits": { "outputBytes": 1 << 20 },
    });
    let mut decoder = Decoder::new(&config.to_string()).expect("a configuration");
    let record = serde_json::json!({ "topic": "t", "partition": 0, "offset": 0, "value": "gIl6AA==" });
    let event = serde_json::json!({ "records": { "t-0": vec![record; 2_000] } });
    let start = std::time::Instant::now();
    let told: Value =
        serde_json::from_str(&decoder.decode_event(event.to_string().as_bytes()).expect("an event"))
            .expect("JSON");
    // A million items of four characters: the first is looked at, and doesn't match.
    assert_eq!(told["records"].as_array().map(Vec::len), Some(1_999));
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}
