//! `cargo xtask corpus avro FILE`: runs a corpus of random cases, made by a reference implementation, through the native
//! core or the component, and counts what agrees.

mod canon;
mod component;
mod counts;
mod native;

use crate::outcome::Outcome;
use crate::tools;
use anyhow::{Context, Result, bail, ensure};
use counts::Counts;
use kafkalens::format::avro::Schema;
use kafkalens::limits::Limits;
use serde::Deserialize;
use std::collections::HashSet;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// A line of the corpus: what Java makes of a random schema, datum and reader schema (tests/interop/java-avro).
#[derive(Deserialize)]
struct Case {
    id: String,
    writer: String,
    reader: Option<String>,
    pcf: Option<String>,
    fp64: Option<String>,
    hex: Option<String>,
    canon: Option<String>,
    rcanon: Option<String>,
    resolve_error: Option<String>,
    writer_error: Option<String>,
    reader_error: Option<String>,
    decode_error: Option<String>,
    compat: Option<String>,
}

/// What decodes: the native core or the component.
trait Subject {
    /// Decodes a datum and compares the value with the corpus's.
    fn compare(&mut self, job: &Job<'_>, expected: &serde_json::Value) -> Result<Compared>;
    /// Decodes every shorter prefix of a datum; gives how many were accepted.
    fn prefixes(&mut self, job: &Job<'_>) -> Result<usize>;
}

/// A datum with its schemas.
struct Job<'a> {
    writer: &'a str,
    reader: Option<&'a str>,
    /// The schema whose types the value has: the reader's, else the writer's.
    schema: &'a Schema,
    written: &'a Schema,
    datum: &'a [u8],
}

/// How a decoded value stands to the corpus's.
enum Compared {
    Equal,
    /// Equal under the lenient rule for text that isn't UTF-8, which Java always follows.
    EqualLeniently,
    /// Another value, told how.
    Differ(String),
    /// An error instead of a value.
    Failed(String),
}

/// `corpus avro FILE [--component]`, or `corpus avro-pairs FILE` for verdicts of compatibility.
pub(crate) fn run(root: &Path, args: &[&str]) -> Result<()> {
    let component = args.contains(&"--component");
    match args.iter().copied().filter(|a| *a != "--component").collect::<Vec<_>>()[..] {
        ["avro", file] => {
            let mut subject: Box<dyn Subject> =
                if component { Box::new(component::Wasm::start(root)?) } else { Box::new(native::Native) };
            let mut counts = compare(Path::new(file), subject.as_mut())?;
            counts.compare_with(&listed(root)?);
            counts.print();
            Ok(())
        }
        ["avro-pairs", file] => {
            let counts = pairs(Path::new(file))?;
            counts.print();
            Ok(())
        }
        _ => bail!("usage: cargo xtask corpus avro FILE [--component], or avro-pairs FILE"),
    }
}

/// Makes a corpus with Java and compares all of it: part of `cargo xtask test --full`.
pub(crate) fn full(root: &Path) -> Result<Outcome> {
    let project = root.join("tests/interop/java-avro");
    if tools::capture(tools::command("mvn", &project).arg("--version")).is_err() {
        return Ok(Outcome::Skipped("no Maven (`mvn`) to run tests/interop/java-avro".into()));
    }
    let mut notes = Vec::new();
    for seed in [42, 43] {
        let file = root.join("target").join(format!("avro-{seed}.jsonl.gz"));
        let args = format!("-Dexec.args=24000 {seed} {}", file.display());
        tools::capture(tools::command("mvn", &project).args(["-q", "-B", "compile", "exec:java", &args]))?;
        let mut counts = compare(&file, &mut native::Native)?;
        counts.compare_with(&listed(root)?);
        let wrong = [
            "canonical_differ",
            "fingerprint_differ",
            "plain_differ",
            "truncated_accepted",
            "compatibility_differ",
        ];
        let sum: u64 = wrong.iter().filter_map(|name| counts.numbers.get(name)).sum();
        ensure!(sum == 0 && counts.unlisted.is_empty(), "seed {seed}: {}", counts.json());
        notes.push(format!("seed {seed}: {} cases", counts.numbers["cases"]));
    }
    Ok(Outcome::Passed(notes.join(", ")))
}

/// Opens a file, plain or gzip.
pub(crate) fn open(file: &Path) -> Result<Box<dyn BufRead>> {
    let text = || format!("can't read {}", file.display());
    let mut magic = [0; 2];
    let packed = File::open(file).with_context(text)?.read(&mut magic)? == 2 && magic == [0x1f, 0x8b];
    let file = File::open(file).with_context(text)?;
    Ok(if packed {
        Box::new(BufReader::new(flate2::read::MultiGzDecoder::new(file)))
    } else {
        Box::new(BufReader::new(file))
    })
}

/// The cases that docs/avro-differences.md names.
fn listed(root: &Path) -> Result<HashSet<String>> {
    let text = std::fs::read_to_string(root.join("docs/avro-differences.md"))?;
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let words = text.split(|c: char| !c.is_ascii_digit() && c != ':');
    let ids = words.filter(|w| w.split_once(':').is_some_and(|(a, b)| digits(a) && digits(b)));
    Ok(ids.map(str::to_owned).collect())
}

fn compare(file: &Path, subject: &mut dyn Subject) -> Result<Counts> {
    let mut counts = Counts::default();
    for (number, line) in open(file)?.lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let case: Case =
            serde_json::from_str(&line).with_context(|| format!("line {} is no case", number + 1))?;
        counts.add("cases", 1);
        one(&case, subject, &mut counts).with_context(|| format!("case {}", case.id))?;
    }
    ensure!(counts.numbers.contains_key("cases"), "no cases in {}", file.display());
    Ok(counts)
}

