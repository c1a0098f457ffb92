//! Schemas that need a word: of a status that no data should name, or with rules that encrypt.

use crate::error::{Code, Error, escape};
use crate::schema::{Encrypted, Reference, Source};

/// What is notable about a schema.
pub(super) struct Notable {
    status: Option<String>,
    encrypted: Option<Encrypted>,
}

impl Notable {
    /// What is notable about a source, if anything is.
    pub(super) fn of(source: &Source) -> Option<Notable> {
        let status = source.status.clone().filter(|_| !source.is_available());
        let encrypted = source.encrypted();
        (status.is_some() || encrypted.is_some()).then_some(Notable { status, encrypted })
    }

    /// What is counted of a record's schema for its status.
    pub(super) fn status_counts(&self) -> Option<&'static str> {
        self.status.as_ref().map(|_| "SCHEMA_STATUS")
    }

    /// The same for its rules; refuses a payload that is encrypted as a whole.
    pub(super) fn encrypted_counts(&self) -> Result<Option<&'static str>, Error> {
        match self.encrypted {
            Some(Encrypted::Payload) => Err(Error::of(Code::PayloadEncrypted)),
            Some(Encrypted::Fields) => Ok(Some("FIELDS_ENCRYPTED")),
            None => Ok(None),
        }
    }

    /// Adds to an error what the registry says of the schema.
    pub(super) fn explain(&self, error: Error, reference: &Reference) -> Error {
        match &self.status {
            Some(status) => {
                error.with_hint(format!("the registry's status of {reference} is `{}`", escape(status)))
            }
            None => error,
        }
    }
}
