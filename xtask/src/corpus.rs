//! `cargo xtask corpus`: decodes the cases of a file and compares.

use crate::tools;
use anyhow::{Result, ensure};
use std::path::{Path, PathBuf};

/// Builds the program that tests against reference implementations talk to.
pub(crate) fn testee(root: &Path) -> Result<PathBuf> {
    tools::capture(tools::cargo(root).args(["build", "--quiet", "--example", "testee"]))?;
    Ok(tools::target(root).join("debug/examples/testee"))
}

/// `corpus protobuf FILE --descriptors SET`
pub(crate) fn protobuf(root: &Path, file: &str, set: &str) -> Result<()> {
    let testee = testee(root)?;
    let status = std::process::Command::new(testee).args(["corpus", file, "--descriptors", set]).status()?;
    ensure!(status.success(), "the corpus can't be read");
    Ok(())
}
