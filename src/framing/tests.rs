use super::*;
use crate::error::Side;
use crate::event::Place;
use crate::json::{Part, Read, Word};

const UUID: &str = "89791762-2336-4186-9674-299b90a802e2";
/// {id: 1001, name: "Laptop", price: 999.99} in Avro and in Protobuf.
const AVRO: &str = "d20f0c4c6170746f7052b81e85eb3f8f40";
const PROTOBUF: &str = "08e90712064c6170746f701952b81e85eb3f8f40";
/// The Avro body behind a Glue header, compressed by Java's Deflater.
const ZLIB: &str = "789cbbc4cfe3935850925f10b443aef5b57dbf03003bea0704";

fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text.chars().filter_map(|c| c.to_digit(16)).map(|d| d as u8).collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect()
}

fn glue(compression: &str, body: &str) -> Vec<u8> {
    hex(&format!("03{compression}{}{body}", UUID.replace('-', "")))
}

fn plain(framing: Framing, payload: &[u8]) -> Result<(Frame, Vec<u8>), Error> {
    let mut inflated = b"left over".to_vec();
    let frame =
        read(&framing.into(), &Input::bare(payload), &mut inflated, &mut Budget::new(&Limits::default()))?;
    let datum = frame.buffer(payload, &inflated)[frame.start..].to_vec();
    Ok((frame, datum))
}

fn metadata<'a>(id: Option<&'a str>, format: Option<&'a str>) -> SchemaMetadata<'a> {
    SchemaMetadata {
        schema_id: id.map(Into::into),
        data_format: format.map(Into::into),
        side: Side::Value,
        place: Place::default(),
    }
}

fn names(frame: &Frame) -> Option<String> {
    frame.reference.as_ref().map(ToString::to_string)
}

#[test]
fn text_forms() {
    for (framing, text) in [
        (Framing::Esm, "esm"),
        (Framing::None, "none"),
        (Framing::Confluent, "confluent"),
        (Framing::Glue, "glue"),
    ] {
        assert_eq!(framing.name(), text);
        assert_eq!(Framing::read(Part::root(&text.into())).unwrap(), framing);
    }
    assert_eq!(Framing::default(), Framing::Esm);
}

#[test]
fn none_is_the_payload() {
    for payload in [vec![], hex(AVRO), glue("00", AVRO), hex("000000002a")] {
        for framing in [Framing::None, Framing::Esm] {
            let (frame, datum) = plain(framing, &payload).unwrap();
            assert_eq!(frame, Frame::payload(None, Origin::None, 0), "without metadata nothing is guessed");
            assert_eq!((datum, frame.space()), (payload.clone(), Space::Payload));
        }
    }
}

/// Confluent wire format, version 0: Avro, JSON Schema, Protobuf with [0] and [1, 0]; the indexes are the format's.
#[test]
fn confluent_prefix() {
    for body in [AVRO, "7b7d", &format!("00{PROTOBUF}"), &format!("040200{PROTOBUF}"), ""] {
        let payload = hex(&format!("000000002a{body}"));
        let (frame, datum) = plain(Framing::Confluent, &payload).unwrap();
        assert_eq!(names(&frame).as_deref(), Some("confluent:42"));
        assert_eq!((frame.origin, frame.start, frame.body), (Origin::Confluent, 5, Body::Payload));
        assert_eq!(datum, hex(body));
    }
    let (frame, _) = plain(Framing::Confluent, &hex("00ffffffff")).unwrap();
    assert_eq!(names(&frame).as_deref(), Some("confluent:4294967295"));
}

/// Glue wire format, no compression.
#[test]
fn glue_header() {
    for body in [AVRO, "7b7d", &format!("01{PROTOBUF}"), ""] {
        let payload = glue("00", body);
        let (frame, datum) = plain(Framing::Glue, &payload).unwrap();
        assert_eq!(names(&frame), Some(format!("glue:{UUID}")));
        assert_eq!((frame.origin, frame.start, frame.body), (Origin::Glue, 18, Body::Payload));
        assert_eq!(datum, hex(body));
    }
}

