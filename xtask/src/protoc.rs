//! The steps `protoc` and `mutations`: .proto files compiled by protoc and by kafkalens, messages decoded by Python's
//! protobuf and by kafkalens, and compared.

use crate::{conformance, python, testee, tools};
use anyhow::{Context, Result};
use std::ffi::OsString;
use std::path::Path;

/// How many random files, besides those that protoc and others ship.
const RANDOM: &str = "1000";

/// How many mutated messages the ordinary tests decode, and the full ones.
const MUTATIONS: &str = "3000";
const ALL_MUTATIONS: &str = "100000";

/// The step `protoc`.
pub(crate) fn compare(root: &Path) -> Result<String> {
    run(root, "compare.py", |testee, include| {
        vec![testee, "--conformance".into(), include, "--random".into(), RANDOM.into()]
    })
}

/// The step `mutations`: mutated messages by Python's protobuf and by kafkalens.
pub(crate) fn mutations(root: &Path) -> Result<String> {
    run(root, "differential.py", |testee, include| vec![testee, include, "--count".into(), MUTATIONS.into()])
}

/// The same with many more, of another seed.
pub(crate) fn all_mutations(root: &Path) -> Result<String> {
    run(root, "differential.py", |testee, include| {
        let rest = ["--count", ALL_MUTATIONS, "--seed", "2"].map(Into::into);
        [vec![testee, include], rest.into()].concat()
    })
}

/// Runs a script with the testee and the messages of the conformance suite; gives its last line.
fn run(root: &Path, script: &str, args: impl FnOnce(OsString, OsString) -> Vec<OsString>) -> Result<String> {
    let folder = root.join("tests/interop/protoc");
    let python = python::environment(root, "protoc", &folder.join("requirements.txt"))?;
    let testee = testee::build(root)?;
    let include = conformance::fetch(root)?.join("include");
    let mut command = tools::command(&python.to_string_lossy(), &folder);
    command.arg(script).args(args(testee.into(), include.into()));
    let out = tools::capture(&mut command)?;
    Ok(out.lines().last().context("no result")?.to_owned())
}
