//! What a run over a corpus counts, and the differences that it tells.

use std::collections::{BTreeMap, HashSet};

/// How many differences of a kind are told.
const TOLD: usize = 40;

/// The counts that are told.
#[derive(Default)]
pub(super) struct Counts {
    pub(super) numbers: BTreeMap<&'static str, u64>,
    not_compared: BTreeMap<&'static str, u64>,
    pub(super) differences: BTreeMap<&'static str, Vec<String>>,
    /// Resolutions that differ and that docs/avro-differences.md does not name.
    pub(super) unlisted: Vec<String>,
}

const NAMES: [&str; 13] = [
    "cases",
    "schemas_accepted",
    "schemas_rejected",
    "canonical_equal",
    "canonical_differ",
    "fingerprint_equal",
    "fingerprint_differ",
    "plain_equal",
    "plain_differ",
    "resolve_agree",
    "resolve_differ",
    "truncated_tried",
    "truncated_accepted",
];

impl Counts {
    pub(super) fn add(&mut self, name: &'static str, n: usize) {
        *self.numbers.entry(name).or_default() += n as u64;
    }

    pub(super) fn skip(&mut self, reason: &'static str) {
        *self.not_compared.entry(reason).or_default() += 1;
    }

    /// Counts under one of two names; a difference is kept to be told.
    pub(super) fn judge(&mut self, id: &str, names: [&'static str; 2], difference: Option<String>) {
        match difference {
            None => self.add(names[0], 1),
            Some(why) => {
                self.add(names[1], 1);
                self.differences.entry(names[1]).or_default().push(format!("{id}: {why}"));
            }
        }
    }

    /// Finds the resolutions that differ and aren't listed.
    pub(super) fn compare_with(&mut self, listed: &HashSet<String>) {
        let differ = self.differences.get("resolve_differ").into_iter().flatten();
        let unlisted = differ.filter(|d| !d.split_once(": ").is_some_and(|(id, _)| listed.contains(id)));
        self.unlisted = unlisted.cloned().collect();
    }

    /// The last line: the counts by the names that are promised, and what was not compared.
    pub(super) fn json(&self) -> String {
        let mut object = serde_json::Map::new();
        for name in NAMES {
            object.insert(name.into(), self.numbers.get(name).copied().unwrap_or(0).into());
        }
        for name in ["compatibility_agree", "compatibility_differ"] {
            object.insert(name.into(), self.numbers.get(name).copied().unwrap_or(0).into());
        }
        let lenient = self.numbers.get("lenient_utf8").copied().unwrap_or(0);
        object.insert("resolve_unlisted".into(), self.unlisted.len().into());
        object.insert("lenient_utf8".into(), lenient.into());
        object.insert("not_compared".into(), self.not_compared.values().sum::<u64>().into());
        let reasons = self.not_compared.iter().map(|(k, v)| ((*k).to_owned(), (*v).into())).collect();
        object.insert("not_compared_reasons".into(), serde_json::Value::Object(reasons));
        serde_json::Value::Object(object).to_string()
    }

    pub(super) fn print(&self) {
        for (name, list) in &self.differences {
            println!("{name}: {}", list.len());
            for line in list.iter().take(TOLD) {
                println!("  {}", line.chars().take(400).collect::<String>());
            }
            let ids: Vec<&str> =
                list.iter().skip(TOLD).filter_map(|l| l.split_once(": ").map(|p| p.0)).collect();
            if !ids.is_empty() {
                println!("  and {}", ids.join(" "));
            }
        }
        println!("resolve_differ, not in docs/avro-differences.md: {}", self.unlisted.len());
        for line in &self.unlisted {
            println!("  {}", line.chars().take(400).collect::<String>());
        }
        for (name, n) in &self.numbers {
            println!("{n:>9}  {name}");
        }
        for (reason, n) in &self.not_compared {
            println!("{n:>9}  not compared: {reason}");
        }
        println!("{}", self.json());
    }
}
