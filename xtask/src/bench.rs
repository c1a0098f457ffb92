//! `cargo xtask bench`: the programs of benches/, each a plain `main` that prints its own table.

use crate::tools;
use anyhow::{Result, ensure};
use std::fs;
use std::path::Path;

/// Runs all of them, or one.
pub(crate) fn run(root: &Path, args: &[&str]) -> Result<()> {
    let mut names: Vec<String> =
        fs::read_dir(root.join("benches")).into_iter().flatten().flatten().filter_map(name).collect();
    names.sort();
    if let [one] = args {
        names.retain(|name| name == one);
        ensure!(!names.is_empty(), "there is no benchmark `{one}` in benches/");
    }
    for name in &names {
        tools::show(tools::cargo(root).args([
            "bench",
            "--quiet",
            "--package",
            "kafkalens",
            "--bench",
            name,
        ]))?;
    }
    match names.len() {
        0 => println!("there are no benchmarks yet: each program in benches/ is one"),
        count => println!("{count} benchmarks ran: {}", names.join(", ")),
    }
    Ok(())
}

fn name(entry: fs::DirEntry) -> Option<String> {
    Some(entry.file_name().to_str()?.strip_suffix(".rs")?.to_owned())
}
