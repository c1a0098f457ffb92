//! The payloads of a chunk: the base64 of its sides decoded all at once, since their texts stand one behind the other.

use super::words::{ODD, WORDS};
use kafkalens::wire::{Cursor, PADDING, Run, Short, base64};

/// In the place of a payload's length: its text is to be read by itself, which tells what is odd about it.
const ALONE: u32 = u32::MAX;

/// The payloads of a chunk.
pub(crate) struct Payloads {
    /// One behind the other, each at the beginning of room for all groups of its text; and [`PADDING`].
    bytes: Vec<u8>,
    /// How many bytes those of each record have.
    lengths: Vec<[u32; 2]>,
}

/// What has been read.
pub(crate) struct Read<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) lengths: &'a [[u32; 2]],
    /// Where the texts of sides end.
    pub(crate) texts: usize,
}

/// What is known of the texts of a chunk's sides.
struct Texts {
    /// Where they end.
    end: usize,
    /// How many characters are padding at their ends.
    padding: usize,
    /// Whether each is of whole groups.
    whole: bool,
}

/// Bytes that a text of so many characters has room for.
pub(crate) fn groups(chars: usize) -> usize {
    chars.div_ceil(4) * 3
}

impl Payloads {
    /// With room for what is told of so many records.
    pub(crate) fn new(records: usize) -> Self {
        Payloads { bytes: Vec::new(), lengths: vec![[ALONE; 2]; records] }
    }

    /// Reads the texts of records, whose words tell their lengths.
    pub(crate) fn read(&mut self, words: &[[i32; WORDS]], text: &[u8]) -> Result<Read<'_>, Short> {
        let Texts { end, padding, whole } = self.measure(words, text)?;
        // A text of one character has the room of a group.
        let room = base64::room(end) + 3 * 2 * words.len() + PADDING;
        if self.bytes.len() < room {
            self.bytes.resize(room, 0);
        }
        let all = Cursor::new(text, 0, end).run();
        if !whole || base64::decode_joined(all, &mut self.bytes) != Some(padding) {
            self.read_each(words, text);
        }
        Ok(Read { bytes: &self.bytes, lengths: &self.lengths, texts: end })
    }

    fn measure(&mut self, words: &[[i32; WORDS]], text: &[u8]) -> Result<Texts, Short> {
        let mut texts = Cursor::new(text, 0, text.len());
        let (mut padding, mut whole) = (0, true);
        for (&[.., key, value], lengths) in words.iter().zip(&mut self.lengths) {
            for (n, length) in sides(key, value).into_iter().zip(lengths) {
                let text = texts.take(n)?;
                let padded = base64::padding(text.exact());
                *length = (n / 4 * 3).saturating_sub(padded) as u32;
                padding += padded;
                whole &= n.is_multiple_of(4);
            }
        }
        Ok(Texts { end: texts.at(), padding, whole })
    }

    /// Reads each text by itself, since one of them is odd.
    #[cold]
    #[inline(never)]
    fn read_each(&mut self, words: &[[i32; WORDS]], text: &[u8]) {
        let mut texts = Cursor::new(text, 0, text.len());
        let mut to = self.bytes.as_mut_slice();
        for (&[.., key, value], lengths) in words.iter().zip(&mut self.lengths) {
            for (n, length) in sides(key, value).into_iter().zip(lengths) {
                let run = texts.take(n).unwrap_or(Run::new(b""));
                let padding = base64::padding(run.exact());
                if !n.is_multiple_of(4) || base64::decode_joined(run, to) != Some(padding) {
                    *length = ALONE;
                }
                to = to.get_mut(groups(n)..).unwrap_or_default();
            }
        }
    }
}

/// The lengths of a record's texts: nothing where it has none, or stands elsewhere as a whole.
#[inline(always)]
fn sides(key: i32, value: i32) -> [usize; 2] {
    [key, if key == ODD { ODD } else { value }].map(|n| usize::try_from(n).unwrap_or_default())
}
