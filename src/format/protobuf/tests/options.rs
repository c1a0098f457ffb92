//! Options, worked out when a plan is compiled.

use super::*;

/// proto3: implicit, `optional`, a oneof, 64 bits, float, bytes, message.
fn sample() -> Arc<Schema> {
    let m = message("M")
        .sub(2, field("user_id", 1, OPTIONAL, INT64))
        .sub(2, field("big", 2, OPTIONAL, UINT64))
        .sub(2, field("ratio", 3, OPTIONAL, FLOAT))
        .sub(2, field("raw", 4, OPTIONAL, BYTES))
        .sub(2, field("note", 5, OPTIONAL, STRING).int(9, 1).int(17, 1))
        .sub(2, field("x", 6, OPTIONAL, INT32).int(9, 0))
        .sub(2, field("y", 7, OPTIONAL, INT32).int(9, 0))
        .sub(2, typed("self", 8, OPTIONAL, MESSAGE, ".t.M"))
        .sub(8, message("which"))
        .sub(8, message("_note"));
    schema(proto3().sub(4, m))
}

#[test]
fn defaults() {
    let s = sample();
    let show = |mode: &str, bytes: &Msg| json_as(&s, "t.M", &format!(r#"{{"defaults":"{mode}"}}"#), bytes);
    let zeros = msg().int(1, 0).int(2, 0).fixed32(3, 0).len(4, &[]).str(5, "").int(7, 0);
    assert_eq!(show("omit", &zeros), r#"{"note":"","y":0}"#);
    assert_eq!(show("include", &msg()), r#"{"userId":0,"big":0,"ratio":0,"raw":""}"#);
    assert_eq!(show("all", &msg()), r#"{"userId":0,"big":0,"ratio":0,"raw":"","note":""}"#);
    let negative_zero = msg().fixed32(3, (-0.0f32).to_bits());
    assert_eq!(show("omit", &negative_zero), r#"{"ratio":-0}"#, "-0.0 is not the default");
}

#[test]
fn declared_defaults_fill_in_under_all() {
    let with = |f: Msg, default: &str| f.str(7, default);
    let e = enumeration("E", &[("A", 1), ("B", -2)]);
    let m = message("M")
        .sub(2, with(field("i", 1, OPTIONAL, SINT32), "-7"))
        .sub(2, with(field("f", 2, OPTIONAL, FLOAT), "inf"))
        .sub(2, with(field("s", 3, OPTIONAL, STRING), "hé"))
        .sub(2, with(field("y", 4, OPTIONAL, BYTES), r"\001\xff"))
        .sub(2, with(typed("e", 5, OPTIONAL, ENUM, "E"), "B"))
        .sub(2, typed("first", 6, OPTIONAL, ENUM, "E"))
        .sub(2, with(field("b", 7, OPTIONAL, BOOL), "true"))
        .sub(2, typed("m", 8, OPTIONAL, MESSAGE, "M"))
        .sub(2, with(field("u", 9, OPTIONAL, UINT64), "18446744073709551615"));
    let s = schema(proto2().sub(4, m).sub(5, e));
    assert_eq!(json(&s, "t.M", &msg()), "{}");
    assert_eq!(
        json_as(&s, "t.M", r#"{"defaults":"all"}"#, &msg()),
        r#"{"i":-7,"f":"Infinity","s":"hé","y":"Af8=","e":"B","first":"A","b":true,"u":18446744073709551615}"#
    );
}

#[test]
fn int64() {
    let s = sample();
    let bytes = msg().int(1, -(1 << 53)).int(2, (1 << 53) - 1);
    let show = |mode: &str, bytes: &Msg| {
        let options = format!(r#"{{"int64":"{mode}","defaults":"omit"}}"#);
        decode_with(&plan(&s, "t.M", &options), bytes)
    };
    let digits = r#"{"userId":-9007199254740992,"big":9007199254740991}"#;
    assert_eq!(show("bigint", &bytes).unwrap(), digits);
    assert_eq!(show("auto", &bytes).unwrap(), digits);
    assert_eq!(show("string", &bytes).unwrap(), r#"{"userId":"-9007199254740992","big":"9007199254740991"}"#);
    let e = show("number", &bytes).unwrap_err();
    assert_eq!((e.code(), e.path(), e.byte_offset()), (Code::OutputInt64Unsafe, Some("$.userId"), Some(1)));
    assert_eq!(show("number", &msg().int(2, (1 << 53) - 1)).unwrap(), r#"{"big":9007199254740991}"#);
    assert!(show("number", &msg().int(2, -1)).is_err());
}

#[test]
fn names_in_paths_are_those_of_json_escaped() {
    let m = msg().str(1, "M").sub(2, field("n", 1, OPTIONAL, UINT64).str(10, "\u{202e}$"));
    let s = schema(proto3().sub(4, m));
    let e = decode_with(&plan(&s, "t.M", r#"{"int64":"number"}"#), &msg().int(1, -1)).unwrap_err();
    assert_eq!(e.path(), Some(r#"$["\\u{202e}$"]"#));
}

#[test]
fn protojson() {
    let bytes = msg().int(1, 5).fixed32(3, 0.1f32.to_bits()).len(4, &[1]).fixed32(3, 0.1f32.to_bits());
    let out = json_as(&sample(), "t.M", r#"{"dialect":"protojson"}"#, &bytes);
    assert_eq!(out, r#"{"userId":"5","ratio":0.1,"raw":"AQ=="}"#);
    assert_eq!(
        json_as(&sample(), "t.M", r#"{"bytes":"hex","defaults":"omit"}"#, &msg().len(4, &[0xff])),
        r#"{"raw":"ff"}"#
    );
}

fn named(fields: &[(&str, Option<&str>)]) -> Arc<Schema> {
    let of = |(i, (name, json)): (usize, &(&str, Option<&str>))| {
        let f = field(name, i as i64 + 1, OPTIONAL, INT32);
        if let Some(json) = json { f.str(10, json) } else { f }
    };
    schema(proto3().sub(4, fields.iter().enumerate().map(of).fold(message("M"), |m, f| m.sub(2, f))))
}

#[test]
fn field_names() {
    let s = named(&[("user_id", None), ("HTTPServer", Some("@web")), ("__proto__", None)]);
    let show = |names: &str| json_as(&s, "t.M", &format!(r#"{{"fieldNames":"{names}"}}"#), &msg());
    assert_eq!(show("json"), r#"{"userId":0,"@web":0,"Proto":0}"#);
    assert_eq!(show("declared"), r#"{"user_id":0,"HTTPServer":0,"__proto__":0}"#);
    assert_eq!(show("camel"), r#"{"userId":0,"httpServer":0,"__proto__":0}"#);
    assert_eq!(show("snake"), r#"{"user_id":0,"http_server":0,"__proto__":0}"#);
}

#[test]
fn names_that_collide() {
    let s = named(&[("a_b", None), ("aB", None), ("c", Some("a_b")), ("d", None)]);
    assert_eq!(json(&s, "t.M", &msg()), r#"{"a_b":0,"aB":0,"c":0,"d":0}"#);
    let id = s.message("t.M").unwrap();
    let e = Plan::compile(&s, id, &style(r#"{"fieldNames":"camel"}"#), &Limits::default()).unwrap_err();
    assert_eq!(e.code(), Code::SchemaInvalid);
    assert!(e.message().contains("`aB` twice in `t.M`"), "{e}");
}
