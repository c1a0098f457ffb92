//! Wire format rules: order, merging, packing, oneofs, enums, maps, groups, presence, UTF-8.

use super::*;

/// Every scalar type, singular (1 to 15) and repeated (21 to 35), in an order unlike that of the numbers.
fn scalars() -> Arc<Schema> {
    let kinds = [
        ("d", DOUBLE),
        ("f", FLOAT),
        ("i32", INT32),
        ("i64", INT64),
        ("u32", UINT32),
        ("u64", UINT64),
        ("s32", SINT32),
        ("s64", SINT64),
        ("x32", FIXED32),
        ("x64", FIXED64),
        ("sx32", SFIXED32),
        ("sx64", SFIXED64),
        ("b", BOOL),
        ("s", STRING),
        ("y", BYTES),
    ];
    let mut m = message("M");
    let mut r = message("R");
    for (i, (name, kind)) in (1..).zip(kinds) {
        m = m.sub(2, field(name, i, OPTIONAL, kind));
        r = r.sub(2, field(name, i, REPEATED, kind));
    }
    schema(proto3().sub(4, m).sub(4, r))
}

#[test]
fn scalars_of_every_type() {
    let bytes = msg()
        .len(15, &[0xff, 0])
        .str(14, "aé\u{1F600}")
        .int(13, 7)
        .fixed64(12, -2i64 as u64)
        .fixed32(11, -3i32 as u32)
        .fixed64(10, u64::MAX)
        .fixed32(9, u32::MAX)
        .int(8, 3)
        .int(7, 1)
        .int(6, -1)
        .int(5, -1)
        .int(4, i64::MIN)
        .int(3, -5)
        .fixed32(2, 0.1f32.to_bits())
        .fixed64(1, 1.5f64.to_bits());
    assert_eq!(
        json(&scalars(), "t.M", &bytes),
        "{\"d\":1.5,\"f\":0.10000000149011612,\"i32\":-5,\"i64\":-9223372036854775808,\"u32\":4294967295,\
         \"u64\":18446744073709551615,\"s32\":-1,\"s64\":-2,\"x32\":4294967295,\"x64\":18446744073709551615,\
         \"sx32\":-3,\"sx64\":-2,\"b\":true,\"s\":\"aé😀\",\"y\":\"/wA=\"}"
    );
}

#[test]
fn absent_implicit_fields_have_their_defaults() {
    let zeros = "{\"d\":0,\"f\":0,\"i32\":0,\"i64\":0,\"u32\":0,\"u64\":0,\"s32\":0,\"s64\":0,\"x32\":0,\"x64\":0,\
                 \"sx32\":0,\"sx64\":0,\"b\":false,\"s\":\"\",\"y\":\"\"}";
    assert_eq!(json(&scalars(), "t.M", &msg()), zeros);
    let empty = json(&scalars(), "t.R", &msg());
    assert!(empty.starts_with("{\"d\":[],\"f\":[],") && empty.ends_with("\"y\":[]}"));
}

