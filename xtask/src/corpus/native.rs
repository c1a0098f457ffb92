//! The native core: values compared as they are, without any text between.

use super::{Compared, Job, Subject, canon};
use anyhow::Result;
use kafkalens::dialect::{Dialect, Options, Rule, Style};
use kafkalens::error::{Code, Fault};
use kafkalens::format::Sink;
use kafkalens::format::avro::{Plan, Scratch};
use kafkalens::limits::Limits;
use kafkalens::sink::value::{Tree, Value};
use kafkalens::wire::Cursor;

/// The library itself.
pub(super) struct Native;

/// Raw logical types and tagged unions: nothing of the underlying value is lost.
fn style(lenient: &[Rule]) -> Style {
    Options { dialect: Dialect::AvroJson, lenient: lenient.to_vec(), ..Options::default() }.style()
}

fn decode(plan: &Plan, datum: &[u8], scratch: &mut Scratch) -> Result<Option<Value>, Fault> {
    let mut tree = Tree::new();
    plan.decode(Cursor::new(datum, 0, datum.len()), scratch, &mut tree as &mut dyn Sink)?;
    Ok(tree.take())
}

fn plan(job: &Job<'_>, lenient: &[Rule]) -> Result<Plan, kafkalens::Error> {
    let reader = job.reader.map(|_| job.schema);
    Plan::compile(job.written, reader, &style(lenient), &Limits::default())
}

impl Subject for Native {
    fn compare(&mut self, job: &Job<'_>, expected: &serde_json::Value) -> Result<Compared> {
        let strict = match plan(job, &[]) {
            Ok(plan) => plan,
            Err(error) => return Ok(Compared::Failed(error.to_string())),
        };
        let mut lenient = false;
        let mut found = decode(&strict, job.datum, &mut Scratch::default());
        if matches!(&found, Err(fault) if fault.code == Code::AvroUtf8)
            && let Ok(plan) = plan(job, &[Rule::Utf8])
        {
            lenient = true;
            found = decode(&plan, job.datum, &mut Scratch::default());
        }
        Ok(match found {
            Err(fault) => Compared::Failed(format!("{} at byte {}", fault.code.as_str(), fault.at)),
            Ok(None) => Compared::Failed("no value".into()),
            Ok(Some(value)) => match canon::matches(job.schema, &value, expected) {
                Ok(()) if lenient => Compared::EqualLeniently,
                Ok(()) => Compared::Equal,
                Err(why) => Compared::Differ(why),
            },
        })
    }

    fn prefixes(&mut self, job: &Job<'_>) -> Result<usize> {
        let Ok(plan) = plan(job, &[]) else { return Ok(0) };
        let mut scratch = Scratch::default();
        Ok((0..job.datum.len()).filter(|n| decode(&plan, &job.datum[..*n], &mut scratch).is_ok()).count())
    }
}
