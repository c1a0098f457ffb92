//! The table of what `cargo xtask test` runs.

use crate::outcome::Outcome;
use crate::{
    bench, build, component, conformance, corpus, deny, errors, interop, matrix, names, protoc, python_host,
    tools,
};
use anyhow::{Result, ensure};
use std::fs;
use std::path::Path;
use std::process::Command;

/// One check.
pub(crate) struct Step {
    /// What the table calls it.
    pub(crate) name: &'static str,
    /// The parts (`cargo xtask test PART`) that it belongs to, besides the whole.
    pub(crate) parts: &'static [&'static str],
    /// Whether it reads what the step `build` leaves.
    pub(crate) after_build: bool,
    /// Whether only `--full` runs it.
    pub(crate) full: bool,
    /// Runs it.
    pub(crate) run: fn(&Path) -> Result<Outcome>,
}

/// The name of the step that builds.
pub(crate) const BUILD: &str = "build";

const fn step(name: &'static str, parts: &'static [&'static str], run: fn(&Path) -> Result<Outcome>) -> Step {
    Step { name, parts, after_build: false, full: false, run }
}

const fn built(
    name: &'static str,
    parts: &'static [&'static str],
    run: fn(&Path) -> Result<Outcome>,
) -> Step {
    Step { after_build: true, ..step(name, parts, run) }
}

/// Every step, in the order in which they run: what fails soonest first.
pub(crate) const STEPS: &[Step] = &[
    step("names", &[], |root| names::check(root).map(Outcome::Passed)),
    step("format", &["rust"], |root| cargo(root, &["fmt", "--all", "--check"])),
    step("licences", &[], deny::check),
    step("clippy", &["rust"], |root| clippy(root, &["--workspace", "--all-targets"])),
    step("clippy js", &["rust", "js"], |root| clippy_core(root, "js")),
    step("clippy component", &["rust", "component"], |root| clippy_core(root, "component")),
    step("rust", &["rust"], |root| cargo(root, &["test", "--package", "kafkalens", "--package", "xtask"])),
    step("rust, features", &["rust"], |root| {
        cargo(root, &["test", "--package", "kafkalens", "--lib", "--features", "prost-reflect", "reflect"])
    }),
    step("rust vectors", &["vectors"], rust_vectors),
    step("rust docs", &["rust"], docs),
    step("conformance", &["rust"], conformance::step),
    step("mutations", &["rust"], |root| protoc::mutations(root).map(Outcome::Passed)),
    step("error codes", &["rust"], |root| errors::check(root).map(Outcome::Passed)),
    step(BUILD, &["js", "component", "vectors", "interop"], |root| {
        build::all(root).map(|_| Outcome::Passed("pkg/".into()))
    }),
    built("no imports", &["component"], no_imports),
    built("js lint", &["js"], |root| npm(&root.join("js"), "lint", root)),
    built("js types", &["js"], |root| npm(&root.join("js"), "types", root)),
    built("js", &["js", "vectors"], |root| npm(&root.join("js"), "test", root)),
    built("consumers", &["js"], |root| npm(&root.join("js"), "test:consumers", root)),
    built("chromium", &["js", "vectors"], |root| npm(&root.join("js"), "test:browser", root)),
    built("page", &["js"], |root| npm(&root.join("js"), "test:www", root)),
    built("wasmtime", &["component", "vectors"], wasmtime),
    built("wasmtime-py", &["component", "vectors"], |root| {
        python_host::test(root).map(|out| Outcome::Passed(note(&out)))
    }),
    built("jco", &["component", "vectors"], |root| npm(&root.join("examples/jco-node"), "test", root)),
    Step { full: true, ..step("native features", &[], all_features) },
    Step { full: true, ..step("avro corpus", &[], corpus::full) },
    Step {
        full: true,
        ..step("all mutations", &[], |root| protoc::all_mutations(root).map(Outcome::Passed))
    },
    Step { full: true, ..step("protoc", &[], |root| protoc::compare(root).map(Outcome::Passed)) },
    Step {
        full: true,
        ..built("slow consumers", &[], |root| npm(&root.join("js"), "test:consumers:slow", root))
    },
    Step { full: true, ..built("interop", &[], interop::run) },
    Step { full: true, ..built("benchmarks", &[], |root| bench::smoke(root).map(Outcome::Passed)) },
    Step {
        full: true,
        ..step("rust, optimised", &[], |root| cargo(root, &["test", "--profile", "optimised"]))
    },
];

