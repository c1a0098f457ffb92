//! Fingerprints of the parsing canonical form (specification, "Schema Fingerprints").

use super::Schema;
use md5::{Digest, Md5};
use sha2::Sha256;

/// The fingerprint of no bytes, which is also the polynomial.
const EMPTY: u64 = 0xc15d_213a_a4d7_a795;

const TABLE: [u64; 256] = table();

const fn table() -> [u64; 256] {
    let mut table = [0; 256];
    let mut i = 0;
    while i < 256 {
        let mut fp = i as u64;
        let mut bit = 0;
        while bit < 8 {
            fp = (fp >> 1) ^ (EMPTY & (fp & 1).wrapping_neg());
            bit += 1;
        }
        table[i] = fp;
        i += 1;
    }
    table
}

/// CRC-64-AVRO of these bytes.
pub fn rabin(bytes: &[u8]) -> u64 {
    bytes.iter().fold(EMPTY, |fp, b| (fp >> 8) ^ TABLE[(fp as u8 ^ b) as usize])
}

impl Schema {
    /// The 64-bit Rabin fingerprint (CRC-64-AVRO) of the parsing canonical form, as a number: a single-object header
    /// stores it lowest byte first.
    pub fn rabin(&self) -> u64 {
        rabin(self.canonical_form().as_bytes())
    }

    /// The MD5 fingerprint of the parsing canonical form.
    pub fn md5(&self) -> [u8; 16] {
        Md5::digest(self.canonical_form()).into()
    }

    /// The SHA-256 fingerprint of the parsing canonical form.
    pub fn sha256(&self) -> [u8; 32] {
        Sha256::digest(self.canonical_form()).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    fn schema(text: &str) -> Schema {
        Schema::parse(text, &[], &Limits::default()).unwrap()
    }

    // What Java's SchemaNormalization gives.
    #[test]
    fn rabin_fingerprints() {
        for (name, fingerprint) in [
            ("null", 0x63dd_24e7_cc25_8f8a_u64),
            ("boolean", 0x9f42_fc78_a4d4_f764),
            ("int", 0x7275_d51a_3f39_5c8f),
            ("long", 0xd054_e144_93f4_1db7),
            ("float", 0x4d7c_02cb_3ea8_d790),
            ("double", 0x8e75_35c0_32ab_957e),
            ("bytes", 0x4fc0_16da_c320_1965),
            ("string", 0x8f01_4872_6345_03c7),
        ] {
            assert_eq!(schema(name).rabin(), fingerprint, "{name}");
        }
    }

    #[test]
    fn digests() {
        let hex = |bytes: &[u8]| bytes.iter().map(|b| format!("{b:02x}")).collect::<String>();
        // md5sum and sha256sum of `"int"`.
        assert_eq!(hex(&schema("int").md5()), "ef524ea1b91e73173d938ade36c1db32");
        assert_eq!(
            hex(&schema("int").sha256()),
            "3f2b87a9fe7cc9b13835598c3981cd45e3e355309e5090aa0933d7becb6fba45"
        );
    }
}
