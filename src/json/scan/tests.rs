//! Scans, against serde_json.

use super::*;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

const NAMES: [&str; 3] = ["a", "topic", "headers"];

fn scanned(text: &str) -> Result<[Option<&str>; 3], Flaw> {
    let mut scan = Scan::new(text);
    let mut found = [None; 3];
    let read = scan.members(|name, scan| {
        let raw = scan.value()?;
        if let Some(i) = NAMES.iter().position(|n| *n == name) {
            found[i] = Some(raw.get());
        }
        Some(())
    });
    scan.whole(read).map(|()| found)
}

/// The same by serde_json, or where it stops.
fn read(text: &str) -> Result<[Option<&str>; 3], serde_json::Error> {
    let members: BTreeMap<String, &RawValue> = serde_json::from_str(text)?;
    Ok(NAMES.map(|name| members.get(name).map(|raw| raw.get())))
}

#[test]
fn what_it_takes_serde_json_takes_too() {
    let sample = r#" {"topic" : "t\u00e9\/\"" ,"a":[1,-0.5e+3,{"b":[]},true,null,"é"], "headers":[{"h":[1,-2]}],"to\u0070ic":"x"} "#;
    assert_eq!(scanned(sample).unwrap()[1], Some("\"x\""));
    let bytes = b"\"\\{}[],:0123456789-+.eEtrufalsn \n\t\x01\x7f";
    let mut next = crate::random::below(7);
    let mut taken = 0;
    for _ in 0..60_000 {
        let mut text = sample.as_bytes().to_vec();
        for _ in 0..=next(2) {
            let at = next(text.len());
            match next(3) {
                0 => drop(text.remove(at)),
                1 => text.insert(at, bytes[next(bytes.len())]),
                _ => text[at] = bytes[next(bytes.len())],
            }
        }
        let Ok(text) = std::str::from_utf8(&text) else { continue };
        match (scanned(text), read(text)) {
            (Ok(found), Ok(theirs)) => {
                taken += 1;
                assert_eq!(found, theirs, "{text}");
            }
            // It says so at once where a text is no object.
            (Err(_), Err(error)) if error.is_data() => {}
            (Err(flaw), Err(error)) => {
                // It counts columns from 1, some errors by the byte and some by the one before it.
                assert_eq!(flaw.why == Why::End, error.is_eof(), "{text} {flaw:?} {error}");
                let column = error.column()
                    + text.split_inclusive('\n').take(error.line() - 1).map(str::len).sum::<usize>();
                let near = flaw.at.saturating_sub(6)..=flaw.at + 6;
                assert!(near.contains(&column), "{text} {flaw:?} {error}");
            }
            (ours, theirs) => panic!("{text} {ours:?} {theirs:?}"),
        }
    }
    assert!(taken > 5_000, "{taken}");
}

#[test]
fn what_is_wrong_has_a_place() {
    for (text, at) in [
        ("", 0),
        ("{", 1),
        ("{\"a\":tru }", 8),
        ("{\"a\":1,}", 7),
        ("{\"a\":01}", 6),
        ("{\"a\":-}", 6),
        ("{\"a\":1.}", 7),
        ("{\"a\":\"\\x\"}", 7),
        ("{\"a\":\"\\u00g0\"}", 10),
        ("{\"a\":\"\n\"}", 6),
        ("{\"a\":\"", 6),
        ("{\"a\":[1,]}", 8),
        ("{\"a\":[1}", 7),
        ("{\"a\" 1}", 5),
        ("{a:1}", 1),
        ("{\"a\":1} 2", 8),
        ("{\"\\ud800\":1}", 2),
    ] {
        let flaw = scanned(text).expect_err(text);
        assert_eq!(flaw.at, at, "{text}");
        assert_eq!(flaw.why == Why::End, at == text.len(), "{text}");
    }
}

#[test]
fn depth_takes_no_stack() {
    for n in [1, 62, 63, 64, 126, 127, 100_000] {
        let nested = format!("{{\"a\":{}{}}}", "[{\"b\":".repeat(n) + "1", "}]".repeat(n));
        assert!(scanned(&nested).is_ok(), "{n}");
        let wrong = nested.replacen("}]}]", "}]]]", 1);
        assert_eq!(scanned(&wrong).is_ok(), n < 2, "{n}");
    }
}
