//! `cargo xtask demo`: the events of examples/demo, decoded in Node and in wasmtime, shown, and compared byte for byte.

use crate::{build, tools, www};
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

#[path = "../../tests/support/files.rs"]
mod files;

/// What the package's command line is called with for the first event.
const COMMAND: &str = "node pkg/cli.mjs decode examples/demo/glue-avro/event.json \\\n  \
    --key json --value glue+avro:examples/demo/glue-avro/order.avsc";

/// Builds, decodes, shows, compares.
pub(crate) fn run(root: &Path) -> Result<()> {
    build::all(root)?;
    for folder in ["glue-avro", "confluent-protobuf"] {
        let dir = root.join("examples/demo").join(folder);
        let document = read(&dir)?;
        let input = root.join("target/demo").join(format!("{folder}.json"));
        fs::create_dir_all(root.join("target/demo"))?;
        fs::write(&input, document.to_string())?;
        println!("\n# examples/demo/{folder}\n{}\n", document["about"].as_str().unwrap_or_default());
        let node = in_node(root, &input)?;
        let wasmtime = in_wasmtime(root, &input)?;
        show(&node)?;
        ensure!(node == wasmtime, "the hosts differ\nNode:     {node}\nwasmtime: {wasmtime}");
        println!("Node and wasmtime gave identical bytes: {} of them", node.trim_end().len());
    }
    println!("\n# The page\n`cargo xtask www` serves it, with these events as samples, at {}", www::ADDRESS);
    println!("\n# The command line\n{COMMAND}");
    Ok(())
}

fn in_node(root: &Path, input: &Path) -> Result<String> {
    tools::capture(tools::command("node", root).arg("examples/demo/decode.mjs").arg(input))
}

fn in_wasmtime(root: &Path, input: &Path) -> Result<String> {
    let mut cargo = tools::cargo(root);
    cargo
        .args(["run", "--quiet", "--package", "wasmtime-rust", "--"])
        .arg(build::component_file(root))
        .arg(input);
    tools::capture(&mut cargo)
}

/// A folder's `demo.json` with what it names in it.
fn read(dir: &Path) -> Result<Value> {
    let document = serde_json::from_str(&fs::read_to_string(dir.join("demo.json"))?).context("demo.json")?;
    files::substitute(dir, &document).map_err(anyhow::Error::msg)
}

/// An object's values by name, each as the text that stands there.
type Raw<'a> = BTreeMap<String, &'a RawValue>;

/// Prints the records as a person reads them: 64-bit integers exact, everything else re-spaced only.
fn show(text: &str) -> Result<()> {
    let document: Raw<'_> = serde_json::from_str(text).context("the decoded event isn't JSON")?;
    let records: Vec<Raw<'_>> = serde_json::from_str(document.get("records").context("no records")?.get())?;
    for record in records {
        let field = |name: &str| record.get(name).map_or("", |raw| raw.get()).trim_matches('"').to_owned();
        println!("{} partition {} offset {}", field("topic"), field("partition"), field("offset"));
        for side in ["key", "value"] {
            let document = record.get(side).context("a record without its sides")?;
            println!("{side:>7}  {}", side_text(document.get())?.replace('\n', "\n         "));
        }
    }
    Ok(())
}

/// A value and, after it, the schema that its record named; anything else as it is.
fn side_text(document: &str) -> Result<String> {
    let parts: Raw<'_> = serde_json::from_str(document)?;
    Ok(match (parts.get("value"), parts.get("schema")) {
        (Some(value), Some(schema)) => {
            format!("{}\nby {}", pretty(value.get()), schema.get().trim_matches('"'))
        }
        (Some(value), None) => pretty(value.get()),
        _ => document.to_owned(),
    })
}

fn pretty(text: &str) -> String {
    serde_json::from_str::<Value>(text)
        .and_then(|value| serde_json::to_string_pretty(&value))
        .unwrap_or_else(|_| text.to_owned())
}
