//! Message indexes: which message of the registered file a payload holds.

use super::model::{MessageId, Schema};
use crate::error::{Code, Fault};
use crate::wire::{Cursor, put_varint, unzigzag};

/// A message index that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Indexed {
    /// The message that it names.
    pub message: MessageId,
    /// How many bytes it takes.
    pub bytes: usize,
    /// Which of the readings in use it is.
    pub reading: Reading,
}

/// How a Confluent index was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// As Java does.
    Standard,
    /// By a client that counts map entries among nested messages.
    MapEntries,
    /// By an old client, as varints without zig-zag (`use.deprecated.format`).
    Unsigned,
}

/// Reads Confluent's message indexes. The rule has no memory: zig-zag where it is canonical and names a message, else
/// the deprecated unsigned form, else the path `[0]` written out, which no serializer writes and every reader takes.
///
/// # Errors
/// `CONFLUENT_INDEX` at the first byte: neither reading names a message of the file.
pub fn confluent(schema: &Schema, cursor: &Cursor<'_>) -> Result<Indexed, Fault> {
    for (form, entries, reading) in [
        (Form::Canonical, false, Reading::Standard),
        (Form::Canonical, true, Reading::MapEntries),
        (Form::Unsigned, false, Reading::Unsigned),
        (Form::WrittenOut, false, Reading::Standard),
    ] {
        let zigzag = form != Form::Unsigned;
        let Some((count, bytes)) = path(&mut cursor.clone(), form) else { continue };
        let mut indexes = cursor.clone();
        // A lone 00 stands for the path [0]: its one byte is then count and index in one.
        if count != 0 {
            number(&mut indexes, zigzag);
        }
        let path = (0..count.max(1)).map_while(|_| number(&mut indexes, zigzag));
        if let Some(message) = schema.walk(path, entries) {
            return Ok(Indexed { message, bytes, reading });
        }
    }
    Err(Fault::new(Code::ConfluentIndex, cursor.at()))
}

/// How many bytes Confluent's message indexes take, where no schema says which message they name.
///
/// # Errors
/// `CONFLUENT_INDEX`: malformed in both readings.
pub fn confluent_length(cursor: &Cursor<'_>) -> Result<usize, Fault> {
    [Form::Canonical, Form::Unsigned, Form::WrittenOut]
        .into_iter()
        .find_map(|form| path(&mut cursor.clone(), form))
        .map(|(_, bytes)| bytes)
        .ok_or(Fault::new(Code::ConfluentIndex, cursor.at()))
}

/// Reads Glue's message index: one varint, without zig-zag, over all messages of the file sorted by full name.
///
/// # Errors
/// `GLUE_INDEX`: no varint, or no message of that place.
pub fn glue(schema: &Schema, cursor: &Cursor<'_>) -> Result<Indexed, Fault> {
    let mut c = cursor.clone();
    let count = schema.registered().map_or(0, |f| f.sorted.len());
    let fault = |found| Fault::with(Code::GlueIndex, cursor.at(), count as u64, found);
    let index = c.varint().map_err(|_| fault(-1))?;
    let message = u32::try_from(index).ok().and_then(|i| schema.glue_index(i));
    let message = message.ok_or(fault(i64::try_from(index).unwrap_or(i64::MAX)))?;
    Ok(Indexed { message, bytes: c.at() - cursor.at(), reading: Reading::Standard })
}

/// How many bytes Glue's message index takes, where no schema says which message it names.
///
/// # Errors
/// `GLUE_INDEX`: no varint.
pub fn glue_length(cursor: &Cursor<'_>) -> Result<usize, Fault> {
    let mut c = cursor.clone();
    c.varint().map_err(|_| Fault::with(Code::GlueIndex, cursor.at(), 1, -1))?;
    Ok(c.at() - cursor.at())
}

/// Confluent's message indexes of a message, as Java's serializer writes them; `None` where another file declares it.
pub fn write_confluent(schema: &Schema, message: MessageId) -> Option<Vec<u8>> {
    let path = schema.confluent_path(message)?;
    if path == [0] {
        return Some(vec![0]);
    }
    let mut out = Vec::new();
    for number in [path.len() as u64].into_iter().chain(path) {
        // Zig-zag; neither count nor index is negative.
        put_varint(number << 1, &mut out);
    }
    Some(out)
}

/// Glue's message index of a message; `None` where another file declares it.
pub fn write_glue(schema: &Schema, message: MessageId) -> Option<Vec<u8>> {
    let index = schema.registered()?.sorted.iter().position(|id| *id == message)?;
    let mut out = Vec::new();
    put_varint(index as u64, &mut out);
    Some(out)
}

/// How a path may be written.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    /// Zig-zag, `[0]` as the single byte 00.
    Canonical,
    /// Without zig-zag.
    Unsigned,
    /// Zig-zag, `[0]` as 02 00.
    WrittenOut,
}

/// A well-formed path: how many indexes follow its count, and how many bytes it takes.
fn path(c: &mut Cursor<'_>, form: Form) -> Option<(u32, usize)> {
    let zigzag = form != Form::Unsigned;
    let start = c.at();
    let count = number(c, zigzag)?;
    // An index takes a byte at least: no count from outside is a reason to loop.
    if count as usize > c.left() {
        return None;
    }
    let mut last = None;
    for _ in 0..count {
        last = Some(number(c, zigzag)?);
    }
    // The path [0] is written as the lone count 0, in its zig-zag form always.
    let written_out = count == 1 && last == Some(0);
    if zigzag && written_out != (form == Form::WrittenOut) {
        return None;
    }
    Some((count, c.at() - start))
}

/// A count or index: not negative, of 31 bits, in its shortest form.
fn number(c: &mut Cursor<'_>, zigzag: bool) -> Option<u32> {
    let start = c.at();
    let raw = c.varint().ok()?;
    let shortest = (64 - raw.leading_zeros()).div_ceil(7).max(1) as usize;
    let value = if zigzag { unzigzag(raw) } else { i64::try_from(raw).ok()? };
    let value = u32::try_from(value).ok().filter(|v| *v <= i32::MAX as u32)?;
    (c.at() - start == shortest).then_some(value)
}
