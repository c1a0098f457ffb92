//! What an event of Lambda's greatest size costs, and what hostile ones cost at most: time, and memory as the system counts it
//! (`VmHWM` of Linux; elsewhere only the results are looked at). One test, because the peak is that of the process.

use kafkalens::Decoder;
use kafkalens::error::Side;
use miniz_oxide::deflate::compress_to_vec_zlib;
use std::fmt::Write;
use std::time::{Duration, Instant};

const RECORDS: usize = 10_000;
const MIB: usize = 1 << 20;

/// An event whose records have these values.
fn event(values: impl Iterator<Item = Vec<u8>>) -> String {
    use base64::Engine;
    let mut text = String::from(r#"{"eventSource":"aws:kafka","records":{"t-0":["#);
    for (offset, value) in values.enumerate() {
        let comma = if offset == 0 { "" } else { "," };
        let value = base64::engine::general_purpose::STANDARD.encode(value);
        let _ = write!(text, r#"{comma}{{"topic":"t","partition":0,"offset":{offset},"value":"{value}"}}"#);
    }
    text + "]}}"
}

/// A Glue payload with a compressed body.
fn glue(body: &[u8]) -> Vec<u8> {
    [&[3, 5][..], &[7; 16], &compress_to_vec_zlib(body, 9)].concat()
}

/// The most memory that the process has had so far, in bytes.
fn peak() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix(" kB")?.trim().parse::<usize>().ok()? * 1024)
}

/// How much more memory than ever before `work` takes.
fn growth<T>(work: impl FnOnce() -> T) -> (T, usize) {
    let before = peak().unwrap_or(0);
    let made = work();
    (made, peak().unwrap_or(0).saturating_sub(before))
}

#[test]
fn large_and_hostile_events_stay_within_bounds() {
    // In the order of what they take: a peak hides what stays below it.
    streamed();
    counts();
    amplified();
    retained();
    bombs();
}

