//! What a host gave against what a case expects. Values are compared as text, exactly as they stand in the output.

use super::Case;
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// An object's values by name, each as the text that stands there.
type Raw<'a> = BTreeMap<String, &'a RawValue>;

/// The differences between a case and what a host gave.
pub(crate) fn outcome(case: &Case, outcome: &Result<String, String>) -> Vec<String> {
    match (&case.expect, &case.error, outcome) {
        (Some(expected), None, Ok(text)) => records(expected, text),
        (None, Some(expected), Err(text)) => error(expected, text, "event").into_iter().collect(),
        (None, Some(_), Ok(text)) => vec![format!("expected an error, found {}", cut(text))],
        (Some(_), None, Err(text)) => vec![format!("expected records, found {}", cut(text))],
        (None, None, _) if !case.calls.is_empty() => Vec::new(),
        _ => vec!["case.json needs either `expect` or `expectError`".to_owned()],
    }
}

/// The difference between what a verb must give and what it gave. Of objects only the names given are compared.
pub(crate) fn call(call: &Value, outcome: &Result<String, String>) -> Option<String> {
    let (expected, text) = match outcome {
        Ok(text) => (call.get("expect"), text),
        Err(text) => (call.get("expectError"), text),
    };
    let found: Value = serde_json::from_str(text).unwrap_or_default();
    match expected {
        Some(expected) if covers(expected, &found) => None,
        _ => Some(format!("{}: expected {call}\n    found {text}", call["verb"])),
    }
}

fn covers(expected: &Value, found: &Value) -> bool {
    match (expected, found) {
        (Value::Object(expected), Value::Object(found)) => {
            expected.iter().all(|(name, value)| found.get(name).is_some_and(|found| covers(value, found)))
        }
        (Value::Array(expected), Value::Array(found)) => {
            expected.len() == found.len() && expected.iter().zip(found).all(|(e, f)| covers(e, f))
        }
        _ => expected == found,
    }
}

/// The records of an output document, each by its names.
pub(crate) fn sides(text: &str) -> Result<Vec<Raw<'_>>, String> {
    let document: Raw<'_> = serde_json::from_str(text).map_err(|e| format!("the output is not JSON: {e}"))?;
    let list = document.get("records").ok_or("the output has no `records`")?;
    serde_json::from_str(list.get()).map_err(|e| format!("the output's `records`: {e}"))
}

fn records(expected: &[Value], text: &str) -> Vec<String> {
    let actual = match sides(text) {
        Ok(actual) => actual,
        Err(message) => return vec![message],
    };
    if actual.len() != expected.len() {
        return vec![format!("expected {} records, found {}", expected.len(), actual.len())];
    }
    let pairs = expected.iter().zip(&actual).enumerate();
    pairs.flat_map(|(i, (expected, actual))| record(expected, actual, i)).collect()
}

fn record(expected: &Value, actual: &Raw<'_>, index: usize) -> Vec<String> {
    let mut differences = Vec::new();
    for name in ["key", "value"] {
        let place = format!("[{index}].{name}");
        match (expected.get(name), actual.get(name)) {
            (None, _) => {}
            (Some(expected), Some(actual)) => differences.extend(side(expected, actual.get(), &place)),
            (Some(_), None) => differences.push(format!("{place}: absent")),
        }
    }
    for (name, expected) in expected.get("record").and_then(Value::as_object).into_iter().flatten() {
        let found = actual.get(name).and_then(|raw| serde_json::from_str::<Value>(raw.get()).ok());
        if found.as_ref() != Some(expected) {
            let found = found.unwrap_or_default();
            differences.push(format!("[{index}].{name}: expected {expected}, found {found}"));
        }
    }
    differences
}

fn side(expected: &Value, actual: &str, place: &str) -> Vec<String> {
    let Ok(parts) = serde_json::from_str::<Raw<'_>>(actual) else {
        return vec![format!("{place}: not an object: {}", cut(actual))];
    };
    if let Some(expected) = expected.get("error") {
        return match parts.get("error") {
            Some(found) => error(expected, found.get(), place).into_iter().collect(),
            None => vec![format!("{place}: expected {expected}, found {}", cut(actual))],
        };
    }
    let names = [("json", "value"), ("schema", "schema"), ("tombstone", "tombstone")];
    let named =
        names.iter().filter_map(|(ours, theirs)| Some((*ours, *theirs, expected.get(*ours)?.as_str()?)));
    named.filter_map(|(ours, theirs, expected)| part(expected, &parts, ours, theirs, place, actual)).collect()
}

/// A difference in one part of a side: JSON text as it stands, the others as strings.
fn part(
    expected: &str,
    parts: &Raw<'_>,
    ours: &str,
    theirs: &str,
    place: &str,
    whole: &str,
) -> Option<String> {
    let Some(found) = parts.get(theirs).map(|raw| raw.get()) else {
        return Some(format!("{place}: expected {ours} {}\n    found {}", cut(expected), cut(whole)));
    };
    let same = match ours {
        "json" => found == expected,
        _ => serde_json::from_str::<String>(found).is_ok_and(|text| text == expected),
    };
    let from = found.bytes().zip(expected.bytes()).take_while(|(a, b)| a == b).count().saturating_sub(40);
    (!same).then(|| {
        let (expected, found) = (around(expected, from), around(found, from));
        format!("{place}: {ours} differs\n    expected {expected}\n    found    {found}")
    })
}

fn error(expected: &Value, actual: &str, place: &str) -> Option<String> {
    let found: Value = serde_json::from_str(actual).unwrap_or_default();
    let names = expected.as_object()?;
    let differs = names.iter().any(|(name, value)| found.get(name) != Some(value));
    differs.then(|| format!("{place}: expected error {expected}\n    found {}", cut(actual)))
}

fn around(text: &str, from: usize) -> String {
    let from = (0..=from).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0);
    let dots = if from > 0 { "…" } else { "" };
    format!("{dots}{}", cut(&text[from..]))
}

/// At most 300 characters.
fn cut(text: &str) -> String {
    match text.char_indices().nth(300) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
