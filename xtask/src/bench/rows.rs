//! What suites that xtask runs itself measure: a table, and target/bench/SUITE.json.

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// The figures of one run, in nanoseconds a record.
#[derive(Clone, Deserialize)]
pub(super) struct Figures {
    pub(super) records: usize,
    pub(super) min_ns: f64,
    pub(super) median_ns: f64,
    pub(super) cpu_ns: f64,
}

/// A candidate's best figures over all rounds.
#[derive(Serialize)]
pub(super) struct Row {
    work: String,
    candidate: String,
    records: usize,
    min_ns: f64,
    median_ns: f64,
    cpu_ns: f64,
}

/// All rows, in the order in which they came first.
#[derive(Default, Serialize)]
pub(super) struct Rows {
    results: Vec<Row>,
}

impl Rows {
    /// Adds a run; of several runs the least figures count.
    pub(super) fn add(&mut self, work: &str, candidate: &str, run: Figures) {
        let Figures { records, min_ns, median_ns, cpu_ns } = run;
        let known = self.results.iter_mut().find(|row| row.work == work && row.candidate == candidate);
        match known {
            Some(row) => {
                row.min_ns = row.min_ns.min(min_ns);
                row.median_ns = row.median_ns.min(median_ns);
                row.cpu_ns = row.cpu_ns.min(cpu_ns);
            }
            None => {
                let (work, candidate) = (work.to_owned(), candidate.to_owned());
                self.results.push(Row { work, candidate, records, min_ns, median_ns, cpu_ns });
            }
        }
    }

    /// Prints the table, with how many times longer each takes than ours, and writes the file.
    pub(super) fn close(&self, root: &Path, suite: &str) -> Result<()> {
        print!("{}", self.table()?);
        let folder = root.join("target/bench");
        fs::create_dir_all(&folder)?;
        let file = folder.join(format!("{suite}.json"));
        fs::write(&file, serde_json::to_string_pretty(self)?).context("the results can't be written")
    }

    fn table(&self) -> Result<String> {
        let mut out = String::new();
        writeln!(
            out,
            "{:<10}{:<20}{:>10}{:>10}{:>10}{:>9}",
            "work", "candidate", "min", "median", "cpu", "× min"
        )?;
        for row in &self.results {
            let ours = self.results.iter().find(|r| r.work == row.work && r.candidate == "kafkalens");
            let times = ours.map_or(f64::NAN, |ours| row.min_ns / ours.min_ns);
            writeln!(
                out,
                "{:<10}{:<20}{:>10.0}{:>10.0}{:>10.0}{:>9.2}",
                row.work, row.candidate, row.min_ns, row.median_ns, row.cpu_ns, times
            )?;
        }
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_of_several_runs_counts() {
        let mut rows = Rows::default();
        for min_ns in [30.0, 20.0, 25.0] {
            let figures = Figures { records: 10, min_ns, median_ns: 2.0 * min_ns, cpu_ns: 40.0 };
            rows.add("avro", "kafkalens", figures);
        }
        let peer = Figures { records: 10, min_ns: 100.0, median_ns: 110.0, cpu_ns: 120.0 };
        rows.add("avro", "peer", peer);
        assert_eq!(rows.results[0].min_ns, 20.0);
        assert!(rows.table().unwrap().lines().last().unwrap().ends_with("5.00"));
    }
}
