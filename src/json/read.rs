//! Reads documents whose members are known, such as the configuration: what is wrong is told with its place.

use super::{Object, Value};
use std::borrow::Cow;

/// Values that documents call by names.
pub(crate) trait Word: Copy + PartialEq + 'static {
    /// The values with their names.
    const WORDS: &'static [(&'static str, Self)];

    /// The name of a value.
    fn name(self) -> &'static str {
        Self::WORDS.iter().find(|(_, value)| *value == self).map_or("", |(name, _)| *name)
    }
}

/// What stands where something else was expected.
#[derive(Debug)]
pub(crate) struct Wrong {
    pub(crate) expected: Cow<'static, str>,
    pub(crate) place: String,
    /// It may be text of the document.
    pub(crate) found: String,
}

impl Wrong {
    #[cold]
    pub(crate) fn new(expected: impl Into<Cow<'static, str>>, place: &str, found: &str) -> Self {
        Wrong { expected: expected.into(), place: place.to_owned(), found: found.to_owned() }
    }
}

/// A value and its place.
pub(crate) struct Part {
    pub(crate) value: Value,
    pub(crate) place: String,
}

/// The members of an object, taken one by one.
pub(crate) struct Members {
    object: Object,
    pub(crate) place: String,
}

impl Part {
    pub(crate) fn new(value: Value, place: &str) -> Self {
        Part { value, place: place.to_owned() }
    }

    #[cold]
    pub(crate) fn wrong(&self, expected: impl Into<Cow<'static, str>>) -> Wrong {
        Wrong::new(expected, &self.place, self.value.kind())
    }

    pub(crate) fn value(self) -> Result<Value, Wrong> {
        Ok(self.value)
    }

    pub(crate) fn members(self) -> Result<Members, Wrong> {
        match self.value {
            Value::Object(object) => Ok(Members { object, place: self.place }),
            _ => Err(self.wrong("an object")),
        }
    }

    pub(crate) fn text(self) -> Result<String, Wrong> {
        match self.value {
            Value::String(text) => Ok(text),
            _ => Err(self.wrong("a string")),
        }
    }

    pub(crate) fn flag(self) -> Result<bool, Wrong> {
        self.value.as_bool().ok_or_else(|| self.wrong("true or false"))
    }

    pub(crate) fn size(self) -> Result<usize, Wrong> {
        let size = self.value.as_u64().and_then(|n| usize::try_from(n).ok());
        size.ok_or_else(|| self.wrong("a whole number"))
    }

    pub(crate) fn items(self) -> Result<Vec<Value>, Wrong> {
        match self.value {
            Value::Array(items) => Ok(items),
            _ => Err(self.wrong("an array")),
        }
    }

    /// A list of parts of one kind.
    pub(crate) fn list<T>(self, read: impl Fn(Part) -> Result<T, Wrong>) -> Result<Vec<T>, Wrong> {
        let place = self.place.clone();
        let items = (0..).zip(self.items()?);
        items.map(|(i, value)| read(Part { value, place: format!("{place}[{i}]") })).collect()
    }

    /// A value by its name.
    pub(crate) fn word<T: Word>(self) -> Result<T, Wrong> {
        let names = || T::WORDS.iter().map(|(name, _)| *name);
        let place = self.value.as_str().and_then(|text| names().position(|name| name == text));
        match place.and_then(|i| T::WORDS.get(i)) {
            Some((_, value)) => Ok(*value),
            None => Err(self.no_word(&mut names())),
        }
    }

    #[cold]
    fn no_word(&self, names: &mut dyn Iterator<Item = &str>) -> Wrong {
        let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
        let mut wrong = self.wrong(format!("one of {}", names.join(", ")));
        if let Value::String(text) = &self.value {
            wrong.found = format!("`{text}`");
        }
        wrong
    }
}

impl Members {
    /// Takes a member out.
    pub(crate) fn take(&mut self, name: &str) -> Option<Part> {
        let value = self.object.take(name)?;
        Some(Part { value, place: format!("{}.{name}", self.place) })
    }

    /// Reads a member that may be absent.
    pub(crate) fn read<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(Part) -> Result<T, Wrong>,
    ) -> Result<Option<T>, Wrong> {
        self.take(name).map(read).transpose()
    }

    /// Reads a member that may be absent or null.
    pub(crate) fn optional<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(Part) -> Result<T, Wrong>,
    ) -> Result<Option<T>, Wrong> {
        self.take(name).filter(|part| part.value != Value::Null).map(read).transpose()
    }

    /// Reads a member that must be there.
    pub(crate) fn required<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(Part) -> Result<T, Wrong>,
    ) -> Result<T, Wrong> {
        let part = self.take(name);
        part.ok_or_else(|| Wrong::new(format!("`{name}`"), &self.place, "none")).and_then(read)
    }

    /// What is left, with their names.
    pub(crate) fn rest(self) -> Object {
        self.object
    }

    /// No other members may be left.
    pub(crate) fn end(self) -> Result<(), Wrong> {
        match self.object.iter().next() {
            Some((name, _)) => Err(Wrong::new("members that are known", &self.place, &format!("`{name}`"))),
            None => Ok(()),
        }
    }
}
