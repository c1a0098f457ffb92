//! The tables of docs/performance.md, from target/bench/SUITE.json: no figure there is typed by hand.

use super::rows::{Row, Rows};
use super::size::Sizes;
use crate::tools;
use anyhow::{Context, Result};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// Suites with a place in docs/performance.md.
const SUITES: &[&str] = &["js", "native", "component", "cold", "size"];

/// Prints a suite's tables.
pub(super) fn print(root: &Path, suite: &str) -> Result<()> {
    print!("{}", tables(root, suite)?);
    Ok(())
}

/// Puts the tables of every suite that has run into docs/performance.md.
pub(super) fn fill(root: &Path) -> Result<()> {
    let file = root.join("docs/performance.md");
    let mut text = fs::read_to_string(&file)?;
    for suite in SUITES {
        if root.join(format!("target/bench/{suite}.json")).is_file() {
            let block = format!("{}\n\n{}", machine(root)?, tables(root, suite)?);
            text = between(&text, suite, &block)?;
            println!("docs/performance.md: {suite}");
        }
    }
    Ok(fs::write(file, text)?)
}

/// What stands between a suite's marks, replaced.
fn between(text: &str, suite: &str, block: &str) -> Result<String> {
    let (open, close) = (format!("<!-- bench: {suite} -->\n"), format!("<!-- bench: {suite}, end -->"));
    let (before, rest) = text.split_once(&open).with_context(|| format!("no place for {suite}"))?;
    let (_, after) = rest.split_once(&close).with_context(|| format!("no end of {suite}"))?;
    Ok(format!("{before}{open}{block}{close}{after}"))
}

/// Where the figures are from.
fn machine(root: &Path) -> Result<String> {
    let version = |program: &str| tools::capture(tools::command(program, root).arg("--version"));
    let cpus = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpus.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let rust = version("rustc")?;
    Ok(format!(
        "{} × {}, Node.js {}, Rust {}.",
        std::thread::available_parallelism()?,
        model.map_or("processor", |(_, name)| name),
        version("node")?.trim(),
        rust.split(' ').nth(1).unwrap_or_default()
    ))
}

/// A suite's tables.
pub(super) fn tables(root: &Path, suite: &str) -> Result<String> {
    if suite == "size" {
        return sizes(root);
    }
    let rows = Rows::read(root, suite)?;
    let unit = if suite == "cold" { Unit { ns: 1e6, name: "ms", digits: 1 } } else { Unit::NANOSECONDS };
    let mut out = String::new();
    let (several, one): (Vec<&str>, Vec<&str>) =
        works(&rows).into_iter().partition(|work| counts(&rows, work).len() > 1);
    for work in several {
        by_count(&mut out, &rows, work)?;
    }
    if !one.is_empty() {
        single(&mut out, &rows, &one, &unit)?;
    }
    Ok(out)
}

/// What figures are told in.
struct Unit {
    ns: f64,
    name: &'static str,
    digits: usize,
}

impl Unit {
    const NANOSECONDS: Unit = Unit { ns: 1.0, name: "ns a record", digits: 0 };

    fn show(&self, ns: f64) -> String {
        let text = format!("{:.*}", self.digits, ns / self.ns);
        let (whole, rest) = text.split_once('.').map_or((&*text, None), |(whole, rest)| (whole, Some(rest)));
        let mut out = String::new();
        for (i, digit) in whole.chars().enumerate() {
            if i > 0 && (whole.len() - i).is_multiple_of(3) {
                out.push(',');
            }
            out.push(digit);
        }
        rest.map_or(out.clone(), |rest| format!("{out}.{rest}"))
    }
}

/// The workloads in their order.
fn works(rows: &Rows) -> Vec<&str> {
    let mut seen = BTreeSet::new();
    rows.results.iter().map(|row| row.work.as_str()).filter(|work| seen.insert(*work)).collect()
}

/// The batch sizes of a workload.
fn counts(rows: &Rows, work: &str) -> BTreeSet<usize> {
    rows.results.iter().filter(|row| row.work == work).map(|row| row.figures.records).collect()
}