/// A pair of schemas with Java's verdict.
#[derive(Deserialize)]
struct Pair {
    reader: String,
    writer: String,
    #[serde(rename = "javaCompat")]
    verdict: String,
}

/// Compares verdicts of compatibility.
fn pairs(file: &Path) -> Result<Counts> {
    let mut counts = Counts::default();
    for (i, line) in open(file)?.lines().enumerate() {
        let pair: Pair = serde_json::from_str(&line?).with_context(|| format!("line {}", i + 1))?;
        let id = format!("line {}", i + 1);
        counts.add("cases", 1);
        let schemas = accept(&pair.writer, &id, false, &mut counts)
            .and_then(|w| Some((w, accept(&pair.reader, &id, false, &mut counts)?)));
        let why = match schemas {
            Some((writer, reader)) => disagreement(&pair.verdict, &writer, &reader),
            None => Some("a schema was refused".into()),
        };
        counts.judge(&id, ["compatibility_agree", "compatibility_differ"], why);
    }
    Ok(counts)
}

/// How our verdict differs from Java's.
fn disagreement(verdict: &str, writer: &Schema, reader: &Schema) -> Option<String> {
    match kafkalens::format::avro::compatibility::check_compatibility(writer, reader) {
        Ok(reasons) if reasons.is_empty() == (verdict == "COMPATIBLE") => None,
        Ok(reasons) => Some(format!("Java says {verdict}, we say {reasons:?}")),
        Err(error) => Some(error.to_string()),
    }
}

/// Parses a schema and counts whether it was accepted.
fn accept(text: &str, id: &str, refused: bool, counts: &mut Counts) -> Option<Schema> {
    match Schema::parse(text, &[], &Limits::default()) {
        Ok(schema) => {
            counts.add("schemas_accepted", 1);
            Some(schema)
        }
        Err(error) => {
            counts.add("schemas_rejected", 1);
            if !refused {
                counts.differences.entry("schemas_rejected").or_default().push(format!("{id}: {error}"));
            }
            None
        }
    }
}

