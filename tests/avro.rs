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
    let schema = r#"{"type":"record","name":"R","fields":[{"name":"order_id","type":"int"},{"name":"1st","type":"int"}]}"#;
    let camel = Decoder::new(r#"{"fieldNames":"camel"}"#).unwrap();
    let error = camel.encode("AVRO", schema, r#"{"orderId":"x"}"#).unwrap_err();
    assert_eq!(error.path(), Some("$.orderId"));
    let error = camel.encode("AVRO", schema, r#"{"orderId":1,"1st":"x"}"#).unwrap_err();
    assert_eq!(error.path(), Some(r#"$["1st"]"#));
}

/// What a select leaves out, in every layout that steps for it have, before what it wants.
fn left_out() -> Value {
    let line = json!({"type":"record","name":"Line","fields":[
        {"name":"sku","type":"string"},
        {"name":"qty","type":"int"},
        {"name":"price","type":"double"},
    ]});
    let node = json!({"type":"record","name":"Node","fields":[
        {"name":"id","type":["long","null"]},
        {"name":"next","type":["null","Node"]},
    ]});
    let fields = json!([
        {"name":"flag","type":"boolean"},
        {"name":"ratio","type":"float"},
        {"name":"lines","type":{"type":"array","items":line}},
        {"name":"note","type":["null","string"]},
        {"name":"names","type":{"type":"map","values":"string"}},
        {"name":"hash","type":{"type":"fixed","name":"Hash","size":16}},
        {"name":"mark","type":{"type":"fixed","name":"Mark","size":2}},
        {"name":"grid","type":{"type":"array","items":{"type":"array","items":"long"}}},
        {"name":"byName","type":{"type":"map","values":"Line"}},
        {"name":"any","type":["null","string","Line",{"type":"array","items":["float","null"]}]},
        {"name":"tree","type":node},
        {"name":"nothing","type":{"type":"array","items":"null"}},
        {"name":"bytes","type":"bytes"},
        {"name":"last","type":"int"},
    ]);
    json!({ "type": "record", "name": "R", "fields": fields })
}

/// Values of it: with and without what is optional; texts of one, two and three bytes of length. All bytes are even.
fn left_out_values() -> [Value; 3] {
    let line = |n: usize| json!({ "sku": "r".repeat(n), "qty": n, "price": 2.0 });
    // Zig-zag: nine bytes 0xfe, the last one 0x7e.
    let big = (0..9).map(|i| 0x7e_i64 << (7 * i)).sum::<i64>() >> 1;
    let value = |texts: [usize; 3], any: Value, tree: Value| {
        json!({
            "flag": false, "ratio": 2.0, "hash": "02468bdfhjlnprtv", "mark": "bd",
            "lines": texts.map(line), "byName": { "b": line(texts[0]), "d": line(texts[1]) },
            "note": { "string": "n".repeat(texts[2]) },
            "names": { "x": "z".repeat(texts[0]), "z": "z".repeat(texts[1]) },
            "grid": [[1, 128, 16384], [], [big]],
            "any": any, "tree": tree, "nothing": [null, null], "bytes": "b".repeat(texts[1]), "last": 7,
        })
    };
    let leaf = json!({ "id": { "long": big }, "next": null });
    let tree = json!({ "id": null, "next": { "Node": leaf } });
    let mut sparse = value([0, 1, 2], Value::Null, leaf.clone());
    for (name, empty) in
        [("note", json!(null)), ("names", json!({})), ("lines", json!([])), ("grid", json!([]))]
    {
        sparse[name] = empty;
    }
    [
        value([3, 63, 128], json!({ "Line": line(9) }), tree),
        value([8064, 2, 16384], json!({ "array": [{ "float": 2.0 }, null] }), leaf),
        sparse,
    ]
}

/// What says of damaged bytes that they can't be read at all, whatever they mean.
fn is_structural(code: &str) -> bool {
    ["TRUNCATED", "LENGTH", "VARINT", "UNION_INDEX", "BLOCK_COUNT", "TRAILING", "ITEMS", "DEPTH"]
        .iter()
        .any(|end| code.strip_prefix("AVRO_") == Some(end))
}

/// An error without its path: what is passed over has none of its own.
fn reason(document: &Value) -> (&Value, &Value, [&str; 2]) {
    let error = &document["error"];
    let message = error["message"].as_str().unwrap_or_default();
    let (expected, found) = message.split_once(", found").unwrap_or_default();
    (&error["code"], &error["byteOffset"], [expected.split(" at $").next().unwrap_or_default(), found])
}

#[test]
fn what_is_left_out_is_passed_over_as_it_is_read() {
    let schema = left_out();
    let encoder = decoder(json!({ "format": "avro" }), &[("dialect", json!("avro-json"))]);
    for depth in [64, 4, 3] {
        let limits = [("limits", json!({ "depth": depth })), ("unions", json!("plain"))];
        let mut whole = decoder(json!({ "format": "avro", "writer": schema }), &limits);
        let mut part = decoder(json!({ "format": "avro", "writer": schema, "select": ["last"] }), &limits);
        let mut seen = std::collections::BTreeSet::new();
        for value in left_out_values() {
            let datum = encoder.encode("AVRO", &schema.to_string(), &value.to_string()).unwrap();
            assert!(
                datum.iter().all(|byte| byte % 2 == 0),
                "counts below 0 have a size, by which blocks are passed over unread"
            );
            let mut compare = |datum: &[u8]| {
                let (found, expected) = (decode(&mut part, datum), decode(&mut whole, datum));
                let code = expected["error"]["code"].as_str().unwrap_or("OK").to_owned();
                if code == "OK" {
                    assert_eq!(found["value"], json!({ "last": expected["value"]["last"] }));
                } else if is_structural(&code) {
                    assert_eq!(reason(&found), reason(&expected), "{expected} {found}");
                }
                seen.insert(code);
            };
            compare(&datum);
            let step = if depth == 64 { 1 + datum.len() / 700 } else { 1 + datum.len() / 100 };
            for at in (0..datum.len()).step_by(step) {
                compare(&datum[..at]);
                let mut damaged = datum.clone();
                for byte in [0x00, 0x02, 0x7e, 0x80, 0xfe, datum[at] ^ 0x80] {
                    damaged[at] = byte;
                    compare(&damaged);
                }
            }
        }
        assert!(seen.iter().filter(|code| is_structural(code)).count() >= 4, "{seen:?}");
    }
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
    assert!(unknown["error"]["message"].as_str().unwrap().contains("found another"));
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

/// What the native feature adds; without it these codecs are errors that name them.
#[test]
fn optional_codecs() {
    let data = [2u8; 60];
    let mut plain = decoder(json!({ "format": "avro", "framing": "ocf" }), &[]);
    #[cfg(not(feature = "codecs"))]
    for codec in ["snappy", "zstandard", "bzip2", "xz"] {
        let found = decode(&mut plain, &container("\"int\"", codec, &[(60, &data)]));
        assert_eq!(found["error"]["code"], "CONTAINER_CODEC");
        assert!(found["error"]["message"].as_str().unwrap().contains(codec));
    }
    #[cfg(feature = "codecs")]
    {
        use std::io::Read;
        let read = |mut from: Box<dyn Read>| {
            let mut out = Vec::new();
            from.read_to_end(&mut out).unwrap();
            out
        };
        let mut snappy = snap::raw::Encoder::new().compress_vec(&data).unwrap();
        snappy.extend(crc32fast::hash(&data).to_be_bytes());
        let packed = [
            ("snappy", snappy),
            ("zstandard", zstd::stream::encode_all(&data[..], 3).unwrap()),
            ("bzip2", read(Box::new(bzip2::read::BzEncoder::new(&data[..], bzip2::Compression::best())))),
            ("xz", read(Box::new(liblzma::read::XzEncoder::new(&data[..], 6)))),
        ];
        let limits = json!({ "inflatedBytes": 40 });
        let mut few = decoder(json!({ "format": "avro", "framing": "ocf" }), &[("limits", limits)]);
        for (codec, block) in packed {
            let file = container("\"int\"", codec, &[(60, &block)]);
            assert_eq!(decode(&mut plain, &file)["value"].as_array().unwrap().len(), 60, "{codec}");
            assert_eq!(decode(&mut few, &file)["error"]["code"], "INFLATE_LIMIT", "{codec}");
            let cut = container("\"int\"", codec, &[(60, &block[..block.len() - 1])]);
            assert_eq!(decode(&mut plain, &cut)["error"]["code"], "CONTAINER_BLOCK", "{codec}");
        }
    }
}
