//! Avro as a whole: round trips, resolution, hostile schemas, verdicts on evolution.

use kafkalens::Decoder;
use kafkalens::error::{Code, Side};
use serde_json::{Value, json};

fn decoder(side: Value, options: &[(&str, Value)]) -> Decoder {
    let mut config = json!({ "value": side });
    for (name, value) in options {
        config[*name] = value.clone();
    }
    Decoder::new(&config.to_string()).unwrap()
}

fn decode(decoder: &mut Decoder, payload: &[u8]) -> Value {
    serde_json::from_str(&decoder.decode_payload("t", Side::Value, payload)).unwrap()
}

const ORDER: &str = include_str!("avro/order.avsc");
const ORDER_MORE: &str = include_str!("avro/order-more.avsc");

#[test]
fn the_sample_is_refused_for_its_true_reasons() {
    let plain = Decoder::new("{}").unwrap();
    let check = |mode: &str, new: &str, old: &str| -> Value {
        let question = json!({ "type": "AVRO", "mode": mode, "schema": new, "history": [old] });
        serde_json::from_str(&plain.check_compatibility(&question.to_string()).unwrap()).unwrap()
    };
    let report = check("BACKWARD", ORDER_MORE, ORDER);
    assert_eq!(report["compatible"], false);
    let reasons: Vec<_> = report["incompatibilities"].as_array().unwrap().iter().collect();
    assert_eq!(reasons.len(), 2);
    assert_eq!((&reasons[0]["kind"], &reasons[0]["path"]), (&json!("NAME_MISMATCH"), &json!("$")));
    assert_eq!(reasons[1]["kind"], "READER_FIELD_MISSING_DEFAULT_VALUE");
    assert_eq!(reasons[1]["path"], "$.is_prime");
    let message = "`is_prime` has no default: readers of the new schema can't read old data; give it one";
    assert_eq!(reasons[1]["message"], message);
    let none = check("NONE", ORDER_MORE, ORDER);
    assert_eq!((&none["compatible"], &none["checked"]), (&json!(true), &json!(false)));
    assert_eq!(none["note"], "the mode NONE checks nothing");
    // The new name alone is against it the other way round.
    assert_eq!(check("FORWARD", ORDER_MORE, ORDER)["incompatibilities"].as_array().unwrap().len(), 1);
    assert_eq!(plain.check_compatibility("{}").unwrap_err().code(), Code::ConfigInvalid);
}

#[test]
fn every_type_and_logical_type_makes_the_round_trip() {
    let cases = [
        (json!("null"), json!(null)),
        (json!("boolean"), json!(true)),
        (json!("int"), json!(-2147483648)),
        (json!("long"), json!(9223372036854775807i64)),
        (json!("float"), json!(1.5)),
        (json!("double"), json!("NaN")),
        (json!("double"), json!("-Infinity")),
        (json!("bytes"), json!("AP8=")),
        (json!("string"), json!("é😀")),
        (json!({"type":"fixed","name":"f","size":2}), json!("AP8=")),
        (json!({"type":"enum","name":"e","symbols":["A","B"]}), json!("B")),
        (json!({"type":"array","items":"int"}), json!([1, 2, 3])),
        (json!({"type":"map","values":"int"}), json!({"a":1,"b":2})),
        (json!(["null", "string"]), json!("x")),
        (json!(["null", "string"]), json!(null)),
        (json!({"type":"bytes","logicalType":"decimal","precision":5,"scale":2}), json!("-123.45")),
        (json!({"type":"fixed","name":"f","size":8,"logicalType":"decimal","precision":5}), json!("-1")),
        (json!({"type":"bytes","logicalType":"big-decimal"}), json!("-0.00123")),
        (json!({"type":"string","logicalType":"uuid"}), json!("no uuid")),
        (
            json!({"type":"fixed","name":"f","size":16,"logicalType":"uuid"}),
            json!("00010203-0405-0607-0809-0a0b0c0d0e0f"),
        ),
        (json!({"type":"int","logicalType":"date"}), json!("2024-02-29")),
        (json!({"type":"int","logicalType":"date"}), json!("-000001-12-31")),
        (json!({"type":"int","logicalType":"time-millis"}), json!("13:45:30.123")),
        (json!({"type":"long","logicalType":"time-micros"}), json!("13:45:30.123456")),
        (json!({"type":"long","logicalType":"timestamp-millis"}), json!("1969-12-31T23:59:59.999Z")),
        (json!({"type":"long","logicalType":"timestamp-micros"}), json!("2024-02-29T13:45:30.123456Z")),
        (json!({"type":"long","logicalType":"timestamp-nanos"}), json!("2024-02-29T13:45:30.123456789Z")),
        (json!({"type":"long","logicalType":"local-timestamp-millis"}), json!("+010000-01-01T00:00:00.000")),
        (json!({"type":"long","logicalType":"local-timestamp-micros"}), json!("2024-02-29T13:45:30.123456")),
        (
            json!({"type":"long","logicalType":"local-timestamp-nanos"}),
            json!("1677-09-21T00:12:43.145224192"),
        ),
        (json!({"type":"fixed","name":"f","size":12,"logicalType":"duration"}), json!("P1M2DT0.003S")),
    ];
    for (schema, value) in cases {
        let mut decoder = decoder(json!({ "format": "avro", "writer": schema }), &[]);
        let datum = decoder.encode("AVRO", &schema.to_string(), &value.to_string());
        let datum = datum.unwrap_or_else(|e| panic!("{schema} {value}: {e}"));
        assert_eq!(decode(&mut decoder, &datum)["value"], value, "{schema}");
        for n in 0..datum.len() {
            assert!(decode(&mut decoder, &datum[..n]).get("error").is_some(), "{schema} cut at {n}");
        }
    }
}