/// Glue wire format, zlib; one buffer serves many payloads.
#[test]
fn glue_zlib() {
    let payload = glue("05", ZLIB);
    let (frame, datum) = plain(Framing::Glue, &payload).unwrap();
    assert_eq!(names(&frame), Some(format!("glue:{UUID}")));
    assert_eq!((frame.origin, frame.start, frame.space()), (Origin::Glue, 0, Space::Body));
    assert_eq!(datum, hex(AVRO));

    let mut payload = glue("05", "");
    payload.extend(miniz_oxide::deflate::compress_to_vec_zlib(&hex(&format!("01{PROTOBUF}")), 6));
    assert_eq!(
        plain(Framing::Glue, &payload).unwrap().1,
        hex(&format!("01{PROTOBUF}")),
        "zlib wraps the index too"
    );
}

/// The value of the sample order event.
#[test]
fn glue_sample_order() {
    let payload = hex("0300de0ffae08c2c4279ac0dfd96883ba56e48643664386432");
    let (frame, datum) = plain(Framing::Glue, &payload).unwrap();
    assert_eq!(names(&frame).as_deref(), Some("glue:de0ffae0-8c2c-4279-ac0d-fd96883ba56e"));
    assert_eq!(datum[0], 0x48);
}

fn bytes(n: usize) -> String {
    format!("{n} byte{}", if n == 1 { "" } else { "s" })
}

fn failure(framing: Framing, payload: &[u8]) -> (Code, Option<u64>, String) {
    let error = plain(framing, payload).expect_err("no frame");
    assert_eq!(error.space(), Space::Payload);
    (error.code(), error.byte_offset(), error.message().to_owned())
}

#[test]
fn every_shorter_prefix_is_an_error() {
    let confluent = hex("000000002a");
    for n in 0..confluent.len() {
        let (code, at, message) = failure(Framing::Confluent, &confluent[..n]);
        assert_eq!((code, at), (Code::FramingTruncated, Some(n as u64)));
        assert_eq!(message, format!("expected 5 bytes of framing, found {}", bytes(n)));
    }
    let header = glue("05", ZLIB);
    for n in 0..header.len() {
        let (code, at, message) = failure(Framing::Glue, &header[..n]);
        if n < 18 {
            assert_eq!((code, at), (Code::FramingTruncated, Some(n as u64)));
            assert_eq!(message, format!("expected 18 bytes of framing, found {}", bytes(n)));
        } else {
            assert_eq!((code, at), (Code::GlueBadZlib, Some(18)));
        }
    }
}

#[test]
fn another_first_byte_is_another_format() {
    for byte in (0..=255u8).filter(|b| *b > 1) {
        let (code, at, message) = failure(Framing::Confluent, &[byte, 0, 0, 0, 42]);
        assert_eq!((code, at), (Code::ConfluentMagic, Some(0)));
        assert!(message.ends_with(&format!("byte {byte:02x}")), "{message}");
    }
    for byte in (0..=255u8).filter(|b| *b != 3) {
        let (code, at, message) = failure(Framing::Glue, &[byte]);
        assert_eq!((code, at), (Code::GlueVersion, Some(0)), "told before the length");
        assert!(message.ends_with(&format!("byte {byte:02x}")), "{message}");
    }
}

#[test]
fn other_compressions_and_damaged_streams() {
    for byte in (0..=255u8).filter(|b| !matches!(b, 0 | 5)) {
        let (code, at, message) = failure(Framing::Glue, &glue(&format!("{byte:02x}"), AVRO));
        assert_eq!((code, at), (Code::GlueCompression, Some(1)));
        assert!(message.ends_with(&format!("byte {byte:02x}")), "{message}");
    }
    for body in [AVRO, "", "789c", &format!("{ZLIB}00"), &ZLIB.replace("0704", "0705"), "1f8b0800"] {
        let (code, at, _) = failure(Framing::Glue, &glue("05", body));
        assert_eq!((code, at), (Code::GlueBadZlib, Some(18)), "{body}");
    }
}

