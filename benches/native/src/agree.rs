//! Results are compared before anything is timed.

use crate::candidates::CANDIDATES;
use crate::work::Work;
use anyhow::{Result, ensure};
use serde_json::{Map, Value};
use std::path::Path;

/// Integers that a double holds exactly.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Holds every candidate's results that are JSON text against ours.
pub fn check(data: &Path, name: &str) -> Result<()> {
    let work = Work::read(data, name)?;
    let payloads = work.payloads()?;
    let mut ours: Vec<Value> = Vec::new();
    for candidate in CANDIDATES.iter().filter(|c| c.reads(&work) && c.text) {
        let mut decode = (candidate.make)(&work)?;
        let mut found = Vec::new();
        for payload in &payloads {
            let mut out = Vec::new();
            decode(payload, &mut |text| out.extend_from_slice(text))?;
            found.push(same(serde_json::from_slice(&out)?));
        }
        if ours.is_empty() {
            ours = found;
        } else {
            let odd = ours.iter().zip(&found).position(|(a, b)| a != b);
            ensure!(odd.is_none(), "{name}: {} differs in record {odd:?}", candidate.name);
        }
    }
    Ok(())
}

/// One form for what is written in two: `5` and `5.0`; a field that is null, and none.
fn same(value: Value) -> Value {
    match value {
        Value::Number(n) => match n.as_f64() {
            Some(v) if n.is_f64() && v.fract() == 0.0 && v.abs() < EXACT => Value::from(v as i64),
            _ => Value::Number(n),
        },
        Value::Array(items) => items.into_iter().map(same).collect(),
        Value::Object(entries) => {
            let kept = entries.into_iter().filter(|(_, v)| !v.is_null()).map(|(name, v)| (name, same(v)));
            Value::Object(kept.collect::<Map<_, _>>())
        }
        other => other,
    }
}
