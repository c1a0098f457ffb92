//! `cargo xtask build`: the two wasm cores, the component and the npm package.

use crate::{component, ledger, notices, tools};
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use wasm_bindgen_cli_support::Bindgen;

/// Builds all of it and prints the size ledger.
pub(crate) fn run(root: &Path) -> Result<()> {
    let built = all(root)?;
    print!("{}", ledger::report(root, &built)?);
    Ok(())
}

/// What a build leaves, besides `pkg/`.
pub(crate) struct Built {
    /// The linked module for JavaScript, with its names.
    pub(crate) js: PathBuf,
    /// The linked module for components, with its names.
    pub(crate) component: PathBuf,
}

/// Builds all of it.
pub(crate) fn all(root: &Path) -> Result<Built> {
    tools::ensure_wasm_target()?;
    // The npm package's is small, the component's fast.
    let built = Built { js: link(root, "core", "wasm")?, component: link(root, "component", "release")? };
    bind(root, &built.js)?;
    let component = component::encode(&fs::read(&built.component)?)?;
    fs::write(component_file(root), component)?;
    package(root)?;
    Ok(built)
}

/// Where the component lies for the hosts that are tested with it.
pub(crate) fn component_file(root: &Path) -> PathBuf {
    root.join("target/wasm/kafkalens.component.wasm")
}

/// Links one of the cores, a package of `bindings/`, by a profile.
fn link(root: &Path, core: &str, profile: &str) -> Result<PathBuf> {
    let package = format!("kafkalens-{core}");
    let mut cargo = tools::cargo(root);
    cargo.args(["build", "--quiet", "--package", &package, "--target", tools::WASM, "--profile", profile]);
    cargo.args(["--config", &unnamed()?]);
    tools::show(&mut cargo)?;
    let linked =
        root.join("target").join(tools::WASM).join(profile).join(package.replace('-', "_") + ".wasm");
    ensure!(linked.is_file(), "cargo left no {core} core in target/");
    Ok(linked)
}

/// Flags by which the places of panics, which are part of a module, don't tell where on this machine dependencies lie.
fn unnamed() -> Result<String> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(std::env::home_dir()?.join(".cargo"))).context("no home for cargo")?;
    let registries = fs::read_dir(home.join("registry/src")).into_iter().flatten().flatten();
    // Of several that fit a path the last one counts.
    let folders = std::iter::once(home.clone()).chain(registries.map(|entry| entry.path()));
    let flags: Vec<_> = folders.map(|path| format!("'--remap-path-prefix={}='", path.display())).collect();
    Ok(format!("target.{}.rustflags=[{}]", tools::WASM, flags.join(",")))
}

/// wasm-bindgen's half: target/wasm/js gets `kafkalens_core.js`, its types and `kafkalens_core_bg.wasm`.
fn bind(root: &Path, linked: &Path) -> Result<()> {
    let out = root.join("target/wasm/js");
    fs::create_dir_all(&out)?;
    let mut bindgen = Bindgen::new();
    bindgen.input_path(linked).out_name("kafkalens_core").web(true)?;
    bindgen
        .remove_producers_section(true)
        .omit_default_module_path(true)
        .keep_lld_exports(false)
        .remove_name_section(true);
    let mut output = bindgen.generate_output().context("wasm-bindgen")?;
    // For linkers, as the names are.
    output.wasm_mut().customs.remove_raw("target_features");
    output.emit(out).context("wasm-bindgen's output")
}

/// Fills `pkg/` anew from js/ and pkg-template/, and puts the component and the licences there.
fn package(root: &Path) -> Result<()> {
    tools::ensure_node_modules(&root.join("js"))?;
    let version = tools::version(root)?;
    if root.join("pkg").exists() {
        fs::remove_dir_all(root.join("pkg"))?;
    }
    let args = ["js/build.mjs", "--core", "target/wasm/js", "--out", "pkg", "--version", &version];
    tools::show(tools::command("node", root).args(args))?;
    let pkg = root.join("pkg");
    fs::copy(component_file(root), pkg.join("kafkalens.component.wasm"))?;
    for licence in ["LICENSE-MIT", "LICENSE-APACHE"] {
        fs::copy(root.join(licence), pkg.join(licence))?;
    }
    fs::write(pkg.join(notices::FILE), notices::text(root)?)?;
    Ok(())
}
