//! `cargo xtask www`: the page, served on this machine.

use crate::{build, tools};
use anyhow::Result;
use std::path::Path;

/// Where the page stands, unless something else is on that port: js/scripts/serve.mjs.
pub(crate) const ADDRESS: &str = "http://127.0.0.1:8321/";

/// Builds the page from the package and serves it until it is stopped.
pub(crate) fn run(root: &Path) -> Result<()> {
    build::all(root)?;
    tools::show(tools::command("node", root).arg("js/scripts/www.mjs"))?;
    tools::show(tools::command("node", root).args(["js/scripts/serve.mjs", "www/dist"]))
}
