//! A safe cursor: an index into a slice, bounded by the datum's end and by the buffer's.

/// `n` bytes of the datum with whatever readable bytes follow them in the buffer (padding, the next record), so that
/// a sink may load whole 16-byte chunks. Right for any amount of padding, fast with [`PADDING`](super::PADDING) of it.
#[derive(Clone, Copy, Debug)]
pub struct Run<'a> {
    tail: &'a [u8],
    n: usize,
}

impl<'a> Run<'a> {
    /// A run of exactly these bytes, with nothing behind them.
    #[inline]
    pub fn new(bytes: &'a [u8]) -> Self {
        Run { tail: bytes, n: bytes.len() }
    }

    /// The bytes of the run.
    #[inline(always)]
    pub fn exact(self) -> &'a [u8] {
        self.tail.get(..self.n).unwrap_or_default()
    }

    /// The bytes of the run and what follows them in the buffer.
    #[inline(always)]
    pub fn tail(self) -> &'a [u8] {
        self.tail
    }

    /// How many bytes the run has.
    #[inline(always)]
    pub fn len(self) -> usize {
        self.n
    }

    /// Whether the run has no bytes.
    #[inline(always)]
    pub fn is_empty(self) -> bool {
        self.n == 0
    }
}

/// Why a read failed. The cursor stays where the failing read began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Short {
    /// The datum ends first.
    End,
    /// A varint is longer than 64 bits.
    Varint,
}

/// Reads one datum inside a buffer. Offsets are those of the buffer.
#[derive(Clone, Debug)]
pub struct Cursor<'a> {
    buf: &'a [u8],
    at: usize,
    end: usize,
}

/// The rest of a varint after its first byte: its value and length, `(0, 0)` at the end of input, `(1, 0)` when it
/// has more than 64 bits.
#[inline(always)]
fn varint_body(rest: &[u8], first: u8) -> (u64, usize) {
    let mut value = u64::from(first & 0x7f);
    let mut i = 0;
    while i < 9 {
        let Some(&byte) = rest.get(i) else { return (0, 0) };
        i += 1;
        value |= u64::from(byte & 0x7f) << (7 * i);
        if byte < 0x80 {
            return if i == 9 && byte > 1 { (1, 0) } else { (value, i) };
        }
    }
    (1, 0)
}

/// Out of line and by value, so that the cursor's address never escapes and it can live in registers.
#[inline(never)]
fn varint_tail(rest: &[u8], first: u8) -> (u64, usize) {
    varint_body(rest, first)
}

impl<'a> Cursor<'a> {
    /// Reads `buf[start..end]`; bounds outside the buffer are drawn in.
    #[inline]
    pub fn new(buf: &'a [u8], start: usize, end: usize) -> Self {
        let end = end.min(buf.len());
        Cursor { buf, at: start.min(end), end }
    }

    /// Reads another part of the same buffer; bounds outside this datum's end are drawn in.
    #[inline(always)]
    pub fn part(&self, start: usize, end: usize) -> Self {
        let end = end.min(self.end);
        Cursor { buf: self.buf, at: start.min(end), end }
    }

    /// The offset of the next byte.
    #[inline(always)]
    pub fn at(&self) -> usize {
        self.at
    }

    /// Where the datum ends.
    #[inline(always)]
    pub fn end(&self) -> usize {
        self.end
    }

    /// Goes to an offset inside the datum.
    #[inline(always)]
    pub fn seek(&mut self, at: usize) {
        self.at = at.min(self.end);
    }

    /// Bytes left in the datum.
    #[inline(always)]
    pub fn left(&self) -> usize {
        self.end - self.at
    }

