//! Entries of open maps and reordered records: rewritten when the container ends, if they must be.

use crate::json::Out;
use crate::map::{IndexMap, IndexSet};
use crate::order::by_numbers;

/// One entry: where its text starts, and a number whose meaning is the container's (a map: the length of the key's
/// text; a record: the field's place in the output).
#[derive(Clone, Copy)]
struct Entry {
    number: u32,
    start: usize,
}

/// The entries of all open containers, innermost last.
#[derive(Default)]
pub(super) struct Entries {
    entries: Vec<Entry>,
    /// For each open container: where its text starts, and its first entry.
    open: Vec<(usize, usize)>,
}

impl Entries {
    pub(super) fn clear(&mut self) {
        self.entries.clear();
        self.open.clear();
    }

    #[inline(always)]
    pub(super) fn open(&mut self, start: usize) {
        self.open.push((start, self.entries.len()));
    }

    #[inline(always)]
    pub(super) fn add(&mut self, number: u32, start: usize) {
        self.entries.push(Entry { number, start });
    }

    /// Ends a record: its fields in output order, with commas between them.
    pub(super) fn close_sorted(&mut self, out: &mut Out) {
        let Some((start, first)) = self.open.pop() else { return };
        let spans = self.spans(first, out.len(), 0);
        let mut sorted: Vec<_> = spans.iter().zip(&self.entries[first..]).collect();
        by_numbers(&mut sorted, |(_, entry)| (i64::from(entry.number), 0));
        let mut text = Vec::with_capacity(out.len() - start + spans.len());
        for (i, (span, _)) in sorted.into_iter().enumerate() {
            if i > 0 {
                text.push(b',');
            }
            text.extend_from_slice(&out.bytes()[span.0..span.1]);
        }
        replace(out, start, &text);
        self.entries.truncate(first);
    }

    /// Ends a map: where a name comes twice its last value stays, at the first one's place.
    #[inline(always)]
    pub(super) fn close_unique(&mut self, out: &mut Out) {
        let Some((start, first)) = self.open.pop() else { return };
        if self.entries.len() - first > 1 && self.repeats(first, out) {
            self.rewrite_unique(start, first, out);
        }
        self.entries.truncate(first);
    }

    /// Where each entry's text begins and ends; `comma` bytes stand between two.
    fn spans(&self, first: usize, end: usize, comma: usize) -> Vec<(usize, usize)> {
        let entries = &self.entries[first..];
        let ends = entries.iter().skip(1).map(|e| e.start - comma).chain([end]);
        entries.iter().map(|e| e.start).zip(ends).collect()
    }

    fn repeats(&self, first: usize, out: &Out) -> bool {
        let entries = &self.entries[first..];
        let key = |e: &Entry| &out.bytes()[e.start..e.start + e.number as usize];
        if entries.len() <= 8 {
            return (1..entries.len()).any(|i| entries[..i].iter().any(|e| key(e) == key(&entries[i])));
        }
        let mut seen = IndexSet::new();
        !entries.iter().all(|e| seen.insert(key(e)))
    }

    #[cold]
    fn rewrite_unique(&self, start: usize, first: usize, out: &mut Out) {
        let mut last: IndexMap<&[u8], usize> = IndexMap::new();
        let mut order = Vec::new();
        for (span, entry) in self.spans(first, out.len(), 1).into_iter().zip(&self.entries[first..]) {
            let key = &out.bytes()[entry.start..entry.start + entry.number as usize];
            match last.get(key) {
                Some(&place) => order[place] = span,
                None => {
                    last.insert(key, order.len());
                    order.push(span);
                }
            }
        }
        let mut text = Vec::new();
        for (i, span) in order.into_iter().enumerate() {
            if i > 0 {
                text.push(b',');
            }
            text.extend_from_slice(&out.bytes()[span.0..span.1]);
        }
        replace(out, start, &text);
    }
}

fn replace(out: &mut Out, start: usize, text: &[u8]) {
    out.truncate(start);
    out.push_slice(text);
}
