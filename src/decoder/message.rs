//! Which message a Protobuf payload holds: by its message index, by the configuration, or by both.

use crate::dialect::MessageIndex;
use crate::error::{Code, Error, escape};
use crate::format::protobuf::{self, MessageId, index};
use crate::framing::{Frame, Named, Origin};
use crate::wire::Cursor;

/// A payload whose message is told by its index, as Confluent's and Glue's serializers do it, or by the configuration alone.
pub(super) struct ByIndex<'a> {
    pub(super) schema: &'a protobuf::Schema,
    pub(super) origin: Origin,
    /// Whether the schema came by the record's own reference.
    pub(super) registered: bool,
}

/// The message, where its bytes begin, and what was tolerated.
pub(super) struct Found {
    pub(super) message: MessageId,
    pub(super) start: usize,
    pub(super) warning: Option<&'static str>,
}

#[cold]
pub(super) fn unknown(name: &str) -> Error {
    let name = escape(name);
    Error::new(Code::MessageUnknown, format!("expected a message of the schema, found no `{name}` in it"))
}

/// What is counted where the index is of another message than the configured one.
fn warning(policy: MessageIndex) -> Option<&'static str> {
    (policy == MessageIndex::Warn).then_some("MESSAGE_MISMATCH")
}

/// A payload whose message is named, as Apicurio's serializers do it.
pub(super) struct ByTypeName<'a> {
    pub(super) schema: &'a protobuf::Schema,
    pub(super) frame: &'a Frame,
    /// Whether the schema came by the record's own reference.
    pub(super) registered: bool,
}

impl ByTypeName<'_> {
    /// Reads the name from a header or from before the datum. It is simple, without its package.
    pub(super) fn read(
        &self,
        datum: &[u8],
        configured: Option<&str>,
        policy: MessageIndex,
    ) -> Result<Found, Error> {
        let name = match (&self.frame.named, type_ref(datum)) {
            (Named::Message(name), _) => name.as_deref(),
            (_, Some((name, _))) => Some(name),
            (_, None) => return self.indexed(datum, configured, policy),
        };
        let start = self.frame.start + apicurio_length(self.frame, datum)?;
        let wanted = match configured {
            Some(name) => Some(self.schema.message(name).ok_or_else(|| unknown(name))?),
            None => None,
        };
        let named = name.and_then(|name| self.schema.message_by_last_name(name));
        match (wanted, named) {
            (None, Some(message)) => Ok(Found { message, start, warning: None }),
            (None, None) => Err(apicurio_fault(self.frame)),
            (Some(message), Some(named)) if message == named => Ok(Found { message, start, warning: None }),
            // A header may say nothing.
            (Some(message), None) if name.is_none() => Ok(Found { message, start, warning: None }),
            (Some(message), named) => {
                let strict = self.registered || policy == MessageIndex::Verify;
                match named {
                    Some(named) if strict => Err(self.index().mismatch(message, named)),
                    None if strict => Err(apicurio_fault(self.frame)),
                    _ => Ok(Found { message, start, warning: warning(policy) }),
                }
            }
        }
    }

    /// Message indexes alone, as the serializer writes them with `send-indexes` and without `send-type-ref`.
    fn indexed(&self, datum: &[u8], configured: Option<&str>, policy: MessageIndex) -> Result<Found, Error> {
        let index = ByIndex { origin: Origin::Confluent, ..self.index() };
        let found = index.read(&Cursor::new(datum, 0, datum.len()), configured, policy);
        let found = found.map_err(|_| apicurio_fault(self.frame))?;
        Ok(Found { start: self.frame.start + found.start, ..found })
    }

    fn index(&self) -> ByIndex<'_> {
        ByIndex { schema: self.schema, origin: self.frame.origin, registered: self.registered }
    }
}

/// The tag of the one field of Apicurio's `Ref`.
const NAME: u8 = 0x0a;

/// How many bytes before a datum name its message; no schema is needed.
pub(super) fn length(frame: &Frame, datum: &Cursor<'_>) -> Result<usize, Error> {
    let length = match (frame.origin, &frame.named) {
        (Origin::Apicurio, _) => return apicurio_length(frame, datum.rest()),
        (Origin::None, _) | (_, Named::Indexes(_) | Named::Message(_)) => Ok(0),
        (Origin::Confluent | Origin::EsmConfluent, _) => index::confluent_length(datum),
        (Origin::Glue | Origin::EsmGlue, _) => index::glue_length(datum),
    };
    length.map_err(|fault| Error::from_fault(fault, None).in_space(frame.space()))
}

