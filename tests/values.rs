//! Every value of the vectors through the sink of Rust values: its JSON text is that of the sink of JSON text.

#[allow(dead_code)]
mod support;

use kafkalens::decoder::Decoder;
use kafkalens::error::Side;
use kafkalens::event;
use kafkalens::format::Sink;
use kafkalens::sink::json::Json;
use kafkalens::sink::value::Tree;
use std::path::Path;
use support::Case;

#[test]
fn values_and_json_text_agree() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors");
    let mut compared = 0;
    for dir in support::cases(&root) {
        let case = Case::read(&dir).expect("a case");
        let Ok(mut decoder) = Decoder::new(&case.config) else { continue };
        for schema in &case.schemas {
            let _ = decoder.add_schema(schema);
        }
        let Ok(opened) = event::open(case.event.as_bytes(), decoder.limits()) else { continue };
        let Ok(event) = opened.event() else { continue };
        for record in &event.records {
            for side in [Side::Key, Side::Value] {
                let (mut json, mut tree) = (Json::new(), Tree::new());
                let text = decoder.decode_side(record, side, &mut json);
                let value = decoder.decode_side(record, side, &mut tree as &mut dyn Sink);
                assert_eq!(text, value, "{}", dir.display());
                if text.is_ok_and(|d| d.tombstone.is_none()) {
                    let value = tree.take().expect("a value").json(decoder.style());
                    assert_eq!(value, json.as_str(), "{}", dir.display());
                    compared += 1;
                } else {
                    assert!(json.is_empty() && tree.take().is_none(), "a failed datum left something behind");
                }
            }
        }
    }
    assert!(compared > 500, "{compared} values compared");
}
