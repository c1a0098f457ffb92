//! The output buffer: kept initialised, so that writing into it needs no `unsafe`.

/// Bytes written so far, in a buffer that is zeroed when it grows and kept between batches. A write first obtains a
/// window of constant size, which the compiler turns into one bounds check.
#[derive(Default)]
pub struct Out {
    buf: Vec<u8>,
    at: usize,
}

impl Out {
    #[cold]
    #[inline(never)]
    fn grow(&mut self, n: usize) {
        let len = (self.buf.len() * 2).max(self.at + n).max(256);
        self.buf.resize(len, 0);
    }

    /// At least `n` writable bytes behind what is written.
    #[inline(always)]
    pub fn room(&mut self, n: usize) -> &mut [u8] {
        if self.buf.len() < n || self.at > self.buf.len() - n {
            self.grow(n);
        }
        &mut self.buf[self.at..]
    }

    /// `N` writable bytes behind what is written; 0 < N.
    #[inline(always)]
    pub fn window<const N: usize>(&mut self) -> &mut [u8; N] {
        if self.buf.len() < N || self.at > self.buf.len() - N {
            self.grow(N);
        }
        // `grow` has made room: the slice is at least N long.
        self.buf[self.at..].first_chunk_mut().expect("room was made")
    }

    /// Makes `n` bytes of the window count.
    #[inline(always)]
    pub fn advance(&mut self, n: usize) {
        self.at += n;
    }

    /// What is written.
    pub fn bytes(&self) -> &[u8] {
        self.buf.get(..self.at).unwrap_or_default()
    }

    /// What is written, without the room behind it.
    pub fn into_bytes(mut self) -> Vec<u8> {
        self.buf.truncate(self.at);
        self.buf
    }

    /// How much is written.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.at
    }

    /// Whether nothing is written.
    pub fn is_empty(&self) -> bool {
        self.at == 0
    }

    /// The last byte written, or 0.
    #[inline(always)]
    pub fn last(&self) -> u8 {
        self.buf.get(self.at.wrapping_sub(1)).copied().unwrap_or(0)
    }

    /// Takes back all but the first `len` bytes.
    pub fn truncate(&mut self, len: usize) {
        self.at = self.at.min(len);
    }

    /// Writes one byte.
    #[inline(always)]
    pub fn push(&mut self, byte: u8) {
        self.window::<1>()[0] = byte;
        self.at += 1;
    }

    /// Writes a few bytes known at compile time.
    #[inline(always)]
    pub fn push_array<const N: usize>(&mut self, bytes: &[u8; N]) {
        *self.window::<N>() = *bytes;
        self.at += N;
    }

    /// Writes bytes.
    #[inline]
    pub fn push_slice(&mut self, bytes: &[u8]) {
        self.room(bytes.len())[..bytes.len()].copy_from_slice(bytes);
        self.at += bytes.len();
    }
}
