//! Runs the cases of `tests/vectors/` on a host: reads them, hands them over, compares. Every Rust host includes this
//! module by path; it needs `serde_json` (with `preserve_order` and `raw_value`) and `base64`.

mod case;
mod compare;
mod input;

// Each host uses its part of these.
#[allow(unused_imports)]
pub(crate) use case::{Case, find as cases};
#[allow(unused_imports)]
pub(crate) use compare::sides;
use serde_json::{Value, json};
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

    /// What a decoder of `config` with `schemas` gives for another verb: `envelope`, `detect` (a side), `matchesFilter` (a
    /// pattern, a record's document) or `schemas`; `None` if the host can't say.
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
    /// Cases that ran.
    pub(crate) cases: usize,
    /// Records that they held.
    pub(crate) records: usize,
    /// Every difference, by the case's folder.
    pub(crate) differences: Vec<(PathBuf, String)>,
}

impl Report {
    /// `vectors: N cases, M records in HOST`, after every difference.
    pub(crate) fn text(&self) -> String {
        let mut out = String::new();
        for (dir, difference) in &self.differences {
            let mut names = dir.components().rev().map(|c| c.as_os_str().to_string_lossy());
            let (case, area) = (names.next().unwrap_or_default(), names.next().unwrap_or_default());
            out.push_str(&format!("{area}/{case}: {difference}\n"));
        }
        if !self.differences.is_empty() {
            out.push_str(&format!("{} differences\n", self.differences.len()));
        }
        out + &format!("vectors: {} cases, {} records in {}", self.cases, self.records, self.host)
    }
}

/// Runs every case under `root` (`tests/vectors`) whose folder's path contains `filter`.
pub(crate) fn run(host: &mut dyn Host, root: &Path, filter: &str) -> Report {
    let mut report = Report { host: host.name().to_owned(), ..Report::default() };
    for dir in case::find(root).into_iter().filter(|dir| dir.to_string_lossy().contains(filter)) {
        let result = Case::read(&dir).and_then(|case| run_one(host, &case));
        report.cases += 1;
        match result {
            Ok((records, differences)) => {
                report.records += records;
                report.differences.extend(differences.into_iter().map(|text| (dir.clone(), text)));
            }
            Err(text) => report.differences.push((dir, text)),
        }
    }
    report
}

/// The number of records and the differences of one case.
fn run_one(host: &mut dyn Host, case: &Case) -> Result<(usize, Vec<String>), String> {
    let outcome = host.decode(&case.config, &case.schemas, &case.event);
    let mut differences = compare::outcome(case, &outcome);
    if let (Some(expected), Some(actual)) = (&case.missing, host.missing(&case.config, &case.event)) {
        let actual = actual.map_or_else(Value::String, |list| json!(list));
        if *expected != actual {
            differences.push(format!("missing: expected {expected}, found {actual}"));
        }
    }
    for call in &case.calls {
        let verb = call["verb"].as_str().unwrap_or_default();
        let args: Vec<&str> =
            call["args"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        if let Some(outcome) = host.call(&case.config, &case.schemas, &case.event, verb, &args) {
            differences.extend(compare::call(call, &outcome));
        }
    }
    let records = case.expect.as_ref().map_or(0, Vec::len);
    Ok((records, differences))
}
