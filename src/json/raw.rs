//! Values that stay text until they are asked for, so that a wrong type is the error of one member.

use super::{Flaw, Scan};
use std::borrow::Cow;

/// The text of a JSON value, which is known to be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Raw<'a>(&'a str);

impl<'a> Raw<'a> {
    /// What a scan has passed over.
    pub(super) fn of(text: &'a str) -> Self {
        Raw(text)
    }

    /// A text that may be a value, with white space around it.
    ///
    /// # Errors
    /// Where it is none.
    pub fn parse(text: &'a str) -> Result<Self, Flaw> {
        let mut scan = Scan::new(text);
        let value = scan.value();
        scan.whole(value)
    }

    /// The value that a text begins with.
    ///
    /// # Errors
    /// Where there is none.
    pub fn begins(text: &'a str) -> Result<Self, Flaw> {
        let mut scan = Scan::new(text);
        scan.value().ok_or_else(|| scan.flaw())
    }

    /// The text.
    pub fn get(self) -> &'a str {
        self.0
    }

    /// The type of the value, for messages.
    pub fn kind(self) -> &'static str {
        match self.0.as_bytes().first() {
            Some(b'"') => "a string",
            Some(b'{') => "an object",
            Some(b'[') => "an array",
            Some(b't' | b'f') => "a boolean",
            Some(b'n') => "null",
            _ => "a number",
        }
    }

    /// The text of a string, borrowed where it holds no escape.
    pub fn string(self) -> Option<Cow<'a, str>> {
        Scan::new(self.0).string()
    }

    /// The members of an object with these names, the last where one comes twice. `None` for what is no object.
    #[inline(always)]
    pub fn members<const N: usize>(self, names: &[&str; N]) -> Option<[Option<Raw<'a>>; N]> {
        let mut found = [None; N];
        self.pick(names, &mut found).map(|()| found)
    }

    fn pick(self, names: &[&str], found: &mut [Option<Raw<'a>>]) -> Option<()> {
        Scan::new(self.0).members(|name, scan| {
            let value = scan.value()?;
            if let Some(place) = names.iter().position(|n| *n == name).and_then(|i| found.get_mut(i)) {
                *place = Some(value);
            }
            Some(())
        })
    }

    /// The members of an object in order, at most so many. `None` for what is no object.
    pub fn entries(self, limit: usize) -> Option<Vec<(Cow<'a, str>, Raw<'a>)>> {
        let mut list = Vec::new();
        Scan::new(self.0).members(|name, scan| {
            let value = scan.value()?;
            if list.len() < limit {
                list.push((name, value));
            }
            Some(())
        })?;
        Some(list)
    }

    /// The items of an array. `None` for what is none.
    pub fn items(self) -> Option<Vec<Raw<'a>>> {
        Scan::new(self.0).list(usize::MAX).map(|(list, _)| list)
    }
}

impl<'a> Scan<'a> {
    /// The items of an array as they stand, and how many there are: those beyond `limit` are not kept.
    pub(crate) fn list(&mut self, limit: usize) -> Option<(Vec<Raw<'a>>, usize)> {
        let (mut list, mut count) = (Vec::new(), 0);
        self.items(|scan| {
            let raw = scan.value()?;
            if count < limit {
                list.push(raw);
            }
            count += 1;
            Some(())
        })?;
        Some((list, count))
    }
}