#[test]
fn an_inflated_body_has_a_limit() {
    let limits = Limits { inflated_bytes: 16, ..Limits::default() };
    let mut buffer = Vec::new();
    let error =
        read(&Framing::Glue.into(), &Input::bare(&glue("05", ZLIB)), &mut buffer, &mut Budget::new(&limits))
            .unwrap_err();
    assert_eq!((error.code(), error.byte_offset()), (Code::InflateLimit, Some(18)));
    assert!(error.message().contains("at most 16 bytes (limit `inflatedBytes`)"), "{}", error.message());
    let limits = Limits { inflated_bytes: 17, ..limits };
    assert!(
        read(&Framing::Glue.into(), &Input::bare(&glue("05", ZLIB)), &mut buffer, &mut Budget::new(&limits))
            .is_ok()
    );
}

fn esm_frame(id: Option<&str>, payload: &[u8]) -> Result<Frame, Error> {
    let metadata = metadata(id, Some("PROTOBUF"));
    let input = Input { metadata: Some(&metadata), ..Input::bare(payload) };
    read(&Framing::Esm.into(), &input, &mut Vec::new(), &mut Budget::new(&Limits::default()))
}

/// Event source mapping, SOURCE mode: the prefix is gone, Protobuf's index bytes are not.
#[test]
fn esm_metadata_names_the_schema() {
    let frame = esm_frame(Some("123"), &hex("02020a24")).unwrap();
    assert_eq!(names(&frame).as_deref(), Some("confluent:123"));
    assert_eq!((frame.origin, frame.start, frame.body), (Origin::EsmConfluent, 0, Body::Payload));
    let frame = esm_frame(Some(UUID), &hex("010a03313233")).unwrap();
    assert_eq!(names(&frame), Some(format!("glue:{UUID}")));
    assert_eq!((frame.origin, frame.start), (Origin::EsmGlue, 0));
    let frame = esm_frame(Some(&UUID.to_uppercase()), b"").unwrap();
    assert_eq!(names(&frame), Some(format!("glue:{UUID}")));
    assert_eq!(esm_frame(None, b"x").unwrap(), Frame::payload(None, Origin::None, 0), "dataFormat alone");
}

/// An explicit framing wins: the metadata is not read.
#[test]
fn a_configured_framing_reads_the_payload() {
    let metadata = metadata(Some("7"), None);
    let payload = hex("000000002a");
    let mut buffer = Vec::new();
    let input = Input { metadata: Some(&metadata), ..Input::bare(&payload) };
    let frame =
        read(&Framing::Confluent.into(), &input, &mut buffer, &mut Budget::new(&Limits::default())).unwrap();
    assert_eq!(names(&frame).as_deref(), Some("confluent:42"));
    let frame =
        read(&Framing::None.into(), &input, &mut buffer, &mut Budget::new(&Limits::default())).unwrap();
    assert_eq!(frame.reference, None);
}

#[test]
fn an_unreadable_id_is_an_error_at_its_path() {
    for id in ["", "secret", "-1", "99999999999"] {
        let error = esm_frame(Some(id), b"").unwrap_err();
        assert_eq!(error.code(), Code::EventRecordShape);
        assert_eq!(error.path(), Some("$.valueSchemaMetadata.schemaId"));
        assert!(!error.to_json().contains("secret"));
    }
}

#[test]
fn data_formats() {
    use crate::schema::SchemaType;
    for (text, expected) in [
        (Some("AVRO"), Some(SchemaType::Avro)),
        (Some("Protobuf"), Some(SchemaType::Protobuf)),
        (Some("json"), Some(SchemaType::Json)),
        (Some("XML"), None),
        (None, None),
    ] {
        assert_eq!(metadata(None, text).data_format(), expected);
    }
}
