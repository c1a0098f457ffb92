//! The core module for components → a component that imports nothing.

use anyhow::{Context, Result, ensure};
use std::ops::Range;
use wasmparser::{Parser, Payload};
use wit_component::ComponentEncoder;

/// Encodes a core module, which wit-bindgen gave its types, as a component.
pub(crate) fn encode(module: &[u8]) -> Result<Vec<u8>> {
    let module = without_names(module)?;
    let component = ComponentEncoder::default().validate(true).module(&module)?.encode()?;
    let imports = imports(&component)?;
    ensure!(imports.is_empty(), "the component must import nothing, but imports {}", imports.join(", "));
    Ok(component)
}

/// The names of everything that a component asks its host for.
pub(crate) fn imports(component: &[u8]) -> Result<Vec<String>> {
    let mut depth = 0;
    let mut names = Vec::new();
    for payload in Parser::new(0).parse_all(component) {
        match payload? {
            Payload::Version { .. } => depth += 1,
            Payload::End(_) => depth -= 1,
            Payload::ComponentImportSection(section) if depth == 1 => {
                for import in section {
                    names.push(import?.name.name.to_owned());
                }
            }
            _ => {}
        }
    }
    Ok(names)
}

/// The module without its function names: a quarter of its size, of use only to the ledger.
fn without_names(module: &[u8]) -> Result<Vec<u8>> {
    let mut out = module.get(..8).context("not a wasm module")?.to_vec();
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload?;
        if matches!(&payload, Payload::CustomSection(section) if section.name() == "name") {
            continue;
        }
        if let Some((id, range)) = payload.as_section() {
            push_section(&mut out, id, module, range)?;
        }
    }
    Ok(out)
}

fn push_section(out: &mut Vec<u8>, id: u8, module: &[u8], range: Range<u64>) -> Result<()> {
    let body = module
        .get(usize::try_from(range.start)?..usize::try_from(range.end)?)
        .context("a section outside the module")?;
    out.push(id);
    let mut length = u32::try_from(body.len())?;
    while length >= 0x80 {
        out.push(length as u8 | 0x80);
        length >>= 7;
    }
    out.push(length as u8);
    out.extend_from_slice(body);
    Ok(())
}
