//! What suites that xtask runs itself measure: a table, and target/bench/SUITE.json.

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// The figures of one run, in nanoseconds a record.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Figures {
    pub(super) records: usize,
    pub(super) min_ns: f64,
    pub(super) median_ns: f64,
    pub(super) cpu_ns: f64,
}

/// How often each candidate has its turn, and for how many milliseconds.
pub(super) struct Turns {
    pub(super) rounds: usize,
    pub(super) milliseconds: String,
}

impl Turns {
    /// Reads `--rounds N` and `--ms N`.
    pub(super) fn read(args: &[&str], rounds: usize) -> Result<Turns> {
        let mut turns = Turns { rounds, milliseconds: "1500".into() };
        for pair in args.chunks(2) {
            match pair {
                ["--rounds", n] => turns.rounds = n.parse().context("--rounds")?,
                ["--ms", n] => turns.milliseconds = (*n).into(),
                _ => bail!("this suite knows --rounds N and --ms N only"),
            }
        }
        Ok(turns)
    }
}

/// A candidate's best figures over all rounds.
#[derive(Serialize, Deserialize)]
pub(super) struct Row {
    pub(super) work: String,
    pub(super) candidate: String,
    #[serde(flatten)]
    pub(super) figures: Figures,
}

/// All rows, in the order in which they came first.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Rows {
    pub(super) results: Vec<Row>,
}

impl Rows {
    /// Adds a run; of several runs the least figures count.
    pub(super) fn add(&mut self, work: &str, candidate: &str, run: Figures) {
        let known = self
            .results
            .iter_mut()
            .find(|row| row.work == work && row.candidate == candidate && row.figures.records == run.records);
        match known {
            Some(Row { figures, .. }) => {
                figures.min_ns = figures.min_ns.min(run.min_ns);
                figures.median_ns = figures.median_ns.min(run.median_ns);
                figures.cpu_ns = figures.cpu_ns.min(run.cpu_ns);
            }
            None => {
                let (work, candidate) = (work.to_owned(), candidate.to_owned());
                self.results.push(Row { work, candidate, figures: run });
            }
        }
    }

    /// How many times longer a candidate takes than ours does for the same.
    pub(super) fn times(&self, row: &Row) -> Option<f64> {
        let same = |other: &&Row| {
            other.candidate == "kafkalens"
                && other.work == row.work
                && other.figures.records == row.figures.records
        };
        let ours = self.results.iter().find(same)?;
        Some(row.figures.min_ns / ours.figures.min_ns)
    }

    /// Reads what a suite has measured.
    pub(super) fn read(root: &Path, suite: &str) -> Result<Rows> {
        let file = root.join(format!("target/bench/{suite}.json"));
        let text = fs::read(&file).with_context(|| format!("`cargo xtask bench {suite}` has not run"))?;
        serde_json::from_slice(&text).with_context(|| file.display().to_string())
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
            "{:<12}{:<20}{:>10}{:>10}{:>10}{:>9}",
            "work", "candidate", "min", "median", "cpu", "× min"
        )?;
        for row in &self.results {
            let times = self.times(row).map_or(String::new(), |times| format!("{times:.2}"));
            let Figures { min_ns, median_ns, cpu_ns, .. } = row.figures;
            writeln!(
                out,
                "{:<12}{:<20}{min_ns:>10.0}{median_ns:>10.0}{cpu_ns:>10.0}{times:>9}",
                row.work, row.candidate
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
        assert_eq!(rows.results[0].figures.min_ns, 20.0);
        assert!(rows.table().unwrap().lines().last().unwrap().ends_with("5.00"));
    }
}
