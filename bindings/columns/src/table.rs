//! The table that says where the sides of records stand on the tape, and what became of each.

use kafkalens::decoder::{Decoded, Tombstone};
use kafkalens::error::Error;

/// The first word of a side's row in the table.
#[derive(Clone, Copy)]
#[repr(i32)]
enum Status {
    Value = 0,
    Absent = 1,
    Null = 2,
    Failed = 3,
}

/// Where the sides of records stand on the tape.
#[derive(Default)]
pub struct Table {
    /// Nine words for each side: status, plan, where its value begins in each part of the tape, and the schema that was
    /// named: its place in `references` from 1, or 0.
    pub rows: Vec<[i32; ROW]>,
    /// Records with a side that failed.
    pub failed: u32,
    /// Records whose value is a tombstone.
    pub tombstones: u32,
    /// Whether rows differ in more than plan and place.
    pub mixed: bool,
    /// Of the first two rows.
    references: [u32; 2],
}

/// How a value was read, as the table numbers it: its plan, and the place of its reference.
#[derive(Clone, Copy)]
pub(crate) struct Numbers {
    pub(crate) plan: u32,
    pub(crate) reference: u32,
}

/// Words of a row.
const ROW: usize = 9;

impl Table {
    /// Forgets all rows.
    pub fn clear(&mut self) {
        self.rows.clear();
        (self.failed, self.tombstones, self.mixed) = (0, 0, false);
    }

    /// Adds a side's row.
    pub(crate) fn push(&mut self, start: [u32; 6], decoded: &Result<Decoded, Error>, reference: u32) {
        let (status, plan) = match decoded {
            Ok(Decoded { tombstone: Some(tombstone), .. }) => return self.push_tombstone(start, *tombstone),
            Ok(Decoded { plan, .. }) => (Status::Value, *plan),
            Err(_) => (Status::Failed, 0),
        };
        self.mixed |= !matches!(status, Status::Value);
        self.row(status, plan, start, reference);
    }

    /// Adds the row of a side that has a value.
    #[inline]
    pub(crate) fn push_value(&mut self, start: [u32; 6], Numbers { plan, reference }: Numbers) {
        self.row(Status::Value, plan, start, reference);
    }

    /// Adds the row of a side that is null, or isn't there.
    #[inline]
    pub(crate) fn push_tombstone(&mut self, start: [u32; 6], tombstone: Tombstone) {
        self.mixed = true;
        let status = if tombstone == Tombstone::Absent { Status::Absent } else { Status::Null };
        self.row(status, 0, start, 0);
    }

    #[inline(always)]
    fn row(&mut self, status: Status, plan: u32, start: [u32; 6], reference: u32) {
        if let Some(first) = self.references.get_mut(self.rows.len()) {
            *first = reference;
        }
        let [key, value] = self.references;
        self.mixed |= reference != if self.rows.len().is_multiple_of(2) { key } else { value };
        let [a, b, c, d, e, f] = start.map(|at| at as i32);
        self.rows.push([status as i32, plan as i32, a, b, c, d, e, f, reference as i32]);
    }

    /// Counts the record whose two rows were added last.
    pub(crate) fn end_record(&mut self) {
        if !self.mixed {
            return;
        }
        let [.., [key, ..], [value, ..]] = self.rows[..] else { return };
        let is = |found: i32, status: Status| found == status as i32;
        self.failed += u32::from(is(key, Status::Failed) || is(value, Status::Failed));
        self.tombstones += u32::from(is(value, Status::Absent) || is(value, Status::Null));
    }
}
