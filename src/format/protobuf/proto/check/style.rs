//! The naming style that edition 2024 enforces, unless a feature says otherwise.

use super::super::features::{Features, STYLE, STYLE2024};
use super::Check;
use crate::error::{Error, escape};

/// How a kind of name is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    /// TitleCase.
    Title,
    /// lower_snake_case.
    Snake,
    /// UPPER_SNAKE_CASE.
    Screaming,
}

/// Whether a name is written so.
pub(super) fn is(name: &str, case: Case) -> bool {
    let parts = || {
        // An underscore stands before a letter: what follows it could not be told apart otherwise.
        name.split('_').skip(1).all(|p| p.starts_with(|c: char| c.is_ascii_alphabetic()))
            && !name.starts_with('_')
    };
    match case {
        Case::Title => {
            name.starts_with(|c: char| c.is_ascii_uppercase())
                && name.chars().all(|c| c.is_ascii_alphanumeric())
        }
        Case::Snake => {
            name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_') && parts()
        }
        Case::Screaming => {
            name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_') && parts()
        }
    }
}

impl Check<'_> {
    pub(super) fn style(&self, features: Features, at: usize, name: &str, case: Case) -> Result<(), Error> {
        if !features.is(STYLE, STYLE2024) || is(name, case) {
            return Ok(());
        }
        let expected = match case {
            Case::Title => "a name in TitleCase",
            Case::Snake => "a name in lower_snake_case",
            Case::Screaming => "a name in UPPER_SNAKE_CASE",
        };
        let error = self.error(at, expected, &format!("`{}`", escape(name)));
        Err(error.with_hint(
            "edition 2024 wants it; `option features.enforce_naming_style = STYLE_LEGACY;` doesn't",
        ))
    }
}
