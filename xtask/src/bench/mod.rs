//! `cargo xtask bench`: kafkalens against its peers. docs/performance.md says what the figures mean.

mod cold;
mod component;
mod markdown;
mod native;
mod rows;
mod size;

use crate::{build, tools};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;

/// Runs a suite with the arguments that are meant for it.
type Suite = fn(&Path, &[&str]) -> Result<()>;

/// Every suite by name.
const SUITES: &[(&str, Suite)] = &[
    ("js", js),
    ("native", native::run),
    ("component", component::run),
    ("cold", cold::run),
    ("size", size::run),
];

/// Each suite with arguments for one that shows that it runs: its figures mean nothing.
const SMOKE: &[(&str, &[&str])] = &[
    ("js", &["--records", "10", "--mode", "stream", "--rounds", "1", "--ms", "1"]),
    ("native", &["--rounds", "1", "--ms", "1"]),
    ("component", &["--rounds", "1", "--ms", "1"]),
    ("cold", &["--rounds", "1"]),
    ("size", &[]),
];

/// Runs all of them, or one; what follows its name is for the suite.
pub(crate) fn run(root: &Path, args: &[&str]) -> Result<()> {
    match args {
        [] => SUITES.iter().try_for_each(|(_, run)| run(root, &[])),
        ["docs"] => markdown::fill(root),
        [suite, "--markdown"] => markdown::print(root, suite),
        [suite, rest @ ..] => named(suite)?(root, rest.strip_prefix(&["--"]).unwrap_or(rest)),
    }
}

fn named(name: &str) -> Result<Suite> {
    match SUITES.iter().find(|(suite, _)| *suite == name) {
        Some((_, run)) => Ok(*run),
        None => bail!(
            "there is no benchmark `{name}`, only {}",
            SUITES.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
        ),
    }
}

/// Whether every suite runs and its candidates agree, in the least time. What was measured before stays.
pub(crate) fn smoke(root: &Path) -> Result<String> {
    for (suite, args) in SMOKE {
        let file = root.join(format!("target/bench/{suite}.json"));
        let kept = fs::read(&file);
        let mut xtask = tools::command(&std::env::current_exe()?.display().to_string(), root);
        tools::capture(xtask.args(["bench", suite]).args(*args))
            .with_context(|| format!("the suite {suite}"))?;
        markdown::tables(root, suite)?;
        match kept {
            Ok(kept) => fs::write(file, kept)?,
            Err(_) => fs::remove_file(file)?,
        }
    }
    Ok(format!("{} suites", SMOKE.len()))
}

/// The npm package in Node, one candidate a process: a table, and target/bench/js.json.
fn js(root: &Path, args: &[&str]) -> Result<()> {
    build::all(root)?;
    tools::ensure_node_modules(&root.join("benches/js"))?;
    tools::show(tools::command("node", root).arg("benches/js/run.mjs").args(args))
}
