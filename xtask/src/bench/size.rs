//! What is downloaded: the wasm modules and the package's entries.

use crate::{build, ledger};
use anyhow::Result;
use serde_json::json;
use std::fs;
use std::path::Path;

/// Files of the package that users load.
const FILES: &[&str] =
    &["kafkalens_core.wasm", "kafkalens.component.wasm", "node.cjs", "browser.mjs", "slim.mjs"];

/// Builds, prints the ledger and writes target/bench/size.json.
pub(super) fn run(root: &Path, _: &[&str]) -> Result<()> {
    let built = build::all(root)?;
    print!("{}", ledger::report(root, &built)?);
    let mut results = Vec::new();
    for name in FILES {
        let bytes = fs::read(root.join("pkg").join(name))?;
        let gzip = ledger::gzip(&bytes)?;
        results.push(
            json!({ "work": name, "candidate": "kafkalens", "raw_bytes": bytes.len(), "gzip_bytes": gzip }),
        );
    }
    fs::create_dir_all(root.join("target/bench"))?;
    fs::write(
        root.join("target/bench/size.json"),
        serde_json::to_string_pretty(&json!({ "results": results }))?,
    )?;
    Ok(())
}
