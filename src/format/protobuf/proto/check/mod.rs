//! The rules that protoc checks once names are resolved and options interpreted.

mod enums;
mod extension;
mod field;
mod json;
mod message;
mod options;
mod style;

use super::super::features::Edition;
use super::super::numbers::features_in;
use super::ast::{File, How, Options};
use super::dynamic::{Dyn, Val};
use super::features::{self, Features};
use super::options::Pool;
use crate::error::{Error, escape};

pub(super) use extension::extensions;
pub(super) use options::options;

/// Checks the declarations of one file.
pub(super) struct Check<'a> {
    pool: &'a Pool<'a>,
    file: usize,
    done: &'a [Dyn],
}

/// Checks a file; `imports` are the places of the files that it imports.
pub(super) fn file(pool: &Pool<'_>, file: usize, imports: &[usize], done: &[Dyn]) -> Result<(), Error> {
    let check = Check { pool, file, done };
    let f = &pool.files[file];
    let features = check.file_features(f);
    check.file_rules(f, imports)?;
    for m in &f.messages {
        check.message(m, features, true)?;
    }
    for e in &f.enums {
        check.enumeration(e, features)?;
    }
    for x in &f.extensions {
        check.field(x, None, features)?;
    }
    for s in &f.services {
        let options = check.options_of(&s.options);
        let features = check.features_of(features, options, features_in::SERVICE, s.at)?;
        check.style(features, s.at, &s.name, style::Case::Title)?;
        for m in &s.methods {
            let options = check.options_of(&m.options);
            let features = check.features_of(features, options, features_in::METHOD, m.at)?;
            check.style(features, m.at, &m.name, style::Case::Title)?;
        }
    }
    Ok(())
}

impl<'a> Check<'a> {
    fn error(&self, at: usize, expected: &str, found: &str) -> Error {
        self.pool.texts[self.file].error(at, expected, found)
    }

    fn fail<T>(&self, at: usize, expected: &str, found: &str) -> Result<T, Error> {
        Err(self.error(at, expected, found))
    }

    fn source(&self) -> &'a File {
        &self.pool.files[self.file]
    }

    fn edition(&self) -> Edition {
        self.source().edition
    }

    fn editions(&self) -> bool {
        self.edition() >= Edition::Edition2023
    }

    /// Interpreted options.
    fn options_of(&self, options: &Options) -> Option<&'a Dyn> {
        if options.id == 0 { None } else { self.done.get(options.id) }
    }

    fn file_features(&self, f: &File) -> Features {
        Features::defaults(f.edition).with(self.options_of(&f.options), features_in::FILE)
    }

    fn file_rules(&self, f: &File, imports: &[usize]) -> Result<(), Error> {
        const LITE: u64 = 3;
        let lite =
            |i: usize| self.options_of(&self.pool.files[i].options).and_then(|o| o.int(9)) == Some(LITE);
        if !lite(self.file) {
            let found = f.imports.iter().zip(imports).find(|(i, t)| i.how != How::Option && lite(**t));
            if let Some((import, _)) = found {
                return self.fail(import.at, "an import with the full runtime", "one with `LITE_RUNTIME`");
            }
        }
        let features = self.file_features(f);
        let options = self.options_of(&f.options);
        self.known_features(options, features_in::FILE, f.options.entries.first().map_or(0, |o| o.at))?;
        let at = f.options.entries.first().map_or(0, |o| o.at);
        if features.is(features::PRESENCE, features::LEGACY_REQUIRED) {
            return self.fail(at, "a presence other than `LEGACY_REQUIRED` for a whole file", "it");
        }
        if features.is(features::STYLE, features::STYLE2024) {
            let lower = |part: &str| style::is(part, style::Case::Snake);
            if !f.package.split('.').all(lower) && !f.package.is_empty() {
                return self.fail(f.package_at, "a package in lower_snake_case", "another");
            }
        }
        Ok(())
    }

    /// The features inside a declaration, those that its options set checked: they are in the field of this number.
    fn features_of(
        &self,
        outer: Features,
        options: Option<&Dyn>,
        number: u32,
        at: usize,
    ) -> Result<Features, Error> {
        self.known_features(options, number, at)?;
        Ok(outer.with(options, number))
    }

    /// Every feature that a declaration sets is known in its edition and has a value.
    fn known_features(&self, options: Option<&Dyn>, number: u32, at: usize) -> Result<(), Error> {
        let Some(set) = options.and_then(|o| o.message(number)) else { return Ok(()) };
        if !self.editions() {
            return self.fail(at, "features in editions only", "some");
        }
        for (n, v) in &set.fields {
            if *v == Val::Varint(0) && *n <= features::VISIBILITY {
                return self.fail(at, "a value of the feature", "the one for none");
            }
            if matches!(*n, features::STYLE | features::VISIBILITY) && self.edition() < Edition::Edition2024 {
                return self.fail(at, "a feature of the file's edition", "one of edition 2024");
            }
            if *n == 9 {
                return self.fail(at, "a feature of the file's edition", "one of a later edition");
            }
        }
        Ok(())
    }

    fn twice(&self, at: usize, what: &str, name: &str) -> Error {
        self.error(at, &format!("each {what} once"), &format!("`{}` twice", escape(name)))
    }
}
