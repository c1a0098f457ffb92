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

    /// What is counted for a record; refuses a payload that is encrypted as a whole.
    pub(super) fn counts(&self) -> Result<[Option<&'static str>; 2], Error> {
        let encrypted = match self.encrypted {
            Some(Encrypted::Payload) => return Err(Error::of(Code::PayloadEncrypted)),
            Some(Encrypted::Fields) => Some("FIELDS_ENCRYPTED"),
            None => None,
        };
        let status = self.status.as_ref().map(|_| "SCHEMA_STATUS");
        Ok([status, encrypted])
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
