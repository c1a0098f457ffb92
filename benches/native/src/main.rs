//! Candidates of `cargo xtask bench native`: each decodes payloads to JSON text.
//!
//! `bench-native DATA agree` compares all results; `bench-native DATA WORK CANDIDATE MILLISECONDS` times one, in a process
//! of its own, and prints a line of JSON.

mod agree;
mod candidates;

use anyhow::{Context, Result, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use candidates::{CANDIDATES, Decode};
use cpu_time::ProcessTime;
use serde_json::{Value, json};
use std::path::Path;
use std::time::{Duration, Instant};

/// What is decoded.
const WORKS: [&str; 3] = ["avro", "small", "proto"];

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match &args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [data, "agree"] => WORKS.iter().try_for_each(|work| agree::check(Path::new(data), work)),
        [data, "list"] => {
            for (work, candidate) in WORKS.iter().flat_map(|work| named(work).map(move |name| (work, name))) {
                println!("{work} {candidate}");
            }
            Path::new(data).metadata().map(drop).context("no data")
        }
        [data, work, candidate, ms] => {
            let data = Path::new(data);
            let make = CANDIDATES.iter().find(|c| c.name == *candidate && c.works.contains(work));
            let decode = (make.context("no such candidate")?.make)(data, work)?;
            println!("{}", measure(decode, &payloads(data, work)?, Duration::from_millis(ms.parse()?)));
            Ok(())
        }
        _ => bail!("usage: DATA agree | DATA list | DATA WORK CANDIDATE MILLISECONDS"),
    }
}

/// The candidates of a workload.
fn named(work: &'static str) -> impl Iterator<Item = &'static str> {
    CANDIDATES.iter().filter(move |c| c.works.contains(&work)).map(|c| c.name)
}

/// The values of a workload's event; for the work `event` of a whole one, its text.
fn payloads(data: &Path, work: &str) -> Result<Vec<Vec<u8>>> {
    let event = std::fs::read(data.join(format!("{work}.json")))?;
    let event: Value = serde_json::from_slice(&event)?;
    let records = event["records"]["orders-0"].as_array().context("no records")?;
    records.iter().map(|r| Ok(STANDARD.decode(r["value"].as_str().context("no value")?)?)).collect()
}

/// Times a candidate over fresh copies of the payloads, which are not timed; every byte of its output is read.
fn measure(mut decode: Decode, payloads: &[Vec<u8>], time: Duration) -> Value {
    let (mut wall, mut cpu, mut sum) = (Vec::new(), Duration::ZERO, 0_u64);
    let mut out = Vec::new();
    let begun = Instant::now();
    while wall.len() < 10 || begun.elapsed() < time {
        let fresh = payloads.to_vec();
        let (start, used) = (Instant::now(), ProcessTime::now());
        for payload in &fresh {
            out.clear();
            decode(payload, &mut out).expect("the results were compared before");
            sum = out.iter().fold(sum, |sum, byte| sum.wrapping_add(u64::from(*byte)));
        }
        let warm = begun.elapsed() > time / 4;
        if warm {
            cpu += used.elapsed();
            wall.push(start.elapsed().as_nanos() as f64 / payloads.len() as f64);
        }
    }
    wall.sort_by(f64::total_cmp);
    let records = payloads.len();
    json!({
        "records": records, "min_ns": wall[0], "median_ns": wall[wall.len() / 2],
        "cpu_ns": cpu.as_nanos() as f64 / (wall.len() * records) as f64, "sum": sum,
    })
}