/// 6 MB in 10,000 records, each dropped when it has been looked at.
fn streamed() {
    let text = large();
    let mut decoder = Decoder::new(r#"{"value":{"format":"json"}}"#).expect("a configuration");
    let (records, grown) = growth(|| {
        let opened = kafkalens::event::open(text.as_bytes(), decoder.limits()).expect("an event");
        let records = &opened.event().expect("records").records;
        let mut json = kafkalens::sink::json::Json::new();
        for record in records {
            json.truncate(0);
            decoder.decode_side(record, Side::Value, &mut json).expect("a value");
        }
        records.len()
    });
    assert_eq!(records, RECORDS);
    println!("6 MB streamed: {:.1} MiB", grown as f64 / MIB as f64);
    assert!(grown < 16 * MIB, "{grown} bytes");
}

/// 10,000 arrays of a million nulls, in ten bytes each: fifty gigabytes of text, if nothing stopped it.
fn amplified() {
    let text = event((0..RECORDS).map(|_| vec![0x80, 0x89, 0x7a, 0]));
    let config = r#"{"value":{"format":"avro","framing":"none","writer":{"type":"array","items":"null"}},"limits":{"outputBytes":8000000}}"#;
    let mut decoder = Decoder::new(config).expect("a configuration");
    let begun = Instant::now();
    let (out, grown) = growth(|| decoder.decode_event(text.as_bytes()).expect("an event"));
    let refused = out.matches("OUTPUT_LIMIT").count();
    println!("amplified: {refused} refused in {:?}, {:.1} MiB", begun.elapsed(), grown as f64 / MIB as f64);
    assert_eq!(refused, RECORDS - 2);
    assert!(grown < 64 * MIB, "{grown} bytes");
}

/// The large event as one text.
fn retained() {
    let text = large();
    let mut decoder = Decoder::new(r#"{"value":{"format":"json"}}"#).expect("a configuration");
    let (out, grown) = growth(|| decoder.decode_event(text.as_bytes()).expect("an event"));
    println!(
        "6 MB retained: {:.1} MiB for {:.1} MiB of text",
        grown as f64 / MIB as f64,
        out.len() as f64 / MIB as f64
    );
    assert!(grown < 4 * out.len() + 16 * MIB, "{grown} bytes");
    let limits = r#"{"value":{"format":"json"},"limits":{"records":9999}}"#;
    let error =
        Decoder::new(limits).expect("a configuration").decode_event(text.as_bytes()).expect_err("too many");
    assert!(error.message().contains("`records`"), "{}", error.message());
}

fn large() -> String {
    let pad = "x".repeat(370);
    let text = event((0..RECORDS).map(|i| format!(r#"{{"id":{i},"pad":"{pad}"}}"#).into_bytes()));
    assert!((5_500_000..6_300_000).contains(&text.len()), "{}", text.len());
    text
}

/// 10,000 bodies of which each inflates to a million bytes: ten gigabytes, if nothing stopped it.
fn bombs() {
    let body = [&[0x80, 0x89, 0x7a][..], &vec![0; 1_000_000]].concat();
    let bomb = glue(&body);
    let text = event((0..RECORDS).map(|_| bomb.clone()));
    let writer = r#"{"type":"record","name":"R","fields":[{"name":"b","type":"bytes"}]}"#;
    let config = serde_json::json!({ "value": { "format": "avro", "framing": "glue", "anyId": true, "writer": writer,
        "reader": { "type": "record", "name": "R", "fields": [] } }, "limits": { "eventBytes": 1 << 30 } });
    let mut decoder = Decoder::new(&config.to_string()).expect("a configuration");
    let begun = Instant::now();
    let (out, grown) = growth(|| decoder.decode_event(text.as_bytes()).expect("an event"));
    let took = begun.elapsed();
    let good = out.matches(r#""value":{"value":{}"#).count();
    let refused = out.matches("EVENT_INFLATE_LIMIT").count();
    println!("bombs: {good} decoded, {refused} refused in {took:?}, {:.1} MiB", grown as f64 / MIB as f64);
    assert_eq!((good, good + refused), ((128 * MIB) / body.len(), RECORDS));
    // Unoptimised, on a machine that is busy.
    assert!(took < Duration::from_secs(60), "{took:?}");
    assert!(grown < 64 * MIB, "{grown} bytes");
    let missing =
        Decoder::new(r#"{"value":{"format":"avro","framing":"glue"},"limits":{"eventBytes":1073741824}}"#)
            .expect("a configuration")
            .missing_schemas(text.as_bytes());
    assert_eq!(missing.expect("an event").len(), 1, "a reference is read without its body");
}

/// Counts and indexes that nothing stands behind cost nothing.
fn counts() {
    let begun = Instant::now();
    let (_, grown) = growth(|| {
        for (config, payload) in [
            // An array of 2^62 nulls, of 2^40 longs; a string of 2^40 bytes.
            (
                r#"{"value":{"format":"avro","writer":{"type":"array","items":"null"}}}"#,
                "80808080808080808001",
            ),
            (r#"{"value":{"format":"avro","writer":{"type":"array","items":"long"}}}"#, "8080808080800200"),
            (r#"{"value":{"format":"avro","writer":"string"}}"#, "80808080808002"),
            // Confluent's message indexes: 2^31 of them, and one of 2^31 - 1 in a file of one message.
            (PROTOBUF, "000000002a8080808010"),
            (PROTOBUF, "000000002a02feffffff0f"),
            (PROTOBUF, "000000002affffffff0f"),
        ] {
            let mut decoder = Decoder::new(config).expect("a configuration");
            let bytes: Vec<u8> = (0..payload.len() / 2)
                .map(|i| u8::from_str_radix(&payload[2 * i..2 * i + 2], 16).expect("hexadecimal"))
                .collect();
            let text = decoder.decode_payload("t", Side::Value, &bytes);
            assert!(text.starts_with(r#"{"error":{"code":""#), "{payload}: {text}");
        }
    });
    let took = begun.elapsed();
    println!("counts: {took:?}, {:.1} MiB", grown as f64 / MIB as f64);
    assert!(took < Duration::from_secs(10), "{took:?}");
    assert!(grown < 8 * MIB, "{grown} bytes");
}

const PROTOBUF: &str = r#"{"value":{"format":"protobuf","framing":"confluent","anyId":true,"files":[{"name":"m.proto","text":"syntax = \"proto3\"; message M { int32 a = 1; }"}]}}"#;
