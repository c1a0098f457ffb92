//! The matrix of vectors by host: what each harness says of its run, held to the cases that there are and to each other.

use anyhow::{Context, Result, bail, ensure};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// What the three lines of a host begin with; tests/vectors/README.md tells them.
const LINES: [&str; 3] = ["vectors: ", "areas: ", "digest: "];

/// What one host said.
#[derive(Default)]
struct Host {
    name: String,
    /// Cases by area.
    areas: BTreeMap<String, usize>,
    /// Over each case and the document that was printed for it.
    digest: String,
}

/// All hosts that ran.
#[derive(Default)]
pub(crate) struct Matrix(Vec<Host>);

/// The lines in which hosts tell of their runs, without what a test runner put before them.
pub(crate) fn lines(output: &str) -> String {
    let told = |line: &'_ str| LINES.iter().find_map(|start| Some(line.find(start)?..));
    let found = output.lines().filter(|line| line.contains(" in "));
    found.filter_map(|line| Some(&line[told(line)?])).collect::<Vec<_>>().join("\n")
}

impl Matrix {
    /// Takes over what hosts told.
    pub(crate) fn read(&mut self, lines: &str) {
        for line in lines.lines() {
            let Some((told, name)) = line.split_once(" in ") else { continue };
            if told.starts_with(LINES[0]) {
                self.0.push(Host { name: name.to_owned(), ..Host::default() });
            }
            let Some(host) = self.0.last_mut().filter(|host| host.name == name) else { continue };
            if let Some(areas) = told.strip_prefix(LINES[1]) {
                host.areas = areas.split(' ').filter_map(area).collect();
            }
            if let Some(digest) = told.strip_prefix(LINES[2]) {
                host.digest = digest.to_owned();
            }
        }
    }

    /// Whether no host ran.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A row for each host, a column for each area.
    pub(crate) fn table(&self) -> String {
        let areas: BTreeSet<&str> =
            self.0.iter().flat_map(|host| host.areas.keys().map(String::as_str)).collect();
        let width = self.0.iter().map(|host| host.name.len()).max().unwrap_or_default();
        let mut out = format!("{:<width$}", "vectors");
        for area in &areas {
            // Writing to a String can't fail.
            let _ = write!(out, "  {area}");
        }
        let _ = writeln!(out, "  total  digest");
        for host in &self.0 {
            let _ = write!(out, "{:<width$}", host.name);
            for area in &areas {
                let count = host.areas.get(*area).copied().unwrap_or_default();
                let _ = write!(out, "  {count:>width$}", width = area.len());
            }
            let start = host.digest.get(..12).unwrap_or("none");
            let _ = writeln!(out, "  {:>5}  {start}", host.areas.values().sum::<usize>());
        }
        out
    }

    /// Fails unless every host ran every case and all of them printed the same bytes.
    pub(crate) fn check(&self, root: &Path) -> Result<String> {
        self.held_to(&cases(&root.join("tests/vectors"))?)
    }

    fn held_to(&self, cases: &BTreeMap<String, usize>) -> Result<String> {
        let total: usize = cases.values().sum();
        for host in &self.0 {
            for (area, &count) in cases {
                let ran = host.areas.get(area).copied().unwrap_or_default();
                ensure!(ran == count, "{} ran {ran} of the {count} cases in {area}/", host.name);
            }
        }
        let digests: BTreeSet<&str> = self.0.iter().map(|host| host.digest.as_str()).collect();
        match digests.into_iter().collect::<Vec<_>>()[..] {
            [] | [""] => bail!("no host told the digest of what it printed"),
            [_] => Ok(format!(
                "vectors: {total} cases × {} hosts: none skipped, all byte-identical",
                self.0.len()
            )),
            _ => bail!("the hosts did not print the same bytes, see the column of digests"),
        }
    }
}

/// `avro=124`.
fn area(text: &str) -> Option<(String, usize)> {
    let (name, count) = text.split_once('=')?;
    Some((name.to_owned(), count.parse().ok()?))
}

/// How many cases there are, by area.
fn cases(root: &Path) -> Result<BTreeMap<String, usize>> {
    let mut found = BTreeMap::new();
    for area in fs::read_dir(root).context("tests/vectors")?.flatten().map(|entry| entry.path()) {
        let Some(name) = area.file_name().filter(|_| area.is_dir()) else { continue };
        let cases = fs::read_dir(&area)?.flatten().filter(|case| case.path().join("case.json").is_file());
        found.insert(name.to_string_lossy().into_owned(), cases.count());
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::{Matrix, lines};
    use std::collections::BTreeMap;

    fn matrix(output: &str) -> Matrix {
        let mut matrix = Matrix::default();
        matrix.read(&lines(output));
        matrix
    }

    fn host(name: &str, count: usize, digest: &str) -> String {
        format!(
            "vectors: {count} cases, 9 records in {name}\nareas: avro={count} in {name}\n{digest} in {name}\n"
        )
    }

    #[test]
    fn holds_hosts_to_the_cases_and_to_each_other() {
        let cases = BTreeMap::from([("avro".to_owned(), 2)]);
        let outcome = |hosts: &[String]| {
            matrix(&hosts.concat()).held_to(&cases).map_err(|error| error.to_string()).unwrap_or_else(|e| e)
        };
        let one = host("one", 2, "digest: aa");
        assert!(outcome(&[one.clone(), host("two", 2, "digest: aa")]).contains("2 cases × 2 hosts"));
        assert!(outcome(&[one.clone(), host("two", 2, "digest: ab")]).contains("the same bytes"));
        assert!(outcome(&[one.clone(), host("two", 2, "")]).contains("the same bytes"));
        assert!(outcome(&[one, host("two", 1, "digest: aa")]).contains("two ran 1 of the 2"));
    }

    #[test]
    fn reads_what_test_runners_print() {
        let output = "# vectors: 3 cases, 9 records in node (closures)\n  areas: avro=1 json=2 in node (closures)\n\
                      digest: 0123456789abcdef in node (closures)\nvectors: 3 cases, 9 records in jco\nok 1";
        let table = matrix(output).table();
        assert!(table.contains("node (closures)     1     2      3  0123456789ab\n"), "{table}");
        assert!(table.contains("jco                 0     0      0  none\n"), "{table}");
    }
}
