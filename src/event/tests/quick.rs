//! Records in one pass, against the way that reads every record.

use crate::event::{Record, open, record};
use crate::limits::Limits;

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

/// The record of an event that has this text for its only one; nothing where the event has none, or others.
fn in_event(text: &str) -> Option<String> {
    let event = format!("{{\"records\":{{\"orders-0\":[{text}]}}}}");
    let opened = open(event.as_bytes(), &Limits::default()).ok()?;
    let records = opened.event().ok()?.records;
    (records.len() == 1).then(|| told(&records[0]))
}

#[test]
fn what_is_read_in_one_pass_is_read_the_same() {
    let mut next = crate::random::below(11);
    let mut compared = 0;
    for i in 0..80_000 {
        let mut text = SAMPLES[i % SAMPLES.len()].to_owned();
        for _ in 0..next(3) {
            let at = text.floor_char_boundary(next(text.len()));
            match next(2) {
                0 => drop(text.remove(at)),
                _ => text.insert_str(at, PIECES[next(PIECES.len())]),
            }
        }
        let Ok(alone) = record("orders-0", 0, &text) else { continue };
        compared += 1;
        assert_eq!(in_event(&text), Some(told(&alone)), "{text}");
    }
    assert!(compared > 20_000, "{compared}");
}
