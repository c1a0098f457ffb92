use super::*;
use crate::limits::Limits;

fn schema(text: &str) -> Schema {
    Schema::from_sources(&[("t.proto", text)], &Limits::default()).unwrap()
}

fn check(old: &str, new: &str) -> Vec<(String, Kind)> {
    let with = |text: &str| schema(&format!("syntax = \"proto3\"; package t; {text}"));
    compatibility(&with(old), &with(new)).unwrap().into_iter().map(|d| (d.path, d.kind)).collect()
}

fn changes(old: &str, new: &str) -> Vec<Kind> {
    let message = |body: &str| format!("message M {{ {body} }} message A {{}} message B {{}}");
    check(&message(old), &message(new)).into_iter().map(|(_, kind)| kind).collect()
}

#[test]
fn changes_of_fields() {
    for (old, new, kinds) in [
        ("int32 a = 1; int32 b = 2;", "int32 a = 1;", &[Kind::FieldRemoved][..]),
        ("int32 a = 1;", "int32 a = 1; int32 b = 2;", &[]),
        ("int32 a = 1;", "int32 b = 1;", &[Kind::FieldNameChanged]),
        ("int32 a = 1;", "string a = 1;", &[Kind::FieldScalarKindChanged]),
        ("int32 a = 1;", "string b = 1;", &[Kind::FieldNumberReused]),
        ("int32 a = 1;", "A a = 1;", &[Kind::FieldKindChanged]),
        ("A a = 1;", "B a = 1;", &[Kind::FieldNamedTypeChanged]),
        ("map<string, A> a = 1;", "repeated A a = 1;", &[Kind::FieldKindChanged]),
        ("map<string, A> a = 1;", "map<string, B> a = 1;", &[Kind::FieldNamedTypeChanged]),
        ("map<string, int32> a = 1;", "map<string, string> a = 1;", &[Kind::FieldScalarKindChanged]),
        ("int32 a = 1;", "repeated int32 a = 1;", &[Kind::FieldNumericLabelChanged]),
        ("string a = 1;", "repeated string a = 1;", &[Kind::FieldStringOrBytesLabelChanged]),
        ("A a = 1;", "repeated A a = 1;", &[Kind::FieldMessageLabelChanged]),
        ("int32 a = 1;", "optional int32 a = 1;", &[Kind::FieldPresenceChanged]),
        ("int32 a = 1;", "int64 a = 1;", &[]),
        ("int64 a = 1;", "int32 a = 1;", &[Kind::FieldScalarTypeChanged]),
        ("int64 a = 1;", "int32 b = 1;", &[Kind::FieldScalarTypeChanged, Kind::FieldNameChanged]),
    ] {
        assert_eq!(changes(old, new), kinds, "{old} -> {new}");
    }
}

#[test]
fn oneofs() {
    let two = "int32 a = 1; int32 b = 2;";
    let of = |body: &str| format!("oneof x {{ {body} }}");
    for (old, new, kinds) in [
        (two.to_owned(), of(two), &[Kind::MultipleFieldsMovedToOneof][..]),
        (of("int32 a = 1;") + "int32 b = 2;", of(two), &[Kind::FieldMovedToExistingOneof]),
        (of("int32 a = 1;") + "oneof y { int32 b = 2; }", of(two), &[Kind::FieldMovedToExistingOneof]),
        (of(two), of("int32 a = 1;"), &[Kind::OneofFieldRemoved]),
        (of(two), String::new(), &[Kind::FieldRemoved, Kind::FieldRemoved]),
        (of(two), two.to_owned(), &[]),
        ("int32 a = 1;".to_owned(), of("int32 a = 1; int32 c = 3;"), &[]),
        (of(two), of(two).replace('x', "y"), &[]),
    ] {
        assert_eq!(changes(&old, &new), kinds, "{old} -> {new}");
    }
}

#[test]
fn messages_are_compared_where_fields_reach_them() {
    let one = |path: &str, kind| vec![(path.to_owned(), kind)];
    assert_eq!(check("message M {} message N {}", "message M {}"), one("t.N", Kind::MessageRemoved));
    assert_eq!(check("message M { message N {} }", "message M {}"), one("t.M.N", Kind::MessageRemoved));
    let of = |package: &str, ty: &str| {
        let other =
            format!("syntax = \"proto3\"; package {package}; message N {{ {ty} id = 1; N next = 2; }}");
        let own = format!("syntax = \"proto3\"; import \"o.proto\"; message M {{ {package}.N n = 1; }}");
        Schema::from_sources(&[("o.proto", &other), ("m.proto", &own)], &Limits::default()).unwrap()
    };
    // A package of an import is no part of a type's identity, as in the registry.
    assert_eq!(compatibility(&of("a", "int32"), &of("b", "int32")).unwrap(), []);
    let found = compatibility(&of("a", "int32"), &of("b", "string")).unwrap();
    assert_eq!((found[0].path.as_str(), found[0].kind), ("a.N.id", Kind::FieldScalarKindChanged));
    assert_eq!(found.len(), 1);
}

#[test]
fn a_change_of_syntax_is_told() {
    let two = |syntax: &str| schema(&format!("{syntax} package t; message M {{ optional int32 a = 1; }}"));
    let three = schema("syntax = \"proto3\"; package t; message M { int32 a = 1; }");
    let found = compatibility(&three, &two("syntax = \"proto2\";")).unwrap();
    assert_eq!(found[0].kind, Kind::FieldPresenceChanged);
    assert!(found[0].hint.is_some_and(|hint| hint.contains("leave zeros out")));
    let edition = schema("edition = \"2023\"; package t; message M { int32 a = 1; }");
    assert!(compatibility(&three, &edition).unwrap()[0].hint.is_some());
    assert_eq!(compatibility(&edition, &three).unwrap()[0].hint, None);
}

#[test]
fn required_fields_and_enums() {
    let of = |body: &str| schema(&format!("syntax = \"proto2\"; package t; {body}"));
    let kinds = |old: &str, new: &str| {
        let found = compatibility(&of(old), &of(new)).unwrap();
        found.into_iter().map(|d| (d.kind, d.hint.is_some())).collect::<Vec<_>>()
    };
    let m = |body: &str| format!("message M {{ {body} }}");
    let (optional, required) = (m("optional int32 a = 1;"), m("required int32 a = 1;"));
    assert_eq!(kinds(&optional, &required), [(Kind::RequiredFieldAdded, false)]);
    assert_eq!(kinds(&m(""), &required), [(Kind::RequiredFieldAdded, false)]);
    assert_eq!(kinds(&required, &m("")), [(Kind::RequiredFieldRemoved, false)]);
    // The registry's rule: labels of numbers differ.
    assert_eq!(kinds(&required, &optional), [(Kind::FieldNumericLabelChanged, false)]);
    assert_eq!(kinds(&m("required string a = 1;"), &m("optional string a = 1;")), []);
    assert_eq!(kinds(&m("optional group G = 1 {}"), &m("optional M g = 1;")).len(), 2);
    let e = |values: &str| format!("message M {{ optional E e = 1; }} enum E {{ {values} }}");
    assert_eq!(kinds(&e("A = 0; B = 1;"), &e("A = 0;")), [(Kind::EnumConstRemoved, true)]);
    assert_eq!(kinds(&e("A = 0;"), &e("B = 0;")), [(Kind::EnumConstChanged, false)]);
}
