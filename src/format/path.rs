//! Where in a value decoding stands: run as a second pass over a datum that failed, so that the first carries no
//! bookkeeping.

use crate::dialect;
use crate::error::escape;
use crate::format::discard::keeps_no_scalars;
use crate::format::{Field, Lit, NotUtf8, Record, Sink, Span, Tag, utf8};
use crate::json::quoted;
use crate::wire::Run;
use std::fmt::Write;
use std::sync::Arc;

/// Follows a datum and can say at any moment where it stands.
#[derive(Debug, Default)]
pub struct Path {
    steps: Vec<Step>,
}

#[derive(Debug)]
pub(crate) enum Step {
    /// Inside a container, at none of its parts.
    Whole,
    Field(Arc<str>),
    Item(usize),
    Entry(usize),
}

impl Path {
    /// At the start.
    pub fn new() -> Self {
        Path::default()
    }

    /// The path, such as `$.items[2].price`. Names come from the schema only: an entry of a map is told by its place,
    /// `$.attrs{2}`.
    pub fn describe(&self) -> String {
        let mut text = String::from("$");
        for step in &self.steps {
            // Writing to a String can't fail.
            let _ = match step {
                Step::Whole => Ok(()),
                Step::Field(name) => {
                    push_name(&mut text, name);
                    Ok(())
                }
                Step::Item(i) => write!(text, "[{i}]"),
                Step::Entry(i) => write!(text, "{{{i}}}"),
            };
        }
        text
    }

    /// Puts a step before the others.
    pub(crate) fn within(&mut self, step: Step) {
        self.steps.insert(0, step);
    }

    fn at(&mut self, step: Step) {
        if let Some(last) = self.steps.last_mut() {
            *last = step;
        }
    }
}

/// Adds a field's name to a path: bare where it is an identifier, else as `["a.b"]`.
pub fn push_name(path: &mut String, name: &str) {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if !name.is_empty() && name.chars().all(plain) && !name.starts_with(|c: char| c.is_ascii_digit()) {
        path.push('.');
        path.push_str(name);
    } else {
        path.push('[');
        path.push_str(&quoted(&escape(name)));
        path.push(']');
    }
}

/// A field's step of a path.
pub fn step(name: &str) -> String {
    let mut step = String::new();
    push_name(&mut step, name);
    step
}

impl Sink for Path {
    fn erased(&mut self) -> &mut dyn Sink {
        self
    }
    fn begin(&mut self, _: usize) {
        self.steps.clear();
    }
    fn end(&mut self) {}
    fn abort(&mut self) {}
    keeps_no_scalars!();
    fn record(&mut self, _: &Record, _: usize) {
        self.steps.push(Step::Whole);
    }
    fn field(&mut self, f: &Field) {
        self.at(Step::Field(f.name.clone()));
    }
    fn record_end(&mut self, _: &Record, _: usize) {
        self.steps.pop();
    }
    fn array(&mut self, _: usize) -> usize {
        self.steps.push(Step::Whole);
        0
    }
    fn item(&mut self, index: usize) {
        self.at(Step::Item(index));
    }
    fn between(&mut self) {
        self.at(Step::Whole);
    }
    fn array_end(&mut self, _: usize, _: usize, _: usize) {
        self.steps.pop();
    }
    fn map(&mut self, _: usize) -> usize {
        self.steps.push(Step::Whole);
        0
    }
    fn key(&mut self, index: usize, k: Run<'_>, _: Span) -> Result<(), NotUtf8> {
        self.at(Step::Entry(index));
        utf8(k).map(drop)
    }
    fn map_end(&mut self, _: usize, _: usize, _: usize) {
        self.steps.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::push_name;

    #[test]
    fn odd_names_are_quoted() {
        let mut path = String::from("$");
        push_name(&mut path, "order_id");
        push_name(&mut path, "a.b");
        push_name(&mut path, "1st");
        push_name(&mut path, "$ref\u{202e}");
        assert_eq!(path, r#"$.order_id["a.b"]["1st"]["$ref\\u{202e}"]"#);
    }
}
