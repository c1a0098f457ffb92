//! Candidates of `cargo xtask bench native`: each decodes payloads to JSON text. Its lines are what xtask reads.
//!
//! - `DATA agree` compares all results;
//! - `DATA list` names workloads and candidates;
//! - `DATA WORK CANDIDATE MILLISECONDS` times one, in a process of its own;
//! - `DATA WORK event [MILLISECONDS]` decodes the event as a whole, for the suite `component`: prints what came out, or the time.

mod agree;
mod candidates;
mod work;

use anyhow::{Context, Result, bail};
use candidates::{CANDIDATES, Candidate};
use kafkalens::Decoder;
use std::hint::black_box;
use std::path::Path;
use std::time::Duration;
use work::Work;

/// Everything that is decoded.
const WORKS: [&str; 8] = ["avro", "small", "wide", "deep", "longstrings", "nonascii", "bigints", "proto"];

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match &args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [data, "agree"] => WORKS.iter().try_for_each(|work| agree::check(Path::new(data), work)),
        [data, "list"] => list(Path::new(data)),
        [data, work, "event", time @ ..] => event(&Work::read(Path::new(data), work)?, time),
        [data, work, candidate, ms] => {
            let candidate = CANDIDATES.iter().find(|c| c.name == *candidate).context("no such candidate")?;
            measure(candidate, &Work::read(Path::new(data), work)?, milliseconds(ms)?)
        }
        _ => bail!(
            "usage: DATA agree | DATA list | DATA WORK CANDIDATE MILLISECONDS | DATA WORK event [MILLISECONDS]"
        ),
    }
}

fn milliseconds(text: &str) -> Result<Duration> {
    Ok(Duration::from_millis(text.parse()?))
}

fn list(data: &Path) -> Result<()> {
    for name in WORKS {
        let work = Work::read(data, name)?;
        for candidate in CANDIDATES.iter().filter(|c| c.reads(&work)) {
            println!("{name} {}", candidate.name);
        }
    }
    Ok(())
}

/// Times a candidate over fresh copies of the payloads.
fn measure(candidate: &Candidate, work: &Work, time: Duration) -> Result<()> {
    let mut decode = (candidate.make)(work)?;
    let payloads = work.payloads()?;
    let fresh = || payloads.clone();
    kafkalens_bench_measure::print(payloads.len(), time, fresh, |payloads| {
        for payload in &payloads {
            decode(payload, &mut |out| {
                black_box(out);
            })
            .expect("the results were compared before");
        }
    });
    Ok(())
}

/// The event as a whole, as the component decodes it.
fn event(work: &Work, time: &[&str]) -> Result<()> {
    let mut decoder = Decoder::new(&work.config.to_string())?;
    let [ms] = time else {
        print!("{}", decoder.decode_event(&work.event)?);
        return Ok(());
    };
    let records = work.payloads()?.len();
    kafkalens_bench_measure::print(
        records,
        milliseconds(ms)?,
        || work.event.clone(),
        |event| {
            black_box(decoder.decode_event(&event).expect("the results were compared before"));
        },
    );
    Ok(())
}
