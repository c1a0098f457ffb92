//! The wire format: tags, varints, and skipping what isn't known. Bounds are those of the C++ parser.

use crate::error::{Code, Fault};
use crate::wire::{Cursor, Short};

/// Wire type of a varint.
pub(super) const VARINT: u8 = 0;
/// Wire type of eight bytes.
pub(super) const FIXED64: u8 = 1;
/// Wire type of a length and as many bytes.
pub(super) const LENGTH: u8 = 2;
/// Wire type that opens a group.
pub(super) const GROUP: u8 = 3;
/// Wire type that closes a group.
const END_GROUP: u8 = 4;
/// Wire type of four bytes.
pub(super) const FIXED32: u8 = 5;

/// Field number and wire type.
pub(super) type Tag = (u32, u8);

/// A failed read as a fault where the cursor stands: `needed` bytes were wanted, and one more than are left at least.
#[cold]
pub(super) fn short(c: &Cursor<'_>, why: Short, needed: usize) -> Fault {
    match why {
        Short::End => {
            Fault::with(Code::ProtobufTruncated, c.at(), needed.max(c.left() + 1) as u64, c.left() as i64)
        }
        Short::Varint => Fault::new(Code::ProtobufVarint, c.at()),
    }
}

/// A varint of at most ten bytes. Bits beyond the 64th are dropped, as the reference implementations do.
#[inline]
pub(super) fn varint(c: &mut Cursor<'_>) -> Result<u64, Fault> {
    match c.varint() {
        Ok(v) => Ok(v),
        Err(why) => long_varint(c, why),
    }
}

#[cold]
fn long_varint(c: &mut Cursor<'_>, why: Short) -> Result<u64, Fault> {
    let fault = short(c, why, 1);
    let Some(bytes) = c.rest().first_chunk::<10>() else { return Err(fault) };
    if why == Short::End || bytes[9] >= 0x80 {
        return Err(fault);
    }
    c.seek(c.at() + 10);
    Ok(bytes.iter().rev().fold(0, |v, byte| v << 7 | u64::from(byte & 0x7f)))
}

/// A tag: at most five bytes and 32 bits, a field number from 1, a wire type up to 5.
#[inline]
pub(super) fn tag(c: &mut Cursor<'_>) -> Result<Tag, Fault> {
    let at = c.at();
    let v = varint(c)?;
    let (number, wire) = ((v >> 3) as u32, (v & 7) as u8);
    if v > u64::from(u32::MAX) || number == 0 || wire > FIXED32 || c.at() - at > 5 {
        return Err(Fault::new(Code::ProtobufTag, at));
    }
    Ok((number, wire))
}

/// The length before a string, bytes, a message or packed values: the bounds of what follows it.
#[inline]
pub(super) fn length(c: &mut Cursor<'_>) -> Result<(usize, usize), Fault> {
    let at = c.at();
    let n = varint(c)?;
    // The reference reads lengths as 32 bits with a sign, in at most five bytes.
    if n > i32::MAX as u64 || c.at() - at > 5 || n as usize > c.left() {
        return Err(too_long(c, at, n));
    }
    let start = c.at();
    c.seek(start + n as usize);
    Ok((start, start + n as usize))
}

#[cold]
fn too_long(c: &Cursor<'_>, at: usize, n: u64) -> Fault {
    if n > c.left() as u64 {
        return Fault::with(Code::ProtobufTruncated, c.at(), n, c.left() as i64);
    }
    Fault::new(Code::ProtobufVarint, at)
}

/// Passes over a value of this tag. Groups may nest `budget` levels deep.
pub(super) fn skip(c: &mut Cursor<'_>, (number, wire): Tag, budget: usize) -> Result<(), Fault> {
    match wire {
        VARINT => varint(c).map(drop),
        FIXED64 => c.skip(8).map_err(|e| short(c, e, 8)),
        LENGTH => length(c).map(drop),
        GROUP => group(c, number, budget).map(drop),
        FIXED32 => c.skip(4).map_err(|e| short(c, e, 4)),
        // The tag of an end without a beginning takes at least this one byte.
        _ => Err(Fault::new(Code::ProtobufGroup, c.at() - tag_length(number))),
    }
}

/// How many bytes the tag of a field takes in its shortest form.
fn tag_length(number: u32) -> usize {
    (32 - (number << 3).leading_zeros()).div_ceil(7) as usize
}

