//! Answers questions about the component, a line of JSON each: what `cargo xtask corpus avro FILE --component` asks.
//!
//! A question is `{ config, payload (hexadecimal), prefixes }`. The answer is `{ json }` or `{ error: code }`; with
//! `prefixes` it is `{ accepted }`: how many of the payload's shorter prefixes were decoded.

use serde_json::{Value, json};
use std::io::{BufRead, Write, stdin, stdout};
use std::path::Path;
use wasmtime::Result;
use wasmtime::error::Context as _;
use wasmtime_rust::{Decoded, Decoder, Module, Side};

fn main() -> Result<()> {
    let component = std::env::args_os().nth(1).context("usage: answer COMPONENT")?;
    let component = Path::new(&component);
    let module = Module::load(component, component.parent().context("no folder for the cache")?)?;
    let mut out = stdout().lock();
    for line in stdin().lock().lines() {
        let question: Value = serde_json::from_str(&line?)?;
        writeln!(out, "{}", answer(&module, &question)?)?;
        out.flush()?;
    }
    Ok(())
}

fn answer(module: &Module, question: &Value) -> Result<Value> {
    let config = question["config"].as_str().unwrap_or_default();
    let payload = unhex(question["payload"].as_str().unwrap_or_default());
    let mut decoder = match Decoder::new(module, config)? {
        Ok(decoder) => decoder,
        Err(error) => return Ok(json!({ "error": error.code, "accepted": 0 })),
    };
    let mut decode = |bytes: &[u8]| decoder.decode_payload("t", Side::Value, bytes);
    if question["prefixes"] == true {
        let mut accepted = 0;
        for n in 0..payload.len() {
            accepted += usize::from(matches!(decode(&payload[..n])?, Decoded::Value(_)));
        }
        return Ok(json!({ "accepted": accepted }));
    }
    Ok(match decode(&payload)? {
        Decoded::Value(value) => json!({ "json": value.json }),
        Decoded::Failed(error) => json!({ "error": error.code }),
        Decoded::Tombstone(_) => json!({ "error": "a tombstone" }),
    })
}

fn unhex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text.chars().filter_map(|c| c.to_digit(16)).map(|d| d as u8).collect();
    digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect()
}
