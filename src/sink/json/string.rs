//! Strings: copied in chunks of 16 while nothing needs an escape, checked as UTF-8 on the way.

use crate::dialect;
use crate::format::{NotUtf8, utf8};
use crate::json::{Out, quote};
use crate::wire::{self, Cursor, HIGH_BITS, ONES, Run, words};

/// High bit set in each byte (from the lowest up to the first at least) that is no plain ASCII: a control character,
/// a quote, a backslash, or 0x80 and above.
#[inline(always)]
fn dirty(w: u64) -> u64 {
    let quote = w ^ (ONES * 0x22);
    let slash = w ^ (ONES * 0x5c);
    w | w.wrapping_sub(ONES * 0x20) | quote.wrapping_sub(ONES) & !quote | slash.wrapping_sub(ONES) & !slash
}

/// Writes a run as a JSON string.
#[inline(always)]
pub(super) fn write_run(out: &mut Out, run: Run<'_>) -> Result<(), NotUtf8> {
    if write_plain(out, run) { Ok(()) } else { write_other(out, run) }
}

/// Writes a run that needs no escape and has whole chunks, as text in a batch has; else false.
#[inline(always)]
fn write_plain(out: &mut Out, run: Run<'_>) -> bool {
    let len = run.len();
    let mut room = out.room(len + 32);
    room[0] = b'"';
    room = &mut room[1..];
    let (mut tail, mut left) = (run.tail(), len);
    while let Some((chunk, rest)) = tail.split_first_chunk::<16>() {
        let Some((to, after)) = room.split_first_chunk_mut::<16>() else { break };
        *to = *chunk;
        let n = left.min(16);
        let ([a, b], [mask_a, mask_b]) = (words(chunk), HIGH_BITS[n]);
        if (dirty(a) & mask_a) | (dirty(b) & mask_b) != 0 {
            break;
        }
        if left <= 16 {
            if left == 16 {
                after[0] = b'"'
            } else {
                to[left] = b'"'
            }
            out.advance(len + 2);
            return true;
        }
        left -= 16;
        tail = rest;
        room = after;
    }
    false
}

/// So long a run is copied where the buffer ends too soon behind it.
const SHORT: usize = 48;

/// Writes any run.
#[inline(never)]
fn write_other(out: &mut Out, run: Run<'_>) -> Result<(), NotUtf8> {
    let text = run.exact();
    let mut padded = [0; SHORT + 16];
    if run.tail().len() < text.len() + 16
        && let Some(room) = padded[..SHORT].get_mut(..text.len())
    {
        room.copy_from_slice(text);
        if write_plain(out, Cursor::new(&padded, 0, text.len()).run()) {
            return Ok(());
        }
    }
    quote(out, utf8(run)?);
    Ok(())
}

/// Writes bytes as a JSON string of the given form.
pub(super) fn write_bytes(out: &mut Out, bytes: &[u8], form: dialect::Bytes) {
    match form {
        dialect::Bytes::Base64 => base64(out, bytes),
        dialect::Bytes::Hex => {
            out.push(b'"');
            for byte in bytes {
                let hex = b"0123456789abcdef";
                out.push_array(&[hex[usize::from(byte >> 4)], hex[usize::from(byte & 15)]]);
            }
            out.push(b'"');
        }
        dialect::Bytes::Latin1 => quote(out, &bytes.iter().map(|&b| char::from(b)).collect::<String>()),
    }
}

fn base64(out: &mut Out, bytes: &[u8]) {
    let len = bytes.len().div_ceil(3) * 4;
    let room = out.room(len + 2);
    room[0] = b'"';
    wire::base64::write(bytes, &mut room[1..=len]);
    room[len + 1] = b'"';
    out.advance(len + 2);
}