#[test]
fn the_last_value_wins_and_32_bit_varints_are_cut() {
    let bytes = msg().int(3, 1).int(3, 0x1_0000_0002).int(13, 1 << 40).str(14, "a").str(14, "b");
    let out = json_as(&scalars(), "t.M", r#"{"defaults":"omit"}"#, &bytes);
    assert_eq!(out, r#"{"i32":2,"b":true,"s":"b"}"#);
    let bytes = msg().int(7, 0x1_0000_0003);
    assert_eq!(json_as(&scalars(), "t.M", r#"{"defaults":"omit"}"#, &bytes), r#"{"s32":-2}"#);
}

#[test]
fn repeated_fields_packed_and_not() {
    let packed = msg().uvarint(1).uvarint(300).uvarint(u64::MAX);
    let bytes = msg()
        .int(3, 5)
        .sub(3, packed)
        .int(3, 6)
        .len(3, &[])
        .len(13, &[1, 0, 0x80, 1])
        .len(9, &[1, 0, 0, 0, 2, 0, 0, 0])
        .fixed32(9, 3)
        .str(14, "x")
        .str(14, "");
    let out = json_as(&scalars(), "t.R", r#"{"defaults":"omit"}"#, &bytes);
    assert_eq!(out, r#"{"i32":[5,1,300,-1,6],"x32":[1,2,3],"b":[true,false,true],"s":["x",""]}"#);
    let only_empty = msg().len(3, &[]);
    assert_eq!(json_as(&scalars(), "t.R", r#"{"defaults":"omit"}"#, &only_empty), "{}");
}

#[test]
fn another_wire_type_is_an_unknown_field() {
    let bytes = msg().str(3, "abc").int(14, 1).fixed64(2, 1).group(1, msg().int(9, 9)).int(99, 1);
    assert_eq!(json_as(&scalars(), "t.M", r#"{"defaults":"omit"}"#, &bytes), "{}");
    let s = scalars();
    let p = plan(&s, "t.M", "{}");
    let (mut scratch, mut events) = (Scratch::default(), Events::default());
    p.decode(Cursor::new(bytes.bytes(), 0, bytes.bytes().len()), &mut scratch, &mut events).unwrap();
    assert_eq!(scratch.unknown_fields(), 5);
}

#[test]
fn truncated_input_says_what_is_missing() {
    let s = scalars();
    assert_eq!(fails(&s, "t.M", &msg().raw(&[0x72, 5, b'a'])), (Code::ProtobufTruncated, "$.s".into(), 2));
    assert_eq!(fails(&s, "t.M", &msg().raw(&[0x18, 0x80])), (Code::ProtobufTruncated, "$.i32".into(), 1));
    assert_eq!(fails(&s, "t.M", &msg().raw(&[0x80])), (Code::ProtobufTruncated, "$".into(), 0));
    assert_eq!(fails(&s, "t.M", &msg().raw(&[0x15, 0, 0])), (Code::ProtobufTruncated, "$.f".into(), 1));
    assert_eq!(fails(&s, "t.R", &msg().len(3, &[1, 0x80])), (Code::ProtobufTruncated, "$.i32[1]".into(), 3));
    assert_eq!(fails(&s, "t.R", &msg().len(9, &[0; 6])), (Code::ProtobufTruncated, "$.x32[1]".into(), 6));
    assert_eq!(fails(&s, "t.M", &msg().int(3, 0).raw(&[0x0e])), (Code::ProtobufTag, "$".into(), 2));
    assert_eq!(fails(&s, "t.M", &msg().raw(&[0x0c])), (Code::ProtobufGroup, "$.d".into(), 1));
    let e = decode_with(&plan(&s, "t.M", "{}"), &msg().raw(&[0x72, 5, b'a'])).unwrap_err();
    assert_eq!(e.message(), "expected 5 more bytes at $.s, found 1 left in the message");
}

#[test]
fn every_prefix_is_an_error_or_a_shorter_message() {
    let s = scalars();
    let p = plan(&s, "t.M", "{}");
    let whole = msg().fixed64(1, 1).int(4, -1).str(14, "abc").fixed32(9, 1);
    let ends = [9usize, 20, 25, 30];
    for n in 0..whole.bytes().len() {
        let ok = decode_with(&p, &msg().raw(&whole.bytes()[..n])).is_ok();
        assert_eq!(ok, n == 0 || ends.contains(&n), "{n}");
    }
}

/// `Tree { int32 v; Tree left; repeated Tree items; map<string, Tree> named; oneof o { Tree a; Tree b; int32 c; string d } }`
fn tree() -> Arc<Schema> {
    let of = |name: &str, number, label| typed(name, number, label, MESSAGE, ".t.Tree");
    let member = |m: Msg| m.int(9, 0);
    let m = message("Tree")
        .sub(2, field("v", 1, OPTIONAL, INT32))
        .sub(2, of("left", 2, OPTIONAL))
        .sub(2, of("items", 3, REPEATED))
        .sub(2, typed("named", 4, REPEATED, MESSAGE, "Tree.NamedEntry"))
        .sub(2, member(of("a", 5, OPTIONAL)))
        .sub(2, member(of("b", 6, OPTIONAL)))
        .sub(2, member(field("c", 7, OPTIONAL, INT32)))
        .sub(2, member(field("d", 8, OPTIONAL, STRING)))
        .sub(3, entry("NamedEntry", STRING, of("value", 2, OPTIONAL)))
        .sub(8, message("o"));
    schema(proto3().sub(4, m))
}

const OMIT: &str = r#"{"defaults":"omit"}"#;

#[test]
fn occurrences_of_a_message_are_merged() {
    let bytes = msg()
        .sub(2, msg().int(1, 1).sub(3, msg().int(1, 10)).sub(2, msg().int(1, 5)))
        .int(1, 9)
        .sub(2, msg().sub(3, msg().int(1, 11)).sub(2, msg().sub(3, msg())))
        .sub(2, msg().int(1, 2));
    let out = json_as(&tree(), "t.Tree", OMIT, &bytes);
    assert_eq!(out, r#"{"v":9,"left":{"v":2,"left":{"v":5,"items":[{}]},"items":[{"v":10},{"v":11}]}}"#);
}

#[test]
fn oneofs_keep_the_last_member() {
    let t = tree();
    let show = |bytes: &Msg| json_as(&t, "t.Tree", OMIT, bytes);
    assert_eq!(show(&msg().int(7, 1).str(8, "x")), r#"{"d":"x"}"#);
    assert_eq!(show(&msg().str(8, "x").int(7, 0)), r#"{"c":0}"#, "a member has presence");
    let merged = msg().sub(5, msg().int(1, 1)).sub(5, msg().sub(3, msg()));
    assert_eq!(show(&merged), r#"{"a":{"v":1,"items":[{}]}}"#, "the same message merges");
    let switched = msg().sub(5, msg().int(1, 1)).sub(6, msg()).sub(5, msg().sub(3, msg()));
    assert_eq!(show(&switched), r#"{"a":{"items":[{}]}}"#, "another member in between starts anew");
    let wrong = msg().int(7, 1).int(8, 2);
    assert_eq!(show(&wrong), r#"{"c":1}"#, "an unknown field unsets nothing");
}

#[test]
fn what_is_overwritten_must_be_well_formed_too() {
    let t = tree();
    let fails = |bytes: &Msg| fails(&t, "t.Tree", bytes);
    assert_eq!(fails(&msg().len(8, &[0xff]).int(7, 1)), (Code::ProtobufUtf8, "$.c".into(), 2));
    assert_eq!(fails(&msg().len(8, &[b'a', 0xff]).str(8, "ok")), (Code::ProtobufUtf8, "$.d".into(), 3));
    let lost = msg().sub(5, msg().sub(3, msg().raw(&[0x08]))).int(7, 1);
    assert_eq!(fails(&lost).0, Code::ProtobufTruncated);
    assert_eq!(fails(&msg().sub(5, msg().sub(4, msg().len(1, &[0xff]))).int(7, 1)).0, Code::ProtobufUtf8);
}

#[test]
fn maps_have_defaults_and_keep_every_entry() {
    let bytes = msg()
        .sub(4, msg().str(1, "a").sub(2, msg().int(1, 1)))
        .sub(4, msg().sub(2, msg().int(1, 2)))
        .sub(4, msg().str(1, "b"))
        .sub(4, msg())
        .sub(4, msg().sub(2, msg().int(1, 3)).str(1, "x").str(1, "a").sub(2, msg().sub(3, msg())));
    assert_eq!(
        json_as(&tree(), "t.Tree", OMIT, &bytes),
        r#"{"named":{"a":{"v":3,"items":[{}]},"":{},"b":{}}}"#,
        "the last value of a key, at the first one's place; parts of a value merge"
    );
}

#[test]
fn map_keys_of_every_kind() {
    let mut m = message("M");
    for (i, (name, kind)) in
        (1..).zip([("I", SINT32), ("L", INT64), ("U", FIXED64), ("B", BOOL), ("W", UINT32)])
    {
        let ty = format!(".t.M.{name}Entry");
        m = m
            .sub(2, typed(&name.to_lowercase(), i, REPEATED, MESSAGE, &ty))
            .sub(3, entry(&format!("{name}Entry"), kind, field("value", 2, OPTIONAL, BYTES)));
    }
    let s = schema(proto3().sub(4, m));
    let bytes = msg()
        .sub(1, msg().int(1, 1))
        .sub(2, msg().int(1, i64::MIN))
        .sub(3, msg().fixed64(1, u64::MAX).len(2, &[1]))
        .sub(4, msg().int(1, 1))
        .sub(4, msg())
        .sub(5, msg().int(1, -1));
    assert_eq!(
        json(&s, "t.M", &bytes),
        r#"{"i":{"-1":""},"l":{"-9223372036854775808":""},"u":{"18446744073709551615":"AQ=="},"b":{"true":"","false":""},"w":{"4294967295":""}}"#
    );
}

#[test]
fn paths_have_no_data_in_them() {
    let t = tree();
    let bad = msg().sub(3, msg().sub(3, msg()).sub(3, msg().len(8, &[0x61, 0xff])));
    assert_eq!(fails(&t, "t.Tree", &bad), (Code::ProtobufUtf8, "$.items[0].items[1].d".into(), 9));
    let bad = msg().sub(4, msg().str(1, "secret")).sub(4, msg().len(1, &[0xff]));
    assert_eq!(fails(&t, "t.Tree", &bad), (Code::ProtobufUtf8, "$.named{1}".into(), 14));
    let bad = msg().sub(4, msg().sub(2, msg().raw(&[0x0a])));
    assert_eq!(fails(&t, "t.Tree", &bad), (Code::ProtobufTruncated, "$.named{0}.v".into(), 5));
}

/// Closed (proto2) or open (proto3) enums: singular, repeated, in a map, in a oneof.
fn enums(file: Msg) -> Arc<Schema> {
    let of = |name: &str, number, label| typed(name, number, label, ENUM, ".t.E");
    let m = message("M")
        .sub(2, of("e", 1, OPTIONAL))
        .sub(2, of("r", 2, REPEATED))
        .sub(2, typed("m", 3, REPEATED, MESSAGE, ".t.M.MEntry"))
        .sub(2, of("o", 4, OPTIONAL).int(9, 0))
        .sub(2, field("p", 5, OPTIONAL, INT32).int(9, 0))
        .sub(3, entry("MEntry", INT32, of("value", 2, OPTIONAL)))
        .sub(8, message("choice"));
    schema(file.sub(4, m).sub(5, enumeration("E", &[("ZERO", 0), ("MINUS", -1), ("BIG", 1000), ("ALSO", 0)])))
}

fn enum_bytes() -> Msg {
    msg()
        .int(1, 1000)
        .int(1, 5)
        .int(2, -1)
        .int(2, 6)
        .sub(2, msg().uvarint(0).uvarint(7).uvarint(1000))
        .sub(2, msg().uvarint(8))
        .sub(3, msg().int(1, 1).int(2, 9))
        .sub(3, msg().int(1, 2).int(2, -1))
        .sub(3, msg().int(1, 3))
        .sub(3, msg().int(1, 4).int(2, 9).int(2, 1000))
        .int(5, 1)
        .int(4, 9)
}

#[test]
fn closed_enums_drop_what_they_do_not_know() {
    assert_eq!(
        json(&enums(proto2()), "t.M", &enum_bytes()),
        r#"{"e":"BIG","r":["MINUS","ZERO","BIG"],"m":{"2":"MINUS","3":"ZERO","4":"BIG"},"p":1}"#
    );
    let nothing = msg().int(2, 6).sub(2, msg().uvarint(7)).sub(3, msg().int(2, 9)).int(1, 3);
    assert_eq!(json_as(&enums(proto2()), "t.M", OMIT, &nothing), "{}");
    let bad = msg().sub(2, msg().uvarint(7).raw(&[0x80]));
    assert_eq!(fails(&enums(proto2()), "t.M", &bad).0, Code::ProtobufTruncated);
}

#[test]
fn open_enums_keep_the_number() {
    assert_eq!(
        json(&enums(proto3()), "t.M", &enum_bytes()),
        r#"{"e":5,"r":["MINUS",6,"ZERO",7,"BIG",8],"m":{"1":9,"2":"MINUS","3":"ZERO","4":"BIG"},"o":9}"#
    );
    assert_eq!(json(&enums(proto3()), "t.M", &msg()), r#"{"e":"ZERO","r":[],"m":{}}"#);
}

#[test]
fn groups() {
    let m = message("M")
        .sub(2, typed("g", 1, OPTIONAL, GROUP, ".t.M.G"))
        .sub(2, typed("rg", 2, REPEATED, GROUP, ".t.M.G"))
        .sub(
            3,
            message("G").sub(2, field("x", 1, OPTIONAL, INT32)).sub(2, typed("g", 2, OPTIONAL, GROUP, "G")),
        );
    let s = schema(proto2().sub(4, m));
    let bytes = msg()
        .group(1, msg().int(1, 1))
        .group(2, msg())
        .group(77, msg().group(78, msg().int(1, 1)).len(3, &[0x0c]))
        .group(1, msg().group(2, msg().int(1, 3)))
        .group(2, msg().int(1, 2))
        .len(1, &[8, 9]);
    assert_eq!(json(&s, "t.M", &bytes), r#"{"g":{"x":1,"g":{"x":3}},"rg":[{},{"x":2}]}"#);
    assert_eq!(fails(&s, "t.M", &msg().tag(1, 3).int(1, 1)), (Code::ProtobufGroup, "$.g".into(), 3));
    assert_eq!(fails(&s, "t.M", &msg().tag(1, 3).tag(2, 4)), (Code::ProtobufGroup, "$.g".into(), 1));
    assert_eq!(fails(&s, "t.M", &msg().tag(9, 3).tag(1, 4)), (Code::ProtobufGroup, "$".into(), 1));
}

#[test]
fn utf8_is_checked_where_the_feature_says_so() {
    let m = || {
        message("M")
            .sub(2, field("s", 1, OPTIONAL, STRING))
            .sub(2, typed("m", 2, REPEATED, MESSAGE, ".t.M.MEntry"))
            .sub(3, entry("MEntry", STRING, field("value", 2, OPTIONAL, STRING)))
    };
    let bytes = msg().len(1, b"a\xffb").sub(2, msg().len(1, b"\xff").len(2, b"\xc3"));
    let (two, three) = (schema(proto2().sub(4, m())), schema(proto3().sub(4, m())));
    let replaced = "{\"s\":\"a\u{fffd}b\",\"m\":{\"\u{fffd}\":\"\u{fffd}\"}}";
    assert_eq!(json(&two, "t.M", &bytes), replaced);
    assert_eq!(fails(&three, "t.M", &bytes), (Code::ProtobufUtf8, "$.s".into(), 3));
    assert_eq!(json_as(&three, "t.M", r#"{"lenient":["utf8"]}"#, &bytes), replaced);
}

#[test]
fn required_fields() {
    let m =
        message("M").sub(2, field("a", 1, REQUIRED, INT32)).sub(2, typed("m", 2, REPEATED, MESSAGE, ".t.M"));
    let s = schema(proto2().sub(4, m));
    assert_eq!(json(&s, "t.M", &msg().int(1, 0)), r#"{"a":0,"m":[]}"#);
    assert_eq!(fails(&s, "t.M", &msg()), (Code::ProtobufRequired, "$.a".into(), 0));
    let nested = msg().int(1, 1).sub(2, msg().int(1, 1)).sub(2, msg());
    assert_eq!(fails(&s, "t.M", &nested), (Code::ProtobufRequired, "$.m[1].a".into(), 8));
    assert_eq!(
        json_as(&s, "t.M", r#"{"lenient":["required"]}"#, &nested),
        r#"{"a":1,"m":[{"a":1,"m":[]},{"m":[]}]}"#
    );
}

#[test]
fn extensions_come_last_under_their_full_names() {
    let ext = |f: Msg| f.str(2, ".t.M");
    let m = message("M").sub(2, field("a", 1, OPTIONAL, INT32)).sub(5, msg().int(1, 100).int(2, 200));
    let scope = message("Scope").sub(6, ext(field("inner", 101, REPEATED, INT32)));
    let file = proto2().sub(4, m).sub(4, scope).sub(7, ext(field("outer", 100, OPTIONAL, STRING)));
    let bytes = msg().str(100, "x").sub(101, msg().uvarint(1)).int(101, 2).int(1, 3);
    assert_eq!(json(&schema(file), "t.M", &bytes), r#"{"a":3,"[t.outer]":"x","[t.Scope.inner]":[1,2]}"#);
}
