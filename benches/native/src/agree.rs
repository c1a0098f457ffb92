//! Results are compared before anything is timed.

use crate::{candidates::CANDIDATES, payloads};
use anyhow::{Result, ensure};
use serde_json::{Map, Value};
use std::path::Path;

/// Holds every candidate's results against ours.
pub fn check(data: &Path, work: &str) -> Result<()> {
    let payloads = payloads(data, work)?;
    let mut ours: Vec<Value> = Vec::new();
    for candidate in CANDIDATES.iter().filter(|c| c.works.contains(&work)) {
        let mut decode = (candidate.make)(data, work)?;
        let mut found = Vec::new();
        for payload in &payloads {
            let mut out = Vec::new();
            decode(payload, &mut out)?;
            found.push(same(serde_json::from_slice(&out)?));
        }
        if ours.is_empty() {
            ours = found;
        } else {
            let odd = ours.iter().zip(&found).position(|(a, b)| a != b);
            ensure!(odd.is_none(), "{work}: {} differs in record {odd:?}", candidate.name);
        }
    }
    Ok(())
}

/// One form for what is written in two: `5` and `5.0`; a field that is null, and none.
fn same(value: Value) -> Value {
    match value {
        Value::Number(n) => n.as_f64().map_or(Value::Null, Value::from),
        Value::Array(items) => items.into_iter().map(same).collect(),
        Value::Object(entries) => {
            let kept = entries.into_iter().filter(|(_, v)| !v.is_null()).map(|(name, v)| (name, same(v)));
            Value::Object(kept.collect::<Map<_, _>>())
        }
        other => other,
    }
}
