//! The testee: the program on the core that tests against reference implementations talk to.

use crate::tools;
use anyhow::{Result, ensure};
use std::path::{Path, PathBuf};

/// Builds the program that tests against reference implementations talk to.
pub(crate) fn build(root: &Path) -> Result<PathBuf> {
    tools::capture(tools::cargo(root).args(["build", "--quiet", "--example", "testee"]))?;
    Ok(tools::target(root).join("debug/examples/testee"))
}

/// `cargo xtask corpus protobuf FILE --descriptors SET`
pub(crate) fn corpus(root: &Path, file: &str, set: &str) -> Result<()> {
    let testee = build(root)?;
    let status = std::process::Command::new(testee).args(["corpus", file, "--descriptors", set]).status()?;
    ensure!(status.success(), "the corpus can't be read");
    Ok(())
}
