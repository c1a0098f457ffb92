//! What is not as it should be in an envelope: its place, and the way to it.

use super::Rewritten;
use crate::error::{Code, Error, Space};
use crate::format::path::{Path, Step};
use crate::json::Raw;

/// What was expected, and what usually helps.
#[derive(Clone, Copy, Debug)]
pub(super) struct Expected(&'static str, Option<&'static str>);

pub(super) const ENVELOPE: Expected = Expected(
    "an object with `schema` and `payload`",
    Some("with `schemas.enable=false` the value is plain JSON: use the format `json`"),
);
pub(super) const SCHEMA: Expected = Expected("a Connect schema of at most 100 levels", None);
pub(super) const VALUE: Expected = Expected("a value as its schema says", None);

/// A value that is something else.
#[derive(Debug)]
pub(super) struct Misfit<'a> {
    expected: Expected,
    raw: Raw<'a>,
    path: Path,
}

impl Expected {
    #[cold]
    pub(super) fn at(self, raw: Raw<'_>) -> Box<Misfit<'_>> {
        Box::new(Misfit { expected: self, raw, path: Path::new() })
    }
}

impl Misfit<'_> {
    /// The same as a part of what stands around it.
    #[cold]
    pub(super) fn within(mut self: Box<Self>, step: Step) -> Box<Self> {
        self.path.within(step);
        self
    }

    #[cold]
    pub(super) fn error(&self, out: &Rewritten) -> Error {
        let path = self.path.describe();
        let Expected(expected, hint) = self.expected;
        let message = format!("expected {expected} at {path}, found another");
        let error = Error::new(Code::ConnectShape, message)
            .at_path(path)
            .at_byte(out.place(self.raw) as u64, Space::Payload);
        match hint {
            Some(hint) => error.with_hint(hint),
            None => error,
        }
    }
}
