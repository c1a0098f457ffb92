//! Fields: numbers, types, labels, defaults, and the features that fit them.

use super::super::super::features::Edition;
use super::super::super::numbers::kind::{self, ENUM, GROUP, MESSAGE};
use super::super::super::numbers::{KEPT, MAX_FIELD, features_in};
use super::super::ast::{Field, Label, Message};
use super::super::dynamic::Dyn;
use super::super::features::{
    CLOSED, ENCODING, ENUM_TYPE, Features, IMPLICIT, LEGACY_REQUIRED, PACKED, PRESENCE, REPEATED, UTF8,
};
use super::super::names::Wanted;
use super::{Check, style};
use crate::error::Error;

impl Check<'_> {
    pub(super) fn number(&self, f: &Field) -> Result<(), Error> {
        if f.number < 1 || f.number > MAX_FIELD {
            return self.fail(f.number_at, &format!("a field number from 1 to {MAX_FIELD}"), "another");
        }
        if KEPT.contains(&f.number) {
            return self.fail(
                f.number_at,
                "a field number outside 19000 to 19999, which Protobuf keeps",
                "one of these",
            );
        }
        Ok(())
    }

    /// A field of a message, or an extension where there is none.
    pub(super) fn field(&self, f: &Field, message: Option<&Message>, outer: Features) -> Result<(), Error> {
        let options = self.options_of(&f.options);
        let oneof = message.zip(f.oneof).and_then(|(m, i)| m.oneofs.get(i));
        let around = outer.with(oneof.and_then(|o| self.options_of(&o.options)), features_in::ONEOF);
        let features = self.features_of(around, options, features_in::FIELD, f.at)?;
        if !message.is_some_and(|m| m.map_entry) {
            // A group's name is its type's, in lower case: nobody chose it.
            let name = f.name.as_str();
            self.style(features, f.at, name, style::Case::Snake)?;
        }
        // What an entry's fields set, they have from their map field.
        if !message.is_some_and(|m| m.map_entry) {
            self.features_fit(f, message, options, features)?;
        }
        self.default_fits(f, message, features)?;
        self.types_fit(f, message, features)?;
        self.options_fit(f, options)
    }

    /// Numbers, booleans and enums.
    fn primitive(f: &Field) -> bool {
        !matches!(f.kind, kind::STRING | kind::BYTES | GROUP | MESSAGE)
    }

    fn is_map(&self, f: &Field) -> bool {
        f.label == Label::Repeated && self.pool.message_of(&f.type_name).is_some_and(|m| m.map_entry)
    }

    /// Rules about features that a field sets, or that it gets.
    fn features_fit(
        &self,
        f: &Field,
        message: Option<&Message>,
        options: Option<&Dyn>,
        features: Features,
    ) -> Result<(), Error> {
        let set = options.and_then(|o| o.message(features_in::FIELD));
        let sets = |feature| set.is_some_and(|s: &Dyn| s.has(feature));
        let repeated = f.label == Label::Repeated;
        let bad = |expected: &str| self.fail(f.at, expected, "another");
        if sets(PRESENCE) {
            if repeated {
                return bad("a singular field where presence is set");
            }
            if message.is_none() && !features.is(PRESENCE, 1) {
                return bad("an extension whose presence is left alone");
            }
            if f.oneof.is_some() {
                return bad("a field outside a oneof where presence is set");
            }
            if matches!(f.kind, MESSAGE | GROUP) && features.is(PRESENCE, IMPLICIT) {
                return bad("a field with a scalar type where presence is implicit");
            }
        }
        if message.is_none() && sets(PRESENCE) && features.is(PRESENCE, LEGACY_REQUIRED) {
            return bad("an extension that is not required");
        }
        if sets(REPEATED) {
            if !repeated {
                return bad("a repeated field where its encoding is set");
            }
            if !Self::primitive(f) && features.is(REPEATED, PACKED) {
                return bad("a field of numbers where packing is set");
            }
        }
        let map_of_strings = self.is_map(f)
            && self
                .pool
                .message_of(&f.type_name)
                .is_some_and(|m| m.fields.iter().any(|f| f.kind == kind::STRING));
        if sets(UTF8) && f.kind != kind::STRING && !map_of_strings {
            return bad("a string field where UTF-8 validation is set");
        }
        if sets(ENCODING) && (!matches!(f.kind, MESSAGE | GROUP) || self.is_map(f)) {
            return bad("a message field where message encoding is set");
        }
        Ok(())
    }

    fn default_fits(&self, f: &Field, message: Option<&Message>, features: Features) -> Result<(), Error> {
        let Some(default) = &f.default else { return Ok(()) };
        let at = f.default_at;
        if f.label == Label::Repeated {
            return self.fail(at, "no default for a repeated field", "one");
        }
        if matches!(f.kind, MESSAGE | GROUP) {
            return self.fail(at, "no default for a message", "one");
        }
        if self.edition() == Edition::Proto3 {
            return self.fail(at, "no default in proto3", "one");
        }
        if implicit(f, message, features) {
            return self.fail(at, "no default for a field of implicit presence", "one");
        }
        if f.kind == ENUM {
            let e = self.pool.enums.get(f.type_name.trim_start_matches('.'));
            if !e.is_some_and(|e| e.values.iter().any(|v| v.name == *default)) {
                return self.fail(at, "a value of the enum as its default", "another name");
            }
        }
        Ok(())
    }

    fn types_fit(&self, f: &Field, message: Option<&Message>, features: Features) -> Result<(), Error> {
        if f.kind == ENUM && (self.edition() == Edition::Proto3 || implicit(f, message, features)) {
            let closed = self.is_closed(&f.type_name);
            // A singular extension in proto3 has presence, so that it may be of any enum.
            if closed && (self.edition() == Edition::Proto3 && f.extendee.is_empty() || self.editions()) {
                return self.fail(f.type_at, "an open enum where presence is implicit", "a closed one");
            }
        }
        if matches!(f.kind, MESSAGE) && !self.is_map(f) {
            let entry = self.pool.message_of(&f.type_name).is_some_and(|m| m.map_entry);
            if entry {
                return self.fail(f.type_at, "a message that is no map's entry", "one that is");
            }
        }
        Ok(())
    }

    pub(super) fn is_closed(&self, type_name: &str) -> bool {
        let name = type_name.trim_start_matches('.');
        let Some(e) = self.pool.enums.get(name) else { return false };
        let Some((_, symbol)) = self.pool.names.resolve(type_name, "", self.file, Wanted::Option) else {
            return false;
        };
        let file = &self.pool.files[symbol.file];
        let mut features = self.file_features(file);
        // Features of the messages around it.
        let mut at = 0;
        while let Some(dot) = name[at..].find('.') {
            at += dot;
            if let Some(m) = self.pool.messages.get(&name[..at]) {
                features = features.with(self.options_of(&m.options), features_in::MESSAGE);
            }
            at += 1;
        }
        features.with(self.options_of(&e.options), features_in::ENUM).is(ENUM_TYPE, CLOSED)
    }

    /// Options of descriptor.proto that are for certain types.
    fn options_fit(&self, f: &Field, options: Option<&Dyn>) -> Result<(), Error> {
        let Some(o) = options else { return Ok(()) };
        let repeated = f.label == Label::Repeated;
        if let Some(packed) = o.int(2) {
            if self.editions() {
                return self.fail(f.at, "the feature `repeated_field_encoding` in editions", "`packed`");
            }
            if packed != 0 && !(repeated && Self::primitive(f)) {
                return self.fail(f.at, "a repeated field of numbers where `packed` is set", "another");
            }
        }
        let jstype = o.int(6).is_some_and(|v| v != 0);
        let wide = [kind::INT64, kind::UINT64, kind::FIXED64, kind::SFIXED64, kind::SINT64];
        if jstype && !wide.contains(&f.kind) {
            return self.fail(f.at, "a field of 64-bit integers where `jstype` is set", "another");
        }
        if o.int(5) == Some(1) && !matches!(f.kind, MESSAGE | GROUP) {
            return self.fail(f.at, "a message field where `lazy` is set", "another");
        }
        if let Some(ctype) = o.int(1) {
            if self.edition() >= Edition::Edition2024 {
                return self.fail(f.at, "no `ctype` in this edition", "it");
            }
            if self.editions() && !matches!(f.kind, kind::STRING | kind::BYTES) {
                return self.fail(f.at, "a string or bytes field where `ctype` is set", "another");
            }
            if self.editions() && ctype == 1 && f.kind == kind::STRING && !f.extendee.is_empty() {
                return self.fail(f.at, "no extension where `ctype` is `CORD`", "one");
            }
        }
        Ok(())
    }
}

/// Whether absent and default are one.
fn implicit(f: &Field, message: Option<&Message>, features: Features) -> bool {
    features.is(PRESENCE, IMPLICIT)
        && message.is_some()
        && f.label != Label::Repeated
        && f.oneof.is_none()
        && !f.proto3_optional
        && !matches!(f.kind, MESSAGE | GROUP)
}
