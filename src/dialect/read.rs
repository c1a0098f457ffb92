//! The options as documents have them.

use super::{
    Bytes, Decimals, Defaults, Dialect, FieldNames, Int64, Int64Option, MessageIndex, Options, Paths, Rule,
    Timestamps, Unions, UnknownFields,
};
use crate::error::{Code, Error};
use crate::json::{Members, Part, Value, Word, Wrong};

impl Word for Dialect {
    const WORDS: &'static [(&'static str, Self)] =
        &[("plain", Dialect::Plain), ("avro-json", Dialect::AvroJson), ("protojson", Dialect::ProtoJson)];
}

impl Word for Bytes {
    const WORDS: &'static [(&'static str, Self)] =
        &[("base64", Bytes::Base64), ("hex", Bytes::Hex), ("latin1", Bytes::Latin1)];
}

impl Word for Unions {
    const WORDS: &'static [(&'static str, Self)] =
        &[("plain", Unions::Plain), ("tagged", Unions::Tagged), ("auto", Unions::Auto)];
}

impl Word for Decimals {
    const WORDS: &'static [(&'static str, Self)] = &[("string", Decimals::String), ("raw", Decimals::Raw)];
}

impl Word for Timestamps {
    const WORDS: &'static [(&'static str, Self)] =
        &[("iso", Timestamps::Iso), ("epoch", Timestamps::Epoch), ("date", Timestamps::Date)];
}

impl Word for FieldNames {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("json", FieldNames::Json),
        ("declared", FieldNames::Declared),
        ("camel", FieldNames::Camel),
        ("snake", FieldNames::Snake),
    ];
}

impl Word for Defaults {
    const WORDS: &'static [(&'static str, Self)] =
        &[("include", Defaults::Include), ("omit", Defaults::Omit), ("all", Defaults::All)];
}

impl Word for UnknownFields {
    const WORDS: &'static [(&'static str, Self)] =
        &[("drop", UnknownFields::Drop), ("keep", UnknownFields::Keep)];
}

impl Word for MessageIndex {
    const WORDS: &'static [(&'static str, Self)] =
        &[("verify", MessageIndex::Verify), ("warn", MessageIndex::Warn), ("ignore", MessageIndex::Ignore)];
}

impl Word for Rule {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("trailing-bytes", Rule::TrailingBytes),
        ("boolean", Rule::Boolean),
        ("int-overflow", Rule::IntOverflow),
        ("utf8", Rule::Utf8),
        ("required", Rule::Required),
    ];
}

impl Word for Int64 {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("bigint", Int64::Bigint),
        ("number", Int64::Number),
        ("auto", Int64::Auto),
        ("string", Int64::String),
    ];
}

impl Options {
    /// Reads options from a document.
    ///
    /// # Errors
    /// `CONFIG_INVALID` for what they are not.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        let value = Value::parse(text).map_err(|flaw| {
            Error::new(
                Code::ConfigInvalid,
                format!("expected options as JSON, found none ({})", flaw.place(text)),
            )
        })?;
        let mut members = Part::new(value, "$").members()?;
        let options = Options::read(&mut members)?;
        members.end()?;
        Ok(options)
    }

    /// Takes the options out of a document's members.
    pub(crate) fn read(members: &mut Members) -> Result<Self, Wrong> {
        Ok(Options {
            dialect: members.read("dialect", Part::word)?.unwrap_or_default(),
            int64: members.optional("int64", Int64Option::read)?,
            bytes: members.optional("bytes", Part::word)?,
            unions: members.optional("unions", Part::word)?,
            decimals: members.optional("decimals", Part::word)?,
            timestamps: members.optional("timestamps", Part::word)?,
            field_names: members.optional("fieldNames", Part::word)?,
            defaults: members.optional("defaults", Part::word)?,
            unknown_fields: members.optional("unknownFields", Part::word)?,
            message_index: members.optional("messageIndex", Part::word)?,
            lenient: members.read("lenient", |part| part.list(Part::word))?.unwrap_or_default(),
        })
    }
}

impl Int64Option {
    fn read(part: Part) -> Result<Self, Wrong> {
        if let Value::String(_) = part.value {
            return Ok(Int64Option { default: Some(part.word()?), paths: Paths::default() });
        }
        let mut members = part.members()?;
        let default = members.optional("default", Part::word)?;
        let paths = members.read("paths", by_path)?.unwrap_or_default();
        members.end().map(|()| Int64Option { default, paths })
    }
}

fn by_path(part: Part) -> Result<Paths, Wrong> {
    let place = part.place.clone();
    let mut paths = Paths::default();
    for (path, mode) in part.members()?.rest() {
        let mode = Part::new(mode, &place).word()?;
        paths.appear(&path, mode).ok_or_else(|| {
            Wrong::new("paths such as `$.id`, `$.items[].id` and `$.counts{}`", &place, "another")
        })?;
    }
    Ok(paths)
}
