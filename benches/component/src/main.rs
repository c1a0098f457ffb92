//! The component in the wasmtime crate, by the host of examples/wasmtime-rust: an event's text in, JSON text out.
//!
//! `DATA WORK COMPONENT [MILLISECONDS]` prints what came out, or the time.

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::Duration;
use wasmtime::error::Context as _;
use wasmtime::{Error, Result, bail, format_err};
use wasmtime_rust::{Decoder, Module};

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [data, work, component, time @ ..] = &args[..] else {
        bail!("usage: DATA WORK COMPONENT [MILLISECONDS]");
    };
    let data = Path::new(data);
    let config = fs::read_to_string(data.join(format!("{work}.config.json")))?;
    let event = fs::read_to_string(data.join(format!("{work}.json")))?;
    let component = Path::new(component);
    let module = Module::load(component, component.parent().context("no folder for the cache")?)?;
    let mut decoder = Decoder::new(&module, &config)?.map_err(refused)?;
    let text = decoder.decode_event(&event)?.map_err(refused)?;
    let Some(ms) = time.first() else {
        print!("{text}");
        return Ok(());
    };
    let decoded: serde_json::Value = serde_json::from_str(&text)?;
    let records = decoded["records"].as_array().context("no records")?.len();
    let time = Duration::from_millis(ms.parse()?);
    kafkalens_bench_measure::print(
        records,
        time,
        || event.clone(),
        |event| {
            let text = decoder.decode_event(&event).expect("the component doesn't trap");
            black_box(text.expect("it was decoded before"));
        },
    );
    Ok(())
}

fn refused(error: wasmtime_rust::Error) -> Error {
    format_err!("{}: {}", error.code, error.message)
}
