//! Features as the checks need them: each by its number in `FeatureSet`, resolved from the file inwards.

use super::super::features::Edition;
use super::dynamic::Dyn;

pub(super) const PRESENCE: u32 = 1;
pub(super) const ENUM_TYPE: u32 = 2;
pub(super) const REPEATED: u32 = 3;
pub(super) const UTF8: u32 = 4;
pub(super) const ENCODING: u32 = 5;
pub(super) const JSON: u32 = 6;
pub(super) const STYLE: u32 = 7;
pub(super) const VISIBILITY: u32 = 8;

/// `field_presence`: absent and default are one.
pub(super) const IMPLICIT: u64 = 2;
/// `field_presence`: absent is an error.
pub(super) const LEGACY_REQUIRED: u64 = 3;
/// `enum_type`.
pub(super) const CLOSED: u64 = 2;
/// `repeated_field_encoding`.
pub(super) const PACKED: u64 = 1;
/// `message_encoding`.
pub(super) const DELIMITED: u64 = 2;
/// `json_format`.
pub(super) const ALLOW: u64 = 1;
/// `enforce_naming_style`.
pub(super) const STYLE2024: u64 = 1;
/// `default_symbol_visibility`.
pub(super) const STRICT: u64 = 4;

/// A value for each feature.
#[derive(Clone, Copy, Debug)]
pub(super) struct Features([u64; 9]);

impl Features {
    /// What an edition has by default.
    pub(super) fn defaults(edition: Edition) -> Self {
        match edition {
            Edition::Proto2 => Features([0, 1, 2, 2, 3, 1, 2, 2, 1]),
            Edition::Proto3 => Features([0, 2, 1, 1, 2, 1, 1, 2, 1]),
            Edition::Edition2023 => Features([0, 1, 1, 1, 2, 1, 1, 2, 1]),
            Edition::Edition2024 => Features([0, 1, 1, 1, 2, 1, 1, 1, 2]),
        }
    }

    /// These with what inner options set: their features are in the field of this number.
    pub(super) fn with(mut self, options: Option<&Dyn>, number: u32) -> Self {
        if let Some(set) = options.and_then(|o| o.message(number)) {
            for i in 1..9 {
                if let Some(v) = set.int(i) {
                    self.0[i as usize] = v;
                }
            }
        }
        self
    }

    pub(super) fn is(self, feature: u32, value: u64) -> bool {
        self.0[feature as usize] == value
    }
}
