//! `corpus FILE --descriptors SET`: JSON Lines of `{type, hex, expect, json}`, each decoded and compared. `expect` is OK,
//! PARSE_ERR or SER_ERR; `json` is ProtoJSON, as text or as a value, compared parsed, floats by their bits.

use crate::schema::Messages;
use kafkalens::error::Code;
use kafkalens::format::protobuf::Schema;
use kafkalens::limits::Limits;
use serde_json::{Value, json};
use std::error::Error;
use std::io::{BufRead, BufReader};

pub(crate) fn run(file: &str, set: &str) -> Result<(), Box<dyn Error>> {
    let limits = Limits { schema_bytes: usize::MAX, plan_steps: usize::MAX, ..Limits::default() };
    let mut messages = Messages::new(Schema::from_descriptors(&std::fs::read(set)?, &limits)?)?;
    let (mut cases, mut agree) = (0u64, 0u64);
    for line in BufReader::new(std::fs::File::open(file)?).lines() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let case: Value = serde_json::from_str(&line)?;
        cases += 1;
        match difference(&mut messages, &case) {
            None => agree += 1,
            Some(found) => println!("{}", json!({ "line": cases, "case": case, "found": found })),
        }
    }
    println!("{}", json!({ "cases": cases, "agree": agree, "differ": cases - agree }));
    Ok(())
}

/// What was found, where it isn't what is expected.
fn difference(messages: &mut Messages, case: &Value) -> Option<Value> {
    let text = |name: &str| case[name].as_str().unwrap_or_default();
    let Some(bytes) = hex(text("hex")) else { return Some("the hex is none".into()) };
    let name = text("type").trim_start_matches('.');
    let found = messages.json(name, &bytes);
    let (result, json) = match &found {
        Ok(text) => ("OK", serde_json::from_str::<Value>(text).ok()),
        // Fields go out as they are read: what has no JSON form may come before a byte that is malformed.
        Err(Code::ProtobufWellKnown) if messages.reads(name, &bytes) => ("SER_ERR", None),
        Err(_) => ("PARSE_ERR", None),
    };
    let expected = match &case["json"] {
        Value::String(text)
            if serde_json::from_str::<Value>(text).is_ok_and(|v| !v.is_null() || text == "null") =>
        {
            // Text of JSON; a JSON string that looks like JSON text itself is told apart by being equal to what was found.
            serde_json::from_str(text).ok()
        }
        other => Some(other.clone()),
    };
    let same = |a: &Option<Value>, b: &Option<Value>| matches!((a, b), (Some(a), Some(b)) if equal(a, b));
    let matches = result == text("expect")
        && (result != "OK"
            || case.get("json").is_none()
            || same(&json, &expected)
            || same(&json, &case.get("json").cloned()));
    (!matches).then(|| match found {
        Ok(text) => json!({ "result": result, "json": text }),
        Err(code) => json!({ "result": result, "code": code.as_str() }),
    })
}

/// Equal as JSON: objects in any order, numbers by value, and where they are floats by their bits.
fn equal(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => {
            match (a.as_i64().is_some() || a.as_u64().is_some(), b.is_f64()) {
                (true, false) => a == b,
                _ => match (a.as_f64(), b.as_f64()) {
                    (Some(a), Some(b)) => a.to_bits() == b.to_bits() || same_float(a, b),
                    _ => false,
                },
            }
        }
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(k, a)| b.get(k).is_some_and(|b| equal(a, b)))
        }
        _ => a == b,
    }
}

/// Whether two texts are of one float of 32 bits: then neither needs more than nine digits.
fn same_float(a: f64, b: f64) -> bool {
    let short =
        |v: f64| format!("{v:e}").split('e').next().is_some_and(|m| m.trim_start_matches('-').len() <= 10);
    short(a) && short(b) && (a as f32).to_bits() == (b as f32).to_bits()
}

fn hex(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u32> = text.chars().map(|c| c.to_digit(16)).collect::<Option<_>>()?;
    digits.len().is_multiple_of(2).then(|| digits.chunks(2).map(|p| (p[0] * 16 + p[1]) as u8).collect())
}
