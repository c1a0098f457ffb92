//! JSON documents: configuration, schemas, filter criteria, what verbs take and give, and the texts of events.
//!
//! A text is passed over by a scan, of any depth and without copies; what is asked for becomes a [`Value`], or stays the
//! text that it is. JSON payloads have a parser of their own, which goes straight into a sink.

mod expected;
pub(crate) mod float;
pub(crate) mod number;
mod out;
mod place;
mod raw;
mod read;
mod scan;
mod string;
mod text;
mod value;

use std::borrow::Cow;

pub(crate) use expected::Expected;
pub use out::Out;
pub(crate) use place::Place;
pub use raw::Raw;
pub(crate) use read::{Members, Part, Read, Word, Wrong};
pub(crate) use scan::Scan;
pub(crate) use string::unescape;
pub(crate) use text::quote;
pub use text::{Text, Write, quoted, to_text};
pub use value::{Number, Object, Value};

/// The text of a JSON string, quotes around it; `None` for what is none.
pub fn unquoted(text: &str) -> Option<Cow<'_, str>> {
    Raw::parse(text).ok()?.string()
}

/// Where a text stops being JSON, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// The byte.
    pub at: usize,
    /// Why.
    pub why: Why,
}

/// Why a text is not JSON.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Why {
    /// A byte that can't stand there.
    #[default]
    Byte,
    /// The text ends early.
    End,
    /// Half of a surrogate pair.
    Surrogate,
    /// Bytes that are not UTF-8.
    Utf8,
    /// A number that no double can hold.
    Range,
    /// More levels than are read.
    Depth,
}

impl Flaw {
    /// The line, from 1, and the column, from 1 and in bytes.
    pub fn line_and_column(self, text: &str) -> (usize, usize) {
        let before = text.as_bytes().get(..self.at).unwrap_or_default();
        let lines = before.iter().filter(|b| **b == b'\n').count();
        let start = before.iter().rposition(|b| *b == b'\n').map_or(0, |feed| feed + 1);
        (lines + 1, self.at - start + 1)
    }

    /// The same in words: `line 1, column 2`.
    pub fn place(self, text: &str) -> String {
        let (line, column) = self.line_and_column(text);
        format!("line {line}, column {column}")
    }
}
