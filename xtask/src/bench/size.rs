//! What is downloaded: the wasm modules and the package's entries.

use crate::{build, ledger};
use anyhow::{Result, ensure};
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::Path;

/// Files of the package that users load.
const FILES: &[&str] =
    &["kafkalens_core.wasm", "kafkalens.component.wasm", "node.cjs", "browser.mjs", "slim.mjs"];

/// What a file weighs.
#[derive(Serialize, Deserialize)]
pub(super) struct Row {
    pub(super) work: String,
    pub(super) candidate: String,
    pub(super) raw_bytes: usize,
    pub(super) gzip_bytes: usize,
}

/// All files.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Sizes {
    pub(super) results: Vec<Row>,
}

/// Builds, prints the ledger and writes target/bench/size.json.
pub(super) fn run(root: &Path, args: &[&str]) -> Result<()> {
    ensure!(args.is_empty(), "this suite takes no arguments");
    let built = build::all(root)?;
    print!("{}", ledger::report(root, &built)?);
    let mut sizes = Sizes::default();
    for name in FILES {
        let bytes = fs::read(root.join("pkg").join(name))?;
        let (work, candidate) = ((*name).to_owned(), "kafkalens".to_owned());
        let gzip_bytes = ledger::gzip(&bytes)?;
        sizes.results.push(Row { work, candidate, raw_bytes: bytes.len(), gzip_bytes });
    }
    fs::create_dir_all(root.join("target/bench"))?;
    fs::write(root.join("target/bench/size.json"), serde_json::to_string_pretty(&sizes)?)?;
    Ok(())
}
