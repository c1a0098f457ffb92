//! Which message a Protobuf payload holds: by its message index, by the configuration, or by both.

use crate::dialect;
use crate::error::{Code, Error, escape};
use crate::format::protobuf::{self, MessageId, index};
use crate::framing::Origin;
use crate::wire::Cursor;

/// A payload's message index, about to be read.
pub(super) struct MessageIndex<'a> {
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

impl MessageIndex<'_> {
    pub(super) fn read(
        &self,
        c: &Cursor<'_>,
        configured: Option<&str>,
        policy: dialect::MessageIndex,
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
            index::glue(self.schema, None, c)
        } else {
            index::confluent(self.schema, None, c)
        };
        let Some(message) = name else {
            let indexed = indexed.map_err(|f| Error::from_fault(f, None, 0))?;
            return Ok(Found { message: indexed.message, start: c.at() + indexed.bytes, warning: None });
        };
        match indexed {
            Ok(i) if i.message == message => Ok(Found { message, start: c.at() + i.bytes, warning: None }),
            Ok(i) if self.registered || policy == dialect::MessageIndex::Verify => {
                Err(self.mismatch(message, i.message).at_byte(c.at() as u64, Default::default()))
            }
            Err(f) if self.registered || policy == dialect::MessageIndex::Verify => {
                Err(Error::from_fault(f, None, 0))
            }
            // The local schema may be another version than the one that the index counts in.
            Ok(i) => Ok(Found { message, start: c.at() + i.bytes, warning: self.warning(policy) }),
            Err(_) => {
                let length =
                    if self.origin.is_glue() { index::glue_length(c) } else { index::confluent_length(c) };
                let bytes = length.map_err(|f| Error::from_fault(f, None, 0))?;
                Ok(Found { message, start: c.at() + bytes, warning: self.warning(policy) })
            }
        }
    }

    fn warning(&self, policy: dialect::MessageIndex) -> Option<&'static str> {
        (policy == dialect::MessageIndex::Warn).then_some("MESSAGE_MISMATCH")
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
