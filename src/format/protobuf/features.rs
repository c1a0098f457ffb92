//! Features: what proto2, proto3 and each edition mean by default, and what a declaration sets otherwise.

/// The language version of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Edition {
    /// `syntax = "proto2"`, or none.
    #[default]
    Proto2,
    /// `syntax = "proto3"`.
    Proto3,
    /// `edition = "2023"`.
    Edition2023,
    /// `edition = "2024"`.
    Edition2024,
}

impl Edition {
    /// The edition of a number of `google.protobuf.Edition`.
    pub fn from_number(number: i32) -> Option<Self> {
        match number {
            998 => Some(Edition::Proto2),
            999 => Some(Edition::Proto3),
            1000 => Some(Edition::Edition2023),
            1001 => Some(Edition::Edition2024),
            _ => None,
        }
    }

    /// The features where nothing is set (`google/protobuf/descriptor.proto`, `edition_defaults`).
    pub fn defaults(self) -> Features {
        let proto2 = self == Edition::Proto2;
        Features {
            presence: if self == Edition::Proto3 { Presence::Implicit } else { Presence::Explicit },
            closed: proto2,
            packed: !proto2,
            utf8: !proto2,
            delimited: false,
        }
    }
}

/// Whether a field tells absent from default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// It doesn't: absent is the default.
    Implicit,
    /// It does.
    Explicit,
    /// It must be there.
    Required,
}

/// Resolved features.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Features {
    /// `field_presence`.
    pub presence: Presence,
    /// `enum_type` is `CLOSED`.
    pub closed: bool,
    /// `repeated_field_encoding` is `PACKED`.
    pub packed: bool,
    /// `utf8_validation` is `VERIFY`.
    pub utf8: bool,
    /// `message_encoding` is `DELIMITED`.
    pub delimited: bool,
}

/// What one declaration sets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FeatureSet {
    /// `field_presence`.
    pub presence: Option<Presence>,
    /// `enum_type` is `CLOSED`.
    pub closed: Option<bool>,
    /// `repeated_field_encoding` is `PACKED`.
    pub packed: Option<bool>,
    /// `utf8_validation` is `VERIFY`.
    pub utf8: Option<bool>,
    /// `message_encoding` is `DELIMITED`.
    pub delimited: Option<bool>,
}

impl Features {
    /// These features with what an inner declaration sets in their place.
    pub fn with(self, set: &FeatureSet) -> Features {
        Features {
            presence: set.presence.unwrap_or(self.presence),
            closed: set.closed.unwrap_or(self.closed),
            packed: set.packed.unwrap_or(self.packed),
            utf8: set.utf8.unwrap_or(self.utf8),
            delimited: set.delimited.unwrap_or(self.delimited),
        }
    }
}
