//! What a host tells of a schema that it could not fetch.

use super::Reference;
use crate::error::{Code, Error};
use crate::json::{Part, Read, Value, Wrong};

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

impl Failure {
    /// Reads the document of a failure, `{ "reference": "confluent:42", "error": { "code": "SOURCE_TIMEOUT", "message": "…",
    /// "retryable": true } }`; `None` where it is another.
    pub fn from_json(text: &str) -> Option<Failure> {
        Failure::read(Part::root(&Value::parse(text).ok()?)).ok()
    }
}

impl Read for Failure {
    fn read(part: Part<'_>) -> Result<Self, Box<Wrong>> {
        let mut members = part.members()?;
        let reference = members.required("reference")?;
        let Refusal(error) = members.required("error")?;
        members.end().map(|()| Failure { reference, error })
    }
}

/// An error's document, of which the record adds where.
struct Refusal(Error);

impl Read for Refusal {
    fn read(part: Part<'_>) -> Result<Self, Box<Wrong>> {
        let mut members = part.members()?;
        let (code, message): (String, String) = (members.required("code")?, members.required("message")?);
        let (mut hint, mut frame, mut retryable): (Option<String>, Option<String>, bool) = Default::default();
        members.read("hint", &mut hint)?;
        members.read("frame", &mut frame)?;
        members.read("retryable", &mut retryable)?;
        let code = Code::from_text(&code).unwrap_or(Code::SourceFailed);
        let mut error = Error::new(code, shortened(&message)).may_be_retried(retryable);
        if let Some(hint) = hint {
            error = error.with_hint(shortened(&hint));
        }
        if let Some(frame) = frame {
            error = error.with_frame(frame);
        }
        Ok(Refusal(error))
    }
}

/// A host's text is shown as it is, but for control characters and what is too long.
fn shortened(text: &str) -> String {
    text.chars().take(LONGEST).map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_told_from_a_schema() {
        let text = r#"{"reference":"confluent:1","error":{"code":"SOURCE_TIMEOUT","category":"source","message":"expected\na","retryable":true}}"#;
        let failure = Failure::from_json(text).expect("a failure");
        assert_eq!(failure.reference, Reference::confluent(1));
        assert_eq!(failure.error.code(), Code::SourceTimeout);
        assert_eq!(failure.error.message(), "expected a");
        assert!(failure.error.retryable());
        let unknown = text.replace("SOURCE_TIMEOUT", "OTHER");
        assert_eq!(Failure::from_json(&unknown).map(|f| f.error.code()), Some(Code::SourceFailed));
        for other in ["", "{}", r#"{"reference":"confluent:1","type":"AVRO","schema":"\"int\""}"#] {
            assert!(Failure::from_json(other).is_none(), "{other}");
        }
    }

    /// The error is that of the records that name the schema, until the schema comes after all.
    #[test]
    fn a_failure_is_its_records_error_until_the_schema_comes() {
        let config = r#"{"value":{"format":"avro","framing":"confluent"}}"#;
        let mut decoder = crate::Decoder::new(config).expect("a configuration");
        let event = br#"{"records":{"t-0":[{"topic":"t","partition":0,"offset":3,"value":"AAAAAAEC"}]}}"#;
        let failure = r#"{"reference":"confluent:1","error":{"code":"SOURCE_TIMEOUT","message":"expected x, found y","retryable":true}}"#;
        decoder.add_schema(failure).expect("a failure is taken");
        let text = decoder.decode_event(event).expect("an event");
        assert!(text.contains(r#""error":{"code":"SOURCE_TIMEOUT","category":"source","side":"value","topic":"t","partition":0,"offset":3,"#), "{text}");
        assert_eq!(decoder.missing_schemas(event).expect("an event"), ["confluent:1"]);
        decoder
            .add_schema(r#"{"reference":"confluent:1","type":"AVRO","schema":"\"int\""}"#)
            .expect("a schema");
        assert!(decoder.decode_event(event).expect("an event").contains(r#""value":{"value":1"#));
    }
}
