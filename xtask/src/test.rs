//! `cargo xtask test`, `bless` and `ci`.

use crate::matrix::Matrix;
use crate::outcome::Outcome;
use crate::steps::{BUILD, STEPS, Step};
use crate::{build, errors, tools};
use anyhow::{Result, bail, ensure};
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::time::Instant;

/// How many lines of a failure are shown.
const SHOWN: usize = 80;

/// Runs every step, or those of a part; prints a line for each and ends with the line that CI reads.
pub(crate) fn run(root: &Path, args: &[&str]) -> Result<()> {
    let full = args.contains(&"--full");
    let part = match args.iter().filter(|arg| **arg != "--full").collect::<Vec<_>>()[..] {
        [] => None,
        [part] => Some(*part),
        _ => bail!("one part at most"),
    };
    let steps: Vec<&Step> = STEPS.iter().filter(|step| selected(step, part, full)).collect();
    ensure!(!steps.is_empty(), "there is no part or step `{}`", part.unwrap_or_default());
    let mut tally = Tally::default();
    for step in steps {
        tally.run(root, step);
    }
    tally.close(root)
}

fn selected(step: &Step, part: Option<&str>, full: bool) -> bool {
    // Who names a slow step wants it.
    (full || !step.full || part == Some(step.name))
        && part.is_none_or(|part| step.name == part || step.parts.contains(&part))
}

/// What has run so far.
#[derive(Default)]
struct Tally {
    passed: usize,
    skipped: usize,
    failed: Vec<(&'static str, String)>,
    /// The hosts that ran the vectors.
    matrix: Matrix,
}

impl Tally {
    fn run(&mut self, root: &Path, step: &Step) {
        print!("{:<18}", step.name);
        // A line that isn't shown at once is still shown.
        let _ = std::io::stdout().flush();
        if step.after_build && self.failed.iter().any(|(name, _)| *name == BUILD) {
            self.skipped += 1;
            println!("       not run: the build failed");
            return;
        }
        let start = Instant::now();
        let outcome = (step.run)(root);
        let seconds = start.elapsed().as_secs_f64();
        match outcome {
            Ok(Outcome::Passed(note)) => {
                self.passed += 1;
                println!("ok {seconds:>7.1} s  {}", note.lines().next().unwrap_or_default());
                self.matrix.read(&note);
            }
            Ok(Outcome::Skipped(why)) => {
                self.skipped += 1;
                println!("-- {seconds:>7.1} s  SKIPPED: {why}");
            }
            Err(error) => {
                println!("FAILED {seconds:>3.1} s");
                self.failed.push((step.name, format!("{error:#}")));
            }
        }
    }

    fn close(mut self, root: &Path) -> Result<()> {
        if !self.matrix.is_empty() {
            print!("\n{}", self.matrix.table());
            match self.matrix.check(root) {
                Ok(text) if self.failed.is_empty() => println!("{text}"),
                Ok(_) => {}
                Err(error) => self.failed.push(("matrix", format!("{error:#}"))),
            }
        }
        for (name, error) in &self.failed {
            println!("\n--- {name}\n{}", excerpt(root, name, error)?);
        }
        println!();
        if self.failed.is_empty() {
            println!("{}", if self.skipped == 0 { "all green" } else { "green, but not all ran" });
        }
        let skipped = if self.skipped == 0 { String::new() } else { format!(", {} skipped", self.skipped) };
        println!("{} passed, {} failed{skipped}", self.passed, self.failed.len());
        ensure!(self.failed.is_empty(), "{} of the checks failed", self.failed.len());
        Ok(())
    }
}

/// The end of a failure's text, and the file that has all of it.
fn excerpt(root: &Path, name: &str, text: &str) -> Result<String> {
    let lines: Vec<&str> = text.lines().collect();
    if lines.len() <= SHOWN {
        return Ok(text.to_owned());
    }
    let file = root.join("target/xtask").join(format!("{}.log", name.replace(' ', "-")));
    fs::create_dir_all(root.join("target/xtask"))?;
    fs::write(&file, text)?;
    let place = file.strip_prefix(root).unwrap_or(&file).display();
    Ok(format!("(the end of {place})\n{}", lines[lines.len() - SHOWN..].join("\n")))
}

/// Writes what tests expect anew: for review in version control, never to make a test pass unread.
pub(crate) fn bless(root: &Path) -> Result<()> {
    errors::write(root)?;
    let mut cargo = tools::cargo(root);
    cargo.env("BLESS", "1").args([
        "test",
        "--quiet",
        "--package",
        "kafkalens",
        "--test",
        "vectors",
        "--",
        "--nocapture",
    ]);
    tools::show(&mut cargo)?;
    build::all(root)?;
    tools::capture(tools::command("npm", &root.join("js")).args(["run", "--silent", "bless"]))?;
    println!(
        "docs/errors.md, tests/vectors/ and js/test/cli/expected/ are written: read the differences before \
         committing them"
    );
    Ok(())
}

/// Runs .ci/run as CI does: in a clean clone of the last commit.
pub(crate) fn ci(root: &Path) -> Result<()> {
    let clone = root.join("target/ci");
    if clone.exists() {
        fs::remove_dir_all(&clone)?;
    }
    tools::show(tools::command("git", root).args(["clone", "--quiet", "--local", "."]).arg(&clone))?;
    tools::show(tools::command("bash", &clone).arg(".ci/run").env("CI", "true"))
}
