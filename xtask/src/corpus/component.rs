//! The component, in the wasmtime host of `examples/wasmtime-rust`. It gives JSON text: in the dialect `avro-json` with its
//! tagged unions nothing but the bits of a NaN is lost, so the corpus's values are turned into that dialect and compared.

use super::{Compared, Job, Subject, canon};
use crate::{build, tools};
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

/// The host's process: a line of JSON for each question, one for each answer.
pub(super) struct Wasm {
    child: Child,
    questions: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Wasm {
    pub(super) fn start(root: &Path) -> Result<Wasm> {
        let mut command = tools::cargo(root);
        command.args(["run", "--quiet", "--package", "wasmtime-rust", "--bin", "answer", "--"]);
        let component = build::component_file(root);
        ensure!(component.is_file(), "no component: `cargo xtask build` makes it");
        command.arg(component);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let questions = child.stdin.take().context("no input")?;
        let answers = BufReader::new(child.stdout.take().context("no output")?);
        Ok(Wasm { child, questions: Some(questions), answers })
    }

    fn ask(&mut self, job: &Job<'_>, lenient: bool, prefixes: bool) -> Result<Value> {
        let mut side = json!({ "format": "avro", "framing": "none", "writer": job.writer });
        if let Some(reader) = job.reader {
            side["reader"] = reader.into();
        }
        let lenient: &[&str] = if lenient { &["utf8"] } else { &[] };
        let config = json!({ "value": side, "dialect": "avro-json", "lenient": lenient }).to_string();
        let payload: String = job.datum.iter().map(|b| format!("{b:02x}")).collect();
        let questions = self.questions.as_mut().context("closed")?;
        writeln!(questions, "{}", json!({ "config": config, "payload": payload, "prefixes": prefixes }))?;
        questions.flush()?;
        let mut line = String::new();
        self.answers.read_line(&mut line)?;
        serde_json::from_str(&line).context("the component's host gave no answer")
    }
}

impl Drop for Wasm {
    fn drop(&mut self) {
        // Closing its input ends it.
        self.questions = None;
        let _ = self.child.wait();
    }
}

impl Subject for Wasm {
    fn compare(&mut self, job: &Job<'_>, expected: &Value) -> Result<Compared> {
        let mut answer = self.ask(job, false, false)?;
        let lenient = answer["error"] == "AVRO_UTF8";
        if lenient {
            answer = self.ask(job, true, false)?;
        }
        let Some(text) = answer["json"].as_str() else {
            return Ok(Compared::Failed(answer["error"].to_string()));
        };
        let found: Value = serde_json::from_str(text)?;
        Ok(match canon::avro_json(job.schema, expected) {
            Some(wanted) if canon::same(&wanted, &found) => match lenient {
                true => Compared::EqualLeniently,
                false => Compared::Equal,
            },
            Some(wanted) => Compared::Differ(format!("expected {wanted}, found {text}")),
            None => Compared::Differ("the corpus's value doesn't fit the schema".into()),
        })
    }

    fn prefixes(&mut self, job: &Job<'_>) -> Result<usize> {
        let answer = self.ask(job, false, true)?;
        answer["accepted"].as_u64().map(|n| n as usize).context("no count of accepted prefixes")
    }
}
