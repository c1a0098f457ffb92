//! `compile`: each line of the input is `{"files":[{"name","text"}]}`; each line of the output the descriptor set in
//! base64, `{"set"}`, or `{"error"}`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kafkalens::format::protobuf::{Schema, proto};
use kafkalens::limits::Limits;
use serde_json::{Value, json};
use std::error::Error;
use std::io::{BufRead, Write, stdin, stdout};

pub(crate) fn run() -> Result<(), Box<dyn Error>> {
    let limits = Limits::default();
    for line in stdin().lock().lines() {
        let case: Value = serde_json::from_str(&line?)?;
        let text = |file: &Value, key: &str| file[key].as_str().unwrap_or_default().to_owned();
        let files: Vec<(String, String)> = case["files"]
            .as_array()
            .map(|list| list.iter().map(|f| (text(f, "name"), text(f, "text"))).collect())
            .unwrap_or_default();
        let files: Vec<(&str, &str)> = files.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
        let out = match proto::compile(&files, &limits) {
            // What is compiled must be a schema, too.
            Ok(set) => match Schema::from_descriptors(&set, &limits) {
                Ok(_) => json!({ "set": STANDARD.encode(set) }),
                Err(error) => json!({ "set": STANDARD.encode(set), "schema": error.to_string() }),
            },
            Err(error) => json!({ "error": error.to_string(), "frame": error.frame() }),
        };
        let mut stdout = stdout().lock();
        writeln!(stdout, "{out}")?;
        stdout.flush()?;
    }
    Ok(())
}
