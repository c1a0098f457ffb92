//! Places in a schema's JSON, and the error that names one.

use crate::error::{Code, Error};
use crate::json::Value;

/// Where in the schema's JSON, for errors: a linked list on the stack.
pub(super) struct Place<'a> {
    pub(super) step: Step<'a>,
    pub(super) up: Option<&'a Place<'a>>,
    pub(super) depth: usize,
}

#[derive(Clone, Copy)]
pub(super) enum Step<'a> {
    Root,
    Key(&'a str),
    Index(usize),
}

impl<'a> Place<'a> {
    pub(super) const ROOT: Place<'static> = Place { step: Step::Root, up: None, depth: 0 };

    pub(super) fn key(&'a self, key: &'a str) -> Place<'a> {
        Place { step: Step::Key(key), up: Some(self), depth: self.depth }
    }

    pub(super) fn index(&'a self, i: usize) -> Place<'a> {
        Place { step: Step::Index(i), up: Some(self), depth: self.depth }
    }

    pub(super) fn text(&self) -> String {
        let mut text = self.up.map_or(String::new(), Place::text);
        match self.step {
            Step::Root => text.push('$'),
            Step::Key(key) => {
                text.push('.');
                text.push_str(key);
            }
            Step::Index(i) => text.push_str(&format!("[{i}]")),
        }
        text
    }

    #[cold]
    pub(super) fn invalid(&self, expected: &str, found: &str) -> Error {
        let path = self.text();
        Error::new(Code::SchemaInvalid, format!("expected {expected} at {path} of the schema, found {found}"))
            .at_path(path)
    }
}

/// What stands where something else was expected, for errors.
pub(super) fn found(v: &Value) -> &'static str {
    v.kind()
}