fn cargo(root: &Path, args: &[&str]) -> Result<Outcome> {
    tools::capture(quiet_cargo(root).args(args)).map(|out| Outcome::Passed(note(&out)))
}

/// Cargo without a line for each crate: what a step prints is shown only where it fails.
fn quiet_cargo(root: &Path) -> Command {
    let mut cargo = tools::cargo(root);
    cargo.env("CARGO_TERM_QUIET", "true").env("RUST_BACKTRACE", "0");
    cargo
}

fn clippy(root: &Path, args: &[&str]) -> Result<Outcome> {
    tools::capture(quiet_cargo(root).arg("clippy").args(args).args(["--", "-D", "warnings"]))?;
    Ok(Outcome::Passed(String::new()))
}

fn clippy_core(root: &Path, core: &str) -> Result<Outcome> {
    tools::ensure_wasm_target()?;
    clippy(root, &["--package", &format!("kafkalens-{core}"), "--lib", "--target", tools::WASM])
}

fn rust_vectors(root: &Path) -> Result<Outcome> {
    cargo(root, &["test", "--package", "kafkalens", "--test", "vectors", "--", "--nocapture"])
}

/// What the native crate alone can have: optional codecs of container files, and the values of the crate apache-avro.
fn all_features(root: &Path) -> Result<Outcome> {
    let features = "apache-avro,codecs";
    cargo(
        root,
        &["test", "--package", "kafkalens", "--features", features, "--test", "apache", "--test", "avro"],
    )
}

fn docs(root: &Path) -> Result<Outcome> {
    let mut cargo = quiet_cargo(root);
    cargo.env("RUSTDOCFLAGS", "-D warnings").args(["doc", "--no-deps", "--package", "kafkalens"]);
    tools::capture(&mut cargo)?;
    Ok(Outcome::Passed(String::new()))
}

fn no_imports(root: &Path) -> Result<Outcome> {
    let imports = component::imports(&fs::read(build::component_file(root))?)?;
    ensure!(imports.is_empty(), "the component imports {}", imports.join(", "));
    Ok(Outcome::Passed("the component imports nothing".into()))
}

/// Runs a script of the package in `dir`.
fn npm(dir: &Path, script: &str, root: &Path) -> Result<Outcome> {
    tools::ensure_node_modules(dir)?;
    let mut npm = tools::command("npm", dir);
    npm.env("KAFKALENS_COMPONENT", build::component_file(root));
    // A reporter that lists failures at the end. It's for Node's test runner; other programs don't read it.
    npm.env("NODE_OPTIONS", "--test-reporter=spec").args(["run", "--silent", script]);
    let out = tools::capture(&mut npm)?;
    Ok(Outcome::Passed(note(&out)))
}

fn wasmtime(root: &Path) -> Result<Outcome> {
    cargo(root, &["test", "--package", "wasmtime-rust", "--", "--nocapture"])
}

/// What a test run says of itself: the lines of its hosts, or how many tests passed.
fn note(output: &str) -> String {
    let hosts = matrix::lines(output);
    if !hosts.is_empty() {
        return hosts;
    }
    let counts =
        output.lines().filter_map(|line| line.trim().strip_prefix("test result: ok. ")?.split(' ').next());
    let passed: usize = counts.filter_map(|count| count.parse::<usize>().ok()).sum();
    if passed > 0 { format!("{passed} tests") } else { String::new() }
}
