use super::*;
use crate::wire::Cursor;

const AT: Span = (0, 0);

#[test]
fn strings_choose_the_narrowest_heap() {
    let mut tape = Tape::new();
    tape.string(Run::new(b"abc"), AT).unwrap();
    assert!(tape.latin_is_ascii());
    tape.clear();
    for text in ["abc", "é", "aé😀"] {
        tape.string(Run::new(text.as_bytes()), AT).unwrap();
    }
    assert_eq!(tape.ints(), [3, 1, -5]);
    assert_eq!(tape.latin(), b"abc\xe9");
    assert!(!tape.latin_is_ascii());
    assert_eq!(tape.wide(), "aé😀".encode_utf16().collect::<Vec<_>>());
}

#[test]
fn strings_of_any_length_with_anything_behind_them() {
    for n in 0..70 {
        for odd in (0..n).map(Some).chain([None]) {
            let mut text = "abcdefghij".repeat(7)[..n].to_owned();
            if let Some(at) = odd {
                text.replace_range(at..=at, "é");
            }
            for behind in [&b""[..], b"\xff", &[0x80; 40]] {
                let bytes = [text.as_bytes(), behind].concat();
                let run = Cursor::new(&bytes, 0, bytes.len()).take(text.len()).unwrap();
                let mut tape = Tape::new();
                tape.string(Run::new(b"x"), AT).unwrap();
                tape.string(run, AT).unwrap();
                assert_eq!(tape.ints(), [1, n as i32], "{text}");
                let latin: String = tape.latin()[1..].iter().map(|b| char::from(*b)).collect();
                assert_eq!(latin, text);
            }
        }
    }
    let mut tape = Tape::new();
    let mut bad = *b"abcdefghijklmnopqrstuvwxyz";
    bad[20] = 0xff;
    assert_eq!(tape.string(Run::new(&bad), AT), Err(NotUtf8 { valid_up_to: 20 }));
}

#[test]
fn quoted_strings_end_at_their_quote() {
    for n in 0..50 {
        let text = "abcdefghij".repeat(5)[..n].to_owned();
        for behind in ["\"", "\":1,\"next\":\"and more of it\"}", "\\n\"", "é\"", "\n\"", ""] {
            for padding in [0, 16] {
                let mut bytes = [text.as_bytes(), behind.as_bytes()].concat();
                let end = bytes.len();
                bytes.resize(end + padding, b'"');
                let mut tape = Tape::new();
                tape.string(Run::new(b"x"), AT).unwrap();
                let found = tape.quoted(Cursor::new(&bytes, 0, end).run());
                let fine = behind.starts_with('"');
                // Without anything behind it the document is read the other way.
                let ways = if fine && padding == 16 { [Some(n); 2] } else { [None, fine.then_some(n)] };
                assert!(ways.contains(&found), "{n} {behind} {padding}: {found:?}");
                let left = if found.is_some() { text.as_str() } else { "" };
                assert_eq!(tape.latin(), format!("x{left}").as_bytes());
                assert_eq!(tape.ints().len(), 1 + usize::from(found.is_some()));
            }
        }
    }
}

#[test]
fn keys_are_numbered_once() {
    let mut tape = Tape::new();
    for (i, key) in ["a", "b", "a", "é", "b"].into_iter().enumerate() {
        tape.key(i, Run::new(key.as_bytes()), AT).unwrap();
    }
    let long = "k".repeat(100);
    tape.key(0, Run::new(long.as_bytes()), AT).unwrap();
    assert_eq!(tape.ints(), [0, 1, 0, 2, 1, -1, 100]);
    assert_eq!(tape.keys().iter().map(|k| &**k).collect::<Vec<_>>(), ["a", "b", "é"]);
    assert!(tape.key(0, Run::new(b"\xff"), AT).is_err());
    for i in 0..10_000 {
        tape.key(i, Run::new(format!("key{i}").as_bytes()), AT).unwrap();
    }
    assert_eq!(tape.keys().len(), 2048, "what data can make grow has a bound");
    tape.clear();
    tape.key(7, Run::new(b"key9"), AT).unwrap();
    assert_eq!(&*tape.keys()[tape.ints()[0] as usize], "key9");
}

#[test]
fn integers_that_a_double_would_round_go_to_the_side_table() {
    let mut tape = Tape::new();
    let safe = MAX_SAFE as i64;
    for v in [0, safe, -safe, safe + 1, i64::MIN] {
        tape.long(v, AT);
    }
    tape.ulong(u64::MAX, AT);
    assert_eq!(tape.bigs(), [safe + 1, i64::MIN, -1]);
    assert_eq!(tape.floats().iter().filter(|f| f.is_nan()).count(), 3);
}

#[test]
fn abort_leaves_nothing_of_a_failed_datum() {
    let mut tape = Tape::new();
    tape.begin(0);
    tape.int(1, AT);
    tape.end();
    let before = tape.mark();
    tape.begin(0);
    tape.text("é😀", AT);
    tape.long(i64::MAX, AT);
    tape.bytes(Run::new(b"x"), dialect::Bytes::Hex, AT);
    tape.abort();
    assert_eq!(tape.mark(), before);
}
