//! The text of an event, where it stops being JSON, and what is told of it.

use crate::error::{Code, Error, Space};
use crate::json::Flaw;
use std::borrow::Cow;

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

/// Where an event's text stops being JSON.
#[cold]
pub(super) fn fault(text: &str, base: usize, flaw: Flaw) -> Error {
    let found = if flaw.at < text.len() { "a byte that JSON does not allow there" } else { "its end" };
    let error = Error::new(Code::EventNotJson, format!("expected JSON text, found {found}"))
        .at_byte((base + flaw.at) as u64, Space::Event);
    match hint(text.as_bytes(), flaw.at) {
        Some(hint) => error.with_hint(hint),
        None => error,
    }
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

/// A text that is repeated, cut where it is longer than any should be. The ellipsis also keeps a cut key from naming a
/// partition.
pub(super) fn cut(text: Cow<'_, str>, most: usize) -> Cow<'_, str> {
    if text.len() <= most {
        return text;
    }
    let end = text.floor_char_boundary(most);
    Cow::Owned(format!("{}…", text.get(..end).unwrap_or_default()))
}