fn one(case: &Case, subject: &mut dyn Subject, counts: &mut Counts) -> Result<()> {
    let id = &case.id;
    let written = accept(&case.writer, id, case.writer_error.is_some(), counts);
    if case.writer_error.is_some() {
        counts.skip("Java refuses the writer schema");
        return Ok(());
    }
    let Some(written) = &written else {
        // Java took it: all that hangs on it differs.
        let why = || Some("the writer schema was refused".to_owned());
        counts.judge(id, ["canonical_equal", "canonical_differ"], why());
        counts.judge(id, ["fingerprint_equal", "fingerprint_differ"], why());
        counts.judge(id, ["plain_equal", "plain_differ"], why());
        return Ok(());
    };
    match &case.pcf {
        Some(pcf) => {
            let ours = written.canonical_form();
            let why = (ours != *pcf).then(|| format!("expected {pcf}, found {ours}"));
            counts.judge(id, ["canonical_equal", "canonical_differ"], why);
            let ours = format!("{:x}", written.rabin());
            let why = (Some(&ours) != case.fp64.as_ref()).then(|| format!("found {ours}"));
            counts.judge(id, ["fingerprint_equal", "fingerprint_differ"], why);
        }
        None => counts.skip("Java gives no canonical form"),
    }
    let Some(datum) = case.hex.as_deref() else {
        counts.skip("the case has no datum");
        return Ok(());
    };
    let datum = canon::unhex(datum).context("`hex` is not hexadecimal")?;
    let plain = Job { writer: &case.writer, reader: None, schema: written, written, datum: &datum };
    if case.decode_error.is_some() {
        counts.skip("Java doesn't decode the datum");
    }
    match case.canon.as_deref().map(serde_json::from_str) {
        Some(Ok(expected)) => {
            let why = judge(subject.compare(&plain, &expected)?, counts);
            counts.judge(id, ["plain_equal", "plain_differ"], why);
        }
        Some(Err(_)) => counts.skip("`canon` is not JSON"),
        None => {}
    }
    counts.add("truncated_tried", datum.len());
    let accepted = subject.prefixes(&plain)?;
    counts.add("truncated_accepted", accepted);
    if accepted > 0 {
        counts.differences.entry("truncated_accepted").or_default().push(format!("{id}: {accepted}"));
    }
    match &case.reader {
        Some(reader) => resolve(case, reader, written, &datum, subject, counts),
        None => Ok(()),
    }
}

/// What is told of a comparison that must be equal.
fn judge(compared: Compared, counts: &mut Counts) -> Option<String> {
    match compared {
        Compared::Equal => None,
        Compared::EqualLeniently => {
            counts.add("lenient_utf8", 1);
            None
        }
        Compared::Differ(why) | Compared::Failed(why) => Some(why),
    }
}

fn resolve(
    case: &Case,
    reader: &str,
    written: &Schema,
    datum: &[u8],
    subject: &mut dyn Subject,
    counts: &mut Counts,
) -> Result<()> {
    let read = accept(reader, &case.id, case.reader_error.is_some(), counts);
    if case.reader_error.is_some() {
        counts.skip("Java refuses the reader schema");
        return Ok(());
    }
    let names = ["resolve_agree", "resolve_differ"];
    let Some(read) = &read else {
        counts.judge(&case.id, names, Some("the reader schema was refused".into()));
        return Ok(());
    };
    let verdict = case.compat.as_deref().filter(|v| matches!(*v, "COMPATIBLE" | "INCOMPATIBLE"));
    match verdict {
        Some(verdict) => {
            let why = disagreement(verdict, written, read);
            counts.judge(&case.id, ["compatibility_agree", "compatibility_differ"], why);
        }
        None => counts.skip("Java gives no verdict of compatibility"),
    }
    let job = Job { writer: &case.writer, reader: Some(reader), schema: read, written, datum };
    let why = match (case.rcanon.as_deref().map(serde_json::from_str), &case.resolve_error) {
        (Some(Ok(expected)), _) => judge(subject.compare(&job, &expected)?, counts),
        (None, Some(error)) => match subject.compare(&job, &serde_json::Value::Null)? {
            Compared::Failed(_) => None,
            Compared::Differ(_) | Compared::Equal | Compared::EqualLeniently => {
                Some(format!("Java refuses it ({error}), we give a value"))
            }
        },
        (Some(Err(_)), _) => {
            counts.skip("`rcanon` is not JSON");
            return Ok(());
        }
        (None, None) => {
            counts.skip("the case has a reader but no result");
            return Ok(());
        }
    };
    counts.judge(&case.id, names, why);
    Ok(())
}
