//! Names and namespaces (specification, "Names"). Characters are not restricted: registries hold schemas with spaces.

use std::sync::Arc;

/// A full name: its namespace, if it has one, a dot, and the name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Name {
    full: Arc<str>,
    /// Where the unqualified name begins.
    short: usize,
}

impl Name {
    /// A name as written, in a namespace: one with dots is a full name already, and the empty namespace is none.
    pub fn new(written: &str, namespace: &str) -> Self {
        match written.rfind('.') {
            // A leading dot alone names the null namespace.
            Some(0) => Name { full: written[1..].into(), short: 0 },
            Some(dot) => Name { full: written.into(), short: dot + 1 },
            None if namespace.is_empty() => Name { full: written.into(), short: 0 },
            None => Name { full: format!("{namespace}.{written}").into(), short: namespace.len() + 1 },
        }
    }

    /// The full name.
    pub fn full(&self) -> &str {
        &self.full
    }

    /// The full name, shared.
    pub(crate) fn shared(&self) -> Arc<str> {
        self.full.clone()
    }

    /// The name without its namespace.
    pub fn short(&self) -> &str {
        &self.full[self.short..]
    }

    /// The namespace, or nothing.
    pub fn namespace(&self) -> &str {
        &self.full[..self.short.saturating_sub(1)]
    }
}

#[cfg(test)]
mod tests {
    use super::Name;

    #[test]
    fn a_dotted_name_is_a_full_name() {
        let parts = |n: Name| (n.full().to_owned(), n.namespace().to_owned(), n.short().to_owned());
        let own = |a: &str, b: &str, c: &str| (a.to_owned(), b.to_owned(), c.to_owned());
        assert_eq!(parts(Name::new("R", "Order V1")), own("Order V1.R", "Order V1", "R"));
        assert_eq!(parts(Name::new("a.b.R", "x")), own("a.b.R", "a.b", "R"));
        assert_eq!(parts(Name::new("R", "")), own("R", "", "R"));
        assert_eq!(parts(Name::new(".R", "x")), own("R", "", "R"));
    }
}
