//! Rust to JSON text: ours against apache-avro, serde_avro_fast and prost-reflect, one candidate a process.

use super::rows::{Rows, Turns};
use crate::tools;
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};

/// How often each candidate has its turn, where nobody says.
pub(super) const ROUNDS: usize = 3;
const RECORDS: &str = "1000";

/// Builds, compares, measures.
pub(super) fn run(root: &Path, args: &[&str]) -> Result<()> {
    let turns = Turns::read(args, ROUNDS)?;
    let data = data(root)?;
    let program = build(root)?;
    let ours = |args: &[&str]| tools::capture(tools::command(&program, root).arg(&data).args(args));
    ours(&["agree"])?;
    let list = ours(&["list"])?;
    let mut rows = Rows::default();
    for _ in 0..turns.rounds {
        for (work, candidate) in list.lines().filter_map(|line| line.split_once(' ')) {
            let figures = ours(&[work, candidate, &turns.milliseconds])?;
            rows.add(work, candidate, serde_json::from_str(&figures).context("figures")?);
        }
    }
    rows.close(root, "native")
}

/// The workloads of the suite `js`, as files.
pub(super) fn data(root: &Path) -> Result<PathBuf> {
    tools::ensure_node_modules(&root.join("benches/js"))?;
    let data = root.join("target/bench/data");
    tools::capture(tools::command("node", root).arg("benches/js/data.mjs").arg(&data).arg(RECORDS))?;
    Ok(data)
}

/// The program of the candidates, ours at its fastest.
pub(super) fn build(root: &Path) -> Result<String> {
    let dir = root.join("benches/native");
    let target = tools::target(root).join("bench/native");
    let mut cargo = tools::cargo(&dir);
    cargo.args(["build", "--quiet", "--release", "--locked", "--target-dir"]).arg(&target);
    tools::show(&mut cargo)?;
    Ok(target.join("release/kafkalens-bench-native").display().to_string())
}
