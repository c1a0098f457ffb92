//! The Python host's packages and its tests.

use crate::{build, tools};
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Runs the tests of examples/wasmtime-python, the vectors among them, and gives what they printed.
pub(crate) fn test(root: &Path) -> Result<String> {
    tools::capture(command(root)?.args(["-m", "unittest"]))
}

/// Python in the host's folder, with its packages and the component that was built.
pub(crate) fn command(root: &Path) -> Result<Command> {
    let host = root.join("examples/wasmtime-python");
    let path = std::env::join_paths([&packages(root)?, &host])?;
    let mut python = tools::command("python3", &host);
    python.env("PYTHONPATH", path).env("PYTHONDONTWRITEBYTECODE", "1");
    python.env("KAFKALENS_COMPONENT", build::component_file(root));
    // The compiled component is kept in the clone.
    python.env("XDG_CACHE_HOME", root.join("target/wasm"));
    Ok(python)
}

/// The host's requirements, installed into a folder of target/ unless they are there already.
fn packages(root: &Path) -> Result<PathBuf> {
    let file = root.join("examples/wasmtime-python/requirements.txt");
    let wanted = fs::read(&file).context("requirements.txt")?;
    let dir = root.join("target/tools/wasmtime-python");
    let stamp = dir.join("installed-requirements.txt");
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(dir);
    }
    if dir.exists() {
        fs::remove_dir_all(&dir)?;
    }
    let mut pip = tools::command("python3", root);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]);
    pip.args(["--only-binary", ":all:", "--require-hashes", "--target"]).arg(&dir);
    pip.arg("--requirement").arg(&file);
    tools::capture(&mut pip).context("the Python host needs pip (Debian: `apt-get install python3-pip`)")?;
    fs::write(stamp, wanted)?;
    Ok(dir)
}
