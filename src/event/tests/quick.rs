//! Records in one pass, against the way that reads every record.

use crate::error::Side;
use crate::event::{Header, Payload, Place, Record, open, record};
use crate::limits::Limits;
use serde_json::{Value, json};

/// As Lambda writes them, and with what is rare.
const SAMPLES: [&str; 4] = [
    r#"{"topic":"orders","partition":0,"offset":15,"timestamp":1700000000000,"timestampType":"CREATE_TIME","key":"a2V5","value":"dmFsdWU=","headers":[{"trace":[97,-128,255]},{"none":null}]}"#,
    r#"{"topic":"orders","partition":3,"offset":0,"timestamp":null,"timestampType":null,"value":null,"headers":null,"keySchemaMetadata":{},"valueSchemaMetadata":{"schemaId":"42","dataFormat":"AVRO"}}"#,
    r#" { "offset" : -1 , "topic" : "t\u00e9" , "partition" : 12 , "headers" : [ ] , "more" : [1.5e3, {"a": []}] , "valueSchemaMetadata" : null , "value" : "" } "#,
    r#"{"topic":"o","partition":"7","offset":9223372036854775807,"key":"\u0061a==","headers":[{"a":[1],"b":[2]}],"topic":"p"}"#,
];

const PIECES: [&str; 16] =
    ["\"", "\\", "{", "}", "[", "]", ",", ":", "0", "-", "1.0", "null", " ", "\n", "\"offset\":1,", "é"];

/// All that is known of a record.
fn told(record: &Record<'_>) -> String {
    format!("{record:?}")
}

/// Another reader of JSON finds the same in a record's own text.
fn check_own_text(record: &Record<'_>, own: &str) {
    let found: Value = serde_json::from_str(own).expect(own);
    let member = |name: &str| found.get(name).cloned().unwrap_or_default();
    assert_eq!(json!(record.topic), member("topic"), "{own}");
    assert_eq!(json!(record.partition), member("partition"), "{own}");
    assert_eq!(json!(record.offset), member("offset"), "{own}");
    assert_eq!(json!(record.timestamp), member("timestamp"), "{own}");
    assert_eq!(json!(record.timestamp_type), member("timestampType"), "{own}");
    for (side, name) in [(Side::Key, "key"), (Side::Value, "value")] {
        let payload = match record.payload(side) {
            Payload::Base64(text) => json!(text),
            _ => Value::Null,
        };
        assert_eq!(payload, member(name), "{own}");
    }
    let byte = |n: &Value| n.as_i64().map(|n| (n & 0xff) as u8);
    let bytes = |list: &Value| list.as_array().map(|list| list.iter().filter_map(byte).collect());
    let list = member("headers").as_array().cloned().unwrap_or_default();
    let members = list.iter().flat_map(|header| header.as_object().into_iter().flatten());
    let headers: Vec<Header> =
        members.map(|(name, list)| Header { name: name.clone(), value: bytes(list) }).collect();
    assert_eq!(record.headers.clone().unwrap_or_default(), headers, "{own}");
}

/// The record of an event that has this text for its only one; nothing where the event has none, or others.
fn in_event(text: &str, own_texts: &mut usize) -> Option<String> {
    let event = format!("{{\"records\":{{\"orders-0\":[{text}]}}}}");
    let opened = open(event.as_bytes(), &Limits::default()).ok()?;
    let mut records = opened.event().ok()?.records;
    let record = records.pop().filter(|_| records.is_empty())?;
    if let Some(own) = record.text.filter(|_| record.documented) {
        check_own_text(&record, own);
        *own_texts += 1;
    }
    Some(told(&Record { documented: false, ..record }))
}

#[test]
fn what_is_read_in_one_pass_is_read_the_same() {
    let mut next = crate::random::below(11);
    let (mut compared, mut own_texts) = (0, 0);
    for i in 0..80_000 {
        let mut text = SAMPLES[i % SAMPLES.len()].to_owned();
        for _ in 0..next(3) {
            let at = text.floor_char_boundary(next(text.len()));
            match next(2) {
                0 => drop(text.remove(at)),
                _ => text.insert_str(at, PIECES[next(PIECES.len())]),
            }
        }
        let Ok(alone) = record(Place { key: Some("orders-0".into()), index: Some(0) }, &text) else {
            continue;
        };
        compared += 1;
        assert_eq!(in_event(&text, &mut own_texts), Some(told(&alone)), "{text}");
    }
    assert!(compared > 20_000 && own_texts > 10_000, "{compared}, {own_texts}");
}
