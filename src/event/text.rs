//! The text of an event, and where it stops being JSON.

use crate::error::{Code, Error, Space};

const MARK: &str = "\u{feff}";

/// The text, and how many bytes of a byte order mark stood before it.
pub(super) fn decode(bytes: &[u8]) -> Result<(&str, usize), Error> {
    let text = std::str::from_utf8(bytes).map_err(|e| {
        Error::new(Code::EventNotJson, "expected UTF-8 text, found a byte that is none")
            .at_byte(e.valid_up_to() as u64, Space::Event)
            .with_hint("pass the event's JSON text in UTF-8, not compressed")
    })?;
    Ok(match text.strip_prefix(MARK) {
        Some(rest) => (rest, MARK.len()),
        None => (text, 0),
    })
}

/// An error of serde_json on the event's whole text. Its message may quote the text: only its place is kept.
#[cold]
pub(super) fn fault(text: &str, base: usize, error: &serde_json::Error) -> Error {
    if error.is_data() {
        return Error::new(Code::EventShape, "expected an object with `records` at $, found another type")
            .at_path("$");
    }
    let at = if error.is_eof() { text.len() } else { offset(text, error) };
    let found = if at < text.len() { "a byte that JSON does not allow there" } else { "its end" };
    let error = Error::new(Code::EventNotJson, format!("expected JSON text, found {found}"))
        .at_byte((base + at) as u64, Space::Event);
    match hint(text.as_bytes(), at) {
        Some(hint) => error.with_hint(hint),
        None => error,
    }
}

/// serde_json counts lines from 1, and columns in bytes: 1 is a line's first byte, 0 the line feed before it.
fn offset(text: &str, error: &serde_json::Error) -> usize {
    let mut feeds = text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i + 1);
    let start = error.line().checked_sub(2).map_or(0, |n| feeds.nth(n).unwrap_or(text.len()));
    let at = (start + error.column()).saturating_sub(1).min(text.len());
    // In a skipped string it stops one byte before a control character, in a string that it reads at it.
    let control = |at| text.as_bytes().get(at).is_some_and(|b| *b < 0x20);
    let before = !control(at) && control(at + 1) && error.to_string().starts_with("control character");
    at + usize::from(before)
}

fn hint(text: &[u8], at: usize) -> Option<&'static str> {
    let before = text.get(..at).unwrap_or_default().trim_ascii_end().last();
    match (before, text.get(at)) {
        (None, None) => Some("the text is empty: pass the event that the function was invoked with"),
        (_, None) => Some("the text ends early: it may have been cut off when it was copied or logged"),
        (Some(b','), Some(b'}' | b']')) => {
            Some("JSON allows no trailing comma: remove the one before this bracket")
        }
        (_, Some(b'/' | b'#')) => Some("JSON has no comments: remove them, as documentation samples need it"),
        (_, Some(b'\'')) => Some("JSON takes double quotes: this may be a printed object, not its JSON text"),
        _ => None,
    }
}
