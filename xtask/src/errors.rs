//! docs/errors.md, from the one table of codes.

use anyhow::{Result, ensure};
use kafkalens::error::Code;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

const INTRODUCTION: &str = "\
# Errors

Every error has a stable `code`, which is the same in every host, and a `category`. An error of a record also has its
`side` (`key`, `value` or `header`), `topic`, `partition` and `offset`. Where it is known, `path` says where in the value
(names of a schema appear, names of the data never do) and `byteOffset` which byte, counted in the framed payload unless
`space` says otherwise: `body` (what the payload holds compressed or wrapped; of a container
file the data of its blocks, one after the other), `base64` (characters), `event` or `schema` (bytes of that
text). `message` says what was expected and found, `hint` what usually causes it, and `frame` holds source lines of a
schema error. `retryable` is true where trying again later may help.

Messages hold neither payload nor schema text: logs are safe to keep.

This page is generated from `src/error/codes.rs` by `cargo xtask bless`.
";

/// Fails where docs/errors.md isn't what the codes give.
pub(crate) fn check(root: &Path) -> Result<String> {
    let current = fs::read_to_string(file(root)).unwrap_or_default();
    ensure!(current == text(), "docs/errors.md is not what the codes give: run `cargo xtask bless`");
    Ok(format!("{} codes", Code::ALL.len()))
}

/// Writes docs/errors.md.
pub(crate) fn write(root: &Path) -> Result<()> {
    Ok(fs::write(file(root), text())?)
}

fn file(root: &Path) -> PathBuf {
    root.join("docs/errors.md")
}

fn text() -> String {
    let mut out = INTRODUCTION.to_owned();
    for code in Code::ALL {
        // Writing to a String can't fail.
        let _ = write!(
            out,
            "\n## {}\n{} Category: `{}`.\n",
            code.as_str(),
            code.about(),
            code.category().as_str()
        );
        if let Some(hint) = code.hint() {
            let _ = writeln!(out, "\nHint: {}.", hint.trim_end_matches('.'));
        }
    }
    out
}
