//! The step `protoc`: .proto files compiled by protoc and by kafkalens, and compared.

use crate::{conformance, testee, tools};
use anyhow::{Context, Result};
use std::path::Path;

/// How many random files, besides those that protoc and others ship.
const RANDOM: &str = "1000";

pub(crate) fn compare(root: &Path) -> Result<String> {
    let folder = root.join("tests/interop/protoc");
    let environment = tools::target(root).join("protoc-python");
    let python = environment.join("bin/python");
    if !python.exists() {
        tools::capture(tools::command("python3", root).args(["-m", "venv"]).arg(&environment))?;
        let pip = ["-m", "pip", "install", "--quiet", "--requirement", "requirements.txt"];
        tools::capture(tools::command(&python.to_string_lossy(), &folder).args(pip))?;
    }
    let testee = testee::build(root)?;
    let include = conformance::fetch(root)?.join("include");
    let mut compare = tools::command(&python.to_string_lossy(), &folder);
    compare.arg("compare.py").arg(testee).arg("--conformance").arg(include).args(["--random", RANDOM]);
    let out = tools::capture(&mut compare)?;
    Ok(out.lines().last().context("no result")?.to_owned())
}
