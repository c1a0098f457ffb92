//! The codecs of object container files (specification, "Required Codecs", "Optional Codecs"). The optional ones need the
//! feature `codecs`, which the wasm hosts leave out.

use super::zlib;
use super::zlib::Bad;

/// How a block is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Codec {
    Null,
    Deflate,
    #[cfg(feature = "codecs")]
    Snappy,
    #[cfg(feature = "codecs")]
    Zstandard,
    #[cfg(feature = "codecs")]
    Bzip2,
    #[cfg(feature = "codecs")]
    Xz,
}

/// The codecs of the specification that may be missing here.
pub(super) const OTHERS: &[&str] = &["snappy", "zstandard", "bzip2", "xz"];

/// A codec by the name that a file's metadata gives.
pub(super) fn find(name: &str) -> Option<Codec> {
    Some(match name {
        "null" => Codec::Null,
        "deflate" => Codec::Deflate,
        #[cfg(feature = "codecs")]
        "snappy" => Codec::Snappy,
        #[cfg(feature = "codecs")]
        "zstandard" => Codec::Zstandard,
        #[cfg(feature = "codecs")]
        "bzip2" => Codec::Bzip2,
        #[cfg(feature = "codecs")]
        "xz" => Codec::Xz,
        _ => return None,
    })
}

/// Inflates a block into `out`, which is empty, and never to more than `limit` bytes.
pub(super) fn inflate(codec: Codec, data: &[u8], out: &mut Vec<u8>, limit: usize) -> Result<(), Bad> {
    match codec {
        Codec::Null if data.len() > limit => Err(Bad::Limit),
        Codec::Null => {
            out.extend_from_slice(data);
            Ok(())
        }
        Codec::Deflate => zlib::inflate_raw(data, out, limit),
        #[cfg(feature = "codecs")]
        Codec::Snappy => native::snappy(data, out, limit),
        #[cfg(feature = "codecs")]
        Codec::Zstandard => match zstd::stream::read::Decoder::new(data) {
            Ok(decoder) => native::read(decoder, out, limit),
            Err(_) => Err(Bad::Stream),
        },
        #[cfg(feature = "codecs")]
        Codec::Bzip2 => native::read(bzip2::read::BzDecoder::new(data), out, limit),
        #[cfg(feature = "codecs")]
        Codec::Xz => native::read(liblzma::read::XzDecoder::new(data), out, limit),
    }
}

#[cfg(feature = "codecs")]
mod native {
    use super::Bad;
    use std::io::Read;

    /// All that a decoder gives, within the limit.
    pub(super) fn read(decoder: impl Read, out: &mut Vec<u8>, limit: usize) -> Result<(), Bad> {
        decoder.take((limit as u64).saturating_add(1)).read_to_end(out).map_err(|_| Bad::Stream)?;
        if out.len() > limit { Err(Bad::Limit) } else { Ok(()) }
    }

    /// "Snappy's raw format, followed by the 4-byte, big-endian CRC32 checksum of the uncompressed data".
    pub(super) fn snappy(data: &[u8], out: &mut Vec<u8>, limit: usize) -> Result<(), Bad> {
        let (data, checksum) = data.split_last_chunk::<4>().ok_or(Bad::Stream)?;
        if snap::raw::decompress_len(data).map_err(|_| Bad::Stream)? > limit {
            return Err(Bad::Limit);
        }
        *out = snap::raw::Decoder::new().decompress_vec(data).map_err(|_| Bad::Stream)?;
        if crc32fast::hash(out) == u32::from_be_bytes(*checksum) { Ok(()) } else { Err(Bad::Stream) }
    }
}
