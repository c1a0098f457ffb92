//! Message indexes: Confluent's paths in their three readings, Glue's place by name.

use super::*;
use crate::format::protobuf::index::{self, Reading};

/// `M0 {}`, `M1 { N0 { K0, K1 }, N1 }`, `M2 { N0, map<> x, N1 }`.
fn sample() -> Arc<Schema> {
    let m1 =
        message("M1").sub(3, message("N0").sub(3, message("K0")).sub(3, message("K1"))).sub(3, message("N1"));
    let m2 = message("M2")
        .sub(2, typed("x", 1, REPEATED, MESSAGE, ".t.M2.XEntry"))
        .sub(3, message("N0"))
        .sub(3, entry("XEntry", STRING, field("value", 2, OPTIONAL, STRING)))
        .sub(3, message("N1"));
    let other = msg().str(1, "other.proto").str(2, "o").sub(4, message("A")).sub(4, message("B"));
    let bytes = set([other, proto3().sub(4, message("M0")).sub(4, m1).sub(4, m2)]);
    Arc::new(Schema::from_descriptors(&bytes, &Limits::default()).unwrap())
}

fn confluent(bytes: &[u8]) -> Result<(String, usize, Reading), Code> {
    let s = sample();
    let i = index::confluent(&s, &Cursor::new(bytes, 0, bytes.len())).map_err(|f| f.code)?;
    Ok((s.get(i.message).full_name.to_string(), i.bytes, i.reading))
}

#[test]
fn confluent_paths() {
    use Reading::{MapEntries, Standard, Unsigned};
    let is = |bytes: &[u8], name: &str, n, reading| {
        assert_eq!(confluent(bytes), Ok((name.to_owned(), n, reading)), "{bytes:02x?}");
    };
    is(&[0], "t.M0", 1, Standard);
    is(&[0, 8, 9], "t.M0", 1, Standard);
    is(&[2, 2], "t.M1", 2, Standard);
    is(&[2, 4, 0x0a], "t.M2", 2, Standard);
    is(&[4, 2, 0], "t.M1.N0", 3, Standard);
    is(&[6, 2, 0, 2], "t.M1.N0.K1", 4, Standard);
    is(&[4, 4, 2], "t.M2.N1", 3, Standard);
    is(&[4, 4, 4], "t.M2.N1", 3, MapEntries);
    is(&[1, 1, 0], "t.M1", 2, Unsigned);
    is(&[1, 2], "t.M2", 2, Unsigned);
    is(&[2, 1, 0], "t.M1.N0", 3, Unsigned);
    is(&[3, 1, 0, 1], "t.M1.N0.K1", 4, Unsigned);
    // Each as if alone: nothing is remembered.
    is(&[2, 2], "t.M1", 2, Standard);
}

#[test]
fn written_indexes_are_read_back() {
    let s = sample();
    for name in ["t.M0", "t.M1", "t.M1.N0", "t.M1.N0.K1", "t.M2.N1"] {
        let id = s.message(name).unwrap();
        let bytes = index::write_confluent(&s, id).unwrap();
        assert_eq!(confluent(&bytes), Ok((name.to_owned(), bytes.len(), Reading::Standard)));
        let bytes = index::write_glue(&s, id).unwrap();
        let read = index::glue(&s, &Cursor::new(&bytes, 0, bytes.len())).unwrap();
        assert_eq!((read.message, read.bytes), (id, bytes.len()));
    }
    assert_eq!(index::write_confluent(&s, s.message("t.M1.N0").unwrap()), Some(vec![4, 2, 0]));
    assert_eq!(index::write_confluent(&s, s.message("o.A").unwrap()), None, "of another file");
    assert_eq!(index::write_glue(&s, s.message("o.A").unwrap()), None, "of another file");
}

#[test]
fn confluent_paths_that_name_nothing() {
    for bytes in [
        &[][..],
        &[2],
        &[0x80],
        &[2, 6, 0],
        &[9, 9],
        &[0xfe, 0xff, 0xff, 0xff, 0x0f, 0],
        &[0xff, 0xff, 0xff, 0xff, 0x0f, 0],
        &[0x80, 0x00, 0x00],
        &[0xff; 12],
    ] {
        assert_eq!(confluent(bytes), Err(Code::ConfluentIndex), "{bytes:02x?}");
    }
    let mut hostile = vec![0xfe, 0xff, 0xff, 0xff, 0x0f];
    hostile.resize(1 << 20, 0);
    assert_eq!(confluent(&hostile), Err(Code::ConfluentIndex));
}

#[test]
fn confluent_length_without_a_schema() {
    let n = |bytes: &[u8]| index::confluent_length(&Cursor::new(bytes, 0, bytes.len())).ok();
    assert_eq!(n(&[0, 1]), Some(1));
    assert_eq!(n(&[2, 0x8c, 1, 9]), Some(3));
    assert_eq!(n(&[2, 1, 0, 9]), Some(3));
    assert_eq!(n(&[2, 0x80, 0x80]), None);
}

#[test]
fn a_path_counts_in_the_registered_file() {
    let s = sample();
    let found = |path: &[u32], entries| s.walk(path.iter().copied(), entries);
    let name = |path: &[u32]| found(path, false).map(|id| s.get(id).full_name.to_string());
    assert_eq!(name(&[1]).as_deref(), Some("t.M1"));
    assert_eq!(name(&[2, 1]).as_deref(), Some("t.M2.N1"));
    assert_eq!(name(&[]), None);
    assert_eq!(found(&[2, 1], true), None, "an entry is no message to decode");
    assert!(found(&[2, 2], true).is_some());
}

#[test]
fn glue_counts_by_name() {
    let nested = message("B").sub(3, message("C")).sub(3, message("A").sub(3, message("D")));
    let file = msg()
        .str(1, "ex.proto")
        .str(2, "ex")
        .sub(4, message("Z"))
        .sub(4, nested)
        .sub(4, message("A0"))
        .sub(4, message("\u{ffee}"))
        .sub(4, message("\u{1F600}"));
    let s = schema(file);
    let name = |i: u32| s.get(s.glue_index(i).unwrap()).full_name.to_string();
    let names: Vec<_> = (0..8).map(name).collect();
    // A surrogate pair sorts before U+FFEE in UTF-16, behind it in UTF-8.
    assert_eq!(
        names,
        ["ex.A0", "ex.B", "ex.B.A", "ex.B.A.D", "ex.B.C", "ex.Z", "ex.\u{1F600}", "ex.\u{ffee}"]
    );
    let read = |bytes: &[u8]| index::glue(&s, &Cursor::new(bytes, 0, bytes.len()));
    assert_eq!(
        read(&[5, 9]).map(|i| (s.get(i.message).full_name.to_string(), i.bytes)),
        Ok(("ex.Z".into(), 1))
    );
    let fault = read(&[8]).unwrap_err();
    assert_eq!((fault.code, fault.expected, fault.found), (Code::GlueIndex, 8, 8));
    assert_eq!(read(&[0x80]).unwrap_err().code, Code::GlueIndex);
    assert_eq!(read(&[0xff; 9]).unwrap_err().code, Code::GlueIndex);
    assert_eq!(index::glue_length(&Cursor::new(&[0x80, 1, 7], 0, 3)), Ok(2));
}
