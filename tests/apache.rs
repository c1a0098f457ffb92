//! Against the apache-avro crate 0.21 (feature `apache-avro`): on the sample of Java's cases its values are ours, save where it
//! is not right, which is left out here and counted:
//! - schemas and data that Java takes and it refuses;
//! - types in the null namespace inside another namespace, which it prints as types of that other;
//! - big-decimal and uuid, which it parses while decoding, where Java's raw reader gives what was written.
#![cfg(feature = "apache-avro")]

#[path = "../xtask/src/corpus/canon.rs"]
#[allow(dead_code)]
mod canon;

use apache_avro::types::Value as Apache;
use kafkalens::apache::apache_style;
use kafkalens::format::Sink;
use kafkalens::format::avro::{Plan, Schema, Scratch};
use kafkalens::limits::Limits;
use kafkalens::sink::value::Tree;
use kafkalens::wire::Cursor;
use std::io::Read;

const SAMPLE: &[u8] = include_bytes!("interop/java-avro/sample.jsonl.gz");

/// Equal, a NaN to a NaN too.
fn same(a: &Apache, b: &Apache) -> bool {
    match (a, b) {
        (Apache::Float(a), Apache::Float(b)) => a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan(),
        (Apache::Double(a), Apache::Double(b)) => a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan(),
        (Apache::Array(a), Apache::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Apache::Map(a), Apache::Map(b)) => {
            a.len() == b.len() && a.iter().all(|(k, a)| b.get(k).is_some_and(|b| same(a, b)))
        }
        (Apache::Record(a), Apache::Record(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|((k, a), (l, b))| k == l && same(a, b))
        }
        (Apache::Union(i, a), Apache::Union(j, b)) => i == j && same(a, b),
        _ => a == b,
    }
}

#[test]
fn values_are_those_of_apache_avro() {
    let mut text = String::new();
    flate2::read::GzDecoder::new(SAMPLE).read_to_string(&mut text).unwrap();
    let (mut equal, mut refused) = (0, 0);
    for line in text.lines() {
        let case: serde_json::Value = serde_json::from_str(line).unwrap();
        let (Some(writer), Some(hex)) = (case["writer"].as_str(), case["hex"].as_str()) else { continue };
        // Their canonical form and reader know no uuid and big-decimal beyond their own types.
        if writer.contains("uuid") || writer.contains("big-decimal") {
            continue;
        }
        let Ok(theirs) = apache_avro::Schema::parse_str(writer) else {
            refused += 1;
            continue;
        };
        // It prints the null namespace inside another as that other: such a text is another schema, or none.
        let Ok(schema) = Schema::from_apache(&theirs, &Limits::default()) else {
            refused += 1;
            continue;
        };
        let datum = canon::unhex(hex).unwrap();
        let Ok(wanted) = apache_avro::from_avro_datum(&theirs, &mut &datum[..], None) else {
            refused += 1;
            continue;
        };
        let plan = Plan::compile(&schema, None, &apache_style(), &Limits::default()).unwrap();
        let mut tree = Tree::new();
        let cursor = Cursor::new(&datum, 0, datum.len());
        plan.decode(cursor, &mut Scratch::default(), &mut tree as &mut dyn Sink).unwrap();
        let found = schema.to_apache(&tree.take().unwrap()).unwrap();
        assert!(same(&found, &wanted), "{}: {found:?} {wanted:?}", case["id"]);
        equal += 1;
    }
    println!("{equal} equal, {refused} refused");
    assert!(equal > 150, "{equal} equal, {refused} refused");
}
