//! Errors: stable codes, where, and what to do; never the payload or the schema's text.

mod codes;

use crate::json::{Text, Write, Wrong, to_text};
use crate::wire::base64::NotBase64;
pub use codes::Code;
use std::fmt;

/// What kind of thing went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Category {
    /// The event or a record is not of its documented shape.
    Event,
    /// A key or value is not base64.
    Base64,
    /// The payload's framing.
    Framing,
    /// A schema, or the configuration that names it.
    Schema,
    /// The bytes of a datum.
    Decode,
    /// A limit was reached.
    Limit,
    /// The value cannot be expressed as the options ask.
    Output,
    /// A schema source (registry) failed.
    Source,
}

impl Category {
    /// The category as hosts show it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Category::Event => "event",
            Category::Base64 => "base64",
            Category::Framing => "framing",
            Category::Schema => "schema",
            Category::Decode => "decode",
            Category::Limit => "limit",
            Category::Output => "output",
            Category::Source => "source",
        }
    }
}

/// Which part of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// The record's key.
    Key,
    /// The record's value.
    Value,
    /// One of the record's headers.
    Header,
}

impl Side {
    /// The side as hosts show it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Side::Key => "key",
            Side::Value => "value",
            Side::Header => "header",
        }
    }
}

/// What a byte offset counts in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Space {
    /// The payload as it came, framing included.
    #[default]
    Payload,
    /// What the payload holds compressed or wrapped.
    Body,
    /// Characters of the base64 text.
    Base64,
    /// Bytes of the event's text.
    Event,
    /// Bytes of a schema's text.
    Schema,
}

impl Space {
    /// The space as hosts show it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Space::Payload => "payload",
            Space::Body => "body",
            Space::Base64 => "base64",
            Space::Event => "event",
            Space::Schema => "schema",
        }
    }
}

/// A failure inside a format's decode loop: small, without allocation; the caller adds where and which record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What.
    pub code: Code,
    /// Offset into the buffer that was decoded.
    pub at: usize,
    /// A structural number for the message's "expected" part (a size, a count, a limit); never data.
    pub expected: u64,
    /// A structural number for the message's "found" part.
    pub found: i64,
}

impl Fault {
    /// A fault without numbers.
    #[cold]
    pub const fn new(code: Code, at: usize) -> Self {
        Fault { code, at, expected: 0, found: 0 }
    }

    /// A fault with the numbers of its message.
    #[cold]
    pub const fn with(code: Code, at: usize, expected: u64, found: i64) -> Self {
        Fault { code, at, expected, found }
    }
}

/// An error with everything that is known about it.
///
/// Its message never holds payload or schema text: logs are safe to keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error(Box<Inner>);

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Inner {
    code: Option<Code>,
    side: Option<Side>,
    topic: Option<String>,
    partition: Option<i32>,
    offset: Option<i64>,
    path: Option<String>,
    byte_offset: Option<u64>,
    space: Space,
    message: String,
    hint: Option<String>,
    frame: Option<String>,
    retryable: bool,
}

