//! Reads documents whose members are known, such as the configuration: what is wrong is told with its place.
//!
//! What is read is borrowed and its place a list on the stack, so that nothing is to be cleaned up on the many ways out.

use super::{Object, Place, Value};
use std::borrow::Cow;

/// What can be read from a document.
pub(crate) trait Read: Sized {
    /// Reads a value.
    fn read(part: Part<'_>) -> Result<Self, Box<Wrong>>;
}

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

/// A value and its place.
#[derive(Clone, Copy)]
pub(crate) struct Part<'a> {
    pub(crate) value: &'a Value,
    pub(crate) place: &'a Place<'a>,
}

/// The members of an object, asked for by their names.
pub(crate) struct Members<'a> {
    object: &'a Object,
    place: &'a Place<'a>,
    known: Vec<&'static str>,
}

impl<'a> Part<'a> {
    /// A whole document.
    pub(crate) fn root(value: &'a Value) -> Self {
        Part { value, place: &Place::ROOT }
    }

    #[cold]
    pub(crate) fn wrong(self, expected: impl Into<Cow<'static, str>>) -> Box<Wrong> {
        self.found(expected, self.value.kind())
    }

    #[cold]
    pub(crate) fn found(self, expected: impl Into<Cow<'static, str>>, found: &str) -> Box<Wrong> {
        Wrong { expected: expected.into(), place: self.place.text(), found: found.to_owned() }.into()
    }

    pub(crate) fn object(self) -> Result<&'a Object, Box<Wrong>> {
        self.value.as_object().ok_or_else(|| self.wrong("an object"))
    }

    pub(crate) fn members(self) -> Result<Members<'a>, Box<Wrong>> {
        Ok(Members { object: self.object()?, place: self.place, known: Vec::new() })
    }

    #[cold]
    fn no_word(self, names: &mut dyn Iterator<Item = &str>) -> Box<Wrong> {
        match self.value {
            Value::String(text) => self.found(one_of(names), &format!("`{text}`")),
            _ => self.wrong(one_of(names)),
        }
    }
}

#[cold]
fn one_of(names: &mut dyn Iterator<Item = &str>) -> String {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    if names.is_empty() { "no members".into() } else { format!("one of {}", names.join(", ")) }
}

impl<'a> Members<'a> {
    /// The value of a member that may be absent.
    pub(crate) fn get(&mut self, name: &'static str) -> Option<&'a Value> {
        self.known.push(name);
        self.object.get(name)
    }

    /// Reads a member into its place, if it is there.
    #[inline(never)]
    pub(crate) fn read<T: Read>(&mut self, name: &'static str, to: &mut T) -> Result<(), Box<Wrong>> {
        if let Some(value) = self.get(name) {
            *to = T::read(Part { value, place: &self.place.key(name) })?;
        }
        Ok(())
    }

    /// Reads a member that must be there.
    #[inline(never)]
    pub(crate) fn required<T: Read>(&mut self, name: &'static str) -> Result<T, Box<Wrong>> {
        match self.get(name) {
            Some(value) => T::read(Part { value, place: &self.place.key(name) }),
            None => Err(self.wrong(format!("`{name}`"), "none")),
        }
    }

    /// No other members may be there.
    pub(crate) fn end(self) -> Result<(), Box<Wrong>> {
        match self.object.iter().find(|(name, _)| !self.known.contains(name)) {
            Some((name, _)) => Err(self.wrong(one_of(&mut self.known.iter().copied()), &format!("`{name}`"))),
            None => Ok(()),
        }
    }

    #[cold]
    fn wrong(&self, expected: impl Into<Cow<'static, str>>, found: &str) -> Box<Wrong> {
        Wrong { expected: expected.into(), place: self.place.text(), found: found.to_owned() }.into()
    }
}

impl<T: Word> Read for T {
    fn read(part: Part<'_>) -> Result<Self, Box<Wrong>> {
        let text = part.value.as_str();
        match T::WORDS.iter().find(|(name, _)| Some(*name) == text) {
            Some((_, value)) => Ok(*value),
            None => Err(part.no_word(&mut T::WORDS.iter().map(|(name, _)| *name))),
        }
    }
}

impl Read for Value {
    fn read(part: Part<'_>) -> Result<Self, Box<Wrong>> {
        Ok(part.value.clone())
    }
}

impl Read for String {
    fn read(part: Part<'_>) -> Result<Self, Box<Wrong>> {
        part.value.as_str().map(str::to_owned).ok_or_else(|| part.wrong("a string"))
    }
}

impl Read for bool {
    fn read(part: Part<'_>) -> Result<Self, Box<Wrong>> {
        part.value.as_bool().ok_or_else(|| part.wrong("true or false"))
    }
}

impl Read for usize {
    fn read(part: Part<'_>) -> Result<Self, Box<Wrong>> {
        let size = part.value.as_u64().ok_or_else(|| part.wrong("a whole number"))?;
        // What no memory has room for is the same in every host.
        Ok(usize::try_from(size).unwrap_or(usize::MAX))
    }
}

/// Null is none.
impl<T: Read> Read for Option<T> {
    fn read(part: Part<'_>) -> Result<Self, Box<Wrong>> {
        if *part.value == Value::Null { Ok(None) } else { T::read(part).map(Some) }
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(part: Part<'_>) -> Result<Self, Box<Wrong>> {
        let items = part.value.as_array().ok_or_else(|| part.wrong("an array"))?;
        let mut list = Vec::with_capacity(items.len());
        for (i, value) in items.iter().enumerate() {
            list.push(T::read(Part { value, place: &part.place.index(i) })?);
        }
        Ok(list)
    }
}