/// The same of an Apicurio datum: a `Ref`, message indexes, or both.
fn apicurio_length(frame: &Frame, datum: &[u8]) -> Result<usize, Error> {
    let indexes = |at: usize| indexes_behind(datum.get(at..).unwrap_or_default()).map(|bytes| at + bytes);
    let length = match (&frame.named, type_ref(datum)) {
        (Named::Message(_), _) => indexes(0),
        (_, Some((_, bytes))) => indexes(bytes),
        (_, None) => index::confluent_length(&Cursor::new(datum, 0, datum.len())).ok(),
    };
    length.ok_or_else(|| apicurio_fault(frame))
}

#[cold]
fn apicurio_fault(frame: &Frame) -> Error {
    Error::of(Code::ApicurioRef).at_byte(frame.start as u64, frame.space())
}

/// How many bytes the message indexes take that `send-indexes` puts behind a `Ref`. They begin with a byte that no message
/// begins with: a count of up to three is below 8, a tag of the field 0.
fn indexes_behind(rest: &[u8]) -> Option<usize> {
    match rest.first() {
        Some(0..8) => index::confluent_length(&Cursor::new(rest, 0, rest.len())).ok(),
        _ => Some(0),
    }
}

/// Apicurio's `Ref`, a message of one text field, behind its length; and how many bytes both take.
pub(super) fn type_ref(datum: &[u8]) -> Option<(&str, usize)> {
    let (&length, rest) = datum.split_first()?;
    let reference = rest.get(..usize::from(length)).filter(|_| length < 0x80)?;
    let (&size, name) = reference.strip_prefix(&[NAME])?.split_first()?;
    if usize::from(size) != name.len() {
        return None;
    }
    Some((std::str::from_utf8(name).ok()?, 1 + usize::from(length)))
}

/// The same for a message's full name, of which Apicurio's serializers write the last part.
pub(super) fn type_name(full_name: &str) -> Option<Vec<u8>> {
    let name = full_name.rsplit('.').next()?;
    let size = u8::try_from(name.len()).ok().filter(|n| *n < 0x7e)?;
    Some([&[size + 2, NAME, size], name.as_bytes()].concat())
}

impl ByIndex<'_> {
    pub(super) fn read(
        &self,
        c: &Cursor<'_>,
        configured: Option<&str>,
        policy: MessageIndex,
    ) -> Result<Found, Error> {
        let name = match configured {
            None => None,
            Some(name) => Some(self.schema.message(name).ok_or_else(|| unknown(name))?),
        };
        if !self.origin.is_confluent() && !self.origin.is_glue() {
            let message = name.ok_or_else(|| {
                Error::new(
                    Code::MessageUnknown,
                    "expected a configured `message` where no framing names one, found none",
                )
            })?;
            return Ok(Found { message, start: c.at(), warning: None });
        }
        let indexed = if self.origin.is_glue() {
            index::glue(self.schema, c)
        } else {
            index::confluent(self.schema, c)
        };
        let Some(message) = name else {
            let indexed = indexed.map_err(|f| Error::from_fault(f, None))?;
            return Ok(Found { message: indexed.message, start: c.at() + indexed.bytes, warning: None });
        };
        match indexed {
            Ok(i) if i.message == message => Ok(Found { message, start: c.at() + i.bytes, warning: None }),
            Ok(i) if self.registered || policy == MessageIndex::Verify => {
                Err(self.mismatch(message, i.message).at_byte(c.at() as u64, Default::default()))
            }
            Err(f) if self.registered || policy == MessageIndex::Verify => Err(Error::from_fault(f, None)),
            // The local schema may be another version than the one that the index counts in.
            Ok(i) => Ok(Found { message, start: c.at() + i.bytes, warning: warning(policy) }),
            Err(_) => {
                let length =
                    if self.origin.is_glue() { index::glue_length(c) } else { index::confluent_length(c) };
                let bytes = length.map_err(|f| Error::from_fault(f, None))?;
                Ok(Found { message, start: c.at() + bytes, warning: warning(policy) })
            }
        }
    }

    #[cold]
    fn mismatch(&self, configured: MessageId, indexed: MessageId) -> Error {
        let name = |id| escape(&self.schema.get(id).full_name);
        let message = format!(
            "expected the configured message `{}`, found `{}` in the payload's message index",
            name(configured),
            name(indexed)
        );
        Error::new(Code::MessageMismatch, message)
    }
}
