//! Avro's round trip on random values: decoding gives back what was encoded, resolution into the same schema is the
//! identity, and every truncated prefix is an error.

use kafkalens::Decoder;
use kafkalens::error::Side;
use proptest::prelude::*;
use serde_json::{Value, json};

fn schema() -> Value {
    json!({"type":"record","name":"a.R","fields":[
        {"name":"b","type":"boolean"},
        {"name":"i","type":"int"},
        {"name":"l","type":"long"},
        {"name":"d","type":"double"},
        {"name":"s","type":"string"},
        {"name":"y","type":"bytes"},
        {"name":"f","type":{"type":"fixed","name":"F","size":3}},
        {"name":"e","type":{"type":"enum","name":"E","symbols":["A","B","C"]}},
        {"name":"u","type":["null","int","string",{"type":"array","items":"long"}]},
        {"name":"m","type":{"type":"map","values":"long"}},
        {"name":"decimal","type":{"type":"bytes","logicalType":"decimal","precision":30,"scale":3}},
        {"name":"at","type":{"type":"long","logicalType":"timestamp-micros"}},
        {"name":"day","type":{"type":"int","logicalType":"date"}},
        {"name":"next","type":["null","R"]}
    ]})
}

fn branch() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(json!(null)),
        any::<i32>().prop_map(|v| json!({ "int": v })),
        ".{0,5}".prop_map(|v| json!({ "string": v })),
        prop::collection::vec(any::<i64>(), 0..4).prop_map(|v| json!({ "array": v })),
    ]
}

/// In the dialect `avro-json`: bytes as Latin-1 text, logical types raw, unions tagged.
fn record() -> impl Strategy<Value = Value> {
    let bytes = || {
        prop::collection::vec(any::<u8>(), 0..9)
            .prop_map(|v| v.into_iter().map(char::from).collect::<String>())
    };
    let fixed = any::<[u8; 3]>().prop_map(|v| v.into_iter().map(char::from).collect::<String>());
    let numbers = (any::<bool>(), any::<i32>(), any::<i64>(), -1e300..1e300f64, any::<i64>(), any::<i32>());
    let texts = (".{0,9}", bytes(), fixed, prop::sample::select(vec!["A", "B", "C"]), bytes());
    let leaf = (numbers, texts, branch(), prop::collection::btree_map("[a-z]{0,3}", any::<i64>(), 0..4))
        .prop_map(|((b, i, l, d, at, day), (s, y, f, e, decimal), u, m)| {
            json!({ "b": b, "i": i, "l": l, "d": d, "s": s, "y": y, "f": f, "e": e, "u": u, "m": m,
                    "decimal": decimal, "at": at, "day": day, "next": null })
        });
    leaf.prop_recursive(3, 4, 1, |inner| {
        inner.prop_map(|next| {
            let mut outer = next.clone();
            outer["next"] = json!({ "a.R": next });
            outer
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn decoding_gives_back_what_was_encoded(value in record()) {
        let schema = schema();
        for reader in [None, Some(&schema)] {
            let mut side = json!({ "format": "avro", "writer": schema });
            if let Some(reader) = reader {
                side["reader"] = reader.clone();
            }
            let mut decoder = Decoder::new(&json!({ "value": side, "dialect": "avro-json" }).to_string()).unwrap();
            let datum = decoder.encode("AVRO", &schema.to_string(), &value.to_string()).unwrap();
            let found: Value = serde_json::from_str(&decoder.decode_payload("t", Side::Value, &datum)).unwrap();
            prop_assert_eq!(&found["value"], &value);
            for n in (0..datum.len()).step_by(7) {
                let cut = decoder.decode_payload("t", Side::Value, &datum[..n]);
                let refused = cut.starts_with("{\"error\"");
                prop_assert!(refused);
            }
        }
    }
}
