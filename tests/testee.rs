//! The testee of the conformance suite answers from the value that it decoded, and never with what it was given.

#[path = "support/testee/conformance.rs"]
#[allow(dead_code)]
mod conformance;
#[path = "support/testee/schema.rs"]
#[allow(dead_code)]
mod schema;

use conformance::{Asked, read, write};
use kafkalens::format::protobuf::Dynamic;
use kafkalens::format::protobuf::message::{Content, Unknown, Value};
use schema::Messages;

const TEXT: &str = "syntax = \"proto3\"; package t;
    message Order { int32 id = 1; string name = 2; Order next = 3; map<string, int32> counts = 4; }";

/// Fields 1 to 4 as a writer orders them, and the unknown fields 100 (a varint) and 101 (bytes).
const PAYLOAD: &[u8] =
    b"\x08\x07\x12\x01a\x1a\x02\x08\x09\x22\x05\x0a\x01k\x10\x01\xa0\x06\x05\xaa\x06\x02zz";
const BINARY: u64 = 1;
const JSON: u64 = 2;

fn asked(messages: &mut Messages, payload: &[u8], output: u64) -> Asked {
    let mut request = Dynamic::default();
    request.fields.insert(1, Content::One(Value::Bytes(payload.to_vec())));
    request.fields.insert(3, Content::One(Value::Bits(output)));
    request.fields.insert(4, Content::One(Value::Bytes(b"t.Order".to_vec())));
    read(messages, &request).unwrap_or_else(|(field, _)| panic!("refused: field {field}"))
}

/// What is answered after a change of the value.
fn answer(payload: &[u8], output: u64, alter: impl FnOnce(&mut Dynamic)) -> Vec<u8> {
    let mut messages = Messages::from_text(&[("t.proto", TEXT)]).unwrap();
    let mut asked = asked(&mut messages, payload, output);
    alter(&mut asked.message);
    write(&mut messages, asked).1
}

#[test]
fn an_altered_field_is_answered() {
    assert_eq!(answer(PAYLOAD, BINARY, |_| {}), PAYLOAD);
    let altered = answer(PAYLOAD, BINARY, |m| {
        m.fields.insert(1, Content::One(Value::Bits(8)));
    });
    let mut expected = PAYLOAD.to_vec();
    expected[1] = 8;
    assert_eq!(altered, expected);
    let nested = answer(PAYLOAD, BINARY, |m| match m.fields.get_mut(3) {
        Some(Content::One(Value::Message(next))) => next.fields.insert(1, Content::One(Value::Bits(1))),
        other => panic!("{other:?}"),
    });
    assert_eq!((nested[8], &nested[..8]), (1, &PAYLOAD[..8]));
}

#[test]
fn an_altered_unknown_field_is_answered() {
    let altered = answer(PAYLOAD, BINARY, |m| {
        assert_eq!(m.unknown[0], Unknown { number: 100, wire_type: 0, bytes: vec![5] });
        m.unknown[0].bytes = vec![6];
        m.unknown[1] = Unknown { number: 102, wire_type: 5, bytes: vec![1, 2, 3, 4] };
    });
    let known = &PAYLOAD[..PAYLOAD.len() - 8];
    assert_eq!(altered, [known, b"\xa0\x06\x06\xb5\x06\x01\x02\x03\x04"].concat());
    assert_eq!(answer(PAYLOAD, BINARY, |m| m.unknown.clear()), known);
}

#[test]
fn bytes_that_say_the_same_otherwise_are_answered_in_one_form() {
    // Fields the other way round, a varint too long, a value that is overwritten.
    let odd = b"\x12\x01b\x08\x87\x00\x12\x01a";
    assert_eq!(answer(odd, BINARY, |_| {}), b"\x08\x07\x12\x01a");
}

#[test]
fn json_that_the_value_does_not_give_is_an_error() {
    assert_eq!(answer(b"\x08\x07", JSON, |_| {}), b"{\"id\":7}");
    let altered = answer(b"\x08\x07", JSON, |m| m.fields = Default::default());
    assert_eq!(altered, b"the payload and its value differ in JSON");
}
