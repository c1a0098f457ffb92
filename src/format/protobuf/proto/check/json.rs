//! JSON names: given or made from the fields' names, each once in a message where JSON is allowed.

use super::super::super::features::Edition;
use super::super::super::names::json_name;
use super::super::super::numbers::kind::{self, ENUM};
use super::super::ast::{Field, Message};
use super::super::features::{self, Features};
use super::Check;
use crate::error::{Error, escape};
use crate::map::IndexMap;

impl Check<'_> {
    pub(super) fn json_names(&self, m: &Message, features: Features) -> Result<(), Error> {
        for f in &m.extensions {
            self.no_json_name_on_extension(f)?;
        }
        for f in &m.fields {
            if let Some((at, name)) = &f.json_name {
                if name.starts_with('[') && name.ends_with(']') {
                    return self.fail(*at, "a JSON name without brackets around it", "one with them");
                }
                if name.contains('\0') {
                    return self.fail(*at, "a JSON name without NUL", "one with it");
                }
            }
        }
        let strict = if self.editions() {
            features.is(features::JSON, features::ALLOW)
        } else {
            self.edition() == Edition::Proto3
        };
        let legacy = self.options_of(&m.options).and_then(|o| o.int(11)) == Some(1);
        if legacy {
            return Ok(());
        }
        // Names that nobody gave conflict among themselves; where any are given, so do all names that count.
        for custom in [false, true] {
            let mut seen: IndexMap<String, bool> = IndexMap::new();
            for f in &m.fields {
                let made = json_name(&f.name);
                let given = f.json_name.as_ref().map(|(_, n)| n.clone()).filter(|n| *n != made);
                let is_given = custom && given.is_some();
                let name = given.filter(|_| custom).unwrap_or(made);
                if let Some(other) = seen.insert(name, is_given) {
                    // Outside of strict JSON only two names that were given are an error.
                    if strict || custom && is_given && other {
                        let found = format!("that of `{}` twice", escape(&f.name));
                        return self.fail(f.at, "each JSON name once", &found);
                    }
                }
            }
        }
        Ok(())
    }

    pub(super) fn no_json_name_on_extension(&self, f: &Field) -> Result<(), Error> {
        match &f.json_name {
            Some((at, _)) => self.fail(*at, "no `json_name` on an extension", "one"),
            None => Ok(()),
        }
    }

    /// The entries that map fields make must not meet other names.
    pub(super) fn entries(&self, m: &Message) -> Result<(), Error> {
        const NO_KEYS: [u8; 7] =
            [kind::DOUBLE, kind::FLOAT, kind::GROUP, kind::MESSAGE, kind::BYTES, ENUM, 0];
        for n in m.messages.iter().filter(|n| n.map_entry) {
            if let Some(key) = n.fields.first().filter(|k| NO_KEYS.contains(&k.kind)) {
                return self.fail(key.type_at, "a map key of an integer, bool or string type", "another");
            }
            let value = n.fields.get(1).filter(|v| v.kind == ENUM);
            let e = value.and_then(|v| Some((v, self.pool.enums.get(v.type_name.trim_start_matches('.'))?)));
            if let Some((v, e)) = e
                && e.values.first().is_some_and(|first| first.number != 0)
            {
                return self.fail(v.type_at, "an enum that begins with 0 as a map's value", "another");
            }
        }
        Ok(())
    }
}
