//! Well-known types in both dialects, and what is refused.

use super::*;

/// A message with every well-known type, whose files the source doesn't bring.
fn sample() -> Arc<Schema> {
    let types = [
        "Timestamp",
        "Duration",
        "FieldMask",
        "Struct",
        "Value",
        "ListValue",
        "Any",
        "Empty",
        "DoubleValue",
        "FloatValue",
        "Int64Value",
        "UInt64Value",
        "Int32Value",
        "UInt32Value",
        "BoolValue",
        "StringValue",
        "BytesValue",
    ];
    let mut m = message("W");
    for (i, ty) in (1..).zip(types) {
        m = m.sub(2, typed(&ty.to_lowercase(), i, OPTIONAL, MESSAGE, &format!(".google.protobuf.{ty}")));
    }
    m = m
        .sub(2, typed("null", 20, OPTIONAL, ENUM, ".google.protobuf.NullValue"))
        .sub(2, typed("anys", 21, REPEATED, MESSAGE, ".google.protobuf.Any"));
    let e = enumeration("E", &[("A", 0), ("B", 1)]);
    let p = message("P")
        .sub(2, field("i", 1, OPTIONAL, INT32))
        .sub(2, field("l", 2, OPTIONAL, UINT64))
        .sub(2, field("rs", 3, REPEATED, STRING))
        .sub(2, typed("e", 4, OPTIONAL, ENUM, "E"))
        .sub(2, typed("p", 5, OPTIONAL, MESSAGE, "P"))
        .sub(2, typed("v", 6, OPTIONAL, MESSAGE, ".google.protobuf.Value"))
        .sub(2, field("f", 7, OPTIONAL, FLOAT))
        .sub(2, field("y", 8, OPTIONAL, BYTES));
    schema(proto3().sub(4, m).sub(4, p).sub(5, e))
}

const OMIT: &str = r#"{"defaults":"omit"}"#;

fn show(bytes: &Msg) -> String {
    json_as(&sample(), "t.W", OMIT, bytes)
}

fn refused(bytes: &Msg) -> (Code, String, u64) {
    let e = decode_with(&plan(&sample(), "t.W", OMIT), bytes).unwrap_err();
    (e.code(), e.path().unwrap_or_default().to_owned(), e.byte_offset().unwrap_or_default())
}

