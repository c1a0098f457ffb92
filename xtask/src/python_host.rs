//! The component's Python host (examples/wasmtime-python) and its tests.

use crate::{build, python, tools};
use anyhow::Result;
use std::path::Path;
use std::process::Command;

/// Runs the tests of examples/wasmtime-python, the vectors among them, and gives what they printed.
pub(crate) fn test(root: &Path) -> Result<String> {
    tools::capture(command(root)?.args(["-m", "unittest"]))
}

/// Python in the host's folder, with its packages and the component that was built.
pub(crate) fn command(root: &Path) -> Result<Command> {
    let host = root.join("examples/wasmtime-python");
    let packages = python::packages(root, "wasmtime-python", &host.join("requirements.txt"))?;
    let path = std::env::join_paths([&packages, &host])?;
    let mut python = tools::command("python3", &host);
    python.env("PYTHONPATH", path).env("PYTHONDONTWRITEBYTECODE", "1");
    python.env("KAFKALENS_COMPONENT", build::component_file(root));
    // The compiled component is kept in the clone.
    python.env("XDG_CACHE_HOME", root.join("target/wasm"));
    Ok(python)
}
