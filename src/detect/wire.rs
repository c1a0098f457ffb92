//! Whether bytes are well-formed Protobuf, which needs no schema to tell, and how much that says.

use crate::format::protobuf::guess::{Field, guess};
use crate::format::protobuf::index;
use crate::framing::Origin;
use crate::limits::Limits;
use crate::wire::Cursor;

/// Fields of greater numbers are rare in schemas, and common in what is no Protobuf.
const COMMON_NUMBER: u32 = 200;

/// How likely Protobuf is, from 0 to 1, where the datum is well-formed: the longer, the less by chance.
pub(super) fn confidence(datum: &[u8], limits: &Limits) -> Option<f64> {
    let fields = guess(datum, limits).ok()?.fields;
    let common = |field: &Field| field.number <= COMMON_NUMBER;
    if fields.is_empty() {
        return None;
    }
    Some(match datum.len() {
        _ if !fields.iter().all(common) => 0.15,
        12.. => 0.6,
        5..12 => 0.4,
        _ => 0.2,
    })
}

/// Whether what follows a framing is well-formed Protobuf, behind the message index that the framing's writer sets.
pub(super) fn follows(origin: Origin, datum: &[u8], limits: &Limits) -> bool {
    let cursor = Cursor::new(datum, 0, datum.len());
    let index = match origin {
        _ if origin.is_confluent() => index::confluent_length(&cursor).ok(),
        _ if origin.is_glue() => index::glue_length(&cursor).ok(),
        _ => Some(0),
    };
    let rest = index.and_then(|bytes| datum.get(bytes..)).unwrap_or_default();
    confidence(rest, limits).is_some_and(|c| c > 0.15)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn well_formed_bytes_are_told_from_others() {
        let limits = Limits::default();
        let product = b"\x08\xe9\x07\x12\x06Laptop\x19\x52\xb8\x1e\x85\xeb\x3f\x8f\x40";
        assert_eq!(confidence(product, &limits), Some(0.6));
        assert_eq!(confidence(b"\x08\x01", &limits), Some(0.2));
        assert_eq!(confidence(b"", &limits), None);
        assert_eq!(confidence(b"\xd2\x0f\x0cLaptop", &limits), None, "Avro");
        assert_eq!(confidence(b"\x80\x7d\x01", &limits), Some(0.15), "field 2000");
        let behind = |prefix: &[u8], origin| follows(origin, &[prefix, product].concat(), &limits);
        assert!(behind(b"\x04\x02\x00", Origin::Confluent));
        assert!(behind(b"\x01", Origin::EsmGlue));
        assert!(behind(b"", Origin::None));
        assert!(!behind(b"\xff", Origin::None));
    }
}
