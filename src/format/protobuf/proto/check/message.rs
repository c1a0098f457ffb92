//! Messages: numbers and names of fields, reserved and extension ranges.

use super::super::super::features::Edition;
use super::super::super::numbers::{MAX_FIELD, MAX_TYPE_ID, features_in};
use super::super::ast::{Message, Range, Visibility};
use super::super::features::{self, Features};
use super::{Check, style};
use crate::error::{Error, escape};
use crate::map::{IndexMap, IndexSet};
use crate::order::by_numbers;

impl Check<'_> {
    pub(super) fn message(&self, m: &Message, outer: Features, top: bool) -> Result<(), Error> {
        let options = self.options_of(&m.options);
        let features = self.features_of(outer, options, features_in::MESSAGE, m.at)?;
        let message_set = options.and_then(|o| o.int(1)) == Some(1);
        if !m.map_entry {
            self.style(features, m.at, &m.name, style::Case::Title)?;
            self.visibility_rules(m.visibility, m.at, features, top)?;
        }
        if options.is_some_and(|o| o.has(7)) {
            return self.fail(m.at, "no option `map_entry` (map fields make their entries)", "it");
        }
        self.numbers(m)?;
        self.ranges(m, message_set)?;
        self.reserved_names(m)?;
        if message_set {
            if !m.fields.is_empty() {
                return self.fail(m.at, "a message set without fields", "some");
            }
            if self.edition() == Edition::Proto3 {
                return self.fail(m.at, "no message set in proto3", "one");
            }
        }
        for o in m.oneofs.iter().filter(|o| !o.synthetic) {
            let options = self.options_of(&o.options);
            let inner = self.features_of(features, options, features_in::ONEOF, o.at)?;
            self.style(inner, o.at, &o.name, style::Case::Snake)?;
        }
        for f in &m.fields {
            self.field(f, Some(m), features)?;
        }
        for f in &m.extensions {
            self.field(f, None, features)?;
        }
        self.json_names(m, features)?;
        self.entries(m)?;
        for n in &m.messages {
            self.message(n, features, false)?;
        }
        m.enums.iter().try_for_each(|e| self.enumeration_in(e, features, false))
    }

    fn numbers(&self, m: &Message) -> Result<(), Error> {
        let mut seen = IndexMap::new();
        for f in &m.fields {
            self.number(f)?;
            if seen.insert(f.number, &f.name).is_some() {
                let found = format!("{} twice", f.number);
                return self.fail(f.number_at, "each field number once", &found);
            }
            let inside = |r: &Range| (r.start..=r.end).contains(&f.number);
            if m.reserved.iter().any(inside) {
                return self.fail(f.number_at, "a field number that is not reserved", "a reserved one");
            }
            if m.ranges.iter().any(|r| inside(&r.range)) {
                return self.fail(
                    f.number_at,
                    "a field number outside the extension ranges",
                    "one of theirs",
                );
            }
        }
        Ok(())
    }

    fn ranges(&self, m: &Message, message_set: bool) -> Result<(), Error> {
        let max = if message_set { MAX_TYPE_ID } else { MAX_FIELD };
        if let (Some(r), Edition::Proto3) = (m.ranges.first(), self.edition()) {
            return self.fail(r.range.at, "no extension range in proto3", "one");
        }
        let extensions = m.ranges.iter().map(|r| &r.range);
        let all: Vec<(&Range, bool)> =
            m.reserved.iter().map(|r| (r, false)).chain(extensions.map(|r| (r, true))).collect();
        for (r, extension) in &all {
            if r.start <= 0 || r.end < r.start {
                return self.fail(r.at, "a range from 1 that rises", "another");
            }
            if *extension && r.end > max {
                return self.fail(r.at, &format!("numbers up to {max}"), "a higher one");
            }
        }
        let mut sorted: Vec<&Range> = all.iter().map(|(r, _)| *r).collect();
        by_numbers(&mut sorted, |r| (r.start, r.end));
        for pair in sorted.windows(2) {
            if pair[1].start <= pair[0].end {
                return self.fail(pair[1].at, "ranges that don't overlap", "two that do");
            }
        }
        for r in &m.ranges {
            let options = self.options_of(&r.options);
            self.known_features(options, features_in::RANGE, r.range.at)?;
            self.declarations(r)?;
        }
        Ok(())
    }

    fn reserved_names(&self, m: &Message) -> Result<(), Error> {
        let mut names = IndexSet::new();
        for (at, name) in &m.reserved_names {
            if !names.insert(name.as_str()) {
                return Err(self.twice(*at, "reserved name", name));
            }
        }
        match m.fields.iter().find(|f| names.contains(f.name.as_str())) {
            Some(f) => {
                let found = format!("`{}`", escape(&f.name));
                self.fail(f.at, "a field name that is not reserved", &found)
            }
            None => Ok(()),
        }
    }

    /// Nested types may be exported only where the file's rule lets them.
    fn visibility_rules(&self, v: Visibility, at: usize, features: Features, top: bool) -> Result<(), Error> {
        let strict = features.is(features::VISIBILITY, features::STRICT);
        if strict && !top && v == Visibility::Export {
            return self.fail(at, "no nested `export` where visibility is `STRICT`", "one");
        }
        Ok(())
    }
}
