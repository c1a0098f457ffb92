//! Python's packages, installed below target/tools.

use crate::tools;
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// An interpreter with what a file of requirements names.
pub(crate) fn environment(root: &Path, name: &str, requirements: &Path) -> Result<PathBuf> {
    let place = root.join("target/tools").join(name);
    let python = place.join("bin/python");
    tools::made(requirements, &place.join("requirements.made"), || {
        tools::capture(tools::command("python3", root).args(["-m", "venv"]).arg(&place))?;
        let mut pip = tools::command(&python.to_string_lossy(), root);
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"]);
        tools::capture(pip.arg(requirements))
    })?;
    Ok(python)
}

/// A folder with the wheels that a file of requirements names by their hashes, and nothing else.
pub(crate) fn packages(root: &Path, name: &str, requirements: &Path) -> Result<PathBuf> {
    let place = root.join("target/tools").join(name);
    tools::made(requirements, &place.join("requirements.made"), || {
        if place.exists() {
            fs::remove_dir_all(&place)?;
        }
        let mut pip = tools::command("python3", root);
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]);
        pip.args(["--only-binary", ":all:", "--require-hashes", "--target"]).arg(&place);
        let installed = tools::capture(pip.arg("--requirement").arg(requirements));
        installed.with_context(|| format!("{name} needs pip (Debian: `apt-get install python3-pip`)"))
    })?;
    Ok(place)
}
