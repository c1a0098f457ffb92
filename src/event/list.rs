//! What takes the records of an event as they are read.

use super::record::Record;

/// A list of records, of which not all need be kept.
pub trait RecordList<'a> {
    /// Takes the next record.
    fn push(&mut self, record: Record<'a>);

    /// How many it has taken.
    fn len(&self) -> usize;

    /// Whether it has taken none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Forgets all but the first so many: the text says them anew, or is no event.
    fn truncate(&mut self, len: usize);
}

impl<'a> RecordList<'a> for Vec<Record<'a>> {
    fn push(&mut self, record: Record<'a>) {
        self.push(record);
    }

    fn len(&self) -> usize {
        self.len()
    }

    fn truncate(&mut self, len: usize) {
        self.truncate(len);
    }
}
