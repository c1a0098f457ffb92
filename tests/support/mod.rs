//! Runs the cases of `tests/vectors/` on a host: reads them, hands them over, compares. Every Rust host includes this
//! module by path; it needs `kafkalens`, `serde_json` (with `preserve_order` and `raw_value`), `base64` and `sha2`.

mod case;
mod compare;
#[allow(dead_code)]
pub(crate) mod damage;
mod files;
mod input;
#[allow(dead_code)]
pub(crate) mod native;
#[allow(dead_code)]
pub(crate) mod random;

// Each host uses its part of these.
#[allow(unused_imports)]
pub(crate) use case::{Case, find as cases};
#[allow(unused_imports)]
pub(crate) use compare::sides;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// One way to run kafkalens.
pub(crate) trait Host {
    /// What the last line of a run calls it.
    fn name(&self) -> &str;

    /// Makes a decoder of `config`, adds `schemas` (whether or not it takes them) and decodes `event`.
    ///
    /// # Errors
    /// The configuration or the whole event is refused: the error's JSON document.
    fn decode(&mut self, config: &str, schemas: &[String], event: &str) -> Result<String, String>;

    /// What a decoder of `config`, with no schema added, says is missing for `event`; `None` if the host can't say.
    fn missing(&mut self, _config: &str, _event: &str) -> Option<Result<Vec<String>, String>> {
        None
    }

    /// What a decoder of `config` with `schemas` gives for another verb, of those that tests/vectors/README.md lists; `None` if
    /// the host can't say.
    fn call(
        &mut self,
        _config: &str,
        _schemas: &[String],
        _event: &str,
        _verb: &str,
        _args: &[&str],
    ) -> Option<Result<String, String>> {
        None
    }
}

/// How a run went.
#[derive(Default)]
pub(crate) struct Report {
    /// The host's name.
    pub(crate) host: String,
    /// Cases that ran, by area.
    pub(crate) areas: BTreeMap<String, usize>,
    /// Records that they held.
    pub(crate) records: usize,
    /// Every difference, by the case's folder.
    pub(crate) differences: Vec<(PathBuf, String)>,
    /// Of a line for each case: `<area>/<case>`, a tab and the document that the host printed.
    digest: Sha256,
}

impl Report {
    /// The lines that tests/vectors/README.md tells, after every difference.
    pub(crate) fn text(&self) -> String {
        let mut out = String::new();
        for (dir, difference) in &self.differences {
            let (area, case) = names(dir);
            out.push_str(&format!("{area}/{case}: {difference}\n"));
        }
        if !self.differences.is_empty() {
            out.push_str(&format!("{} differences\n", self.differences.len()));
        }
        let host = &self.host;
        let cases: usize = self.areas.values().sum();
        let areas = self.areas.iter().map(|(area, count)| format!("{area}={count}")).collect::<Vec<_>>();
        out.push_str(&format!("vectors: {cases} cases, {} records in {host}\n", self.records));
        out.push_str(&format!("areas: {} in {host}\n", areas.join(" ")));
        out + &format!("digest: {:x} in {host}", self.digest.clone().finalize())
    }

    fn add(&mut self, dir: &Path, case: &Case, host: &mut dyn Host) {
        let outcome = host.decode(&case.config, &case.schemas, &case.event);
        let (area, name) = names(dir);
        let (Ok(text) | Err(text)) = &outcome;
        self.digest.update(format!("{area}/{name}\t{text}\n"));
        self.records += case.expect.as_ref().map_or(0, Vec::len);
        let differences =
            compare::outcome(case, &outcome).into_iter().chain(missing(host, case)).chain(calls(host, case));
        self.differences.extend(differences.map(|text| (dir.to_owned(), text)));
        *self.areas.entry(area).or_default() += 1;
    }
}

/// The area and the name of a case.
fn names(dir: &Path) -> (String, String) {
    let mut names = dir.components().rev().map(|c| c.as_os_str().to_string_lossy().into_owned());
    let case = names.next().unwrap_or_default();
    (names.next().unwrap_or_default(), case)
}

/// Runs every case under `root` (`tests/vectors`) whose folder's path contains `filter`.
pub(crate) fn run(host: &mut dyn Host, root: &Path, filter: &str) -> Report {
    let mut report = Report { host: host.name().to_owned(), ..Report::default() };
    for dir in case::find(root).into_iter().filter(|dir| dir.to_string_lossy().contains(filter)) {
        match Case::read(&dir) {
            Ok(case) => report.add(&dir, &case, host),
            Err(text) => report.differences.push((dir, text)),
        }
    }
    report
}

/// What other verbs give otherwise than the case says.
fn calls(host: &mut dyn Host, case: &Case) -> Vec<String> {
    let mut differences = Vec::new();
    for call in &case.calls {
        let verb = call["verb"].as_str().unwrap_or_default();
        let text = |arg: &Value| arg.as_str().map_or_else(|| arg.to_string(), str::to_owned);
        let mut args: Vec<String> = call["args"].as_array().into_iter().flatten().map(text).collect();
        // What is encoded is a value, a text too; other arguments that are text are given as such.
        if let ("encode", [_, _, value]) = (verb, &mut args[..]) {
            *value = call["args"][2].to_string();
        }
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        if let Some(outcome) = host.call(&case.config, &case.schemas, &case.event, verb, &args) {
            differences.extend(compare::call(call, &outcome));
        }
    }
    differences
}

/// How the references that are said to be missing differ from those that the case names.
fn missing(host: &mut dyn Host, case: &Case) -> Option<String> {
    let expected = case.missing.as_ref()?;
    let actual = host.missing(&case.config, &case.event)?;
    let actual = actual.map_or_else(Value::String, |list| json!(list));
    (*expected != actual).then(|| format!("missing: expected {expected}, found {actual}"))
}

/// Bytes from their base64.
#[allow(dead_code)]
pub(crate) fn base64(text: &str) -> Vec<u8> {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.decode(text).expect("base64")
}

/// Bytes as a JSON string of hexadecimal.
#[allow(dead_code)]
pub(crate) fn hex(bytes: &[u8]) -> String {
    let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("\"{digits}\"")
}