/// One workload in several sizes: the minima, with how many times longer than ours.
fn by_count(out: &mut String, rows: &Rows, work: &str) -> Result<()> {
    let counts = counts(rows, work);
    write!(out, "**`{work}`**, ns a record by records in the event\n\n| candidate |")?;
    counts.iter().try_for_each(|count| write!(out, " {} |", Unit::NANOSECONDS.show(*count as f64)))?;
    writeln!(out, "\n|---|{}", "--:|".repeat(counts.len()))?;
    let of_work = || rows.results.iter().filter(|row| row.work == work);
    let mut seen = BTreeSet::new();
    for candidate in of_work().map(|row| &row.candidate).filter(|name| seen.insert(*name)) {
        write!(out, "| `{candidate}` |")?;
        for count in &counts {
            let row = of_work().find(|row| row.candidate == *candidate && row.figures.records == *count);
            write!(out, " {} |", row.map_or("".into(), |row| cell(rows, row)))?;
        }
        out.push('\n');
    }
    out.push('\n');
    Ok(())
}

fn cell(rows: &Rows, row: &Row) -> String {
    let ns = Unit::NANOSECONDS.show(row.figures.min_ns);
    match rows.times(row) {
        Some(times) if row.candidate != "kafkalens" => format!("{ns} ({times:.2} ×)"),
        _ => ns,
    }
}

/// Workloads of one size each: minimum, median, CPU time.
fn single(out: &mut String, rows: &Rows, works: &[&str], unit: &Unit) -> Result<()> {
    writeln!(out, "| workload | candidate | min, {} | median | CPU | × `kafkalens` |", unit.name)?;
    writeln!(out, "|---|---|--:|--:|--:|--:|")?;
    for row in rows.results.iter().filter(|row| works.contains(&row.work.as_str())) {
        let figures = &row.figures;
        let [min, median, cpu] = [figures.min_ns, figures.median_ns, figures.cpu_ns].map(|ns| unit.show(ns));
        let times = rows.times(row).map_or(String::new(), |times| format!("{times:.2}"));
        writeln!(out, "| `{}` | `{}` | {min} | {median} | {cpu} | {times} |", row.work, row.candidate)?;
    }
    Ok(())
}

fn sizes(root: &Path) -> Result<String> {
    let text =
        fs::read(root.join("target/bench/size.json")).context("`cargo xtask bench size` has not run")?;
    let sizes: Sizes = serde_json::from_slice(&text)?;
    let mut out = String::from("| file | KB | KB, gzip |\n|---|--:|--:|\n");
    for row in sizes.results {
        let kilobytes = |bytes: usize| (bytes as f64 / 1000.0).round();
        writeln!(out, "| `{}` | {} | {} |", row.work, kilobytes(row.raw_bytes), kilobytes(row.gzip_bytes))?;
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::super::rows::Figures;
    use super::*;

    fn rows(all: &[(&str, &str, usize, f64)]) -> Rows {
        let mut rows = Rows::default();
        for &(work, candidate, records, min_ns) in all {
            let figures = Figures { records, min_ns, median_ns: min_ns * 1.5, cpu_ns: min_ns * 2.0 };
            rows.add(work, candidate, figures);
        }
        rows
    }

    #[test]
    fn sizes_stand_beside_one_another() {
        let rows = rows(&[
            ("avro", "kafkalens", 10, 500.0),
            ("avro", "avsc", 10, 2000.0),
            ("avro", "kafkalens", 1000, 400.0),
        ]);
        let mut out = String::new();
        by_count(&mut out, &rows, "avro").unwrap();
        let lines: Vec<&str> = out.lines().skip(2).collect();
        assert_eq!(
            lines,
            [
                "| candidate | 10 | 1,000 |",
                "|---|--:|--:|",
                "| `kafkalens` | 500 | 400 |",
                "| `avsc` | 2,000 (4.00 ×) |  |",
                ""
            ]
        );
    }

    #[test]
    fn milliseconds_have_a_digit() {
        let rows = rows(&[("avro", "kafkalens", 1, 40_050_000.0), ("avro", "avsc", 1, 80_100_000.0)]);
        let mut out = String::new();
        single(&mut out, &rows, &["avro"], &Unit { ns: 1e6, name: "ms", digits: 1 }).unwrap();
        assert!(out.ends_with("| `avro` | `avsc` | 80.1 | 120.2 | 160.2 | 2.00 |\n"), "{out}");
    }

    #[test]
    fn a_block_is_replaced_between_its_marks() {
        let text = "a\n<!-- bench: js -->\nold\n<!-- bench: js, end -->\nb";
        let new = between(text, "js", "new\n").unwrap();
        assert_eq!(new, "a\n<!-- bench: js -->\nnew\n<!-- bench: js, end -->\nb");
        assert!(between(text, "cold", "new\n").is_err());
    }
}
