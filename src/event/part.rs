//! The parts of what was given: the texts in it that hold records, and what each of them came in.

use super::failure::OnFailure;
use crate::error::{Code, Error};
use std::borrow::Cow;
use std::sync::Arc;

/// One text with records, or what tells why there are none.
#[derive(Clone, Debug)]
pub struct Part<'a> {
    pub(super) text: Cow<'a, str>,
    /// What to add to offsets into `text`.
    pub(super) base: usize,
    pub(super) form: Form,
    pub(super) within: Vec<Wrapper>,
    /// Whether it stood among other things, as a line of a log does: nobody misses it.
    pub(super) aside: bool,
}

/// What the text of a part is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Form {
    /// An event: an object with `records`.
    Event,
    /// An array of records, as EventBridge Pipes gives them.
    Records,
    /// One record.
    Record,
    /// Nothing to decode: the reason.
    Nothing(Error),
}

impl Form {
    /// The form as documents name it.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Form::Event => "event",
            Form::Records => "records",
            Form::Record => "record",
            Form::Nothing(_) => "none",
        }
    }
}

/// What a part came in, from the outside in. Parts that came in the same share its texts.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Wrapper {
    /// A line of JSON Lines, or one of several texts in a file.
    Line(usize),
    /// An item of an array, or of the `Records` of another source than SQS and SNS.
    Item(usize),
    /// A message of an SQS event, or of what SQS gives to a caller.
    Sqs {
        /// Its place.
        index: usize,
        /// Its id.
        message_id: Option<Arc<str>>,
    },
    /// A record of an SNS event, or the notification in the body of an SQS message.
    Sns {
        /// Its place.
        index: usize,
        /// Its id.
        message_id: Option<Arc<str>>,
    },
    /// A line of a function's log.
    Log {
        /// The invocation that wrote it, where the line says so.
        request_id: Option<Arc<str>>,
    },
    /// The record of a failed invocation, as a mapping writes it to its on-failure destination.
    OnFailure(Arc<OnFailure>),
}

impl Wrapper {
    /// The wrapper as documents name it.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Wrapper::Line(_) => "line",
            Wrapper::Item(_) => "item",
            Wrapper::Sqs { .. } => "sqs",
            Wrapper::Sns { .. } => "sns",
            Wrapper::Log { .. } => "log",
            Wrapper::OnFailure(_) => "on-failure",
        }
    }
}

impl<'a> Part<'a> {
    pub(super) fn new(text: &'a str, base: usize, form: Form) -> Self {
        Part { text: Cow::Borrowed(text), base, form, within: Vec::new(), aside: false }
    }

    pub(super) fn nothing(text: &'a str, error: Error) -> Self {
        Part::new(text, 0, Form::Nothing(error))
    }

    pub(super) fn into_owned(self) -> Part<'static> {
        let Part { text, base, form, within, aside } = self;
        Part { text: Cow::Owned(text.into_owned()), base, form, within, aside }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What the text is.
    pub fn form(&self) -> &Form {
        &self.form
    }

    /// What it came in, from the outside in.
    pub fn within(&self) -> &[Wrapper] {
        &self.within
    }

    /// What is told of the failed invocation that it was kept of.
    pub fn failure(&self) -> Option<&OnFailure> {
        self.within.iter().rev().find_map(|wrapper| match wrapper {
            Wrapper::OnFailure(failure) => Some(&**failure),
            _ => None,
        })
    }

    pub(super) const fn is_nothing(&self) -> bool {
        matches!(self.form, Form::Nothing(_))
    }
}

#[cold]
pub(super) fn no_records(hint: Option<&str>) -> Error {
    let error = Error::new(Code::EventShape, "expected an object with `records` at $, found one without")
        .at_path("$");
    match hint {
        Some(hint) => error.with_hint(hint),
        None => error,
    }
}

#[cold]
pub(super) fn other_type() -> Error {
    Error::new(Code::EventShape, "expected an object with `records` at $, found another type").at_path("$")
}

#[cold]
pub(super) fn too_many(limit: usize, found: usize) -> Error {
    Error::new(Code::EventLimit, format!("expected at most {limit} records (limit `records`), found {found}"))
}
