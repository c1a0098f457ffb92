//! Text that is known when a plan is compiled.

/// Literal bytes, padded to a multiple of 16 so that they can be copied in whole chunks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lit {
    len: usize,
    padded: Box<[u8]>,
}

impl Lit {
    /// A literal of these bytes.
    pub fn new(text: &str) -> Self {
        let mut padded = text.as_bytes().to_vec();
        padded.resize(text.len().max(1).next_multiple_of(16), 0);
        Lit { len: text.len(), padded: padded.into() }
    }

    /// How many bytes it has.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Its bytes.
    #[inline(always)]
    pub fn bytes(&self) -> &[u8] {
        self.padded.get(..self.len).unwrap_or_default()
    }

    /// Its bytes and the padding behind them.
    #[inline(always)]
    pub fn padded(&self) -> &[u8] {
        &self.padded
    }

    /// Its text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(self.bytes()).unwrap_or_default()
    }
}
