//! From the start of a process to its first record, every side bundled by esbuild as Lambda functions are.

use super::rows::Rows;
use crate::{build, tools};
use anyhow::{Context, Result};
use serde_json::Value;
use std::path::Path;

/// Fresh processes for each candidate.
const ROUNDS: usize = 15;

/// Builds the package, bundles, measures in turns.
pub(super) fn run(root: &Path, _: &[&str]) -> Result<()> {
    build::all(root)?;
    tools::ensure_node_modules(&root.join("benches/js"))?;
    let mut bundle = tools::command("node", root);
    let listed = tools::capture(bundle.args(["benches/js/cold.mjs", "target/bench/cold"]))?;
    let candidates: Vec<&str> = listed.lines().filter_map(|line| line.strip_prefix("bundled ")).collect();
    let mut rows = Rows::default();
    let mut times: Vec<Vec<(f64, f64)>> = vec![Vec::new(); candidates.len()];
    for _ in 0..ROUNDS {
        for (name, times) in candidates.iter().zip(&mut times) {
            let script = root.join("target/bench/cold").join(format!("{name}.cjs"));
            let line = tools::capture(tools::command("node", root).arg(script))?;
            let told: Value = serde_json::from_str(line.trim()).context("figures")?;
            let read = |name: &str| told[name].as_f64().with_context(|| format!("no {name}"));
            times.push((read("wall_ns")?, read("cpu_ns")?));
        }
    }
    for (name, mut times) in candidates.iter().zip(times) {
        times.sort_by(|a, b| a.0.total_cmp(&b.0));
        let cpu_ns = times.iter().map(|(_, cpu)| cpu).sum::<f64>() / times.len() as f64;
        let (min_ns, median_ns) = (times[0].0, times[times.len() / 2].0);
        rows.add("first", name, super::rows::Figures { records: 1, min_ns, median_ns, cpu_ns });
    }
    rows.close(root, "cold")
}
