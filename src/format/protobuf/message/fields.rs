//! The fields of a message, by number. The library's tree is five kilobytes of wasm; most messages come in order.

use super::Content;

/// What the fields of a message hold, in the order of their numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fields(Vec<(u32, Content)>);

impl Fields {
    fn place(&self, number: u32) -> Result<usize, usize> {
        match self.0.last() {
            Some((last, _)) if *last >= number => self.0.binary_search_by_key(&number, |(n, _)| *n),
            _ => Err(self.0.len()),
        }
    }

    /// What a field holds; `None` where it isn't set.
    pub fn get(&self, number: u32) -> Option<&Content> {
        self.place(number).ok().map(|at| &self.0[at].1)
    }

    /// The same, to be changed.
    pub fn get_mut(&mut self, number: u32) -> Option<&mut Content> {
        self.place(number).ok().map(|at| &mut self.0[at].1)
    }

    /// Sets what a field holds.
    pub fn insert(&mut self, number: u32, content: Content) {
        *self.or_insert(number, &|| Content::Many(Vec::new())) = content;
    }

    /// What a field holds, to be changed; where it isn't set, what `make` makes.
    pub(super) fn or_insert(&mut self, number: u32, make: &dyn Fn() -> Content) -> &mut Content {
        let at = self.place(number).unwrap_or_else(|at| {
            self.0.insert(at, (number, make()));
            at
        });
        &mut self.0[at].1
    }

    /// Unsets a field; gives what it held.
    pub(super) fn remove(&mut self, number: u32) -> Option<Content> {
        self.place(number).ok().map(|at| self.0.remove(at).1)
    }

    /// The fields that are set, in the order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &Content)> {
        self.0.iter().map(|(number, content)| (*number, content))
    }
}
