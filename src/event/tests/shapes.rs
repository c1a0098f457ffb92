//! What events are documented to look like, and look like in the wild.

use super::*;
use crate::error::Side;

/// AWS sample event, Amazon MSK.
const MSK: &str = r#"{
   "eventSource":"aws:kafka",
   "eventSourceArn":"arn:aws:kafka:us-east-1:123456789012:cluster/vpc-2priv-2pub/751d2973-a626-431c-9d4e-d7975eb44dd7-2",
   "bootstrapServers":"b-2.demo-cluster-1.a1bcde.c1.kafka.us-east-1.amazonaws.com:9092,b-1.demo-cluster-1.a1bcde.c1.kafka.us-east-1.amazonaws.com:9092",
   "records":{
      "mytopic-0":[
         {
            "topic":"mytopic",
            "partition":0,
            "offset":15,
            "timestamp":1545084650987,
            "timestampType":"CREATE_TIME",
            "key":"abcDEFghiJKLmnoPQRstuVWXyz1234==",
            "value":"SGVsbG8sIHRoaXMgaXMgYSB0ZXN0Lg==",
            "headers":[
               {
                  "headerKey":[104,101,97,100,101,114,86,97,108,117,101]
               }
            ]
         }
      ]
   }
}"#;

#[test]
fn msk_event() {
    let opened = opened(MSK).unwrap();
    assert_eq!((opened.parts()[0].form(), opened.parts()[0].within()), (&Form::Event, &[][..]));
    assert_eq!(opened.parts()[0].text(), MSK);
    let event = opened.event().unwrap();
    assert_eq!(event.source.as_deref(), Some("aws:kafka"));
    assert!(event.source_arn.as_deref().unwrap().starts_with("arn:aws:kafka:us-east-1"));
    assert_eq!(event.bootstrap_servers.as_deref().unwrap().split(',').count(), 2);
    let [record] = &event.records[..] else { panic!() };
    assert_eq!(
        (record.topic.as_deref(), record.partition, record.offset),
        (Some("mytopic"), Some(0), Some(15))
    );
    assert_eq!(
        (record.timestamp, record.timestamp_type.as_deref()),
        (Some(1_545_084_650_987), Some("CREATE_TIME"))
    );
    assert_eq!(record.key, Payload::Base64("abcDEFghiJKLmnoPQRstuVWXyz1234==".into()));
    assert_eq!(record.payload(Side::Value), &Payload::Base64("SGVsbG8sIHRoaXMgaXMgYSB0ZXN0Lg==".into()));
    assert_eq!(
        record.headers,
        Some(vec![Header { name: "headerKey".into(), value: Some(b"headerValue".to_vec()) }])
    );
    assert_eq!(record.place.path("value"), r#"$.records["mytopic-0"][0].value"#);
    let borrowed = |text: &Cow<'_, str>| matches!(text, Cow::Borrowed(_));
    assert!(
        borrowed(record.topic.as_ref().unwrap()) && matches!(&record.key, Payload::Base64(t) if borrowed(t))
    );
}

/// AWS sample event, self-managed: no ARN; and the older spelling with the partition as a string.
#[test]
fn self_managed_events() {
    for (source, partition) in [("SelfManagedKafka", "0"), ("aws:SelfManagedKafka", "\"0\"")] {
        let text = format!(
            r#"{{"eventSource":"{source}","bootstrapServers":"a:9092","records":{{"mytopic-0":[{{"topic":"mytopic","partition":{partition},"offset":15,"value":""}}]}}}}"#
        );
        let opened = opened(&text).unwrap();
        let event = opened.event().unwrap();
        assert_eq!((event.source.as_deref(), event.source_arn), (Some(source), None));
        assert_eq!(event.records[0].partition, Some(0));
        assert_eq!(event.records[0].value, Payload::Base64("".into()), "zero bytes are no tombstone");
    }
}

#[test]
fn absent_null_and_empty_stay_apart() {
    with(
        &event(
            r#""t-1":[{"offset":1},{"offset":2,"key":null,"value":null},{"offset":3,"key":"","value":""}]"#,
        ),
        |r| {
            assert_eq!((&r[0].key, &r[0].value), (&Payload::Absent, &Payload::Absent));
            assert_eq!((&r[1].key, &r[1].value), (&Payload::Null, &Payload::Null));
            assert_eq!((&r[2].key, &r[2].value), (&Payload::Base64("".into()), &Payload::Base64("".into())));
            assert_eq!(r[0].payload(Side::Header), &Payload::Absent);
        },
    );
}

#[test]
fn records_keep_the_order_of_the_text() {
    let text =
        event(r#""b-1":[{"offset":5},{"offset":4}],"a-0":[{"offset":9}],"b-1":[{"offset":6}],"a-10":[]"#);
    with(&text, |records| {
        let offsets: Vec<_> = records.iter().map(|r| r.offset.unwrap()).collect();
        assert_eq!(offsets, [5, 4, 9, 6], "by key, then by index; a key that comes twice keeps both lists");
        assert_eq!(records[3].place.path(""), r#"$.records["b-1"][0]"#);
    });
}

#[test]
fn keys_are_split_at_the_last_hyphen() {
    for (key, topic, partition) in [
        ("my-topic-10", "my-topic", 10),
        ("topic--1", "topic-", 1),
        ("a.b_c-d-2147483647", "a.b_c-d", i32::MAX),
        ("\\u0061-0", "a", 0),
    ] {
        with(&event(&format!(r#""{key}":[{{"offset":0}}]"#)), |r| {
            assert_eq!((r[0].topic.as_deref(), r[0].partition), (Some(topic), Some(partition)), "{key}");
        });
    }
}

#[test]
fn the_records_own_topic_and_partition_win() {
    with(
        &event(
            r#""a-0":[{"topic":"b","partition":"12","offset":0}],"nonsense":[{"topic":"c","partition":3,"offset":1}]"#,
        ),
        |r| {
            assert_eq!((r[0].topic.as_deref(), r[0].partition), (Some("b"), Some(12)));
            assert_eq!((r[1].topic.as_deref(), r[1].partition), (Some("c"), Some(3)));
        },
    );
}

#[test]
fn no_records_are_an_empty_event() {
    for records in ["null", "{}", r#"{"t-0":[]}"#, r#"{"t-0":null}"#] {
        with(&format!(r#"{{"records":{records}}}"#), |r| assert!(r.is_empty(), "{records}"));
    }
}

/// Java writes header bytes signed: ë is [-61, -85].
#[test]
fn headers() {
    let text = one(
        r#""headers":[{"a":[-61,-85,-128,127]},{"a":[195,171,128,255]},{"B":null},{"":[]},{"x":[0],"y":[1],"x":[2]},{}]"#,
    );
    with(&text, |r| {
        let headers = r[0].headers.as_ref().unwrap();
        let shown: Vec<_> = headers.iter().map(|h| (h.name.as_str(), h.value.as_deref())).collect();
        let expected: [(&str, Option<&[u8]>); 7] = [
            ("a", Some(&[0xc3, 0xab, 0x80, 0x7f])),
            ("a", Some(&[0xc3, 0xab, 0x80, 0xff])),
            ("B", None),
            ("", Some(&[])),
            ("x", Some(&[0])),
            ("y", Some(&[1])),
            ("x", Some(&[2])),
        ];
        assert_eq!(shown, expected);
    });
    with(&one(r#""headers":null"#), |r| assert_eq!(r[0].headers, None));
    with(&one(r#""headers":[]"#), |r| assert_eq!(r[0].headers, Some(vec![])));
    with(&one(r#""value":null"#), |r| assert_eq!(r[0].headers, None));
}

#[test]
fn other_fields_are_ignored_and_the_last_of_a_field_counts() {
    let deep = "[".repeat(100_000) + &"]".repeat(100_000);
    let text = format!(
        r#"{{"x":{deep},"payload":"{{}}","records":[1],"eventSource":1,"records":{{"t-0":[{{"offset":1,"junk":{deep},"offset":2,"eventSource":"x","timestamp":null}}]}},"y":1e999,"z":"\ud800"}}"#
    );
    with(&text, |r| {
        assert_eq!(r.len(), 1);
        assert_eq!((r[0].offset, r[0].timestamp), (Some(2), None));
    });
    assert_eq!(opened(&text).unwrap().event().unwrap().source, None, "a source of another type only informs");
}

#[test]
fn numbers_keep_64_bits() {
    with(&event(r#""t-0":[{"offset":9223372036854775807,"timestamp":-1},{"offset":-0}]"#), |r| {
        assert_eq!((r[0].offset, r[0].timestamp), (Some(i64::MAX), Some(-1)));
        assert_eq!(r[1].offset, Some(0));
    });
}

#[test]
fn strings_may_be_escaped() {
    with(&one(r#""topic":"\u0061\/b","value":"+\/8\u003d""#), |r| {
        assert_eq!(r[0].topic.as_deref(), Some("a/b"));
        assert_eq!(r[0].value, Payload::Base64("+/8=".into()));
    });
}

/// Event source mapping with a schema registry: digits or a UUID, or a data format alone.
#[test]
fn schema_metadata() {
    let text = one(
        r#""key":"","keySchemaMetadata":{"dataFormat":"PROTOBUF"},"value":"","valueSchemaMetadata":{"schemaId":"123","dataFormat":"AVRO","x":1}"#,
    );
    with(&text, |r| {
        let key = r[0].metadata(Side::Key).unwrap();
        assert_eq!(
            (key.schema_id.as_deref(), key.data_format.as_deref(), key.side),
            (None, Some("PROTOBUF"), Side::Key)
        );
        let value = r[0].metadata(Side::Value).unwrap();
        assert_eq!((value.schema_id.as_deref(), value.data_format.as_deref()), (Some("123"), Some("AVRO")));
        assert_eq!(
            value.unreadable_id().path(),
            Some(r#"$.records["orders-0"][0].valueSchemaMetadata.schemaId"#)
        );
    });
    for metadata in [r#""keySchemaMetadata":null"#, r#""x":1"#] {
        with(&one(metadata), |r| {
            assert_eq!((r[0].metadata(Side::Key), r[0].metadata(Side::Header)), (None, None))
        });
    }
    with(&one(r#""valueSchemaMetadata":{"schemaId":null}"#), |r| {
        assert_eq!(r[0].metadata(Side::Value).unwrap().schema_id, None);
    });
}

/// AWS sample of an on-failure record in S3.
#[test]
fn on_failure_record_of_s3() {
    let payload = serde_json::to_string(MSK).unwrap();
    let text = format!(
        r#"{{"requestContext":{{"requestId":"316aa6d0-8154-xmpl-9af7-85d5f4a6bc81","functionArn":"arn:aws:lambda:us-east-1:123456789012:function:myfunction","condition":"RetryAttemptsExhausted","approximateInvokeCount":1}},
        "responseContext":{{"statusCode":200,"executedVersion":"$LATEST","functionError":"Unhandled"}},"version":"1.0","timestamp":"2019-11-14T00:38:06.021Z",
        "KafkaBatchInfo":{{"batchSize":500,"payloadSize":2039086,"recordsInfo":{{"mytopic-0":{{"firstRecordOffset":"49601189658422359378836298521827638475320189012309704722"}}}}}},"payload":{payload}}}"#
    );
    let opened = opened(&text).unwrap();
    let [part] = opened.parts() else { panic!() };
    let failure = part.failure().unwrap();
    assert_eq!(failure.request_id.as_deref(), Some("316aa6d0-8154-xmpl-9af7-85d5f4a6bc81"));
    assert_eq!(failure.condition.as_deref(), Some("RetryAttemptsExhausted"));
    assert_eq!(failure.approximate_invoke_count, Some(1));
    assert_eq!(part.text(), MSK);
    assert_eq!(opened.event().unwrap().records[0].offset, Some(15));
}

#[test]
fn an_unescaped_payload_is_taken_too() {
    let text = format!(r#"{{"payload":{},"requestContext":7}}"#, one(r#""value":"AA==""#));
    let opened = opened(&text).unwrap();
    assert_eq!(opened.parts()[0].failure(), Some(&OnFailure::default()));
    assert_eq!(opened.event().unwrap().records[0].value, Payload::Base64("AA==".into()));
}

#[test]
fn a_byte_order_mark_is_skipped() {
    with(&format!("\u{feff}{MSK}"), |r| assert_eq!(r.len(), 1));
    let error = failure("\u{feff}{]");
    assert_eq!(error.byte_offset(), Some(4));
}
