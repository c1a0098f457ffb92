//! `cargo xtask bench`: kafkalens against its peers. docs/performance.md says what the figures mean.

mod cold;
mod native;
mod rows;
mod size;

use crate::{build, tools};
use anyhow::{Result, bail};
use std::path::Path;

/// Runs a suite with the arguments that are meant for it.
type Suite = fn(&Path, &[&str]) -> Result<()>;

/// Every suite by name.
const SUITES: &[(&str, Suite)] =
    &[("js", js), ("native", native::run), ("cold", cold::run), ("size", size::run)];

/// Runs all of them, or one; what follows its name is for the suite.
pub(crate) fn run(root: &Path, args: &[&str]) -> Result<()> {
    let Some((name, rest)) = args.split_first() else {
        return SUITES.iter().try_for_each(|(_, run)| run(root, &[]));
    };
    match SUITES.iter().find(|(suite, _)| suite == name) {
        Some((_, run)) => run(root, rest),
        None => bail!(
            "there is no benchmark `{name}`, only {}",
            SUITES.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
        ),
    }
}

/// The npm package in Node, one candidate a process: a table, and target/bench/js.json.
fn js(root: &Path, args: &[&str]) -> Result<()> {
    build::all(root)?;
    tools::ensure_node_modules(&root.join("benches/js"))?;
    tools::show(tools::command("node", root).arg("benches/js/run.mjs").args(args))
}
