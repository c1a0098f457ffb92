//! A file's text, and errors that show a place in it.

use crate::error::{Code, Error, Space, escape};

/// A file: its name, as imports have it, and its text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Text<'a> {
    pub name: &'a str,
    pub text: &'a str,
}

impl Text<'_> {
    /// `expected …, found …` at a byte of the file, with the line that it stands in as the error's frame.
    #[cold]
    pub(super) fn error(&self, at: usize, expected: &str, found: &str) -> Error {
        let at = (0..=at.min(self.text.len())).rev().find(|i| self.text.is_char_boundary(*i)).unwrap_or(0);
        let start = self.text[..at].rfind('\n').map_or(0, |i| i + 1);
        let end = self.text[at..].find('\n').map_or(self.text.len(), |i| at + i);
        let (line, column) =
            (self.text[..at].matches('\n').count() + 1, self.text[start..at].chars().count() + 1);
        let name = if self.name.is_empty() { "the schema".to_owned() } else { escape(self.name) };
        let message = format!("expected {expected} at {name}:{line}:{column}, found {found}");
        Error::new(Code::SchemaInvalid, message)
            .at_byte(at as u64, Space::Schema)
            .with_frame(self.frame(start, end, at, line))
    }

    /// The line, at most 120 characters of it, and a caret below the place.
    fn frame(&self, start: usize, end: usize, at: usize, line: usize) -> String {
        let skipped = self.text[start..at].chars().count().saturating_sub(80);
        let clean = |c: char| if c.is_control() { ' ' } else { c };
        let shown: String = self.text[start..end].chars().skip(skipped).take(120).map(clean).collect();
        let column = self.text[start..at].chars().count() - skipped;
        let number = line.to_string();
        format!("{number} | {}\n{} | {}^", shown.trim_end(), " ".repeat(number.len()), " ".repeat(column))
    }
}