#[test]
fn times() {
    let bytes = msg()
        .sub(1, msg().int(1, 1_680_631_941))
        .sub(1, msg().int(2, 751_000_000))
        .sub(2, msg().int(1, -1).int(2, -500_000_000));
    assert_eq!(show(&bytes), r#"{"timestamp":"2023-04-04T18:12:21.751Z","duration":"-1.500s"}"#);
    assert_eq!(
        show(&msg().sub(1, msg()).sub(2, msg())),
        r#"{"timestamp":"1970-01-01T00:00:00Z","duration":"0s"}"#
    );
    assert_eq!(refused(&msg().sub(1, msg().int(2, -1))), (Code::ProtobufWellKnown, "$.timestamp".into(), 2));
    assert_eq!(refused(&msg().sub(2, msg().int(1, 1).int(2, -1))).0, Code::ProtobufWellKnown);
}

#[test]
fn field_masks() {
    let paths = msg().str(1, "user_id").str(1, "a.b_c");
    assert_eq!(show(&msg().sub(3, paths)), r#"{"fieldmask":"userId,a.bC"}"#);
    assert_eq!(show(&msg().sub(3, msg())), r#"{"fieldmask":""}"#);
    assert_eq!(refused(&msg().sub(3, msg().str(1, "userId"))).0, Code::ProtobufWellKnown);
    assert_eq!(refused(&msg().sub(3, msg().len(1, &[0xff]))).0, Code::ProtobufUtf8);
}

#[test]
fn json_values() {
    let number = |v: f64| msg().fixed64(2, v.to_bits());
    let list = msg().sub(1, number(1.0)).sub(1, msg().int(1, 0)).sub(1, msg());
    let fields = msg()
        .sub(1, msg().str(1, "s").sub(2, msg().str(3, "x")))
        .sub(1, msg().str(1, "b").sub(2, msg().int(4, 1)))
        .sub(1, msg().str(1, "l").sub(2, msg().sub(6, list.clone())))
        .sub(1, msg().str(1, "none"));
    let bytes = msg().sub(4, fields.clone()).sub(5, msg().sub(5, fields)).sub(6, list);
    let object = r#"{"s":"x","b":true,"l":[1,null,null],"none":null}"#;
    assert_eq!(show(&bytes), format!(r#"{{"struct":{object},"value":{object},"listvalue":[1,null,null]}}"#));
    let empty = msg().sub(4, msg()).sub(5, msg()).sub(6, msg()).sub(8, msg());
    assert_eq!(show(&empty), r#"{"struct":{},"value":null,"listvalue":[],"empty":{}}"#);
    assert_eq!(refused(&msg().sub(5, number(f64::NAN))), (Code::ProtobufWellKnown, "$.value".into(), 3));
    assert_eq!(refused(&msg().sub(5, number(f64::INFINITY))).0, Code::ProtobufWellKnown);
    let last = msg().str(3, "x").fixed64(2, 2.5f64.to_bits());
    assert_eq!(show(&msg().sub(5, last)), r#"{"value":2.5}"#);
}

#[test]
fn wrappers_follow_what_they_wrap() {
    let bytes = msg()
        .sub(9, msg().fixed64(1, 0.5f64.to_bits()))
        .sub(10, msg().fixed32(1, 0.1f32.to_bits()))
        .sub(11, msg().int(1, -1))
        .sub(12, msg().int(1, -1))
        .sub(13, msg().int(1, -1))
        .sub(14, msg())
        .sub(15, msg().int(1, 1))
        .sub(16, msg().str(1, "x"))
        .sub(17, msg());
    assert_eq!(
        show(&bytes),
        r#"{"doublevalue":0.5,"floatvalue":0.10000000149011612,"int64value":-1,"uint64value":18446744073709551615,"int32value":-1,"uint32value":0,"boolvalue":true,"stringvalue":"x","bytesvalue":""}"#
    );
    let strings = json_as(&sample(), "t.W", r#"{"dialect":"protojson"}"#, &bytes);
    assert!(strings.contains(r#""floatvalue":0.1,"int64value":"-1","uint64value":"18446744073709551615""#));
}

#[test]
fn null_values() {
    assert_eq!(show(&msg().int(20, 0)), "{}");
    let included = json(&sample(), "t.W", &msg());
    assert_eq!(included, r#"{"null":null,"anys":[]}"#);
}

fn any(name: &str, value: Msg) -> Msg {
    msg().str(1, &format!("type.googleapis.com/{name}")).sub(2, value)
}

#[test]
fn any_of_a_message() {
    let inner = msg()
        .int(1, -3)
        .int(2, -1)
        .str(3, "a")
        .str(3, "b")
        .int(4, 1)
        .sub(5, msg().int(4, 7).int(2, 5))
        .sub(6, msg().sub(6, msg().sub(1, msg().int(4, 1))))
        .fixed32(7, 0.1f32.to_bits())
        .len(8, &[1]);
    assert_eq!(
        show(&msg().sub(7, any("t.P", inner.clone()))),
        r#"{"any":{"@type":"type.googleapis.com/t.P","i":-3,"l":18446744073709551615,"rs":["a","b"],"e":"B","p":{"l":5,"e":7},"v":[true],"f":0.10000000149011612,"y":"AQ=="}}"#
    );
    let strings = json_as(&sample(), "t.W", r#"{"dialect":"protojson"}"#, &msg().sub(7, any("t.P", inner)));
    assert!(strings.contains(r#""i":-3,"l":"18446744073709551615""#) && strings.contains(r#""f":0.1,"#));
    let included = json(&sample(), "t.W", &msg().sub(7, any("t.P", msg())));
    assert!(included.contains(r#"t.P","i":0,"l":0,"rs":[],"e":"A","f":0,"y":""}"#), "{included}");
}

#[test]
fn any_of_a_well_known_type() {
    let bytes = msg()
        .sub(21, any("google.protobuf.Duration", msg().int(1, 1)))
        .sub(21, any("google.protobuf.Int64Value", msg().int(1, 1)))
        .sub(21, any("google.protobuf.Value", msg().str(3, "v")))
        .sub(21, any("google.protobuf.Struct", msg().sub(1, msg().str(1, "k"))))
        .sub(21, any("google.protobuf.Empty", msg()))
        .sub(21, any("google.protobuf.Any", any("t.P", msg().int(1, 1))));
    assert_eq!(
        show(&bytes),
        r#"{"anys":[{"@type":"type.googleapis.com/google.protobuf.Duration","value":"1s"},{"@type":"type.googleapis.com/google.protobuf.Int64Value","value":1},{"@type":"type.googleapis.com/google.protobuf.Value","value":"v"},{"@type":"type.googleapis.com/google.protobuf.Struct","value":{"k":null}},{"@type":"type.googleapis.com/google.protobuf.Empty"},{"@type":"type.googleapis.com/google.protobuf.Any","value":{"@type":"type.googleapis.com/t.P","i":1}}]}"#
    );
}

#[test]
fn any_of_nothing_known() {
    let bytes = msg()
        .sub(21, msg())
        .sub(21, any("t.Nobody", msg().raw(&[0xff])))
        .sub(21, msg().str(1, "t.P").len(2, &[8, 1]))
        .sub(21, msg().str(1, "x/t.Nobody"))
        .sub(21, msg().len(2, &[1]))
        .sub(21, any("t.E", msg()));
    assert_eq!(
        show(&bytes),
        r#"{"anys":[{},{"@type":"type.googleapis.com/t.Nobody","value":"/w=="},{"@type":"t.P","value":"CAE="},{"@type":"x/t.Nobody","value":""},{"@type":"","value":"AQ=="},{"@type":"type.googleapis.com/t.E","value":""}]}"#
    );
    let bad = msg().sub(21, msg()).sub(21, any("t.P", msg().raw(&[0x08])));
    let (code, path, _) = refused(&bad);
    assert_eq!((code, path.as_str()), (Code::ProtobufTruncated, "$.anys[1].i"));
}

#[test]
fn a_type_of_that_name_with_other_fields_is_an_ordinary_message() {
    let file = msg()
        .str(1, "google/protobuf/timestamp.proto")
        .str(2, "google.protobuf")
        .str(12, "proto3")
        .sub(4, message("Timestamp").sub(2, field("millis", 1, OPTIONAL, INT64)));
    let s = schema(file);
    assert_eq!(json(&s, "google.protobuf.Timestamp", &msg().int(1, 5)), r#"{"millis":5}"#);
}