#[test]
fn encoding_takes_branches_by_tag_or_by_value() {
    let plain = Decoder::new("{}").unwrap();
    let schema = r#"["null","string",{"type":"bytes","logicalType":"decimal","precision":4,"scale":2},{"type":"record","name":"a.R","fields":[{"name":"x","type":"int","default":7}]}]"#;
    let encode = |json: &str| plain.encode("AVRO", schema, json);
    assert_eq!(encode("null").unwrap(), [0]);
    assert_eq!(encode("\"1.00\"").unwrap(), [2, 8, b'1', b'.', b'0', b'0']);
    assert_eq!(encode("{\"bytes\":\"1.00\"}").unwrap(), [4, 2, 100]);
    assert_eq!(encode("{\"a.R\":{\"x\":1}}").unwrap(), [6, 2]);
    assert_eq!(encode("{\"x\":1}").unwrap(), [6, 2]);
    assert_eq!(encode("{}").unwrap(), [6, 14], "a missing field takes its default");
    assert_eq!(encode("{\"y\":1}").unwrap_err().code(), Code::EncodeValue);
    let schema =
        r#"{"type":"record","name":"R","fields":[{"name":"a","type":{"type":"array","items":"int"}}]}"#;
    let error = plain.encode("AVRO", schema, r#"{"a":[1,"secret"]}"#).unwrap_err();
    assert_eq!(error.path(), Some("$.a[1]"));
    assert!(!error.to_json().contains("secret"));
}

#[test]
fn single_objects_find_their_schema_by_fingerprint() {
    let writer =
        json!({"type":"record","name":"R","doc":"not part of it","fields":[{"name":"x","type":"int"}]});
    let schema =
        kafkalens::format::avro::Schema::parse(&writer.to_string(), &[], &Default::default()).unwrap();
    let mut payload = vec![0xc3, 0x01];
    payload.extend(schema.rabin().to_le_bytes());
    payload.push(2);
    let reference = format!("rabin:{:016x}", schema.rabin());
    let side = json!({ "format": "avro", "framing": "single-object", "writer": writer });
    let found = decode(&mut decoder(side, &[]), &payload);
    assert_eq!(found, json!({ "value": { "x": 1 }, "schema": reference }));
    // Another local schema isn't the writer's.
    let side = json!({ "format": "avro", "framing": "single-object", "writer": "int" });
    let found = decode(&mut decoder(side, &[]), &payload);
    assert_eq!(found["error"]["code"], "SCHEMA_ID_UNEXPECTED");
    // A schema that was added: by its fingerprint, or by whatever name.
    let side = json!({ "format": "avro", "framing": "single-object" });
    for name in [reference.as_str(), "local:r"] {
        let mut decoder = decoder(side.clone(), &[]);
        assert_eq!(decode(&mut decoder, &payload)["error"]["code"], "SCHEMA_MISSING");
        let document = json!({ "reference": name, "type": "AVRO", "schema": writer.to_string() });
        decoder.add_schema(&document.to_string()).unwrap();
        assert_eq!(decode(&mut decoder, &payload)["value"], json!({ "x": 1 }), "{name}");
    }
    let mut decoder = decoder(side, &[]);
    for (n, code) in [(1, "FRAMING_TRUNCATED"), (9, "FRAMING_TRUNCATED")] {
        assert_eq!(decode(&mut decoder, &payload[..n])["error"]["code"], code);
    }
    assert_eq!(decode(&mut decoder, b"\x00\x01")["error"]["code"], "SINGLE_OBJECT_MARKER");
}

/// A container file of these blocks: count and data.
fn container(schema: &str, codec: &str, blocks: &[(u8, &[u8])]) -> Vec<u8> {
    let text = |out: &mut Vec<u8>, s: &[u8]| {
        let n = s.len() * 2;
        if n >= 0x80 {
            out.extend([n as u8 | 0x80, (n >> 7) as u8]);
        } else {
            out.push(n as u8);
        }
        out.extend(s);
    };
    let mut out = b"Obj\x01\x04".to_vec();
    for (k, v) in [("avro.schema", schema), ("avro.codec", codec)] {
        text(&mut out, k.as_bytes());
        text(&mut out, v.as_bytes());
    }
    out.push(0);
    out.extend([7; 16]);
    for (count, data) in blocks {
        out.push(count * 2);
        text(&mut out, data);
        out.extend([7; 16]);
    }
    out
}

#[test]
fn container_files_are_arrays_of_their_data() {
    let side = json!({ "format": "avro", "framing": "ocf" });
    let mut plain = decoder(side.clone(), &[]);
    let file = container("\"int\"", "null", &[(2, &[2, 4]), (1, &[6])]);
    assert_eq!(decode(&mut plain, &file)["value"], json!([1, 2, 3]));
    assert_eq!(decode(&mut plain, &container("\"int\"", "null", &[]))["value"], json!([]));
    // Counts and sizes must agree, whatever the bytes would mean.
    let more = decode(&mut plain, &container("\"int\"", "null", &[(1, &[2, 4])]));
    assert_eq!((&more["error"]["code"], &more["error"]["space"]), (&json!("AVRO_TRAILING"), &json!("body")));
    let less = decode(&mut plain, &container("\"int\"", "null", &[(3, &[2, 4]), (1, &[6])]));
    assert_eq!((&less["error"]["code"], &less["error"]["path"]), (&json!("AVRO_TRUNCATED"), &json!("$[2]")));
    let unknown = decode(&mut plain, &container("\"int\"", "lzma9", &[]));
    assert_eq!(unknown["error"]["code"], "CONTAINER_CODEC");
    assert!(unknown["error"]["message"].as_str().unwrap().contains("`lzma9`"));
    for n in 0..file.len() {
        // Between blocks a file may end.
        let whole = n == file.len() - 19 || n == file.len() - 19 - 20;
        assert_eq!(decode(&mut plain, &file[..n]).get("error").is_none(), whole, "cut at {n}");
    }
    // A reader resolves; nulls cost; deflated blocks are bounded.
    let mut side = side;
    side["reader"] = json!("long");
    assert_eq!(decode(&mut decoder(side, &[]), &file)["value"], json!([1, 2, 3]));
    let nulls = container("\"null\"", "null", &[(60, &[])]);
    let side = json!({ "format": "avro", "framing": "ocf" });
    let mut few = decoder(side.clone(), &[("limits", json!({ "items": 50, "inflatedBytes": 100 }))]);
    assert_eq!(decode(&mut few, &nulls)["error"]["code"], "AVRO_ITEMS");
    let deflated = miniz_oxide::deflate::compress_to_vec(&[2; 60], 6);
    let file = container("\"int\"", "deflate", &[(60, &deflated)]);
    assert_eq!(decode(&mut few, &file)["value"].as_array().unwrap().len(), 60);
    let file = container("\"int\"", "deflate", &[(60, &deflated), (60, &deflated)]);
    assert_eq!(decode(&mut few, &file)["error"]["code"], "INFLATE_LIMIT");
}

#[test]
fn hostile_schemas_are_errors_at_once_or_work() {
    let start = std::time::Instant::now();
    // 27 doublings of a record, down to an empty one or to an int.
    for leaf in ["[]", r#"[{"name":"x","type":"int"}]"#] {
        let mut schema = format!(r#"{{"type":"record","name":"R0","fields":{leaf}}}"#);
        for i in 1..=27 {
            let p = i - 1;
            schema = format!(
                r#"{{"type":"record","name":"R{i}","fields":[{{"name":"a","type":{schema}}},{{"name":"b","type":"R{p}"}}]}}"#
            );
        }
        let side = json!({ "format": "avro", "writer": schema });
        let mut decoder = decoder(side, &[]);
        let found = decode(&mut decoder, &[]);
        assert!(found.get("error").is_some());
        assert!(decoder.encode("AVRO", &schema, "{}").is_err());
        let question = json!({ "type": "AVRO", "mode": "FULL", "schema": schema, "history": [schema] });
        assert!(decoder.check_compatibility(&question.to_string()).unwrap().contains("\"compatible\":true"));
    }
    // Records that refer to each other in a chain, inside one schema.
    let fields = (0..8_000).map(|i| {
        format!(r#"{{"name":"f{i}","type":{{"type":"record","name":"R{i}","fields":[{{"name":"a","type":"R{}"}}]}}}}"#, i + 1)
    });
    let fields: Vec<String> = fields.collect();
    let last = r#"{"name":"last","type":{"type":"record","name":"R8000","fields":[]}}"#;
    let schema = format!(
        r#"{{"type":"array","items":{{"type":"record","name":"Chain","fields":[{},{last}]}}}}"#,
        fields.join(",")
    );
    let side = json!({ "format": "avro", "writer": schema, "reader": schema });
    let mut chain = decoder(side, &[]);
    assert_eq!(decode(&mut chain, &[0])["value"], json!([]));
    let question = json!({ "type": "AVRO", "mode": "FULL", "schema": schema, "history": [schema] });
    assert_eq!(chain.check_compatibility(&question.to_string()).unwrap_err().code(), Code::SchemaLimit);
    let parsed = kafkalens::format::avro::Schema::parse(&schema, &[], &Default::default()).unwrap();
    assert!(parsed.canonical_form().len() > 100_000);
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}
