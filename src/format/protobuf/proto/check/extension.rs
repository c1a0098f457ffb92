//! Extensions: their numbers, and what the ranges of the extended message declare of them.

use super::super::super::features::Edition;
use super::super::super::numbers::KEPT;
use super::super::super::numbers::kind::{self, MESSAGE};
use super::super::super::scope::join;
use super::super::ast::{ExtensionRange, Field, Label, Message};
use super::super::dynamic::{Dyn, Val};
use super::super::options::Pool;
use super::Check;
use crate::error::Error;
use crate::map::{IndexMap, IndexSet};

/// Checks all extensions of all files: a number may be taken once.
pub(in super::super) fn extensions(pool: &Pool<'_>, done: &[Dyn]) -> Result<(), Error> {
    let mut taken: IndexMap<(&str, i64), usize> = IndexMap::new();
    for (i, f) in pool.files.iter().enumerate() {
        let check = Check { pool, file: i, done };
        let mut list: Vec<(String, &Field)> = f.extensions.iter().map(|x| (f.package.clone(), x)).collect();
        f.messages.iter().for_each(|m| nested(m, &f.package, &mut list));
        for (scope, x) in list {
            check.extension(x, &scope)?;
            if taken.insert((x.extendee.as_str(), x.number), i).is_some() {
                return check.fail(x.number_at, "each extension number once", "one twice");
            }
        }
    }
    Ok(())
}

fn nested<'a>(m: &'a Message, scope: &str, list: &mut Vec<(String, &'a Field)>) {
    let full = join(scope, &m.name);
    list.extend(m.extensions.iter().map(|x| (full.clone(), x)));
    m.messages.iter().for_each(|n| nested(n, &full, list));
}

/// A declaration in an extension range.
struct Declared<'a> {
    number: i64,
    full_name: &'a str,
    kind: &'a str,
    reserved: bool,
    repeated: bool,
}

fn text(d: &Dyn, number: u32) -> &str {
    match d.get(number) {
        Some(Val::Bytes(bytes)) => std::str::from_utf8(bytes).unwrap_or_default(),
        _ => "",
    }
}

fn declared(options: &Dyn) -> Vec<Declared<'_>> {
    let declarations = options.fields.iter().filter_map(|(n, v)| match v {
        Val::Message(d) if *n == 2 => Some(d),
        _ => None,
    });
    declarations
        .map(|d| Declared {
            number: d.int(1).map_or(0, |v| v as i64),
            full_name: text(d, 2),
            kind: text(d, 3),
            reserved: d.int(5) == Some(1),
            repeated: d.int(6) == Some(1),
        })
        .collect()
}

impl Check<'_> {
    fn extension(&self, x: &Field, scope: &str) -> Result<(), Error> {
        self.number_of_extension(x)?;
        self.no_json_name_on_extension(x)?;
        if x.label == Label::Required {
            return self.fail(x.at, "an extension that is not required", "one that is");
        }
        let Some(m) = self.pool.message_of(&x.extendee) else { return Ok(()) };
        let Some(range) = m.ranges.iter().find(|r| (r.range.start..=r.range.end).contains(&x.number)) else {
            return self.fail(x.number_at, "a number of the message's extension ranges", "another");
        };
        let options = x.extendee.strip_prefix(".google.protobuf.").is_some_and(|n| n.ends_with("Options"));
        if self.edition() == Edition::Proto3 && !options {
            return self.fail(x.extendee_at, "extensions of options only, in proto3", "another");
        }
        let set = self.options_of(&m.options).and_then(|o| o.int(1)) == Some(1);
        if set && (x.label != Label::Optional || x.kind != MESSAGE) {
            return self.fail(x.at, "an optional message as extension of a message set", "another");
        }
        self.as_declared(x, scope, range)
    }

    /// Message sets take higher numbers than fields.
    fn number_of_extension(&self, x: &Field) -> Result<(), Error> {
        if x.number < 1 {
            return self.fail(x.number_at, "a number from 1", "another");
        }
        if KEPT.contains(&x.number) {
            return self.fail(
                x.number_at,
                "a number outside 19000 to 19999, which Protobuf keeps",
                "one of these",
            );
        }
        Ok(())
    }

    fn as_declared(&self, x: &Field, scope: &str, range: &ExtensionRange) -> Result<(), Error> {
        let Some(options) = self.options_of(&range.options) else { return Ok(()) };
        let list = declared(options);
        // verification: DECLARATION is 0, UNVERIFIED 1, the default.
        let verified = options.int(3) == Some(0);
        let Some(d) = list.iter().find(|d| d.number == x.number) else {
            return match verified || !list.is_empty() {
                true => self.fail(x.at, "an extension that the message declares", "another"),
                false => Ok(()),
            };
        };
        if d.reserved {
            return self.fail(x.at, "an extension number that is not reserved", "a reserved one");
        }
        let name = format!(".{}", join(scope, &x.name));
        let kind = if x.type_name.is_empty() { kind::name(x.kind) } else { &x.type_name };
        if d.full_name != name || d.kind != kind || d.repeated != (x.label == Label::Repeated) {
            return self.fail(x.at, "an extension as the message declares it", "another");
        }
        Ok(())
    }

    /// Declarations of a range: numbers in it, names in full, each once.
    pub(super) fn declarations(&self, r: &ExtensionRange) -> Result<(), Error> {
        let Some(options) = self.options_of(&r.options) else { return Ok(()) };
        let list = declared(options);
        if list.is_empty() {
            return Ok(());
        }
        let fail = |expected: &str| self.fail(r.range.at, expected, "another");
        if options.int(3) == Some(1) {
            return fail("a range that is verified where it has declarations");
        }
        let (mut numbers, mut names) = (IndexSet::new(), IndexSet::new());
        for d in &list {
            if !(r.range.start..=r.range.end).contains(&d.number) {
                return fail("a declaration with a number of its range");
            }
            if !numbers.insert(d.number) || !d.full_name.is_empty() && !names.insert(d.full_name) {
                return fail("each declaration once");
            }
            let given = (!d.full_name.is_empty(), !d.kind.is_empty());
            if given.0 != given.1 || !d.reserved && !given.0 {
                return fail("a declaration with both name and type");
            }
            let full = |name: &str| name.strip_prefix('.').is_some_and(|n| n.split('.').all(is_ident));
            if given.0 && !full(d.full_name) {
                return fail("a declared name with a leading dot");
            }
            if given.1 && !(full(d.kind) || kind::scalar(d.kind) != 0) {
                return fail("a declared type: a scalar's, or a full name with a leading dot");
            }
        }
        Ok(())
    }
}

fn is_ident(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}
