use super::*;
use crate::dialect::Options;
use crate::sink::json::Json;

fn decode_with(text: &[u8], style: &Style) -> Result<String, (Code, usize)> {
    let plan = Plan::compile(style, &Limits::default());
    let mut sink = Json::new();
    plan.decode(Cursor::new(text, 0, text.len()), &mut Scratch::default(), &mut sink)
        .map(|()| sink.as_str().to_owned())
        .map_err(|f| (f.code, f.at))
}

fn decode(text: &str) -> Result<String, (Code, usize)> {
    decode_with(text.as_bytes(), &Style::default())
}

#[test]
fn documents_pass_through() {
    for text in [
        "null",
        "[]",
        "{}",
        r#"{"a":[1,2.5,{"b":"c"}],"d":true,"e":false,"__proto__":{"x":null}}"#,
        "9007199254740993",
        "-123456789012345678901234567890",
        "-0",
        "\"\u{e9}😀\"",
    ] {
        assert_eq!(decode(text).as_deref(), Ok(text));
    }
    assert_eq!(decode(" [ 1 , { \"a\" : 1.0 } ]\n").as_deref(), Ok(r#"[1,{"a":1}]"#));
    assert_eq!(decode("1e2").as_deref(), Ok("100"));
    assert_eq!(decode("-0.0").as_deref(), Ok("-0"));
    assert_eq!(decode("\u{feff}1").as_deref(), Ok("1"));
    assert_eq!(decode(r#"{"a":1,"b":2,"a":3}"#).as_deref(), Ok(r#"{"a":3,"b":2}"#));
    assert_eq!(decode(r#""\u00e9\ud83d\ude00\n\/""#).as_deref(), Ok("\"é😀\\n/\""));
    assert_eq!(decode(r#"{"\u0061":1}"#).as_deref(), Ok(r#"{"a":1}"#));
}

#[test]
fn errors_tell_the_byte() {
    let cases: [(&str, Code, usize); 21] = [
        ("", Code::JsonTruncated, 0),
        ("  ", Code::JsonTruncated, 2),
        ("[1,", Code::JsonTruncated, 3),
        ("[1,]", Code::JsonSyntax, 3),
        ("{\"a\":1,}", Code::JsonSyntax, 7),
        ("[1 2]", Code::JsonSyntax, 3),
        ("tru", Code::JsonTruncated, 3),
        ("trux", Code::JsonSyntax, 3),
        ("01", Code::JsonTrailing, 1),
        ("-", Code::JsonTruncated, 1),
        ("1.", Code::JsonTruncated, 2),
        ("1.x", Code::JsonSyntax, 2),
        ("1e400", Code::JsonNumberRange, 0),
        ("\"ab", Code::JsonTruncated, 3),
        ("\"a\u{1}\"", Code::JsonSyntax, 2),
        (r#""\x""#, Code::JsonSyntax, 2),
        (r#""\ud800""#, Code::JsonSurrogate, 1),
        (r#""a\udc00""#, Code::JsonSurrogate, 2),
        (r#""\ud800\u0041""#, Code::JsonSurrogate, 1),
        ("{1:2}", Code::JsonSyntax, 1),
        ("NaN", Code::JsonSyntax, 0),
    ];
    for (text, code, at) in cases {
        assert_eq!(decode(text), Err((code, at)), "{text}");
    }
    assert_eq!(decode_with(b"\"a\xff\"", &Style::default()), Err((Code::JsonUtf8, 2)));
    assert_eq!(decode(&"[".repeat(100_000)), Err((Code::JsonDepth, 100)));
    assert_eq!(decode(&"1".repeat(1001)), Err((Code::JsonNumberRange, 0)));
}

#[test]
fn lenient_text_is_replaced() {
    let options = Options::from_json(r#"{"lenient":["utf8"]}"#).unwrap();
    let style = options.style();
    assert_eq!(decode_with(br#""a\ud800\u0041""#, &style).as_deref(), Ok("\"a\u{fffd}A\""));
    assert_eq!(
        decode_with(b"{\"\xff\":\"\xfe\\n\"}", &style).as_deref(),
        Ok("{\"\u{fffd}\":\"\u{fffd}\\n\"}")
    );
}
