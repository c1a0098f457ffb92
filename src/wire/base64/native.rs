//! Base64 by the crate that knows every processor's vectors.

use super::sextet;
use crate::wire::Run;
use base64_simd::{AsOut, STANDARD_NO_PAD};

/// Whole groups, of which the last may have padding: its bytes at the beginning of `out`, and how many they are.
#[inline]
pub(super) fn decode(text: Run<'_>, out: &mut [u8]) -> Option<usize> {
    let text = text.exact();
    let Some((body, &[a, b, c, d])) = text.split_last_chunk::<4>() else {
        return text.is_empty().then_some(0);
    };
    // The crate panics where its output has no room.
    let at = body.len() / 4 * 3;
    if !body.len().is_multiple_of(4) || out.len() < at + 3 {
        return None;
    }
    STANDARD_NO_PAD.decode(body, out.get_mut(..at)?.as_out()).ok()?;
    let (c, d, bytes) = match (c, d) {
        (b'=', b'=') => (b'A', b'A', 1),
        (c, b'=') => (c, b'A', 2),
        (c, d) => (c, d, 3),
    };
    let bits = sextet(a)? << 18 | sextet(b)? << 12 | sextet(c)? << 6 | sextet(d)?;
    let [_, last @ ..] = bits.to_be_bytes();
    *out.get_mut(at..)?.first_chunk_mut()? = last;
    Some(at + bytes)
}

/// Only the module for JavaScript has such texts.
#[inline]
pub(super) fn decode_joined(_: Run<'_>, _: &mut [u8]) -> Option<usize> {
    None
}