    /// The bytes from here to the datum's end.
    #[inline(always)]
    pub fn rest(&self) -> &'a [u8] {
        // `at` is never beyond `end`, which is never beyond the buffer: an index that can't fail takes less than asking.
        &self.buf[self.at..self.end]
    }

    /// The bytes from here to the buffer's end: those beyond the datum are for whole chunks only.
    #[inline(always)]
    pub fn tail(&self) -> &'a [u8] {
        &self.buf[self.at..]
    }

    /// What is left of the datum, as a run.
    #[inline(always)]
    pub fn run(&self) -> Run<'a> {
        Run { tail: self.tail(), n: self.left() }
    }

    /// The byte that comes next, which is left where it is.
    #[inline(always)]
    pub fn peek(&self) -> Option<u8> {
        (self.at < self.end).then(|| self.buf[self.at])
    }

    /// The next byte; [`Short::End`] where there is none. So it is with what follows.
    #[inline(always)]
    pub fn byte(&mut self) -> Result<u8, Short> {
        if self.at >= self.end {
            return Err(Short::End);
        }
        let byte = self.buf[self.at];
        self.at += 1;
        Ok(byte)
    }

    /// The next `n` bytes.
    #[inline(always)]
    pub fn take(&mut self, n: usize) -> Result<Run<'a>, Short> {
        if n > self.end - self.at {
            return Err(Short::End);
        }
        let run = Run { tail: &self.buf[self.at..], n };
        self.at += n;
        Ok(run)
    }

    /// The next `N` bytes, as an array.
    #[inline(always)]
    pub fn array<const N: usize>(&mut self) -> Result<[u8; N], Short> {
        if N > self.end - self.at {
            return Err(Short::End);
        }
        let chunk = *self.buf[self.at..].first_chunk::<N>().ok_or(Short::End)?;
        self.at += N;
        Ok(chunk)
    }

    /// Skips `n` bytes.
    #[inline(always)]
    pub fn skip(&mut self, n: usize) -> Result<(), Short> {
        if n > self.end - self.at {
            return Err(Short::End);
        }
        self.at += n;
        Ok(())
    }

    /// A little-endian base-128 varint of at most 64 bits; [`Short::Varint`] for a longer one.
    #[inline(always)]
    pub fn varint(&mut self) -> Result<u64, Short> {
        let first = self.byte()?;
        if first < 0x80 {
            return Ok(u64::from(first));
        }
        let (value, n) = varint_tail(self.rest(), first);
        self.finish_varint(value, n)
    }

    /// The same with its loop inline: for the one site of a decoder where long varints are the rule.
    #[inline(always)]
    pub fn varint_hot(&mut self) -> Result<u64, Short> {
        let first = self.byte()?;
        if first < 0x80 {
            return Ok(u64::from(first));
        }
        let (value, n) = varint_body(self.rest(), first);
        self.finish_varint(value, n)
    }

    #[inline(always)]
    fn finish_varint(&mut self, value: u64, n: usize) -> Result<u64, Short> {
        if n == 0 {
            self.at -= 1;
            return Err(if value == 0 { Short::End } else { Short::Varint });
        }
        self.at += n;
        Ok(value)
    }

    /// A zig-zag varint.
    #[inline(always)]
    pub fn zigzag(&mut self) -> Result<i64, Short> {
        self.varint().map(unzigzag)
    }

    /// A zig-zag varint, read inline.
    #[inline(always)]
    pub fn zigzag_hot(&mut self) -> Result<i64, Short> {
        self.varint_hot().map(unzigzag)
    }
}

/// Undoes zig-zag coding.
#[inline(always)]
pub fn unzigzag(v: u64) -> i64 {
    (v >> 1) as i64 ^ -((v & 1) as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<u64, Short> {
        Cursor::new(bytes, 0, bytes.len()).varint()
    }

    #[test]
    fn varints() {
        assert_eq!(read(&[0x7f]), Ok(127));
        assert_eq!(
            read(&[0x80, 0x00]),
            Ok(0),
            "overlong forms are read, as every reference implementation does"
        );
        let mut max = [0xff; 10];
        max[9] = 1;
        assert_eq!(read(&max), Ok(u64::MAX));
        max[9] = 2;
        assert_eq!(read(&max), Err(Short::Varint));
        assert_eq!(read(&[0xff; 11]), Err(Short::Varint));
        assert_eq!(read(&[0x80]), Err(Short::End));
        assert_eq!(unzigzag(u64::MAX), i64::MIN);
    }

    #[test]
    fn a_failed_read_leaves_the_cursor_where_it_began() {
        let mut c = Cursor::new(&[1, 0x80], 0, 2);
        assert_eq!(c.byte(), Ok(1));
        assert_eq!(c.varint(), Err(Short::End));
        assert_eq!(c.at(), 1);
        assert!(c.take(2).is_err());
        assert_eq!(c.at(), 1);
    }
}
