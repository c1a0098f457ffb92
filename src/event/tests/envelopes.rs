//! What events come in, cut off and damaged; and the largest that Lambda delivers.

use super::*;

fn escaped(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

/// An SQS event of an SNS notification of an on-failure record with this event.
fn wrapped(event: &str) -> String {
    let failure = format!(
        r#"{{"requestContext":{{"requestId":"r","approximateInvokeCount":2}},"KafkaBatchInfo":{{"recordsInfo":{{"t-0":{{"firstRecordOffset":"1"}}}}}},"payload":{}}}"#,
        escaped(event)
    );
    let notification =
        format!(r#"{{"Type":"Notification","MessageId":"n","Message":{}}}"#, escaped(&failure));
    format!(r#"{{"Records":[{{"messageId":"m","body":{}}}]}}"#, escaped(&notification))
}

fn texts() -> Vec<String> {
    let event = one(r#""value":"AA==""#);
    let record = r#"{"topic":"t","partition":0,"offset":1,"value":"AA=="}"#;
    vec![
        wrapped(&event),
        format!("{event}\n{record}\n"),
        format!("[{record},{record}]"),
        format!("2024-01-02T03:04:05Z\t89791762-2336-4186-9674-299b90a802e2\tINFO\t{event}\n"),
        format!(r#"{{"logEvents":[{{"message":{}}}]}}"#, escaped(&event)),
    ]
}

#[test]
fn no_prefix_and_no_damage_is_a_danger() {
    for text in texts() {
        let whole = opened(&text).unwrap();
        assert!(whole.event().unwrap().records.iter().all(|r| r.value == Payload::Base64("AA==".into())));
        for n in 0..text.len() {
            for bytes in [&text.as_bytes()[..n], &text.as_bytes()[n..]] {
                let _ = open(bytes, &Limits::default()).map(|o| o.event().map(|e| e.records.len()));
            }
            for byte in [b'{', b'[', b'"', b'\\', b'\n', b'0', b' '] {
                let mut damaged = text.clone().into_bytes();
                damaged[n] = byte;
                let _ = open(&damaged, &Limits::default()).map(|o| o.event().map(|e| e.records.len()));
            }
        }
    }
}

#[test]
fn ten_thousand_records_of_six_megabytes_and_no_more() {
    let value = "QUJD".repeat(110);
    let records = |n: usize| {
        let record = |i| {
            format!(
                r#"{{"topic":"t","partition":0,"offset":{i},"timestamp":1,"value":"{value}","headers":[]}}"#
            )
        };
        event(&format!(r#""t-0":[{}]"#, (0..n).map(record).collect::<Vec<_>>().join(",")))
    };
    let text = wrapped(&records(10_000));
    assert!(text.len() > 5_000_000 && text.len() < 16 << 20, "{}", text.len());
    with(&text, |records| assert_eq!(records.len(), 10_000));
    let error = failure(&wrapped(&records(10_001)));
    assert_eq!(error.code(), Code::EventLimit);
    assert!(error.message().contains("limit `records`"), "{}", error.message());
}

#[test]
fn many_small_things_are_refused_before_they_take_memory() {
    for text in [
        format!("[{}]", "{},".repeat(2_000_000) + "{}"),
        "{}\n".repeat(2_000_000),
        format!(r#"{{"Records":[{}{{}}]}}"#, "{},".repeat(2_000_000)),
        format!("{}1{}", "[{\"a\":".repeat(100_000), "}]".repeat(100_000)),
    ] {
        assert!(matches!(failure(&text).code(), Code::EventLimit | Code::EventShape));
    }
    // Texts within texts double their escapes: what is followed stays a few levels deep.
    let mut text = one(r#""value":"""#);
    for _ in 0..9 {
        text = format!(r#"{{"payload":{}}}"#, escaped(&text));
    }
    assert_eq!(failure(&text).code(), Code::EventShape);
}
