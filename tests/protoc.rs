//! A sample of .proto files, and the descriptors that protoc makes of them: made by `tests/interop/protoc/compare.py`,
//! which compares many more.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kafkalens::error::Code;
use kafkalens::format::protobuf::proto;
use kafkalens::limits::Limits;
use serde_json::Value;

/// Each file of a set: what stands behind the tag and length of field 1.
fn files(mut set: &[u8]) -> Vec<&[u8]> {
    let mut out = Vec::new();
    while !set.is_empty() {
        let (mut length, mut at) = (0usize, 1);
        loop {
            length |= usize::from(set[at] & 0x7f) << (7 * (at - 1));
            at += 1;
            if set[at - 1] < 0x80 {
                break;
            }
        }
        out.push(&set[at..at + length]);
        set = &set[at + length..];
    }
    out
}

#[test]
fn descriptors_are_those_of_protoc() {
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/protoc/sample.jsonl");
    let sample = std::fs::read_to_string(sample).unwrap();
    let (mut compiled, mut refused) = (0, 0);
    for line in sample.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let text = |file: &Value, name: &str| file[name].as_str().unwrap().to_owned();
        let sources: Vec<(String, String)> =
            case["files"].as_array().unwrap().iter().map(|f| (text(f, "name"), text(f, "text"))).collect();
        let sources: Vec<(&str, &str)> = sources.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
        match (proto::compile(&sources, &Limits::default()), case["descriptors"].as_object()) {
            (Ok(set), Some(expected)) => {
                let found = files(&set);
                for (name, bytes) in expected {
                    let bytes = STANDARD.decode(bytes.as_str().unwrap()).unwrap();
                    assert!(found.contains(&bytes.as_slice()), "{name} of {line}");
                }
                compiled += 1;
            }
            (Err(error), None) => {
                assert_eq!(error.code(), Code::SchemaInvalid);
                refused += 1;
            }
            (Ok(_), None) => panic!("protoc refuses {line}"),
            (Err(error), Some(_)) => panic!("{error}\n{line}"),
        }
    }
    assert!(compiled >= 50 && refused >= 20, "{compiled} compiled, {refused} refused");
}

/// Cut or mangled text must fail or compile, and never panic.
#[test]
fn damaged_text_never_panics() {
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/protoc/sample.jsonl");
    let sample = std::fs::read_to_string(sample).unwrap();
    let mut seed = 1u64;
    for line in sample.lines().take(30) {
        let case: Value = serde_json::from_str(line).unwrap();
        let text = case["files"][0]["text"].as_str().unwrap();
        for _ in 0..20 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let at = (seed >> 33) as usize % (text.len() + 1);
            let at = (0..=at).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
            let marks = ["", "{", "}", "\"", "\\", "[", "/*", "0", "-", "é", "option ", "= {"];
            let mark = marks[(seed >> 20) as usize % marks.len()];
            for damaged in [text[..at].to_owned() + mark, format!("{}{mark}{}", &text[..at], &text[at..])] {
                let _ = proto::compile(&[("a.proto", &damaged)], &Limits::default());
            }
        }
    }
    let deep = "message A{".repeat(5_000) + "syntax";
    assert!(proto::compile(&[("a.proto", &deep)], &Limits::default()).is_err());
    let deep = format!("option (a) = {}", "{ a: ".repeat(5_000));
    assert!(proto::compile(&[("a.proto", &deep)], &Limits::default()).is_err());
}