impl Error {
    /// An error of `code` whose message says `expected …, found …` in the words given.
    ///
    /// What came from outside (names, topics) must be passed through [`escape`] first.
    #[cold]
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        let hint = code.hint().map(str::to_owned);
        Error(Box::new(Inner { code: Some(code), message: message.into(), hint, ..Inner::default() }))
    }

    /// An error with the message of the table.
    #[cold]
    pub fn of(code: Code) -> Self {
        Error::from_fault(Fault::new(code, 0), None).without_offset()
    }

    /// An error from a [`Fault`]: `path` is where in the value.
    #[cold]
    pub fn from_fault(fault: Fault, path: Option<String>) -> Self {
        let expected = filled(fault.code.expected(), &fault.expected.to_string(), 0);
        let found = filled(fault.code.found(), &fault.found.to_string(), fault.found);
        let place = path.as_deref().map_or(String::new(), |p| format!(" at {p}"));
        let mut error = Error::new(fault.code, format!("expected {expected}{place}, found {found}"));
        error.0.path = path;
        error.0.byte_offset = Some(fault.at as u64);
        error
    }

    /// Where the offset counts in nothing that a user sees.
    pub(crate) fn without_offset(mut self) -> Self {
        self.0.byte_offset = None;
        self
    }

    /// The code.
    pub fn code(&self) -> Code {
        self.0.code.unwrap_or(Code::Internal)
    }

    /// The category of the code.
    pub fn category(&self) -> Category {
        self.code().category()
    }

    /// Which part of the record.
    pub fn side(&self) -> Option<Side> {
        self.0.side
    }

    /// The record's topic.
    pub fn topic(&self) -> Option<&str> {
        self.0.topic.as_deref()
    }

    /// The record's partition.
    pub fn partition(&self) -> Option<i32> {
        self.0.partition
    }

    /// The record's offset.
    pub fn offset(&self) -> Option<i64> {
        self.0.offset
    }

    /// Where in the value, such as `$.items[2].price`. Names from a schema appear; names from data do not.
    pub fn path(&self) -> Option<&str> {
        self.0.path.as_deref()
    }

    /// The failing byte, counted in [`Error::space`].
    pub fn byte_offset(&self) -> Option<u64> {
        self.0.byte_offset
    }

    /// What [`Error::byte_offset`] counts in.
    pub fn space(&self) -> Space {
        self.0.space
    }

    /// `expected X at P, found Y`.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// What usually causes it and what to do, where a rule knows.
    pub fn hint(&self) -> Option<&str> {
        self.0.hint.as_deref()
    }

    /// Source lines of a schema error, kept apart from the message.
    pub fn frame(&self) -> Option<&str> {
        self.0.frame.as_deref()
    }

    /// Whether trying again later may succeed (a registry that timed out).
    pub fn retryable(&self) -> bool {
        self.0.retryable
    }

    /// Sets the side.
    pub fn on(mut self, side: Side) -> Self {
        self.0.side = Some(side);
        self
    }

    /// Sets the record.
    pub fn in_record(mut self, topic: &str, partition: i32, offset: i64) -> Self {
        self.0.topic = Some(topic.to_owned());
        self.0.partition = Some(partition);
        self.0.offset = Some(offset);
        self
    }

    /// Sets the topic and partition of a record whose offset is not known.
    pub fn in_partition(mut self, topic: &str, partition: i32) -> Self {
        self.0.topic = Some(topic.to_owned());
        self.0.partition = Some(partition);
        self
    }

    /// Sets the path.
    pub fn at_path(mut self, path: impl Into<String>) -> Self {
        self.0.path = Some(path.into());
        self
    }

    /// Sets the byte offset and what it counts in.
    pub fn at_byte(mut self, offset: u64, space: Space) -> Self {
        self.0.byte_offset = Some(offset);
        self.0.space = space;
        self
    }

    /// Sets what the byte offset counts in.
    pub fn in_space(mut self, space: Space) -> Self {
        self.0.space = space;
        self
    }

    /// Says in the message which part of a configuration it is about.
    #[cold]
    pub(crate) fn in_configuration(mut self, place: &str) -> Self {
        self.0.message.push_str(&format!(" ({place} of the configuration)"));
        self
    }

    /// Replaces the hint.
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.0.hint = Some(hint.into());
        self
    }

    /// Sets the source lines of a schema error.
    pub fn with_frame(mut self, frame: impl Into<String>) -> Self {
        self.0.frame = Some(frame.into());
        self
    }

    /// Sets whether trying again later may succeed.
    pub fn may_be_retried(mut self, retryable: bool) -> Self {
        self.0.retryable = retryable;
        self
    }

    /// The error as its JSON document: the same keys in every host.
    pub fn to_json(&self) -> String {
        to_text(self)
    }
}

impl Write for Error {
    fn write(&self, out: &mut Text) {
        let e = &*self.0;
        out.object(|out| {
            out.member("code", self.code().as_str());
            out.member("category", self.category().as_str());
            out.optional("side", e.side.map(Side::as_str));
            out.optional("topic", e.topic.as_deref());
            out.optional("partition", e.partition);
            out.optional("offset", e.offset);
            out.optional("path", e.path.as_deref());
            out.optional("byteOffset", e.byte_offset);
            out.optional("space", (e.space != Space::Payload).then(|| e.space.as_str()));
            out.member("message", &e.message);
            out.optional("hint", e.hint.as_deref());
            out.optional("frame", e.frame.as_deref());
            out.member("retryable", &e.retryable);
        });
    }
}

/// The offset counts characters of the text.
impl From<NotBase64> for Error {
    #[cold]
    fn from(NotBase64 { at, hint }: NotBase64) -> Self {
        let error = Error::of(Code::Base64Invalid).at_byte(at as u64, Space::Base64);
        match hint {
            Some(hint) => error.with_hint(hint),
            None => error,
        }
    }
}

/// What is wrong with a document that somebody configured: its own text may be told.
impl From<Box<Wrong>> for Error {
    #[cold]
    fn from(wrong: Box<Wrong>) -> Self {
        let Wrong { expected, place, found } = *wrong;
        Error::new(Code::ConfigInvalid, format!("expected {expected} at {place}, found {}", escape(&found)))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code().as_str(), self.0.message)?;
        if let Some(offset) = self.0.byte_offset {
            write!(f, " (byte {offset})")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}

/// A part of a message of the table, its marks filled in.
#[inline(never)]
fn filled(part: &str, number: &str, byte: i64) -> String {
    let mut pieces = part.split('{');
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for (mark, rest) in pieces.filter_map(|piece| piece.split_once('}')) {
        match mark {
            "x" => text.push_str(&format!("{byte:02x}")),
            "s" if number == "1" => {}
            "s" => text.push('s'),
            _ => text.push_str(number),
        }
        text.push_str(rest);
    }
    text
}

/// Makes a name from outside safe for a message: control and invisible characters escaped, at most 100 characters.
pub fn escape(name: &str) -> String {
    let mut out: String = name.chars().take(100).flat_map(char::escape_debug).collect();
    if name.chars().nth(100).is_some() {
        out.push('…');
    }
    out
}
