//! Names in scopes, the outermost of which is empty.

/// The full name of a name in a scope.
pub(super) fn join(scope: &str, name: &str) -> String {
    if scope.is_empty() { name.to_owned() } else { format!("{scope}.{name}") }
}

/// The scope around a full name.
pub(super) fn outer(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(outer, _)| outer)
}
