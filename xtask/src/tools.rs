//! Running the tools that the others use, and saying what to do where one is missing.

use anyhow::{Context, Result, bail, ensure};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The target of both wasm cores.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// The clone's root: found at run time, since clones share a build directory and may run one another's xtask.
pub(crate) fn root() -> Result<PathBuf> {
    let start = match std::env::var_os("CARGO_MANIFEST_DIR") {
        Some(dir) => PathBuf::from(dir),
        None => std::env::current_dir()?,
    };
    let found = start.ancestors().find(|dir| dir.join("Cargo.lock").is_file());
    Ok(found.context("no Cargo.lock here or above: run it inside the repository")?.to_owned())
}

/// `cargo` as it was called, without what it told this process about the package xtask.
pub(crate) fn cargo(root: &Path) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root);
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(name);
        }
    }
    command
}

/// Where cargo puts what it builds for use.
pub(crate) fn target(root: &Path) -> PathBuf {
    root.join("target")
}

/// A command in `dir`.
pub(crate) fn command(program: &str, dir: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(dir);
    command
}

/// Runs a command, its output shown as it comes.
pub(crate) fn show(command: &mut Command) -> Result<()> {
    let name = text_of(command);
    let status = command.status().with_context(|| missing(command))?;
    ensure!(status.success(), "`{name}` failed: {status}");
    Ok(())
}

/// Runs a command and gives what it printed; its output is part of the error where it fails.
pub(crate) fn capture(command: &mut Command) -> Result<String> {
    let name = text_of(command);
    let output = command.stdin(Stdio::null()).output().with_context(|| missing(command))?;
    let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() {
        bail!("`{name}` failed: {}\n{stdout}{}", output.status, String::from_utf8_lossy(&output.stderr));
    }
    Ok(stdout)
}

fn text_of(command: &Command) -> String {
    let name =
        Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let args = command.get_args().map(|arg| arg.to_string_lossy().into_owned());
    std::iter::once(name).chain(args).collect::<Vec<_>>().join(" ")
}

/// One line: what is missing and how to get it.
fn missing(command: &Command) -> String {
    let program = command.get_program().to_string_lossy();
    let advice = match &*program {
        "node" | "npm" => "install Node.js 20 or later (Debian: `apt-get install nodejs npm`)",
        "python3" => "install Python 3 (Debian: `apt-get install python3 python3-pip`)",
        "rustup" | "rustc" => "install Rust through rustup (Debian 13: `apt-get install rustup`)",
        _ => "install it",
    };
    format!("`{program}` does not run: {advice}")
}

/// Adds the wasm target where the toolchain lacks it.
pub(crate) fn ensure_wasm_target() -> Result<()> {
    if has_wasm_target()? {
        return Ok(());
    }
    let added = capture(Command::new("rustup").args(["target", "add", WASM]));
    ensure!(
        added.is_ok() && has_wasm_target()?,
        "the Rust target {WASM} is missing: get it by `rustup target add {WASM}` (without rustup, your \
         distribution's package of Rust's standard library for wasm32){}",
        added.err().map_or(String::new(), |error| format!("\n{error:#}"))
    );
    Ok(())
}

fn has_wasm_target() -> Result<bool> {
    let libraries = capture(Command::new("rustc").args(["--print", "target-libdir", "--target", WASM]))?;
    Ok(Path::new(libraries.trim()).is_dir())
}

/// `npm ci` in a folder, unless it ran for this lock file already.
pub(crate) fn ensure_node_modules(dir: &Path) -> Result<()> {
    made(&dir.join("package-lock.json"), &dir.join("node_modules/.installed-package-lock.json"), || {
        capture(command("npm", dir).args(["ci", "--no-audit", "--no-fund"]))
    })
}

/// Makes what a file describes, unless that was done for the same text: `stamp` keeps it.
pub(crate) fn made(from: &Path, stamp: &Path, make: impl FnOnce() -> Result<String>) -> Result<()> {
    let text = std::fs::read(from).with_context(|| from.display().to_string())?;
    if !std::fs::read(stamp).is_ok_and(|made| made == text) {
        make()?;
        std::fs::write(stamp, text)?;
    }
    Ok(())
}

/// The version that crate, npm package and WIT share.
pub(crate) fn version(root: &Path) -> Result<String> {
    let manifest = std::fs::read_to_string(root.join("Cargo.toml"))?;
    let line = manifest.lines().find_map(|line| line.strip_prefix("version = \""));
    Ok(line.and_then(|rest| rest.strip_suffix('"')).context("no version in Cargo.toml")?.to_owned())
}
