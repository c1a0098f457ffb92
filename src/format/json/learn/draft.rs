//! What documents have in common so far: a guess, and nothing depends on its being right.

use crate::json::{Object, Value};

/// Names that an object may have: with more it is a map of data.
pub(super) const NAMES: usize = 256;
/// Bytes of a name.
const NAME_BYTES: usize = 100;
/// Items of an array that are looked at.
const ITEMS: usize = 16;

/// What has stood at a place.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Draft {
    /// Nothing, or null.
    #[default]
    Unknown,
    /// Values of several kinds, or objects without names of their own.
    Any,
    Text,
    Number,
    Boolean,
    List(Box<Draft>),
    Object(Names),
}

/// The names of an object.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Names {
    list: Vec<Name>,
    /// Objects that were met, and their names in all.
    objects: usize,
    met: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Name {
    pub(super) text: String,
    pub(super) value: Draft,
    /// The names, by place, that have stood before this one.
    before: [u64; NAMES / 64],
}

impl Draft {
    /// Looks at one more value, and no deeper than so many levels.
    pub(super) fn learn(&mut self, value: &Value, levels: usize) {
        if *self == Draft::Unknown {
            *self = match value {
                Value::Null => return,
                Value::Bool(_) => Draft::Boolean,
                Value::Number(_) => Draft::Number,
                Value::String(_) => Draft::Text,
                Value::Array(_) => Draft::List(Box::default()),
                Value::Object(_) => Draft::Object(Names::default()),
            };
        }
        match (&mut *self, value) {
            (Draft::List(item), Value::Array(items)) if levels > 0 => {
                items.iter().take(ITEMS).for_each(|v| item.learn(v, levels - 1));
            }
            (Draft::Object(names), Value::Object(entries)) if levels > 0 => {
                if !names.learn(entries, levels - 1) {
                    *self = Draft::Any;
                }
            }
            (Draft::Text, Value::String(_))
            | (Draft::Number, Value::Number(_))
            | (Draft::Boolean, Value::Bool(_))
            | (_, Value::Null) => {}
            _ => *self = Draft::Any,
        }
    }

    /// How many of an object's names are known here.
    pub(super) fn knows(&self, entries: &Object) -> usize {
        match self {
            Draft::Object(names) => entries.iter().filter(|(name, _)| names.place(name).is_some()).count(),
            _ => 0,
        }
    }
}

impl Names {
    fn place(&self, name: &str) -> Option<usize> {
        self.list.iter().position(|known| known.text == name)
    }

    /// False where the names prove to be data.
    fn learn(&mut self, entries: &Object, levels: usize) -> bool {
        let mut earlier = [0; NAMES / 64];
        for (name, value) in entries.iter() {
            let place = self.place(name).unwrap_or(self.list.len());
            if place == self.list.len() {
                if place == NAMES || name.len() > NAME_BYTES {
                    return false;
                }
                self.list.push(Name {
                    text: name.to_owned(),
                    value: Draft::Unknown,
                    before: [0; NAMES / 64],
                });
            }
            let known = &mut self.list[place];
            known.before.iter_mut().zip(&earlier).for_each(|(all, seen)| *all |= seen);
            known.value.learn(value, levels);
            earlier[place / 64] |= 1 << (place % 64);
        }
        self.objects += 1;
        self.met += entries.len();
        // New names again and again: after some objects there are far more than one has.
        self.objects < 4 || self.list.len() <= 3 * self.met / self.objects + 2
    }

    /// The names in an order that all objects so far have kept, if there is one.
    pub(super) fn in_order(&self) -> Option<Vec<&Name>> {
        let mut placed = [0u64; NAMES / 64];
        let mut order = Vec::with_capacity(self.list.len());
        while order.len() < self.list.len() {
            let ready = |(place, name): &(usize, &Name)| {
                placed[place / 64] & 1 << (place % 64) == 0
                    && name.before.iter().zip(&placed).all(|(before, placed)| before & !placed == 0)
            };
            let (place, name) = self.list.iter().enumerate().find(ready)?;
            placed[place / 64] |= 1 << (place % 64);
            order.push(name);
        }
        Some(order)
    }
}
