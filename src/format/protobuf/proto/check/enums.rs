//! Enums: their first value, numbers that are shared, reserved ones.

use super::super::super::features::Edition;
use super::super::super::numbers::features_in;
use super::super::ast::{Enum, Visibility};
use super::super::features::{self, CLOSED, ENUM_TYPE, Features};
use super::super::parse::entry_name;
use super::{Check, style};
use crate::error::{Error, escape};
use crate::map::{IndexMap, IndexSet};
use crate::order::by_numbers;

impl Check<'_> {
    pub(super) fn enumeration(&self, e: &Enum, outer: Features) -> Result<(), Error> {
        self.enumeration_in(e, outer, true)
    }

    pub(super) fn enumeration_in(&self, e: &Enum, outer: Features, top: bool) -> Result<(), Error> {
        let options = self.options_of(&e.options);
        let features = self.features_of(outer, options, features_in::ENUM, e.at)?;
        self.style(features, e.at, &e.name, style::Case::Title)?;
        let Some(first) = e.values.first() else {
            return self.fail(e.at, "a value in the enum", "none");
        };
        if first.number != 0 && !features.is(ENUM_TYPE, CLOSED) {
            return self.fail(first.at, "0 as the first value of an open enum", "another");
        }
        if features.is(features::VISIBILITY, features::STRICT) && !top && e.visibility == Visibility::Export {
            return self.fail(e.at, "no nested `export` where visibility is `STRICT`", "one");
        }
        self.aliases(e)?;
        self.enum_reserved(e)?;
        self.enum_json(e, features)?;
        for v in &e.values {
            let options = self.options_of(&v.options);
            let inner = self.features_of(features, options, features_in::ENUM_VALUE, v.at)?;
            self.style(inner, v.at, &v.name, style::Case::Screaming)?;
        }
        Ok(())
    }

    fn aliases(&self, e: &Enum) -> Result<(), Error> {
        let allowed = self.options_of(&e.options).and_then(|o| o.int(2)) == Some(1);
        let mut seen = IndexSet::new();
        let shared = e.values.iter().find(|v| !seen.insert(v.number));
        match shared {
            Some(v) if !allowed => {
                let error = self.error(v.at, "each number once", &format!("{} twice", v.number));
                Err(error.with_hint("`option allow_alias = true;` lets names share a number"))
            }
            None if allowed => {
                self.fail(e.at, "names that share a number where `allow_alias` is set", "none")
            }
            _ => Ok(()),
        }
    }

    fn enum_reserved(&self, e: &Enum) -> Result<(), Error> {
        let mut ranges: Vec<_> = e.reserved.iter().collect();
        by_numbers(&mut ranges, |r| (r.start, r.end));
        for r in &ranges {
            if r.end < r.start {
                return self.fail(r.at, "a range that rises", "another");
            }
            if let Some(v) = e.values.iter().find(|v| (r.start..=r.end).contains(&i64::from(v.number))) {
                return self.fail(v.at, "a number that is not reserved", "a reserved one");
            }
        }
        if let Some(pair) = ranges.windows(2).find(|p| p[1].start <= p[0].end) {
            return self.fail(pair[1].at, "ranges that don't overlap", "two that do");
        }
        let mut names = IndexSet::new();
        for (at, name) in &e.reserved_names {
            if !names.insert(name.as_str()) {
                return Err(self.twice(*at, "reserved name", name));
            }
        }
        match e.values.iter().find(|v| names.contains(v.name.as_str())) {
            Some(v) => self.fail(v.at, "a name that is not reserved", &format!("`{}`", escape(&v.name))),
            None => Ok(()),
        }
    }

    /// Where JSON is allowed, values must differ without the enum's name before them, in PascalCase.
    fn enum_json(&self, e: &Enum, features: Features) -> Result<(), Error> {
        let strict = if self.editions() {
            features.is(features::JSON, features::ALLOW)
        } else {
            self.edition() == Edition::Proto3
        };
        let legacy = self.options_of(&e.options).and_then(|o| o.int(6)) == Some(1);
        if !strict || legacy {
            return Ok(());
        }
        let prefix: String = e.name.chars().filter(|c| *c != '_').map(|c| c.to_ascii_lowercase()).collect();
        let mut seen: IndexMap<String, i32> = IndexMap::new();
        for v in &e.values {
            let stripped = strip(&v.name, &prefix);
            let key = entry_name(&stripped.to_ascii_lowercase());
            if seen.insert(key, v.number).is_some_and(|number| number != v.number) {
                let found = format!("`{}` and another that differ by case or prefix", escape(&v.name));
                return self.fail(v.at, "values whose names differ without the enum's name", &found);
            }
        }
        Ok(())
    }
}

/// A value's name without the enum's, whatever underscores are in it.
fn strip<'a>(name: &'a str, prefix: &str) -> &'a str {
    let mut wanted = prefix.chars();
    let mut rest = name.char_indices();
    loop {
        let before = wanted.clone();
        let Some(want) = wanted.next() else { break };
        match rest.next() {
            Some((_, '_')) => wanted = before,
            Some((_, c)) if c.to_ascii_lowercase() == want => {}
            _ => return name,
        }
    }
    let tail = rest.as_str().trim_start_matches('_');
    if tail.is_empty() { name } else { tail }
}
