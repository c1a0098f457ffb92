//! No file names a registry's host or a place on somebody's machine.

use crate::tools;
use anyhow::{Result, ensure};
use std::fs;
use std::path::Path;

/// Hosts of package registries, in two halves so that this file doesn't name them.
const HOSTS: &[(&str, &str)] = &[
    ("registry.npmjs", ".org"),
    ("registry.yarnpkg", ".com"),
    ("crates", ".io"),
    ("pypi", ".org"),
    ("pythonhosted", ".org"),
    ("repo.maven.apache", ".org"),
    ("repo1.maven", ".org"),
    ("proxy.golang", ".org"),
    ("deb.debian", ".org"),
];

/// The beginnings of paths that belong to one machine.
const PLACES: &[(&str, &str)] = &[("/ro", "ot/"), ("/ho", "me/"), ("/Us", "ers/")];

/// Fails with every place found.
pub(crate) fn check(root: &Path) -> Result<String> {
    let list = tools::capture(tools::command("git", root).args([
        "ls-files",
        "--cached",
        "--others",
        "--exclude-standard",
    ]))?;
    let places: Vec<String> =
        PLACES.iter().map(|(a, b)| format!("{a}{b}")).chain([format!("{}/", root.display())]).collect();
    let mut found = Vec::new();
    let mut files = 0;
    // Cargo writes the index's address into its lock file.
    for name in list.lines().filter(|name| !name.ends_with("Cargo.lock")) {
        let Ok(text) = fs::read_to_string(root.join(name)) else { continue };
        files += 1;
        for (number, line) in text.lines().enumerate() {
            found.extend(problem(line, &places).map(|what| format!("{name}:{}: {what}", number + 1)));
        }
    }
    ensure!(found.is_empty(), "registry hosts or paths of a machine:\n{}", found.join("\n"));
    Ok(format!("{files} files"))
}

fn problem(line: &str, places: &[String]) -> Option<String> {
    let host = HOSTS.iter().map(|(a, b)| format!("{a}{b}")).find(|host| line.contains(host.as_str()));
    host.or_else(|| places.iter().find(|place| starts_a_path(line, place)).cloned())
}

/// Whether `place` occurs where a path begins, not in its middle.
fn starts_a_path(line: &str, place: &str) -> bool {
    line.match_indices(place).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        before.is_none_or(|c| !(c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '*' | '}' | '/')))
    })
}

#[cfg(test)]
mod tests {
    use super::problem;

    #[test]
    fn names_hosts_and_places() {
        let places = [concat!("/ho", "me/").to_owned()];
        assert!(problem(concat!("https://registry.npmjs", ".org/x"), &places).is_some());
        assert!(problem(concat!("cd /ho", "me/x"), &places).is_some());
        assert!(
            problem(concat!("docs/errors.md and x/ho", "me/x and https://example.com/x"), &places).is_none()
        );
    }
}
