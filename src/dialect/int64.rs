//! 64-bit integers: how they appear, in general and at some paths.

use serde::de::{Deserializer, Error as _};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// How 64-bit integers appear.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Int64 {
    /// Digits in JSON text, always a bigint in JavaScript.
    Bigint,
    /// A number; an integer that it would round is an error.
    Number,
    /// Digits in JSON text; in JavaScript a number when exact, else a bigint.
    Auto,
    /// A string of digits.
    String,
}

/// The option as it is configured: a word, or `{ "default": word, "paths": { "$.items[].id": word } }`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Int64Option {
    /// Where no path says otherwise; the dialect's, if absent.
    pub default: Option<Int64>,
    /// At some paths.
    pub paths: Paths,
}

impl<'de> Deserialize<'de> for Int64Option {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Document {
            default: Option<Int64>,
            #[serde(default)]
            paths: BTreeMap<String, Int64>,
        }
        let document = match serde_json::Value::deserialize(deserializer)? {
            word @ serde_json::Value::String(_) => {
                let default = Some(Int64::deserialize(word).map_err(D::Error::custom)?);
                return Ok(Int64Option { default, paths: Paths::default() });
            }
            other => Document::deserialize(other).map_err(D::Error::custom)?,
        };
        let mut paths = Paths::default();
        for (path, mode) in document.paths {
            paths.add(&path, mode).ok_or_else(|| {
                D::Error::custom("expected paths such as `$.id`, `$.items[].id` and `$.counts{}` in `int64`")
            })?;
        }
        Ok(Int64Option { default: document.default, paths })
    }
}

/// The paths at which 64-bit integers appear otherwise than in general, as a tree of their steps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paths {
    places: Vec<Steps>,
}

/// A place in the tree. A plan's compiler goes from place to place as it goes into the schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Place(u32);

impl Place {
    /// Where no path leads.
    pub const NOWHERE: Place = Place(u32::MAX);
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Steps {
    fields: HashMap<Box<str>, Place>,
    items: Option<Place>,
    entries: Option<Place>,
    mode: Option<Int64>,
}

enum Step {
    Field(Box<str>),
    Items,
    Entries,
}

impl Paths {
    /// The place of a whole value.
    pub fn root(&self) -> Place {
        if self.places.is_empty() { Place::NOWHERE } else { Place(0) }
    }

    /// The place of a field, by the name under which it appears.
    pub fn field(&self, at: Place, name: &str) -> Place {
        self.steps(at).and_then(|steps| steps.fields.get(name)).copied().unwrap_or(Place::NOWHERE)
    }

    /// The place of an array's items.
    pub fn items(&self, at: Place) -> Place {
        self.steps(at).and_then(|steps| steps.items).unwrap_or(Place::NOWHERE)
    }

    /// The place of a map's values.
    pub fn entries(&self, at: Place) -> Place {
        self.steps(at).and_then(|steps| steps.entries).unwrap_or(Place::NOWHERE)
    }

    /// What is said of a place.
    pub fn mode(&self, at: Place) -> Option<Int64> {
        self.steps(at)?.mode
    }

    fn steps(&self, at: Place) -> Option<&Steps> {
        self.places.get(at.0 as usize)
    }

    /// Adds a path; `None` for what is none.
    fn add(&mut self, path: &str, mode: Int64) -> Option<()> {
        let steps = steps(path)?;
        if self.places.is_empty() {
            self.places.push(Steps::default());
        }
        let mut at = 0;
        for step in steps {
            let next = Place(self.places.len() as u32);
            let here = &mut self.places[at];
            let to = match step {
                Step::Field(name) => *here.fields.entry(name).or_insert(next),
                Step::Items => *here.items.get_or_insert(next),
                Step::Entries => *here.entries.get_or_insert(next),
            };
            if to == next {
                self.places.push(Steps::default());
            }
            at = to.0 as usize;
        }
        self.places[at].mode = Some(mode);
        Some(())
    }
}

/// `$`, then `.name` or `["name"]` for a field, `[]` for each item, `{}` for each value of a map.
fn steps(path: &str) -> Option<Vec<Step>> {
    let mut rest = path.strip_prefix('$')?;
    let mut steps = Vec::new();
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix("[]") {
            steps.push(Step::Items);
            rest = after;
        } else if let Some(after) = rest.strip_prefix("{}") {
            steps.push(Step::Entries);
            rest = after;
        } else if let Some(after) = rest.strip_prefix('[') {
            let mut names = serde_json::Deserializer::from_str(after).into_iter::<String>();
            let name = names.next()?.ok()?;
            rest = after.get(names.byte_offset()..)?.strip_prefix(']')?;
            steps.push(Step::Field(name.into()));
        } else {
            let after = rest.strip_prefix('.')?;
            let end = after.find(['.', '[', '{']).unwrap_or(after.len());
            let (name, after) = after.split_at(end);
            if name.is_empty() {
                return None;
            }
            steps.push(Step::Field(name.into()));
            rest = after;
        }
    }
    Some(steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn option(text: &str) -> Result<Int64Option, String> {
        serde_json::from_str(text).map_err(|e| e.to_string())
    }

    #[test]
    fn paths_lead_to_their_places_and_nowhere_else() {
        let text = r#"{"default":"auto","paths":{"$.id":"string","$.items[][\"a.b\"]":"number","$.counts{}":"bigint","$":"number"}}"#;
        let Int64Option { default, paths } = option(text).expect("an option");
        assert_eq!(default, Some(Int64::Auto));
        let root = paths.root();
        let items = paths.items(paths.field(root, "items"));
        assert_eq!(paths.mode(root), Some(Int64::Number));
        assert_eq!(paths.mode(paths.field(root, "id")), Some(Int64::String));
        assert_eq!(paths.mode(paths.field(items, "a.b")), Some(Int64::Number));
        assert_eq!(paths.mode(paths.entries(paths.field(root, "counts"))), Some(Int64::Bigint));
        for nowhere in
            [paths.field(root, "other"), paths.items(root), paths.field(items, "a"), Place::NOWHERE]
        {
            assert_eq!(paths.mode(nowhere), None);
        }
        assert_eq!(Paths::default().root(), Place::NOWHERE);
        assert_eq!(option("\"string\"").expect("a word").default, Some(Int64::String));
    }

    #[test]
    fn what_is_no_path_is_refused() {
        for path in ["", "id", "$id", "$.", "$..a", "$[0]", "$[", "$[\"a\"", "$.a{", "$.a{0}", "$[a]"] {
            let text = serde_json::json!({ "paths": { path: "number" } }).to_string();
            assert!(option(&text).is_err_and(|e| e.contains("$.items[].id")), "{path}");
        }
        assert!(option(r#"{"path":{}}"#).is_err());
        assert!(option("\"float\"").is_err());
        assert!(option("1").is_err());
    }
}
