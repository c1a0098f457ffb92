//! A payload's text with some of its values written anew, and where each part of it comes from.

use crate::json::Raw;

/// The text, and for each of its parts where that stands in the payload.
#[derive(Clone, Debug)]
pub struct Rewritten {
    /// The text.
    pub text: Vec<u8>,
    /// Where the payload begins in memory: its parts are slices of it.
    base: usize,
    parts: Vec<Part>,
}

#[derive(Clone, Copy, Debug)]
struct Part {
    /// Where it begins in the text.
    at: usize,
    /// Where it comes from in the payload.
    from: usize,
    /// How many bytes are the same here and there.
    same: usize,
}

impl Rewritten {
    pub(super) fn of(payload: &[u8]) -> Self {
        Rewritten { text: Vec::new(), base: payload.as_ptr() as usize, parts: Vec::new() }
    }

    /// Adds a value as it stands.
    pub(super) fn copy(&mut self, raw: Raw<'_>) {
        self.part(raw, raw.get().len());
        self.text.extend_from_slice(raw.get().as_bytes());
    }

    /// What is added next is made from a value.
    pub(super) fn make(&mut self, raw: Raw<'_>) {
        self.part(raw, 0);
    }

    fn part(&mut self, raw: Raw<'_>, same: usize) {
        self.parts.push(Part { at: self.text.len(), from: self.place(raw), same });
    }

    /// Where a value stands in the payload.
    pub(super) fn place(&self, raw: Raw<'_>) -> usize {
        (raw.get().as_ptr() as usize).saturating_sub(self.base)
    }

    /// Where in the payload a byte of the text comes from: the byte, or the value that it was made of.
    pub fn origin(&self, at: usize) -> usize {
        let before = self.parts.partition_point(|part| part.at <= at);
        let part = before.checked_sub(1).and_then(|i| self.parts.get(i));
        part.map_or(0, |part| part.from + (at - part.at).min(part.same))
    }
}
