//! Filter criteria of event source mappings: whether a pattern keeps a record, and if not, which clause it fails.
//!
//! The rules are those that AWS documents for Lambda, and of event-ruler, which evaluates them. Patterns are a caller's
//! own text; found values never appear in what is told.

mod clause;
mod fold;
mod pattern;

use crate::error::{Code, Error};
use crate::json::{Text, Value, Write};
use pattern::{Pattern, Report};

/// What Lambda allows, in characters.
const PATTERN_CHARS: usize = 4096;

/// Whether a record is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Whether the mapping would invoke the function with it.
    pub matches: bool,
    /// The clauses that fail, where it would not.
    pub failed: Vec<Failed>,
    /// Where the pattern asks for what Lambda's documentation doesn't promise.
    pub warnings: Vec<String>,
}

/// A clause that fails.
#[derive(Clone, Debug, PartialEq)]
pub struct Failed {
    /// Which of several filters.
    pub filter: usize,
    /// The field, such as `$.value.status`.
    pub path: String,
    /// The clause, as the pattern has it.
    pub clause: Value,
    /// The type of what was found.
    pub found: &'static str,
}

impl Write for Outcome {
    fn write(&self, out: &mut Text) {
        out.object(|out| {
            out.member("matches", &self.matches);
            out.member("failed", &self.failed);
            out.optional("warnings", Some(&self.warnings).filter(|list| !list.is_empty()));
        });
    }
}

impl Write for Failed {
    fn write(&self, out: &mut Text) {
        out.object(|out| {
            out.member("filter", &self.filter);
            out.member("path", &self.path);
            out.member("clause", &self.clause);
            out.member("found", self.found);
        });
    }
}

/// Evaluates filter criteria on a record's document, as `decode_event` gives them.
///
/// `criteria` is a pattern, or `{"Filters":[{"Pattern":"…"}]}`, of which one filter must match.
///
/// # Errors
/// `FILTER_INVALID` for a pattern that Lambda would refuse; `EVENT_SHAPE` for a record that is no document.
pub fn evaluate(criteria: &str, record: &str) -> Result<Outcome, Error> {
    let Criteria(filters) = Criteria::read(criteria)?;
    let record = subject(record)?;
    let mut outcome = Outcome { matches: filters.is_empty(), failed: Vec::new(), warnings: Vec::new() };
    for (index, filter) in filters.iter().enumerate() {
        if filter.fields().any(|name| name != "value") {
            let warning = format!(
                "filter {index} names other fields than `value`, which alone is documented for Kafka"
            );
            outcome.warnings.push(warning);
        }
        let mut report = Report::new(index, true);
        outcome.matches |= filter.matches(Some(&record), &mut report);
        outcome.failed.extend(report.into_failed());
    }
    if outcome.matches {
        outcome.failed.clear();
    }
    Ok(outcome)
}

/// Filter criteria, read: a pattern, or several of which one must match.
pub struct Criteria(Vec<Pattern>);

impl Criteria {
    /// Reads criteria, as [`evaluate`] takes them.
    ///
    /// # Errors
    /// `FILTER_INVALID` for a pattern that Lambda would refuse.
    pub fn read(criteria: &str) -> Result<Criteria, Error> {
        filters(criteria).map(Criteria)
    }

    /// Whether a record's document is one that they keep.
    ///
    /// # Errors
    /// `EVENT_SHAPE` for what is no document.
    pub fn keep(&self, record: &str) -> Result<bool, Error> {
        let record = subject(record)?;
        let mut matches = |filter: &Pattern| filter.matches(Some(&record), &mut Report::new(0, false));
        Ok(self.0.is_empty() || self.0.iter().any(&mut matches))
    }

    /// Whether they ask for nothing of a record's document but these.
    pub fn ask_only(&self, names: &[&str]) -> bool {
        self.0.iter().flat_map(Pattern::fields).all(|name| names.contains(&name))
    }

    /// The fields of a side (`key` or `value`) that they ask for; `None` where that is more than fields.
    pub fn fields_of(&self, side: &str) -> Option<Vec<&str>> {
        let mut names = Vec::new();
        let all = self.0.iter().all(|filter| filter.fields_of(side, &mut names));
        all.then_some(names)
    }
}

fn filters(criteria: &str) -> Result<Vec<Pattern>, Error> {
    let document = json(criteria)?;
    let Some(filters) = document.get("Filters") else {
        length(criteria)?;
        return Ok(vec![Pattern::read(&document)?]);
    };
    let list = filters.as_array().ok_or_else(|| invalid("$.Filters", "a list of filters"))?;
    let read = |(i, filter): (usize, &Value)| {
        let place = format!("$.Filters[{i}].Pattern");
        match filter.get("Pattern") {
            Some(Value::String(text)) => {
                length(text)?;
                Pattern::read(&json(text)?)
            }
            Some(pattern @ Value::Object(_)) => Pattern::read(pattern),
            _ => Err(invalid(&place, "a pattern")),
        }
    };
    list.iter().enumerate().map(read).collect()
}

fn length(text: &str) -> Result<(), Error> {
    match text.chars().count() {
        0..=PATTERN_CHARS => Ok(()),
        _ => Err(invalid("$", "a pattern of at most 4,096 characters")),
    }
}

fn json(text: &str) -> Result<Value, Error> {
    Value::parse(text).map_err(|_| invalid("$", "a pattern as a JSON object"))
}

#[cold]
fn invalid(path: &str, expected: &str) -> Error {
    Error::new(Code::FilterInvalid, format!("expected {expected} at {path}, found another value"))
        .at_path(path)
}

/// The record as filters see it: the decoded key and value in the places of their documents. What isn't decoded is
/// not there.
fn subject(record: &str) -> Result<Value, Error> {
    let shape = || {
        Error::new(Code::EventShape, "expected a record's document at $, found another value").at_path("$")
    };
    let Ok(Value::Object(mut record)) = Value::parse(record) else { return Err(shape()) };
    for name in ["key", "value"] {
        let Some(Value::Object(mut side)) = record.take(name) else { continue };
        if side.get("tombstone").is_some() {
            record.put(name, Value::Null);
        } else if let Some(value) = side.take("value") {
            record.put(name, value);
        }
    }
    Ok(Value::Object(record))
}

#[cfg(test)]
mod tests;
