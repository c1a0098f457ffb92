//! One whole zlib stream (RFC 1950), inflated within a limit.

use miniz_oxide::inflate::TINFLStatus as Status;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress, inflate_flags as flag};

/// Why a stream was not inflated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bad {
    /// It is damaged, ends early, or something follows it.
    Stream,
    /// It holds more than the limit.
    Limit,
}

const RAW: u32 = flag::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
const ZLIB: u32 = RAW | flag::TINFL_FLAG_PARSE_ZLIB_HEADER;

/// Inflates `stream` into `out`, whose former content is dropped. `out` never grows beyond one byte more than `limit`,
/// the byte that shows that the limit is passed, and holds after an error what was inflated until then.
pub(super) fn inflate(stream: &[u8], out: &mut Vec<u8>, limit: usize) -> Result<(), Bad> {
    whole(stream, out, limit, ZLIB)
}

/// The same for a stream without zlib's header and checksum (RFC 1951). What follows it is passed over, as Java's `Inflater`
/// does: fastavro leaves three bytes of the checksum there.
pub(super) fn inflate_raw(stream: &[u8], out: &mut Vec<u8>, limit: usize) -> Result<(), Bad> {
    whole(stream, out, limit, RAW)
}

fn whole(stream: &[u8], out: &mut Vec<u8>, limit: usize, flags: u32) -> Result<(), Bad> {
    out.clear();
    let mut written = 0;
    let result = run(stream, out, &mut written, limit, flags);
    out.truncate(written);
    result
}

fn run(stream: &[u8], out: &mut Vec<u8>, written: &mut usize, limit: usize, flags: u32) -> Result<(), Bad> {
    let most = limit.saturating_add(1);
    let mut state = Box::<DecompressorOxide>::default();
    let mut read = 0;
    // Text and records shrink to a third or so: most bodies need no second round.
    grow(out, stream.len().saturating_mul(4).max(256), most);
    loop {
        let rest = stream.get(read..).unwrap_or_default();
        let (status, took, gave) = decompress(&mut state, rest, out, *written, flags);
        read += took;
        *written += gave;
        match status {
            _ if *written > limit => return Err(Bad::Limit),
            Status::Done if read == stream.len() || flags == RAW => return Ok(()),
            Status::HasMoreOutput => grow(out, out.len().saturating_mul(2), most),
            _ => return Err(Bad::Stream),
        }
    }
}

/// Exactly, where `resize` alone may double the capacity past the limit.
fn grow(out: &mut Vec<u8>, to: usize, most: usize) {
    let to = to.min(most);
    out.reserve_exact(to.saturating_sub(out.len()));
    out.resize(to, 0);
}

#[cfg(test)]
mod tests {
    use super::*;
    use miniz_oxide::deflate::compress_to_vec_zlib;

    #[test]
    fn whole_streams_of_any_size() {
        let mut out = vec![1, 2, 3];
        for n in [0, 1, 255, 256, 257, 1000, 5_000, 100_000] {
            for level in [0, 1, 6, 9] {
                let data: Vec<u8> = (0..n).map(|i: usize| ((i * i) >> 3) as u8).collect();
                assert_eq!(
                    inflate(&compress_to_vec_zlib(&data, level), &mut out, n),
                    Ok(()),
                    "{n} at {level}"
                );
                assert_eq!(out, data, "a stream as long as the limit passes");
                if n > 0 {
                    let result = inflate(&compress_to_vec_zlib(&data, level), &mut out, n - 1);
                    assert_eq!((result, out.len()), (Err(Bad::Limit), n), "{n} at {level}");
                }
            }
        }
    }

    #[test]
    fn no_prefix_of_a_stream_and_no_stream_with_a_tail_passes() {
        let data = b"the quick brown fox jumps over the lazy dog, the quick brown fox again".repeat(3);
        for level in [0, 6] {
            let mut stream = compress_to_vec_zlib(&data, level);
            let mut out = Vec::new();
            for n in 0..stream.len() {
                assert_eq!(inflate(&stream[..n], &mut out, 1000), Err(Bad::Stream), "{n}");
                assert!(data.starts_with(&out), "{n}");
            }
            for tail in [&[0][..], &[0; 100], &stream.clone()] {
                let longer = [&stream[..], tail].concat();
                assert_eq!(inflate(&longer, &mut out, 1000), Err(Bad::Stream));
            }
            let last = stream.len() - 1;
            stream[last] ^= 1;
            assert_eq!(inflate(&stream, &mut out, 1000), Err(Bad::Stream), "its checksum is read");
        }
    }

    #[test]
    fn a_bomb_stays_within_the_limit() {
        let bomb = compress_to_vec_zlib(&vec![0; 64 << 20], 9);
        assert!(bomb.len() < 1 << 17);
        let limit = 1 << 20;
        let mut out = Vec::new();
        assert_eq!(inflate(&bomb, &mut out, limit), Err(Bad::Limit));
        assert!(out.capacity() <= limit + 1, "{}", out.capacity());
        assert_eq!(inflate(&bomb, &mut out, 0), Err(Bad::Limit));
    }

    #[test]
    fn damaged_streams_end() {
        let data: Vec<u8> = (0..2000u32).map(|i| ((i * 7919) >> 5) as u8).collect();
        let stream = compress_to_vec_zlib(&data, 6);
        let mut out = Vec::new();
        for at in 0..stream.len() {
            for bit in 0..8 {
                let mut damaged = stream.clone();
                damaged[at] ^= 1 << bit;
                if inflate(&damaged, &mut out, 4000).is_ok() {
                    assert_eq!(out, data, "byte {at}, bit {bit}: only what says the same may pass");
                }
                assert!(out.capacity() <= 8001);
            }
        }
    }
}
