//! Dialects and options: what a decoded value looks like. All of it is worked out when a plan is compiled.

mod int64;
mod paths;
mod read;

use std::sync::Arc;

pub use int64::{Int64, Int64Option, MAX_SAFE};
pub use paths::{Paths, Place};

/// A named set of options.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dialect {
    /// Untagged unions, exact integers, readable logical types: the default.
    #[default]
    Plain,
    /// The Avro specification's JSON encoding.
    AvroJson,
    /// The official ProtoJSON mapping.
    ProtoJson,
}

/// How bytes appear in JSON text. In JavaScript they are always a `Uint8Array`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bytes {
    /// Base64 with padding.
    Base64,
    /// Lower-case hexadecimal.
    Hex,
    /// One character a byte, as the Avro specification's JSON encoding has it.
    Latin1,
}

/// How Avro unions appear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unions {
    /// The branch's value.
    Plain,
    /// `{"branch": value}`, null bare.
    Tagged,
    /// Tagged only where two branches could not be told apart.
    Auto,
}

/// How decimals appear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decimals {
    /// Exact decimal strings.
    String,
    /// The underlying bytes.
    Raw,
}

/// How dates, times and timestamps appear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timestamps {
    /// ISO 8601 text.
    Iso,
    /// The underlying integer.
    Epoch,
    /// A JavaScript `Date` for `date` and `timestamp-millis` (its ISO text in JSON); ISO text for the others.
    Date,
}

/// Which names fields take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldNames {
    /// Protobuf's JSON name; Avro's declared name.
    Json,
    /// As declared.
    Declared,
    /// lowerCamelCase.
    Camel,
    /// snake_case.
    Snake,
}

/// Which absent Protobuf fields appear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Defaults {
    /// Fields with implicit presence.
    Include,
    /// None.
    Omit,
    /// Also scalars with explicit presence.
    All,
}

/// What becomes of unknown Protobuf fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnknownFields {
    /// Dropped and counted.
    Drop,
    /// Kept.
    Keep,
}

/// What to do when a message index and the configured message disagree under a local schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageIndex {
    /// An error.
    Verify,
    /// The configured message, with a counted warning.
    Warn,
    /// The configured message.
    Ignore,
}

/// Rules that are errors unless named in `lenient`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rule {
    /// Bytes after the datum or document are ignored.
    TrailingBytes,
    /// A boolean byte other than 0 and 1 is false, as in Java.
    Boolean,
    /// An Avro int beyond 32 bits keeps its lower 32.
    IntOverflow,
    /// Invalid UTF-8 and lone surrogates become U+FFFD.
    Utf8,
    /// A required Protobuf field may be absent.
    Required,
}

/// The options as the configuration gives them: what is absent follows the dialect.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The set of options that the others start from.
    pub dialect: Dialect,
    /// 64-bit integers.
    pub int64: Option<Int64Option>,
    /// Bytes in JSON text.
    pub bytes: Option<Bytes>,
    /// Avro unions.
    pub unions: Option<Unions>,
    /// Decimals.
    pub decimals: Option<Decimals>,
    /// Dates, times and timestamps.
    pub timestamps: Option<Timestamps>,
    /// Field names.
    pub field_names: Option<FieldNames>,
    /// Absent Protobuf fields.
    pub defaults: Option<Defaults>,
    /// Unknown Protobuf fields.
    pub unknown_fields: Option<UnknownFields>,
    /// Message index against the configured message.
    pub message_index: Option<MessageIndex>,
    /// Rules that are not enforced.
    pub lenient: Vec<Rule>,
}

/// The options of one plan, none left open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Style {
    /// The dialect that they come from.
    pub dialect: Dialect,
    /// 64-bit integers, where no path says otherwise.
    pub int64: Int64,
    /// What is said by path.
    pub paths: Arc<Paths>,
    /// Bytes in JSON text.
    pub bytes: Bytes,
    /// Avro unions.
    pub unions: Unions,
    /// Decimals: raw or text.
    pub decimals: Decimals,
    /// Dates, times and timestamps.
    pub timestamps: Timestamps,
    /// Whether the other logical types (duration, uuid of fixed) become text.
    pub logical: bool,
    /// Field names.
    pub field_names: FieldNames,
    /// Absent Protobuf fields.
    pub defaults: Defaults,
    /// Unknown Protobuf fields.
    pub unknown_fields: UnknownFields,
    /// Message index against the configured message.
    pub message_index: MessageIndex,
    /// Whether 32-bit floats take their shortest text (ProtoJSON) instead of their exact value as a double.
    pub short_floats: bool,
    /// Rules that are not enforced.
    pub lenient: Vec<Rule>,
}

impl Options {
    /// The dialect's options with the given ones in their place.
    pub fn style(&self) -> Style {
        let avro_json = self.dialect == Dialect::AvroJson;
        let proto_json = self.dialect == Dialect::ProtoJson;
        let int64 = self.int64.as_ref();
        Style {
            dialect: self.dialect,
            int64: int64.and_then(|o| o.default).unwrap_or(match proto_json {
                true => Int64::String,
                false => Int64::Bigint,
            }),
            paths: int64.map(|o| o.paths.clone()).unwrap_or_default().into(),
            bytes: self.bytes.unwrap_or(if avro_json { Bytes::Latin1 } else { Bytes::Base64 }),
            unions: self.unions.unwrap_or(if avro_json { Unions::Tagged } else { Unions::Plain }),
            decimals: self.decimals.unwrap_or(if avro_json { Decimals::Raw } else { Decimals::String }),
            timestamps: self.timestamps.unwrap_or(if avro_json {
                Timestamps::Epoch
            } else {
                Timestamps::Iso
            }),
            logical: !avro_json,
            field_names: self.field_names.unwrap_or(FieldNames::Json),
            defaults: self.defaults.unwrap_or(if proto_json { Defaults::Omit } else { Defaults::Include }),
            unknown_fields: self.unknown_fields.unwrap_or(UnknownFields::Drop),
            message_index: self.message_index.unwrap_or(MessageIndex::Warn),
            short_floats: proto_json,
            lenient: self.lenient.clone(),
        }
    }
}

impl Style {
    /// How 64-bit integers at a place appear.
    pub fn int64_at(&self, at: Place) -> Int64 {
        self.paths.mode(at).unwrap_or(self.int64)
    }

    /// Whether a rule is switched off.
    pub fn allows(&self, rule: Rule) -> bool {
        self.lenient.contains(&rule)
    }
}

impl Default for Style {
    fn default() -> Self {
        Options::default().style()
    }
}
