//! Places in a document.

/// Where in a document, for errors: a linked list on the stack.
pub(crate) struct Place<'a> {
    pub(crate) step: Step<'a>,
    pub(crate) up: Option<&'a Place<'a>>,
    /// What a reader counts, so that it ends.
    pub(crate) depth: usize,
}

#[derive(Clone, Copy)]
pub(crate) enum Step<'a> {
    /// A place that has a name, such as the root.
    Named(&'a str),
    Key(&'a str),
    Index(usize),
}

impl<'a> Place<'a> {
    pub(crate) const ROOT: Place<'static> = Place { step: Step::Named("$"), up: None, depth: 0 };

    /// A place by its whole path.
    pub(crate) fn named(path: &'a str) -> Self {
        Place { step: Step::Named(path), ..Place::ROOT }
    }

    pub(crate) fn key(&'a self, key: &'a str) -> Place<'a> {
        Place { step: Step::Key(key), up: Some(self), depth: self.depth }
    }

    pub(crate) fn index(&'a self, i: usize) -> Place<'a> {
        Place { step: Step::Index(i), up: Some(self), depth: self.depth }
    }

    pub(crate) fn text(&self) -> String {
        let mut text = self.up.map_or(String::new(), Place::text);
        match self.step {
            Step::Named(name) => text.push_str(name),
            Step::Key(key) => {
                text.push('.');
                text.push_str(key);
            }
            Step::Index(i) => text.push_str(&format!("[{i}]")),
        }
        text
    }
}
