//! What a host tells of a schema that it could not fetch.

use super::Reference;
use crate::error::{Code, Error};
use serde::Deserialize;

/// Characters of a host's message and hint that are kept.
const LONGEST: usize = 1_000;

/// Why there is no schema for a reference: the error of the records that name it.
#[derive(Clone, Debug)]
pub struct Failure {
    /// What records call the schema.
    pub reference: Reference,
    /// Why it is not there.
    pub error: Error,
}

/// `{ "reference": "confluent:42", "error": { "code": "SOURCE_TIMEOUT", "message": "…", "retryable": true } }`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    reference: Reference,
    error: Told,
}

/// An error's document, of which the record adds where.
#[derive(Deserialize)]
struct Told {
    code: String,
    message: String,
    hint: Option<String>,
    frame: Option<String>,
    #[serde(default)]
    retryable: bool,
}

impl Failure {
    /// Reads the document of a failure; `None` where it is another.
    pub fn from_json(text: &str) -> Option<Failure> {
        let Document { reference, error: told } = serde_json::from_str(text).ok()?;
        let code = Code::from_text(&told.code).unwrap_or(Code::SourceFailed);
        let mut error = Error::new(code, shortened(&told.message)).may_be_retried(told.retryable);
        if let Some(hint) = told.hint {
            error = error.with_hint(shortened(&hint));
        }
        if let Some(frame) = told.frame {
            error = error.with_frame(frame);
        }
        Some(Failure { reference, error })
    }
}

/// A host's text is shown as it is, but for control characters and what is too long.
fn shortened(text: &str) -> String {
    text.chars().take(LONGEST).map(|c| if c.is_control() { ' ' } else { c }).collect()
}