/// Passes over a group whose opening tag was read: the bounds of what is in it.
pub(super) fn group(c: &mut Cursor<'_>, number: u32, budget: usize) -> Result<(usize, usize), Fault> {
    let start = c.at();
    let Some(budget) = budget.checked_sub(1) else { return Err(Fault::new(Code::ProtobufDepth, start)) };
    loop {
        let at = c.at();
        if c.left() == 0 {
            return Err(Fault::new(Code::ProtobufGroup, at));
        }
        match tag(c)? {
            (n, END_GROUP) if n == number => return Ok((start, at)),
            (_, END_GROUP) => return Err(Fault::new(Code::ProtobufGroup, at)),
            other => skip(c, other, budget)?,
        }
    }
}

/// The number and the body of an item of a message set, in either order; nothing where one is absent.
pub(super) fn message_set_item<'a>(
    mut c: Cursor<'a>,
    budget: usize,
) -> Result<Option<(u32, Cursor<'a>)>, Fault> {
    let (mut number, mut body) = (None, None);
    while c.left() > 0 {
        match tag(&mut c)? {
            (2, VARINT) => {
                let v = varint(&mut c)?;
                number = number.or(u32::try_from(v).ok());
            }
            (3, LENGTH) => {
                let (start, end) = length(&mut c)?;
                body = body.or_else(|| Some(c.part(start, end)));
            }
            other => skip(&mut c, other, budget)?,
        }
    }
    Ok(number.zip(body))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cursor(bytes: &[u8]) -> Cursor<'_> {
        Cursor::new(bytes, 0, bytes.len())
    }

    #[test]
    fn varints_drop_bits_beyond_the_64th() {
        let bytes = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f];
        let mut c = cursor(&bytes);
        assert_eq!(varint(&mut c), Ok(u64::MAX));
        assert_eq!(c.left(), 0);
        assert_eq!(varint(&mut cursor(&[0x80; 11])).unwrap_err().code, Code::ProtobufVarint);
        assert_eq!(varint(&mut cursor(&[0x80; 9])).unwrap_err().code, Code::ProtobufTruncated);
    }

    #[test]
    fn tags_have_bounds() {
        let code = |bytes: &[u8]| tag(&mut cursor(bytes)).map_err(|f| f.code);
        assert_eq!(code(&[0x0a]), Ok((1, 2)));
        assert_eq!(code(&[0xff, 0xff, 0xff, 0xff, 0x0f]), Err(Code::ProtobufTag), "wire type 7");
        assert_eq!(code(&[0xfd, 0xff, 0xff, 0xff, 0x0f]), Ok((0x1fff_ffff, 5)));
        assert_eq!(code(&[0x88, 0x80, 0x80, 0x80, 0x40]), Err(Code::ProtobufTag), "beyond 32 bits");
        assert_eq!(code(&[0x88, 0x80, 0x80, 0x80, 0x80, 0x00]), Err(Code::ProtobufTag), "six bytes");
        assert_eq!(code(&[0x01]), Err(Code::ProtobufTag), "field 0");
        assert_eq!(code(&[0x0e]), Err(Code::ProtobufTag), "wire type 6");
    }

    #[test]
    fn groups_match_and_have_a_budget() {
        let mut c = cursor(&[0x08, 1, 0x13, 0x14, 0x0c, 9]);
        assert_eq!(group(&mut c, 1, 2), Ok((0, 4)));
        assert_eq!(c.at(), 5);
        let code = |bytes: &[u8], budget| group(&mut cursor(bytes), 1, budget).map_err(|f| f.code);
        assert_eq!(code(&[0x13, 0x14, 0x0c], 1), Err(Code::ProtobufDepth));
        assert_eq!(code(&[0x14], 5), Err(Code::ProtobufGroup), "closed by another number");
        assert_eq!(code(&[0x08, 1], 5), Err(Code::ProtobufGroup), "never closed");
        assert_eq!(code(&[0x13; 5000], 100), Err(Code::ProtobufDepth));
    }

    #[test]
    fn lengths_have_the_bounds_of_the_reference() {
        assert_eq!(length(&mut cursor(&[2, 7, 7])), Ok((1, 3)));
        let f = length(&mut cursor(&[3, 7, 7])).unwrap_err();
        assert_eq!((f.code, f.at, f.expected, f.found), (Code::ProtobufTruncated, 1, 3, 2));
        assert_eq!(
            length(&mut cursor(&[0x80, 0x80, 0x80, 0x80, 0x80, 0])).unwrap_err().code,
            Code::ProtobufVarint
        );
    }
}
