//! `cargo xtask test interop`: real producers, a real broker and real registries (tests/interop/broker), decoded in Node and
//! in wasmtime.

use crate::outcome::Outcome;
use crate::{build, python, tools};
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The tools that bring broker and registries, each with how to ask whether it's there.
const TOOLS: [(&str, &str); 4] =
    [("python3", "--version"), ("java", "--version"), ("mvn", "--version"), ("go", "version")];

/// Runs it; skipped where a tool that it needs is not installed.
pub(crate) fn run(root: &Path) -> Result<Outcome> {
    let lacking = |(tool, ask): &&(&str, &str)| tools::capture(Command::new(tool).arg(ask)).is_err();
    let lacking: Vec<&str> = TOOLS.iter().filter(lacking).map(|(tool, _)| *tool).collect();
    if !lacking.is_empty() {
        return Ok(Outcome::Skipped(format!("it needs {}", lacking.join(", "))));
    }
    let place = root.join("target/interop");
    fs::create_dir_all(&place)?;
    let parts = root.join("tests/interop");
    let python = python::environment(root, "interop", &parts.join("broker/requirements.txt"))?;
    let class_path = class_path(&parts, &place)?;
    let registry = registry(&parts, &place)?;
    tools::ensure_node_modules(&root.join("js"))?;
    let work = place.join("work");
    if work.exists() {
        fs::remove_dir_all(&work)?;
    }
    let mut run = Command::new(python);
    run.env("PYTHONDONTWRITEBYTECODE", "1").args(["-W", "ignore"]).arg(parts.join("broker/run.py"));
    let told = tools::capture(run.arg(class_path).arg(registry).arg(&work))?;
    let through =
        told.lines().find_map(|line| line.strip_prefix("interop: ")).context("no count of records")?;
    let same = in_component(root, &work.join("decoded"))?;
    Ok(Outcome::Passed(format!("{through}, {same} of them byte for byte as in wasmtime")))
}

/// The class path of Kafka, from Maven.
fn class_path(parts: &Path, place: &Path) -> Result<String> {
    let pom = parts.join("broker/pom.xml");
    let out = place.join("classpath");
    tools::made(&pom, &place.join("pom.made"), || {
        let mut maven = Command::new("mvn");
        maven.args(["-q", "-B", "-f"]).arg(&pom).arg("dependency:build-classpath");
        tools::capture(maven.arg(format!("-Dmdep.outputFile={}", out.display())))
    })?;
    Ok(fs::read_to_string(out)?.trim().to_owned())
}

/// franz-go's registry, built.
fn registry(parts: &Path, place: &Path) -> Result<PathBuf> {
    let program = place.join("srfake");
    tools::capture(tools::command("go", &parts.join("srfake")).args(["build", "-o"]).arg(&program).arg("."))?;
    Ok(program)
}

/// Decodes the same events in the component; gives how many records came out alike.
fn in_component(root: &Path, decoded: &Path) -> Result<usize> {
    let mut inputs: Vec<PathBuf> =
        fs::read_dir(decoded)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    inputs.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    inputs.sort();
    let mut cargo = tools::cargo(root);
    cargo.args(["run", "--quiet", "--package", "wasmtime-rust", "--"]);
    let printed = tools::capture(cargo.arg(build::component_file(root)).args(&inputs))?;
    let lines: Vec<&str> = printed.lines().collect();
    ensure!(lines.len() == inputs.len(), "wasmtime printed {} events of {}", lines.len(), inputs.len());
    let mut records = 0;
    for (input, line) in inputs.iter().zip(lines) {
        let node = fs::read_to_string(input.with_extension("json.node"))?;
        ensure!(node.trim_end() == line, "the hosts differ on {}", input.display());
        records += line.matches("\"topic\":").count();
    }
    Ok(records)
}
