use super::*;

const AT: Span = (0, 0);

fn text_of(write: impl FnOnce(&mut Json)) -> String {
    let mut json = Json::new();
    write(&mut json);
    json.as_str().to_owned()
}

#[test]
fn doubles_are_written_as_ecmascript_does() {
    let cases: [(f64, &str); 19] = [
        (0.0, "0"),
        (-0.0, "-0"),
        (5.0, "5"),
        (0.1, "0.1"),
        (-1.5, "-1.5"),
        (999.99, "999.99"),
        (1e21, "1e+21"),
        (1e20, "100000000000000000000"),
        (1e-7, "1e-7"),
        (0.000001, "0.000001"),
        (0.005, "0.005"),
        (-0.001, "-0.001"),
        (5e-324, "5e-324"),
        (f64::MAX, "1.7976931348623157e+308"),
        (9007199254740993.0, "9007199254740992"),
        (123456789012.34, "123456789012.34"),
        (f64::NAN, "\"NaN\""),
        (f64::INFINITY, "\"Infinity\""),
        (f64::NEG_INFINITY, "\"-Infinity\""),
    ];
    for (v, expected) in cases {
        assert_eq!(text_of(|j| j.double(v, AT)), expected);
    }
    assert_eq!(text_of(|j| j.float(0.1, false, AT)), "0.10000000149011612");
    assert_eq!(text_of(|j| j.float(0.1, true, AT)), "0.1");
    assert_eq!(text_of(|j| j.float(-0.0, true, AT)), "-0");
}

/// The fast path for hundredths must agree with the general one.
#[test]
fn hundredths_agree_with_the_shortest_form() {
    let mut buffer = ryu_js::Buffer::new();
    let mut x: u64 = 1;
    for _ in 0..200_000 {
        x = x.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        let v = ((x >> 20) as i64 - (1 << 43)) as f64 / 100.0 / f64::from(1 << (x % 30));
        if v != 0.0 {
            assert_eq!(text_of(|j| j.double(v, AT)), buffer.format(v));
        }
    }
}

/// Every bit pattern is a number that ECMAScript prints: ryu-js is the reference.
#[test]
fn any_number_is_laid_out_as_ecmascript_does() {
    let mut x: u64 = 7;
    for _ in 0..200_000 {
        x = x.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        let bits = x ^ (x >> 29);
        let (v, short) = (f64::from_bits(bits), f32::from_bits(bits as u32));
        if v.is_finite() && v != 0.0 {
            assert_eq!(text_of(|j| j.double(v, AT)), ryu_js::Buffer::new().format(v));
        }
        if short.is_finite() && short != 0.0 {
            assert_eq!(text_of(|j| j.float(short, true, AT)), ryu_js::Buffer::new().format(short));
        }
    }
    for exponent in -330..310 {
        for digits in ["1", "12", "123456789"] {
            let v: f64 = format!("{digits}e{exponent}").parse().unwrap();
            if v != 0.0 && v.is_finite() {
                assert_eq!(text_of(|j| j.double(v, AT)), ryu_js::Buffer::new().format(v));
            }
        }
    }
}

#[test]
fn strings_are_escaped_as_json_stringify_does() {
    let odd = "a\"b\\c\n\t\r\u{8}\u{c}\u{1}\u{1f}\u{7f}é\u{2028}😀";
    let expected = "\"a\\\"b\\\\c\\n\\t\\r\\b\\f\\u0001\\u001f\u{7f}é\u{2028}😀\"";
    assert_eq!(text_of(|j| j.text(odd, AT)), expected);
    for pad in 0..40 {
        let padded = format!("{}{odd}", "x".repeat(pad));
        let run = text_of(|j| j.string(Run::new(padded.as_bytes()), AT).unwrap());
        assert_eq!(run, format!("\"{}{}", "x".repeat(pad), &expected[1..]));
    }
}

#[test]
fn a_run_is_judged_by_its_own_bytes_only() {
    let mut buffer = vec![b'x'; 64];
    buffer[20..].fill(b'"');
    let mut cursor = crate::wire::Cursor::new(&buffer, 0, 64);
    let run = cursor.take(20).unwrap();
    assert_eq!(text_of(|j| j.string(run, AT).unwrap()), format!("\"{}\"", "x".repeat(20)));
}

#[test]
fn bytes_have_three_forms() {
    let bytes = [0u8, 0x22, 0xff];
    let form = |f| text_of(|j| j.bytes(Run::new(&bytes), f, AT));
    assert_eq!(form(dialect::Bytes::Base64), "\"ACL/\"");
    assert_eq!(form(dialect::Bytes::Hex), "\"0022ff\"");
    assert_eq!(form(dialect::Bytes::Latin1), "\"\\u0000\\\"ÿ\"");
}

fn map_of(keys: &[&str]) -> String {
    text_of(|j| {
        let mark = j.map(0);
        for (i, k) in keys.iter().enumerate() {
            j.key(i, Run::new(k.as_bytes()), AT).unwrap();
            j.int(i as i32, AT);
        }
        j.map_end(mark, keys.len(), 0);
    })
}

#[test]
fn a_name_that_comes_twice_keeps_its_first_place_and_last_value() {
    assert_eq!(map_of(&[]), "{}");
    assert_eq!(map_of(&["a", "b"]), r#"{"a":0,"b":1}"#);
    assert_eq!(map_of(&["a", "b", "a"]), r#"{"a":2,"b":1}"#);
    assert_eq!(map_of(&["a", "a", "a"]), r#"{"a":2}"#);
    let many: Vec<String> = (0..20).map(|i| (i % 12).to_string()).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let expected: Vec<String> =
        (0..12).map(|k| format!("\"{k}\":{}", if k < 8 { k + 12 } else { k })).collect();
    assert_eq!(map_of(&many), format!("{{{}}}", expected.join(",")));
}

#[test]
fn reordered_fields_come_in_output_order() {
    let record = Record { name: "r".into(), fields: 3, reordered: true };
    let field = |name: &str, index| Field { reordered: true, ..Field::new(name, index) };
    let text = text_of(|j| {
        j.record(&record, 0);
        for (name, index) in [("c", 2), ("a", 0), ("b", 1)] {
            j.field(&field(name, index));
            j.int(index as i32, AT);
        }
        j.record_end(&record, 0);
    });
    assert_eq!(text, r#"{"a":0,"b":1,"c":2}"#);
}

#[test]
fn abort_takes_back_what_a_failed_datum_left() {
    let text = text_of(|j| {
        j.begin(0);
        j.int(1, AT);
        j.end();
        j.begin(0);
        j.map(0);
        j.key(0, Run::new(b"k"), AT).unwrap();
        j.abort();
        j.begin(0);
        j.int(2, AT);
        j.end();
    });
    assert_eq!(text, "12");
}
