//! A sample of the random cases that Java Avro judged (tests/interop/java-avro); `cargo xtask corpus` runs whole corpora.

#[path = "../xtask/src/corpus/canon.rs"]
#[allow(dead_code)]
mod canon;

use kafkalens::dialect::{Dialect, Options, Rule};
use kafkalens::error::Code;
use kafkalens::format::Sink;
use kafkalens::format::avro::compatibility::check_compatibility;
use kafkalens::format::avro::{Plan, Schema, Scratch};
use kafkalens::limits::Limits;
use kafkalens::sink::value::{Tree, Value};
use kafkalens::wire::Cursor;
use std::io::Read;

const SAMPLE: &[u8] = include_bytes!("interop/java-avro/sample.jsonl.gz");
const PAIRS: &str = include_str!("interop/java-avro/compatibility-pairs.jsonl");
/// Where Java departs from the specification, by case.
const LISTED: &str = include_str!("../docs/avro-differences.md");

fn parse(text: &str) -> Schema {
    Schema::parse(text, &[], &Limits::default()).unwrap_or_else(|e| panic!("{e}: {text}"))
}

fn plan(writer: &Schema, reader: Option<&Schema>, lenient: bool) -> Result<Plan, Code> {
    let lenient = if lenient { vec![Rule::Utf8] } else { Vec::new() };
    let style = Options { dialect: Dialect::AvroJson, lenient, ..Options::default() }.style();
    Plan::compile(writer, reader, &style, &Limits::default()).map_err(|e| e.code())
}

fn decode(writer: &Schema, reader: Option<&Schema>, datum: &[u8], lenient: bool) -> Result<Value, Code> {
    let plan = plan(writer, reader, lenient)?;
    let mut tree = Tree::new();
    plan.decode(Cursor::new(datum, 0, datum.len()), &mut Scratch::default(), &mut tree as &mut dyn Sink)
        .map_err(|f| f.code)?;
    Ok(tree.take().unwrap())
}

/// Java is always lenient with text.
fn as_java(writer: &Schema, reader: Option<&Schema>, datum: &[u8]) -> Result<Value, Code> {
    match decode(writer, reader, datum, false) {
        Err(Code::AvroUtf8) => decode(writer, reader, datum, true),
        found => found,
    }
}

#[test]
fn a_sample_of_javas_cases_agrees() {
    let mut text = String::new();
    flate2::read::GzDecoder::new(SAMPLE).read_to_string(&mut text).unwrap();
    let (mut plain, mut resolved) = (0, 0);
    for line in text.lines() {
        let case: serde_json::Value = serde_json::from_str(line).unwrap();
        let get = |name: &str| case[name].as_str();
        let id = get("id").unwrap();
        let writer = parse(get("writer").unwrap());
        let Some(pcf) = get("pcf") else { continue };
        assert_eq!(writer.canonical_form(), pcf, "{id}");
        assert_eq!(Some(&*format!("{:x}", writer.rabin())), get("fp64"), "{id}");
        let datum = canon::unhex(get("hex").unwrap()).unwrap();
        let expected = serde_json::from_str(get("canon").unwrap()).unwrap();
        let found = decode(&writer, None, &datum, false).unwrap();
        canon::matches(&writer, &found, &expected).unwrap_or_else(|e| panic!("{id}: {e}"));
        plain += 1;
        let (alone, mut scratch) = (self::plan(&writer, None, false).unwrap(), Scratch::default());
        for n in 0..datum.len() {
            let cut =
                alone.decode(Cursor::new(&datum, 0, n), &mut scratch, &mut Tree::new() as &mut dyn Sink);
            assert!(cut.is_err(), "{id} cut at {n}");
        }
        // With the writer's schema as the reader's, resolution is the identity.
        assert_eq!(
            format!("{:?}", decode(&writer, Some(&writer), &datum, false).unwrap()),
            format!("{found:?}"),
            "{id}"
        );
        let Some(reader) = get("reader").filter(|_| case.get("reader_error").is_none()) else { continue };
        let reader = parse(reader);
        let compatible = check_compatibility(&writer, &reader).unwrap().is_empty();
        assert_eq!(compatible, get("compat") == Some("COMPATIBLE"), "{id}");
        let found = as_java(&writer, Some(&reader), &datum);
        let agrees = match (get("rcanon"), found) {
            (Some(expected), Ok(value)) => {
                canon::matches(&reader, &value, &serde_json::from_str(expected).unwrap())
            }
            (Some(_), Err(code)) => Err(code.as_str().to_owned()),
            (None, Err(_)) => Ok(()),
            (None, Ok(_)) => Err(get("resolve_error").unwrap().to_owned()),
        };
        if let Err(why) = agrees {
            assert!(LISTED.contains(&format!("{id} ")) || LISTED.contains(&format!("{id}\n")), "{id}: {why}");
        }
        resolved += 1;
    }
    assert!(plain > 300 && resolved > 200, "{plain} {resolved}");
}

#[test]
fn javas_pairs_have_javas_verdict() {
    let mut pairs = 0;
    for line in PAIRS.lines() {
        let pair: serde_json::Value = serde_json::from_str(line).unwrap();
        let schema = |name: &str| parse(pair[name].as_str().unwrap());
        let compatible = check_compatibility(&schema("writer"), &schema("reader")).unwrap().is_empty();
        assert_eq!(compatible, pair["javaCompat"] == "COMPATIBLE", "{line}");
        pairs += 1;
    }
    assert_eq!(pairs, 132);
}
