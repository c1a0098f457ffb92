mod broken;
mod envelopes;
mod quick;
mod shapes;
mod texts;

use super::*;
use crate::error::Space;

fn opened(text: &str) -> Result<Opened<'_>, Error> {
    open(text.as_bytes(), &Limits::default())
}

/// The error of a text, wherever it shows.
fn failure(text: &str) -> Error {
    match opened(text) {
        Err(error) => error,
        Ok(opened) => opened.event().expect_err(text),
    }
}

/// An event with these members of `records`.
fn event(records: &str) -> String {
    format!(r#"{{"eventSource":"aws:kafka","records":{{{records}}}}}"#)
}

/// An event with one record of these members, beside its offset.
fn one(members: &str) -> String {
    event(&format!(r#""orders-0":[{{"offset":7,{members}}}]"#))
}

/// Runs `check` on the records of an event.
fn with<R>(text: &str, check: impl FnOnce(&[Record<'_>]) -> R) -> R {
    let opened = opened(text).unwrap_or_else(|e| panic!("{text}: {e}"));
    let event = opened.event().unwrap_or_else(|e| panic!("{text}: {e}"));
    check(&event.records)
}

fn error_of<'a>(payload: &'a Payload<'_>) -> &'a Error {
    match payload {
        Payload::Invalid(error) => error,
        other => panic!("no error: {other:?}"),
    }
}
