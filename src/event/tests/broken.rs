//! Records that are not as documented: an error each, the neighbours untouched.

use super::*;
use crate::error::Side;

/// Reads `[good, broken, good]`, checks the neighbours, and hands the broken record over.
fn broken<R>(record: &str, check: impl FnOnce(&Record<'_>) -> R) -> R {
    let good =
        |offset| format!(r#"{{"topic":"orders","partition":0,"offset":{offset},"key":"","value":""}}"#);
    with(&event(&format!(r#""orders-0":[{},{record},{}]"#, good(1), good(3))), |records| {
        assert_eq!(records.len(), 3, "{record}");
        for i in [0, 2] {
            assert_eq!(records[i].offset, Some(i as i64 + 1));
            assert_eq!(records[i].value, Payload::Base64("".into()));
        }
        check(&records[1])
    })
}

fn shape(error: &Error, field: &str) {
    assert_eq!(error.code(), Code::EventRecordShape);
    assert_eq!(error.path(), Some(format!(r#"$.records["orders-0"][1]{field}"#).as_str()));
    assert_eq!((error.topic(), error.partition()), (Some("orders"), Some(0)));
    assert!(!error.to_json().contains("secret"), "{}", error.to_json());
}

#[test]
fn a_record_that_is_no_object() {
    for (record, kind) in [
        ("\"secret\"", "a string"),
        ("1", "a number"),
        ("null", "null"),
        ("true", "a boolean"),
        ("[{\"offset\":1}]", "an array"),
    ] {
        broken(record, |r| {
            let error = error_of(&r.key);
            assert_eq!(&r.key, &r.value, "the same error on both sides");
            shape(error, "");
            assert!(error.message().ends_with(&format!("found {kind}")), "{}", error.message());
            assert_eq!((error.offset(), error.side()), (None, None));
            assert_eq!((r.topic.as_deref(), r.partition, r.offset), (Some("orders"), Some(0), None));
            assert_eq!((&r.timestamp, &r.headers), (&None, &None));
        });
    }
}

#[test]
fn a_field_of_another_type_is_the_records_error() {
    for (members, field) in [
        (r#""offset":"secret""#, ".offset"),
        (r#""offset":1.5"#, ".offset"),
        (r#""offset":1e3"#, ".offset"),
        (r#""offset":9223372036854775808"#, ".offset"),
        (r#""offset":null"#, ".offset"),
        (r#""topic":"orders""#, ".offset"),
        (r#""offset":2,"topic":7"#, ".topic"),
        (r#""offset":2,"topic":"\ud800secret""#, ".topic"),
        (r#""offset":2,"partition":"secret""#, ".partition"),
        (r#""offset":2,"partition":2147483648"#, ".partition"),
        (r#""offset":2,"partition":"-1""#, ".partition"),
        (r#""offset":2,"partition":[]"#, ".partition"),
        (r#""offset":2,"timestamp":"1""#, ".timestamp"),
        (r#""offset":2,"timestampType":0"#, ".timestampType"),
        (r#""offset":2,"headers":{}"#, ".headers"),
        (r#""offset":2,"headers":"secret""#, ".headers"),
        (r#""offset":2,"headers":[{"a":[1]},"secret"]"#, ".headers[1]"),
        (r#""offset":2,"headers":[{"secret":[256]}]"#, ".headers[0]"),
        (r#""offset":2,"headers":[{"a":[-129]}]"#, ".headers[0]"),
        (r#""offset":2,"headers":[{"a":[1.5]}]"#, ".headers[0]"),
        (r#""offset":2,"headers":[{"a":"secret"}]"#, ".headers[0]"),
        (r#""offset":2,"headers":[{"a":[[1]]}]"#, ".headers[0]"),
        (r#""offset":2,"headers":[null]"#, ".headers[0]"),
    ] {
        broken(&format!(r#"{{{members},"key":"","value":"secret"}}"#), |r| {
            shape(error_of(&r.key), field);
            assert_eq!(&r.key, &r.value);
            assert_eq!(error_of(&r.value).offset(), r.offset);
            assert!(r.headers.is_none());
        });
    }
}

#[test]
fn what_can_be_read_of_a_broken_record_stays() {
    broken(r#"{"offset":2,"timestamp":3,"headers":1,"offset":2}"#, |r| {
        assert_eq!((r.offset, r.timestamp), (Some(2), Some(3)));
        assert_eq!(error_of(&r.key).offset(), Some(2));
    });
}

#[test]
fn a_payload_of_another_type_is_that_sides_error() {
    for wrong in ["1", "{\"secret\":1}", "[1,2]", "false", "\"\\ud800secret\""] {
        broken(&format!(r#"{{"offset":2,"key":{wrong},"value":"AA=="}}"#), |r| {
            shape(error_of(&r.key), ".key");
            assert_eq!((error_of(&r.key).side(), error_of(&r.key).offset()), (Some(Side::Key), Some(2)));
            assert_eq!(r.value, Payload::Base64("AA==".into()));
        });
        broken(&format!(r#"{{"offset":2,"value":{wrong}}}"#), |r| {
            shape(error_of(&r.value), ".value");
            assert_eq!(error_of(&r.value).side(), Some(Side::Value));
            assert_eq!(r.key, Payload::Absent);
        });
    }
}

#[test]
fn metadata_of_another_type_is_an_error_where_there_is_a_payload() {
    for (metadata, field) in [
        ("1", ""),
        ("\"secret\"", ""),
        (r#"{"schemaId":42}"#, ".schemaId"),
        (r#"{"schemaId":"1","dataFormat":[]}"#, ".dataFormat"),
    ] {
        broken(&format!(r#"{{"offset":2,"key":"","value":"AA==","valueSchemaMetadata":{metadata}}}"#), |r| {
            shape(error_of(&r.value), &format!(".valueSchemaMetadata{field}"));
            assert_eq!(error_of(&r.value).side(), Some(Side::Value));
            assert_eq!(r.key, Payload::Base64("".into()));
        });
        broken(&format!(r#"{{"offset":2,"value":null,"valueSchemaMetadata":{metadata}}}"#), |r| {
            assert_eq!(r.value, Payload::Null, "a tombstone is never an error");
        });
    }
}

#[test]
fn a_list_of_another_type_costs_only_itself() {
    let text = event(
        r#""a-0":{"offset":[1]},"b-1":[{"offset":1}],"c-2":"secret","d":7,"e-1":1.5,"f-1":true,"g-1":-3"#,
    );
    with(&text, |records| {
        assert_eq!(records.len(), 7);
        assert_eq!(records[1].offset, Some(1));
        let error = error_of(&records[0].value);
        assert_eq!((error.code(), error.path()), (Code::EventRecordShape, Some(r#"$.records["a-0"]"#)));
        assert_eq!((records[0].topic.as_deref(), records[0].partition), (Some("a"), Some(0)));
        assert_eq!((records[3].topic.as_deref(), records[3].partition), (None, None));
        assert_eq!(error_of(&records[3].key).topic(), None);
        assert!(!error_of(&records[2].key).to_json().contains("secret"));
    });
}

#[test]
fn a_record_needs_a_topic_and_a_partition_from_somewhere() {
    for (key, field) in [
        ("nonsense", "topic"),
        ("", "topic"),
        ("-0", "topic"),
        ("t-", "topic"),
        ("t-99999999999", "topic"),
        ("t-+1", "topic"),
    ] {
        with(&event(&format!(r#""{key}":[{{"offset":7}}]"#)), |r| {
            assert_eq!(
                error_of(&r[0].key).path(),
                Some(format!(r#"$.records["{key}"][0].{field}"#).as_str())
            );
            assert_eq!((r[0].offset, r[0].partition), (Some(7), None));
        });
    }
    with(&event(r#""nonsense":[{"offset":7,"topic":"t"}]"#), |r| {
        assert_eq!(error_of(&r[0].key).path(), Some(r#"$.records["nonsense"][0].partition"#));
    });
}

/// A key of a megabyte, repeated in every record and its errors, would take gigabytes.
#[test]
fn a_key_beyond_kafkas_limit_is_cut() {
    for key in ["é".repeat(1 << 19) + "-1", "\\u0061".repeat(1 << 18) + "-1"] {
        with(&event(&format!(r#""{key}":[1,{{"offset":1,"topic":"t","partition":2,"value":""}}]"#)), |r| {
            assert_eq!((&r[0].topic, r[0].partition), (&None, None));
            let path = error_of(&r[0].key).path().unwrap();
            assert!(path.len() < 2000 && path.contains('…'), "{}", path.len());
            assert_eq!(r[1].value, Payload::Base64("".into()), "its own topic and partition do");
        });
    }
    let key = "a".repeat(249) + "-2147483647";
    with(&event(&format!(r#""{key}":[{{"offset":1}}]"#)), |r| assert_eq!(r[0].partition, Some(i32::MAX)));
}

#[test]
fn names_from_outside_are_escaped_in_paths() {
    with(&event(r#""a\"b\u0000\u202e-0":[1]"#), |r| {
        let path = error_of(&r[0].key).path().unwrap();
        assert_eq!(path, r#"$.records["a\"b\0\u{202e}-0"][0]"#);
    });
}
