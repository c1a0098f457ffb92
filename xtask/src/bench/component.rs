//! The component in its hosts, JSON text out, the canonical ABI included, beside the crate in a native program: an event's text
//! goes in whole. One candidate a process.

use super::native::{self, ROUNDS};
use super::rows::{Rows, Turns};
use crate::{build, python_host, tools};
use anyhow::{Context, Result, ensure};
use std::path::Path;
use std::process::Command;

/// What is decoded.
const WORKS: &[&str] = &["avro", "small", "proto", "json"];

/// A host: its name, and the program that takes `DATA WORK`, and `MILLISECONDS` where it shall tell the time.
type Host<'a> = (&'static str, &'a dyn Fn(&str) -> Result<Command>);

/// Builds, compares, measures.
pub(super) fn run(root: &Path, args: &[&str]) -> Result<()> {
    let turns = Turns::read(args, ROUNDS)?;
    build::all(root)?;
    let data = native::data(root)?;
    let component = build::component_file(root);
    let (native, wasmtime) = (native::build(root)?, host(root)?);
    tools::ensure_node_modules(&root.join("examples/jco-node"))?;
    tools::capture(tools::command("node", root).arg("examples/jco-node/transpile.mjs").arg(&component))?;
    let at = |mut command: Command, work: &str| {
        command.arg(&data).arg(work);
        command
    };
    // Ours is the native one: the others are told in its terms.
    let hosts: [Host<'_>; 4] = [
        ("kafkalens", &|work| {
            let mut command = at(tools::command(&native, root), work);
            command.arg("event");
            Ok(command)
        }),
        ("wasmtime", &|work| {
            let mut command = at(tools::command(&wasmtime, root), work);
            command.arg(&component);
            Ok(command)
        }),
        ("wasmtime-py", &|work| {
            let mut command = python_host::command(root)?;
            command.arg(root.join("benches/component/python.py"));
            Ok(at(command, work))
        }),
        ("jco", &|work| {
            let mut command = tools::command("node", root);
            command.arg("benches/component/jco.mjs");
            Ok(at(command, work))
        }),
    ];
    for work in WORKS {
        agree(work, &hosts)?;
    }
    let mut rows = Rows::default();
    for _ in 0..turns.rounds {
        for work in WORKS {
            for (name, command) in &hosts {
                let figures = tools::capture(command(work)?.arg(&turns.milliseconds))?;
                rows.add(work, name, serde_json::from_str(&figures).context("figures")?);
            }
        }
    }
    rows.close(root, "component")
}

/// All of them give the same bytes.
fn agree(work: &str, hosts: &[Host<'_>]) -> Result<()> {
    let mut first = None;
    for (name, command) in hosts {
        let text = tools::capture(&mut command(work)?)?;
        ensure!(*first.get_or_insert_with(|| text.clone()) == text, "{work}: {name} gives other text");
    }
    Ok(())
}

/// The host that uses the wasmtime crate.
fn host(root: &Path) -> Result<String> {
    let mut cargo = tools::cargo(root);
    cargo.args(["build", "--quiet", "--profile", "optimised", "--package", "kafkalens-bench-component"]);
    tools::show(&mut cargo)?;
    Ok(tools::target(root).join("optimised/kafkalens-bench-component").display().to_string())
}
