//! Descriptor sets: linking, features, what is refused and where.

use super::*;
use crate::format::protobuf::model::{Edition, Presence};

fn refused(bytes: &[u8]) -> (Code, String, Option<u64>) {
    let e = Schema::from_descriptors(bytes, &Limits::default()).unwrap_err();
    (e.code(), e.message().to_owned(), e.byte_offset())
}

#[test]
fn a_single_file_is_read_too() {
    let file = proto3().sub(4, message("M").sub(2, field("a", 1, OPTIONAL, INT32)));
    let s = Arc::new(Schema::from_descriptors(file.bytes(), &Limits::default()).unwrap());
    assert_eq!(json(&s, "t.M", &msg().int(1, 1)), r#"{"a":1}"#);
    assert_eq!(s.message(".t.M"), s.message("t.M"));
    assert_eq!(plan(&s, "t.M", "{}").message_name(), "t.M");
}

#[test]
fn files_know_whether_they_are_imported() {
    let a = msg().str(1, "a.proto").sub(4, message("A"));
    let b = msg()
        .str(1, "b.proto")
        .str(3, "a.proto")
        .sub(4, message("B").sub(2, typed("a", 1, OPTIONAL, 11, "A")));
    let s = Schema::from_descriptors(&set([a, b]), &Limits::default()).unwrap();
    let files: Vec<_> = s.files().iter().filter(|f| !f.builtin).map(|f| (&*f.name, f.root)).collect();
    assert_eq!(files, [("a.proto", false), ("b.proto", true)]);
    assert_eq!(s.registered().map(|f| &*f.name), Some("b.proto"));
}

#[test]
fn names_are_looked_up_from_the_inside() {
    let inner = message("M")
        .sub(2, typed("near", 1, OPTIONAL, MESSAGE, "X"))
        .sub(2, typed("far", 2, OPTIONAL, 0, "E"))
        .sub(2, typed("outer", 3, OPTIONAL, MESSAGE, "t.X"))
        .sub(3, message("X").sub(2, field("n", 1, OPTIONAL, INT32)));
    let file = proto3()
        .sub(4, message("X"))
        .sub(4, message("O").sub(3, inner).sub(4, enumeration("E", &[("Z", 0)])));
    let bytes = msg().sub(1, msg().int(1, 1)).sub(3, msg());
    assert_eq!(json(&schema(file), "t.O.M", &bytes), r#"{"near":{"n":1},"far":"Z","outer":{}}"#);
}

#[test]
fn features_are_resolved_from_file_to_field() {
    let features = |options: u32, set: Msg| msg().sub(options, set);
    // Edition 2023: explicit, open, packed, verified, length-prefixed.
    let m = message("M")
        .sub(2, field("plain", 1, OPTIONAL, INT32))
        .sub(2, field("implicit", 2, OPTIONAL, INT32).sub(8, features(21, msg().int(1, 2))))
        .sub(2, field("required", 3, OPTIONAL, INT32).sub(8, features(21, msg().int(1, 3))))
        .sub(2, typed("group", 4, OPTIONAL, MESSAGE, "N").sub(8, features(21, msg().int(5, 2))))
        .sub(2, field("expanded", 5, REPEATED, INT32).sub(8, features(21, msg().int(3, 2))))
        .sub(2, field("unchecked", 6, OPTIONAL, STRING).sub(8, features(21, msg().int(4, 3))));
    let n = message("N")
        .sub(2, typed("closed", 1, OPTIONAL, ENUM, "C"))
        .sub(2, field("a", 2, OPTIONAL, INT32))
        .sub(7, features(12, msg().int(1, 2)));
    let closed = enumeration("C", &[("ONE", 1)]).sub(3, features(7, msg().int(2, 2)));
    let s = schema(edition2023().sub(4, m).sub(4, n).sub(5, closed));
    let fields = &s.get(s.message("t.M").unwrap()).fields;
    let presences: Vec<_> = fields[..3].iter().map(|f| f.presence).collect();
    assert_eq!(presences, [Presence::Explicit, Presence::Implicit, Presence::Required]);
    assert!(fields[3].delimited && !fields[4].packed && fields[4].repeated && !fields[5].utf8);
    assert_eq!(s.registered().map(|f| f.edition), Some(Edition::Edition2023));
    assert_eq!(s.get(s.message("t.N").unwrap()).fields[1].presence, Presence::Implicit, "from the message");
    let bytes = msg().int(3, 0).group(4, msg().int(1, 2)).len(6, &[0xff]);
    assert_eq!(
        json(&s, "t.M", &bytes),
        "{\"implicit\":0,\"required\":0,\"group\":{\"closed\":\"ONE\",\"a\":0},\"expanded\":[],\"unchecked\":\"\u{fffd}\"}"
    );
}

#[test]
fn file_features_and_maps() {
    let m = message("M")
        .sub(2, typed("n", 1, OPTIONAL, MESSAGE, "N"))
        .sub(2, typed("map", 2, REPEATED, MESSAGE, "M.MapEntry"))
        .sub(3, entry("MapEntry", STRING, typed("value", 2, OPTIONAL, MESSAGE, "t.N")));
    let n = message("N").sub(2, field("a", 1, OPTIONAL, INT32));
    let s = schema(edition2023().sub(8, msg().sub(50, msg().int(5, 2))).sub(4, m).sub(4, n));
    let fields = &s.get(s.message("t.M").unwrap()).fields;
    assert!(fields[0].delimited && !fields[1].delimited, "a map is never delimited");
}

#[test]
fn proto2_and_proto3_are_packed_as_they_say() {
    let m = || {
        message("M")
            .sub(2, field("a", 1, REPEATED, INT32))
            .sub(2, field("b", 2, REPEATED, INT32).sub(8, msg().int(2, 1)))
            .sub(2, field("c", 3, REPEATED, INT32).sub(8, msg().int(2, 0)))
    };
    let packed = |file: Msg| -> Vec<bool> {
        let s = schema(file.sub(4, m()));
        s.get(s.message("t.M").unwrap()).fields.iter().map(|f| f.packed).collect()
    };
    assert_eq!(packed(proto2()), [false, true, false]);
    assert_eq!(packed(proto3()), [true, true, false]);
}

#[test]
fn what_is_no_schema_is_refused_with_its_place() {
    let (code, _, at) = refused(&[0x0a, 5, 1]);
    assert_eq!((code, at), (Code::SchemaInvalid, Some(2)));
    assert_eq!(refused(&[0xff; 20]).0, Code::SchemaInvalid);
    let m = |fields: Msg| set([proto3().sub(4, message("M").raw(fields.bytes()))]);
    let says = |bytes: &[u8], what: &str| {
        let (code, message, at) = refused(bytes);
        assert!(code == Code::SchemaInvalid && message.contains(what) && at.is_some(), "{message}");
    };
    says(&m(msg().sub(2, typed("a", 1, OPTIONAL, MESSAGE, ".t.Gone"))), "`.t.Gone`");
    says(&m(msg().sub(2, typed("a", 1, OPTIONAL, ENUM, ".t.M"))), "`.t.M`");
    says(&m(msg().sub(2, field("a", 0, OPTIONAL, INT32))), "found 0");
    says(&m(msg().sub(2, field("a", 1 << 29, OPTIONAL, INT32))), "536870912");
    says(&m(msg().sub(2, field("a", 1, OPTIONAL, 19))), "found 19");
    says(&m(msg().sub(2, field("a", 1, OPTIONAL, INT32)).sub(2, field("b", 1, OPTIONAL, INT32))), "1 twice");
    says(&m(msg().sub(2, field("a", 1, OPTIONAL, INT32).int(9, 0))), "oneof");
    says(&m(msg().sub(2, field("a", 1, OPTIONAL, INT32).str(7, "x"))), "default");
    says(&m(msg().sub(3, message("E").sub(7, msg().int(7, 1)))), "map entry");
    says(&m(msg().sub(4, message("E"))), "`t.M.E`");
    says(&m(msg().len(1, &[0xff])), "UTF-8");
    says(&set([proto3().sub(4, message("M")).sub(4, message("M"))]), "`t.M` twice");
    says(&set([msg().str(1, "x").str(12, "proto4")]), "syntax");
    says(&set([msg().str(1, "x").int(14, 99_999)]), "99999");
    let float_key = entry("E", FLOAT, field("value", 2, OPTIONAL, INT32));
    says(&m(msg().sub(3, float_key)), "map entry");
}

#[test]
fn limits_hold() {
    let limits = Limits { schema_bytes: 10, ..Limits::default() };
    let e = Schema::from_descriptors(&[0; 11], &limits).unwrap_err();
    assert_eq!(e.code(), Code::SchemaLimit);
    let deep = (0..200).fold(message("M"), |m, _| message("M").sub(3, m));
    assert_eq!(refused(&set([proto3().sub(4, deep)])).0, Code::SchemaLimit);
    let wide = (1..=50).fold(message("M"), |m, i| m.sub(2, field(&format!("f{i}"), i, OPTIONAL, INT32)));
    let s = schema(proto3().sub(4, wide));
    let limits = Limits { plan_steps: 40, ..Limits::default() };
    let e = Plan::compile(&s, s.message("t.M").unwrap(), &Style::default(), &limits).unwrap_err();
    assert_eq!(e.code(), Code::SchemaLimit);
}

#[test]
fn field_numbers_of_every_size() {
    let m = [1, 127, 128, 5000, 536_870_911]
        .into_iter()
        .rev()
        .fold(message("M"), |m, n| m.sub(2, field(&format!("f{n}"), n, OPTIONAL, INT32)));
    let bytes =
        msg().int(1, 1).int(127, 2).int(128, 3).int(5000, 4).int(536_870_911, 5).int(129, 9).int(126, 9);
    assert_eq!(
        json(&schema(proto3().sub(4, m)), "t.M", &bytes),
        r#"{"f536870911":5,"f5000":4,"f128":3,"f127":2,"f1":1}"#
    );
}
