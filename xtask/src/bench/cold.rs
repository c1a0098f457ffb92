//! From the start of a process to its first record, every side bundled by esbuild as Lambda functions are.

use super::rows::{Figures, Rows, Turns};
use crate::{build, tools};
use anyhow::{Context, Result};
use serde_json::Value;
use std::path::Path;

/// Fresh processes for each candidate, where nobody says.
const ROUNDS: usize = 15;

/// Builds the package, bundles, measures in turns.
pub(super) fn run(root: &Path, args: &[&str]) -> Result<()> {
    let turns = Turns::read(args, ROUNDS)?;
    build::all(root)?;
    tools::ensure_node_modules(&root.join("benches/js"))?;
    let mut bundle = tools::command("node", root);
    let listed = tools::capture(bundle.args(["benches/js/cold.mjs", "target/bench/cold"]))?;
    let candidates: Vec<(&str, &str)> = listed.lines().filter_map(|line| line.split_once(' ')).collect();
    let mut times: Vec<Vec<(f64, f64)>> = vec![Vec::new(); candidates.len()];
    for _ in 0..turns.rounds {
        for ((work, name), times) in candidates.iter().zip(&mut times) {
            times.push(process(root, &format!("{work}-{name}.cjs"))?);
        }
    }
    let mut rows = Rows::default();
    for ((work, name), times) in candidates.iter().zip(times) {
        rows.add(work, name, figures(&times));
    }
    rows.close(root, "cold")
}

/// One process: its wall clock and its CPU time.
fn process(root: &Path, script: &str) -> Result<(f64, f64)> {
    let script = root.join("target/bench/cold").join(script);
    let line = tools::capture(tools::command("node", root).arg(script))?;
    let told: Value = serde_json::from_str(line.trim()).context("figures")?;
    let read = |name: &str| told[name].as_f64().with_context(|| format!("no {name}"));
    Ok((read("wall_ns")?, read("cpu_ns")?))
}

/// CPU time is a minimum too: what the processes did is the same, and only noise adds to it.
fn figures(times: &[(f64, f64)]) -> Figures {
    let sorted = |read: fn(&(f64, f64)) -> f64| {
        let mut all: Vec<f64> = times.iter().map(read).collect();
        all.sort_by(f64::total_cmp);
        all
    };
    let (wall, cpu) = (sorted(|(wall, _)| *wall), sorted(|(_, cpu)| *cpu));
    Figures { records: 1, min_ns: wall[0], median_ns: wall[wall.len() / 2], cpu_ns: cpu[0] }
}
