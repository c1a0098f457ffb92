//! Lengths and counts: what the data say of themselves, checked before it is believed.

use super::plan::Items;
use crate::error::{Code, Fault};
use crate::wire::{Cursor, MAX_LENGTH, Run, Short};

/// Why a read of so many bytes failed.
#[cold]
pub(super) fn short(e: Short, c: &Cursor<'_>, wanted: usize) -> Fault {
    match e {
        Short::End => {
            Fault::with(Code::AvroTruncated, c.at(), wanted.max(c.left() + 1) as u64, c.left() as i64)
        }
        Short::Varint => Fault::new(Code::AvroVarint, c.at()),
    }
}

/// A length and its bytes.
#[inline(always)]
pub(super) fn run_of<'a>(c: &mut Cursor<'a>) -> Result<Run<'a>, Fault> {
    let n = length(c)?;
    c.take(n).map_err(|e| short(e, c, n))
}

/// A length.
#[inline(always)]
pub(super) fn length(c: &mut Cursor<'_>) -> Result<usize, Fault> {
    let at = c.at();
    let n = c.zigzag().map_err(|e| short(e, c, 1))?;
    if !(0..=MAX_LENGTH).contains(&n) {
        return Err(Fault::with(Code::AvroLength, at, 0, n));
    }
    Ok(n as usize)
}

/// Which of so many branches was written.
#[inline(always)]
pub(super) fn index(c: &mut Cursor<'_>, branches: u32) -> Result<usize, Fault> {
    let at = c.at();
    let i = c.zigzag().map_err(|e| short(e, c, 1))?;
    if i < 0 || i >= i64::from(branches) {
        return Err(Fault::with(Code::AvroUnionIndex, at, u64::from(branches), i));
    }
    Ok(i as usize)
}

/// The count of the next block, 0 behind the last one. A negative count comes with the block's size in bytes, which
/// serves who skips.
#[inline(always)]
pub(super) fn block(
    c: &mut Cursor<'_>,
    items: &Items,
    budget: &mut usize,
) -> Result<(usize, Option<usize>), Fault> {
    let at = c.at();
    let count = c.zigzag().map_err(|e| short(e, c, 1))?;
    if count == 0 {
        return Ok((0, None));
    }
    let mut size = None;
    if count == i64::MIN {
        return Err(Fault::with(Code::AvroLength, at, 0, count));
    }
    if count < 0 {
        size = Some(length(c)?);
    }
    let n = usize::try_from(count.unsigned_abs()).unwrap_or(usize::MAX);
    if items.min == 0 {
        charge(budget, n.saturating_mul(items.weight.max(1) as usize), at)?;
    } else if (n as u64).saturating_mul(u64::from(items.min)) > c.left() as u64 {
        let most = c.left() / items.min as usize;
        return Err(Fault::with(Code::AvroBlockCount, at, most as u64, count.saturating_abs()));
    }
    Ok((n, size))
}

/// Takes what costs no bytes from the datum's budget.
#[inline(always)]
pub(super) fn charge(budget: &mut usize, cost: usize, at: usize) -> Result<(), Fault> {
    match budget.checked_sub(cost) {
        Some(left) => {
            *budget = left;
            Ok(())
        }
        None => Err(Fault::new(Code::AvroItems, at)),
    }
}

/// Passes over blocks that tell their size; gives the count of the first that does not, or 0 at the end.
#[inline]
pub(super) fn skip_blocks(c: &mut Cursor<'_>, items: &Items, budget: &mut usize) -> Result<usize, Fault> {
    loop {
        match block(c, items, budget)? {
            (0, _) => return Ok(0),
            (left, None) => return Ok(left),
            (_, Some(size)) => c.skip(size).map_err(|e| short(e, c, size))?,
        }
    }
}
