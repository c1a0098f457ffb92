//! Texts that are no JSON, no event, or too much of one.

use super::*;

fn not_json(text: &str, at: usize, hint: &str) {
    let error = failure(text);
    assert_eq!((error.code(), error.space()), (Code::EventNotJson, Space::Event), "{text:?}");
    assert_eq!(error.byte_offset(), Some(at as u64), "{text:?}");
    assert!(error.hint().unwrap_or_default().contains(hint), "{text:?}: {:?}", error.hint());
}

#[test]
fn no_json() {
    not_json("", 0, "empty");
    not_json("  \n", 3, "empty");
    not_json("{", 1, "cut off");
    not_json("hello", 0, "");
    not_json("{'records':{}}", 1, "double quotes");
    not_json(r#"{"records":{}"#, 13, "cut off");
    not_json(r#"{"records":{}} x"#, 15, "");
    not_json(r#"{"payload":"{}"} x"#, 17, "");
    not_json(r#"{"records":{"t-0":[{"offset":1,}]}}"#, 31, "trailing comma");
    not_json(r#"{"records":{"t-0":[{"offset":1},]}}"#, 32, "trailing comma");
    not_json("{\"a\":1,\n \"records\":{\n}, // note\n}", 24, "comments");
    not_json("{\"records\":{\n\"a-0\":[{\"offset\":01}]}}", 31, "");
    not_json("{\"a\":\"\n\"}", 6, "");
    not_json("{\"a\n\":\"\"}", 3, "");
    not_json("{\"a\"\n\n\nnope}", 7, "");
    not_json(r#"{"records":{"t-0":[{"value":"\x"}]}}"#, 30, "");
    not_json(r#"{"records":{"t-0":[{"headers":[tru]}]}}"#, 34, "");
}

/// The trailing comma after `headers` of one documentation sample.
#[test]
fn a_documentation_sample_with_a_trailing_comma() {
    let text = "{\n  \"records\": {\n    \"t-0\": [\n      {\n        \"offset\": 1,\n        \"headers\": [],\n      }\n    ]\n  }\n}";
    not_json(text, text.find("}\n    ]").unwrap(), "trailing comma");
}

#[test]
fn no_utf8() {
    for (bytes, at) in [(&b"{\"a\":\"\xff\"}"[..], 6), (b"\x1f\x8b\x08", 1)] {
        let error = open(bytes, &Limits::default()).unwrap_err();
        assert_eq!((error.code(), error.byte_offset()), (Code::EventNotJson, Some(at)));
        assert_eq!(error.space(), Space::Event);
    }
}

#[test]
fn every_prefix_of_an_event_is_an_error() {
    let event = one(r#""key":"AA==","value":null,"headers":[{"a":[-1,2]}],"x":{"y":[true,1.5e3,"\u00e9é"]}"#);
    let wrapped = format!(r#"{{"payload":{}}}"#, serde_json::to_string(&event).unwrap());
    for text in [event, wrapped] {
        for n in 0..text.len() {
            let bytes = &text.as_bytes()[..n];
            let error = match open(bytes, &Limits::default()) {
                Err(error) => error,
                Ok(opened) => opened.event().unwrap_err(),
            };
            assert_eq!(error.code(), Code::EventNotJson, "{n}");
            assert!(error.byte_offset().unwrap() <= n as u64);
        }
    }
}

#[test]
fn json_but_no_event() {
    for (text, path, hint) in [
        ("{}", "$", "whole Lambda event"),
        ("[]", "$", "whole Lambda event"),
        ("\"secret\"", "$", ""),
        ("7", "$", ""),
        ("null", "$", ""),
        (r#"{"Records":[{"body":"secret"}]}"#, "$", "SQS"),
        (r#"{"topic":"t","value":""}"#, "$", "single record"),
        (r#"{"requestContext":{},"KafkaBatchInfo":{}}"#, "$", "offsets only"),
        (r#"{"payload":null}"#, "$.payload", ""),
        (r#"{"payload":[1]}"#, "$.payload", ""),
        (r#"{"payload":"{}"}"#, "$", ""),
        (r#"{"payload":"[\"secret\"]"}"#, "$", ""),
        (r#"{"payload":"\ud800"}"#, "$.payload", ""),
        (r#"{"records":[{"offset":1}]}"#, "$.records", ""),
        (r#"{"records":"secret"}"#, "$.records", ""),
        (r#"{"records":7}"#, "$.records", ""),
        (r#"{"records":false}"#, "$.records", ""),
        (r#"{"records":{},"records":1.5}"#, "$.records", ""),
    ] {
        let error = failure(text);
        assert_eq!((error.code(), error.path()), (Code::EventShape, Some(path)), "{text}");
        assert!(error.hint().unwrap_or_default().contains(hint), "{text}: {:?}", error.hint());
        assert!(!error.to_json().contains("secret"), "{text}");
    }
}

#[test]
fn a_payload_that_is_no_json_counts_in_its_own_text() {
    let error = failure(r#"{"payload":"{\"records\":{},}"}"#);
    assert_eq!((error.code(), error.byte_offset()), (Code::EventNotJson, Some(14)));
}

#[test]
fn limits_are_named() {
    let limits = Limits { event_bytes: 20, records: 3, ..Limits::default() };
    let error = open(&[b' '; 21], &limits).unwrap_err();
    assert_eq!(error.code(), Code::EventLimit);
    assert_eq!(error.message(), "expected at most 20 bytes (limit `eventBytes`), found 21");

    let limits = Limits { event_bytes: 1000, ..limits };
    for (records, count) in [
        (r#""a-0":[1,2],"b-0":[3]"#, 3),
        (r#""a-0":[1,2,3,4]"#, 4),
        (r#""a-0":[1,2],"b-0":[3,4,5],"c-0":[6]"#, 6),
        (r#""a-0":1,"b-0":2,"c-0":3,"d-0":4"#, 4),
    ] {
        let text = event(records);
        let result = open(text.as_bytes(), &limits).unwrap().event().map(|e| e.records.len());
        if count <= 3 {
            assert_eq!(result, Ok(count));
        } else {
            let error = result.unwrap_err();
            assert_eq!(error.code(), Code::EventLimit);
            assert_eq!(
                error.message(),
                format!("expected at most 3 records (limit `records`), found {count}")
            );
        }
    }
}

#[test]
fn deep_nesting_is_no_danger() {
    let nest = |open: &str, close: &str| format!("{}1{}", open.repeat(200_000), close.repeat(200_000));
    let (lists, objects) = (nest("[", "]"), nest("{\"a\":", "}"));
    for deep in [&lists, &objects] {
        with(&one(&format!(r#""junk":{deep},"value":"""#)), |r| {
            assert_eq!(r[0].value, Payload::Base64("".into()));
        });
        for text in [one(&format!(r#""value":{deep}"#)), one(&format!(r#""headers":[{{"a":{deep}}}]"#))] {
            with(&text, |r| assert_eq!(error_of(&r[0].value).code(), Code::EventRecordShape));
        }
        assert_eq!(failure(deep).code(), Code::EventShape);
        assert_eq!(failure(&format!(r#"{{"payload":{deep}}}"#)).code(), Code::EventShape);
        assert_eq!(failure(&format!(r#"{{"records":{{"a":{deep}}}"#)).code(), Code::EventNotJson, "unclosed");
    }
    assert_eq!(failure(&format!(r#"{{"records":{lists}}}"#)).code(), Code::EventShape);
    with(&format!(r#"{{"records":{objects}}}"#), |r| {
        assert_eq!(error_of(&r[0].value).path(), Some(r#"$.records["a"]"#));
    });
}
