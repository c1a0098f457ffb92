//! `wasmtime-rust COMPONENT INPUT…` decodes events: each input is `{ config, schemas, event }`, each output one line.

use serde_json::Value;
use std::fs;
use std::path::Path;
use wasmtime::error::Context as _;
use wasmtime::{Error, Result, bail, format_err};
use wasmtime_rust::{Decoder, Module};

fn main() -> Result<()> {
    let mut args = std::env::args_os().skip(1);
    let Some(component) = args.next() else { bail!("usage: wasmtime-rust COMPONENT INPUT…") };
    let component = Path::new(&component);
    let module = Module::load(component, component.parent().context("no folder for the cache")?)?;
    for input in args {
        let input: Value = serde_json::from_str(&fs::read_to_string(input)?)?;
        println!("{}", decode(&module, &input)?);
    }
    Ok(())
}

fn decode(module: &Module, input: &Value) -> Result<String> {
    let event = input["event"].as_str().context("`event` is a text")?;
    let mut decoder = Decoder::new(module, &input["config"].to_string())?.map_err(refused)?;
    for reference in decoder.missing_schemas(event)?.map_err(refused)? {
        let schemas = input["schemas"].as_array().into_iter().flatten();
        for schema in schemas.filter(|schema| schema["reference"] == *reference) {
            decoder.add_schema(&schema.to_string())?.map_err(refused)?;
        }
    }
    decoder.decode_event(event)?.map_err(refused)
}

fn refused(error: wasmtime_rust::Error) -> Error {
    format_err!("{}: {}", error.code, error.message)
}
