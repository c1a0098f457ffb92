//! Options by path.

use super::Int64;
use crate::json::Scan;
use crate::map::IndexMap;

/// What is said by path, as a tree of steps: where 64-bit integers appear otherwise than in general, and which parts of a
/// value are selected.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paths {
    places: Vec<Steps>,
    /// Whether there is a selection.
    selective: bool,
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
    fields: IndexMap<Box<str>, Place>,
    items: Option<Place>,
    entries: Option<Place>,
    mode: Option<Int64>,
    selected: Selected,
}

/// What a selection says of a place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Selected {
    #[default]
    Not,
    /// Some of what is inside.
    Within,
    Whole,
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

    /// Whether a selection leaves a field in its record: `at` is the place of the record, `field` that of the field. What
    /// a path leads to is there with all that it holds, and so is what a path doesn't fit, such as a text where it goes on
    /// to a field.
    pub fn wants(&self, at: Place, field: Place) -> bool {
        let selected = |at| self.steps(at).map(|steps| steps.selected);
        let whole = !self.selective || !matches!(selected(at), Some(Selected::Within));
        whole || selected(field).is_some_and(|selected| selected != Selected::Not)
    }

    /// Says how integers at a path appear; `None` for what is no path.
    pub(super) fn appear(&mut self, path: &str, mode: Int64) -> Option<()> {
        let at = self.add(steps(path)?, |_| {});
        self.places[at].mode = Some(mode);
        Some(())
    }

    /// Selects what a path leads to, beside what other paths select; `None` for what is no path. `$.` may be left out.
    pub fn select(&mut self, path: &str) -> Option<()> {
        let steps = match path.as_bytes().first() {
            Some(b'$') => steps(path),
            Some(b'[' | b'{') => steps(&format!("${path}")),
            _ => steps(&format!("$.{path}")),
        }?;
        self.selective = true;
        let at = self.add(steps, |here| {
            if here.selected == Selected::Not {
                here.selected = Selected::Within;
            }
        });
        self.places[at].selected = Selected::Whole;
        Some(())
    }

    /// The place of steps, which is made where there is none, and `through` for those before it.
    fn add(&mut self, steps: Vec<Step>, through: impl Fn(&mut Steps)) -> usize {
        if self.places.is_empty() {
            self.places.push(Steps::default());
        }
        let mut at = 0;
        for step in steps {
            let next = Place(self.places.len() as u32);
            let here = &mut self.places[at];
            through(here);
            let to = match step {
                Step::Field(name) => *here.fields.or_insert_with(name, || next),
                Step::Items => *here.items.get_or_insert(next),
                Step::Entries => *here.entries.get_or_insert(next),
            };
            if to == next {
                self.places.push(Steps::default());
            }
            at = to.0 as usize;
        }
        at
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
            let mut scan = Scan::new(after);
            let name = scan.string()?;
            rest = after.get(scan.at()..)?.strip_prefix(']')?;
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

    fn selecting(list: &[&str]) -> Paths {
        let mut paths = Paths::default();
        list.iter().for_each(|path| paths.select(path).unwrap_or_else(|| panic!("{path}")));
        paths
    }

    #[test]
    fn a_selection_leaves_what_its_paths_lead_to() {
        let paths = selecting(&["id", "$.items[].sku", "whole", "whole.a", "[\"a.b\"].c"]);
        let root = paths.root();
        let field = |at, name| paths.field(at, name);
        for name in ["id", "items", "whole", "a.b"] {
            assert!(paths.wants(root, field(root, name)), "{name}");
        }
        assert!(!paths.wants(root, field(root, "other")));
        let items = paths.items(field(root, "items"));
        assert!(paths.wants(items, field(items, "sku")) && !paths.wants(items, field(items, "price")));
        let whole = field(root, "whole");
        assert!(paths.wants(whole, field(whole, "a")) && paths.wants(whole, field(whole, "b")));
        let id = field(root, "id");
        assert!(paths.wants(id, field(id, "anything")), "what a path leads to is whole");
        // A record where the path has an array's items.
        let odd = field(root, "items");
        assert!(!paths.wants(odd, field(odd, "sku")));
        assert!(paths.wants(Place::NOWHERE, Place::NOWHERE));
    }

    #[test]
    fn without_a_selection_everything_is_wanted() {
        let mut paths = Paths::default();
        assert!(paths.wants(paths.root(), paths.field(paths.root(), "a")));
        paths.appear("$.b", Int64::String).unwrap();
        assert!(paths.wants(paths.root(), paths.field(paths.root(), "a")));
        for path in ["", "$", "a..b", "a[0]", "a["] {
            let selected = Paths::default().select(path);
            assert_eq!(selected.is_some(), path == "$", "{path}");
        }
    }
}
