//! The size ledger: what the wasm files weigh, and to which module or crate each byte of code belongs.

use crate::build::{self, Built};
use anyhow::{Result, ensure};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use wasmparser::{KnownCustom, Name, NameSectionReader, Parser, Payload, TypeRef};

/// Modules of the crate that are listed by themselves, the longer name first; the rest of the crate is one owner.
const MODULES: &[&str] = &[
    "format::avro",
    "format::protobuf",
    "format::json",
    "format::text",
    "format",
    "event",
    "framing",
    "schema",
    "sink",
    "decoder",
    "detect",
    "filter",
    "wire",
    "json",
    "error",
    "dialect",
    "limits",
];

/// Crates of the standard library, which are one owner.
const STD: &[&str] =
    &["core", "alloc", "std", "compiler_builtins", "dlmalloc", "memchr", "hashbrown", "rustc_demangle"];

/// The ledger as text.
pub(crate) fn report(root: &Path, built: &Built) -> Result<String> {
    let mut out = format!("{:<28}{:>12}{:>12}\n", "file", "raw", "gzip -9");
    let files = [
        ("kafkalens_core.wasm", root.join("target/wasm/js/kafkalens_core_bg.wasm")),
        ("kafkalens.component.wasm", build::component_file(root)),
    ];
    for (name, path) in files {
        let bytes = fs::read(path)?;
        writeln!(out, "{name:<28}{:>12}{:>12}", bytes.len(), gzip(&bytes)?)?;
    }
    let js = by_owner(&fs::read(&built.js)?)?;
    let component = by_owner(&fs::read(&built.component)?)?;
    writeln!(out, "\n{:<28}{:>12}{:>12}", "code bytes before bindgen", "js", "component")?;
    let mut names: Vec<&String> = js.keys().chain(component.keys()).collect();
    names.sort();
    names.dedup();
    let size = |of: &BTreeMap<String, usize>, name: &str| of.get(name).copied().unwrap_or(0);
    names.sort_by_key(|name| std::cmp::Reverse(size(&js, name).max(size(&component, name))));
    for name in names {
        writeln!(out, "{name:<28}{:>12}{:>12}", size(&js, name), size(&component, name))?;
    }
    writeln!(
        out,
        "{:<28}{:>12}{:>12}",
        "total",
        js.values().sum::<usize>(),
        component.values().sum::<usize>()
    )?;
    Ok(out)
}

/// How many bytes are left of so many.
pub(crate) fn gzip(bytes: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}

/// Code bytes by the module or crate that owns them. Inlined code counts for the function that it went into.
fn by_owner(module: &[u8]) -> Result<BTreeMap<String, usize>> {
    let Functions { imported, sizes, names } = functions(module)?;
    ensure!(!names.is_empty(), "the linked module has no names: is `strip` still \"debuginfo\"?");
    let mut owners = BTreeMap::new();
    for (index, size) in (imported..).zip(sizes) {
        let owner = names.get(&index).map_or_else(|| "(unnamed)".to_owned(), |name| owner(name));
        *owners.entry(owner).or_insert(0) += size;
    }
    Ok(owners)
}

/// The functions of a module: they are numbered from those on that it imports.
#[derive(Default)]
struct Functions {
    imported: u32,
    sizes: Vec<usize>,
    names: HashMap<u32, String>,
}

fn functions(module: &[u8]) -> Result<Functions> {
    let mut found = Functions::default();
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    found.imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => found.sizes.push(body.as_bytes().len()),
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(names) = section.as_known() {
                    found.names.extend(function_names(names)?);
                }
            }
            _ => {}
        }
    }
    Ok(found)
}

fn function_names(sections: NameSectionReader<'_>) -> Result<HashMap<u32, String>> {
    let mut names = HashMap::new();
    for section in sections {
        let Name::Function(map) = section? else { continue };
        for naming in map {
            let naming = naming?;
            names.insert(naming.index, naming.name.to_owned());
        }
    }
    Ok(names)
}

/// Whose a function is: that of the first path in its name which isn't the standard library's.
fn owner(symbol: &str) -> String {
    let name = format!("{:#}", rustc_demangle::demangle(symbol));
    let mut crates = Vec::new();
    for (at, _) in name.match_indices("::") {
        let start = name[..at].rfind(|c: char| !c.is_ascii_alphanumeric() && c != '_').map_or(0, |i| i + 1);
        let opens_a_path = !name[..start].ends_with("::");
        if opens_a_path && start < at {
            crates.push((&name[start..at], &name[at + 2..]));
        }
    }
    match crates.iter().find(|(first, _)| !STD.contains(first)).or(crates.first()) {
        Some(("kafkalens", rest)) => {
            let is_in = |module: &&&str| rest.strip_prefix(**module).is_some_and(|r| r.starts_with("::"));
            let module = MODULES.iter().find(is_in);
            module.map_or_else(|| "src (other)".to_owned(), |name| format!("src/{}", name.replace("::", "/")))
        }
        Some((first, _)) if STD.contains(first) => "std".to_owned(),
        Some((first, _)) => (*first).to_owned(),
        None => "(exports and shims)".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::owner;

    #[test]
    fn functions_have_owners() {
        assert_eq!(owner("kafkalens::format::avro::decode::step"), "src/format/avro");
        assert_eq!(owner("<kafkalens::sink::json::Json as kafkalens::format::sink::Sink>::int"), "src/sink");
        assert_eq!(owner("core::ptr::drop_in_place<kafkalens::schema::Store>"), "src/schema");
        assert_eq!(owner("<alloc::vec::Vec<T,A> as core::clone::Clone>::clone"), "std");
        assert_eq!(owner("serde_json::de::Deserializer<R>::parse_str"), "serde_json");
        assert_eq!(owner("decoder_new"), "(exports and shims)");
    }
}
