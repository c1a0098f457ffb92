//! What the npm package tells of the crates that are linked into its modules: whose they are, and by what licence they are used.

use crate::tools;
use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The package's name of the text.
pub(crate) const FILE: &str = "LICENSE-THIRD-PARTY";

/// The packages whose modules the npm package holds.
const MODULES: [&str; 2] = ["kafkalens-core", "kafkalens-component"];

const HEAD: &str = "\
The WebAssembly modules of kafkalens contain the crates below and parts of Rust's standard library.
The library, and each crate that offers it, are used under the Apache License 2.0, whose text is in
LICENSE-APACHE. The licences of the others follow their names.
";

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
    license: Option<String>,
    authors: Vec<String>,
    repository: Option<String>,
    manifest_path: PathBuf,
    /// None for those of this repository.
    source: Option<String>,
}

/// The text: a paragraph for each crate, and the licences of those that can't be had under the Apache License.
pub(crate) fn text(root: &Path) -> Result<String> {
    let mut text = HEAD.to_owned();
    for package in linked(root)? {
        let Package { name, version, license, authors, repository, .. } = &package;
        let license = license.as_deref().with_context(|| format!("{name} names no licence"))?;
        text += &format!("\n--------\n{name} {version}, {license}\n");
        let by = (!authors.is_empty()).then(|| authors.join(", "));
        for line in by.iter().chain(repository) {
            text += &format!("{line}\n");
        }
        for file in files(&package, license)? {
            text += &format!("\n{}\n", fs::read_to_string(file)?.trim());
        }
    }
    Ok(text)
}

/// The crates of other people that are linked into the modules, by name.
fn linked(root: &Path) -> Result<Vec<Package>> {
    let metadata = tools::capture(tools::cargo(root).args(["metadata", "--format-version", "1"]))?;
    let metadata: Metadata = serde_json::from_str(&metadata).context("cargo's metadata")?;
    let mut known: BTreeMap<String, Package> = BTreeMap::new();
    for package in metadata.packages.into_iter().filter(|package| package.source.is_some()) {
        known.insert(format!("{} v{}", package.name, package.version), package);
    }
    let mut tree = tools::cargo(root);
    tree.args(["tree", "--quiet", "--target", tools::WASM, "--edges", "normal,no-proc-macro"]);
    tree.args(["--prefix", "none", "--format", "{p}"]);
    let tree = tools::capture(tree.args(MODULES.iter().flat_map(|module| ["--package", module])))?;
    let linked: BTreeMap<String, Package> = tree
        .lines()
        .filter_map(|line| known.remove_entry(line.split(" (").next().unwrap_or_default()))
        .collect();
    ensure!(!linked.is_empty(), "cargo's tree names no crate");
    Ok(linked.into_values().collect())
}

/// A crate's files that have to go with it: its notices, and its licences but for what LICENSE-APACHE tells.
fn files(package: &Package, license: &str) -> Result<Vec<PathBuf>> {
    let folder = package.manifest_path.parent().context("a manifest without a folder")?;
    let apache = license.contains("Apache-2.0");
    let wanted = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_uppercase();
        let is_license = ["LICENSE", "COPYING"].iter().any(|start| name.starts_with(start));
        // `(MIT OR Apache-2.0) AND Unicode-3.0`: the last one holds whatever is chosen.
        let is_told =
            apache && (!license.contains(" AND ") || name.contains("APACHE") || name.contains("MIT"));
        name.starts_with("NOTICE") || (is_license && !is_told)
    };
    let entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    let mut found: Vec<PathBuf> = entries.iter().map(fs::DirEntry::path).filter(wanted).collect();
    found.sort();
    ensure!(apache || !found.is_empty(), "{} has no file of its licence", package.name);
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_of_one_licence_bring_its_text() -> Result<()> {
        let text = text(&tools::root()?)?;
        let of =
            |name: &str| text.split("\n--------\n").find(|part| part.starts_with(name)).unwrap_or_default();
        assert!(of("generic-array ").contains("Permission is hereby granted"), "{text}");
        assert!(of("unicode-ident ").contains("UNICODE LICENSE"), "{text}");
        assert!(of("sha2 ").lines().count() < 6, "{text}");
        // What only macros use is in no module, nor is the project a third party to itself.
        assert!(of("syn ").is_empty() && of("kafkalens").is_empty(), "{text}");
        Ok(())
    }
}
