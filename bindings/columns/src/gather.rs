//! The records of an event's text made columns: the texts of their sides, copied one behind the other.

use super::columns::{Columns, RECORDS};
use super::words::{Listed, ODD};

/// Bytes that are copied at once.
const BLOCK: usize = 16;

/// A chunk of records of an event's text, as JavaScript hands them back.
pub struct Gather {
    /// What was listed of each record, with the context's number here in the place of that in the list.
    pub listed: Vec<Listed>,
    /// The part of the text that they stand in, and [`BLOCK`] bytes.
    pub text: Vec<u8>,
}

impl Default for Gather {
    /// With room for a chunk, but none for its text.
    fn default() -> Self {
        Gather { listed: vec![Default::default(); RECORDS], text: Vec::new() }
    }
}

impl Gather {
    /// Makes room for a part of an event's text.
    pub fn room(&mut self, bytes: usize) {
        if self.text.len() < bytes + BLOCK {
            self.text.resize(bytes + BLOCK, 0);
        }
    }

    /// Makes columns of so many records, whose part of the text begins at `start`; there is room for as many bytes. What
    /// JavaScript wrote is checked like any other input: says whether it was a chunk.
    pub fn columns(&self, records: usize, start: i32, columns: &mut Columns) -> bool {
        self.gathered(records, start, columns).is_some()
    }

    fn gathered(&self, records: usize, from: i32, columns: &mut Columns) -> Option<()> {
        let listed = self.listed.get(..records)?;
        let mut at = 0;
        let mut copy = |start: i32, n: i32| {
            let start = usize::try_from(start.checked_sub(from)?).ok()?;
            // What is behind it comes next, or is the padding.
            let to = columns.text.get_mut(at..)?;
            at += n as usize;
            copy_blocks(self.text.get(start..)?, to, n as usize)
        };
        let rows = columns.words.as_chunks_mut().0.iter_mut().zip(&mut columns.offsets);
        for (record, (words, offset)) in listed.iter().zip(rows) {
            let &[_, _, _, context, index, partition, key, value, key_start, value_start, low, high] = record;
            *words = [context, index, partition, key, value];
            *offset = f64::from_bits(u64::from(high as u32) << 32 | u64::from(low as u32));
            if key > 0 {
                copy(key_start, key)?;
            }
            if value > 0 && key != ODD {
                copy(value_start, value)?;
            }
        }
        for &[_, start, length, .., key, _, _, _, _, _] in listed {
            if key == ODD {
                copy(start, length)?;
            }
        }
        Some(())
    }
}

/// Copies so many bytes, and what follows them up to a whole block.
#[inline(always)]
fn copy_blocks(mut from: &[u8], mut to: &mut [u8], n: usize) -> Option<()> {
    let mut left = n;
    while left > 0 {
        let (block, rest) = from.split_first_chunk::<BLOCK>()?;
        let (place, room) = to.split_first_chunk_mut::<BLOCK>()?;
        *place = *block;
        (from, to) = (rest, room);
        left = left.saturating_sub(BLOCK);
    }
    Some(())
}
