//! The options as documents have them.

use super::{
    Bytes, Decimals, Defaults, Dialect, FieldNames, Int64, Int64Option, MessageIndex, Options, Paths, Rule,
    Timestamps, Unions, UnknownFields,
};
use crate::error::{Code, Error, escape};
use crate::json::{Members, Part, Read, Value, Word, Wrong};

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
        let mut members = Part::root(&value).members()?;
        let options = Options::of(&mut members)?;
        members.end()?;
        Ok(options)
    }

    /// Reads those of a document's members that are options.
    pub(crate) fn of(members: &mut Members<'_>) -> Result<Self, Box<Wrong>> {
        let mut options = Options::default();
        members.read("dialect", &mut options.dialect)?;
        members.read("int64", &mut options.int64)?;
        members.read("bytes", &mut options.bytes)?;
        members.read("unions", &mut options.unions)?;
        members.read("decimals", &mut options.decimals)?;
        members.read("timestamps", &mut options.timestamps)?;
        members.read("fieldNames", &mut options.field_names)?;
        members.read("defaults", &mut options.defaults)?;
        members.read("unknownFields", &mut options.unknown_fields)?;
        members.read("messageIndex", &mut options.message_index)?;
        members.read("lenient", &mut options.lenient)?;
        Ok(options)
    }
}

impl Read for Int64Option {
    fn read(part: Part<'_>) -> Result<Self, Box<Wrong>> {
        let mut option = Int64Option::default();
        if let Value::String(_) = part.value {
            option.default = Some(Int64::read(part)?);
            return Ok(option);
        }
        let mut members = part.members()?;
        members.read("default", &mut option.default)?;
        members.read("paths", &mut option.paths)?;
        members.end().map(|()| option)
    }
}

impl Read for Paths {
    fn read(part: Part<'_>) -> Result<Self, Box<Wrong>> {
        let mut paths = Paths::default();
        for (path, value) in part.object()?.iter() {
            let mode = Int64::read(Part { value, place: part.place })?;
            let known = paths.appear(path, mode);
            known.ok_or_else(|| {
                let found = format!("`{}`", escape(path));
                part.found("paths such as `$.id`, `$.items[].id` and `$.counts{}`", &found)
            })?;
        }
        Ok(paths)
    }
}
