//! Framings in the order in which they are tried, for topics whose producers change from one to another.

use super::Framing;
use crate::json::{Part, Read, Value, Wrong};

/// The framings of a side: one as a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Framings(Vec<Framing>);

impl Default for Framings {
    fn default() -> Self {
        Framings(vec![Framing::default()])
    }
}

impl From<Framing> for Framings {
    fn from(framing: Framing) -> Self {
        Framings(vec![framing])
    }
}

impl Framings {
    /// The framings, in order.
    pub fn list(&self) -> &[Framing] {
        &self.0
    }

    /// Whether payloads that begin with the same bytes before their data, beside the same metadata and no headers that
    /// framings ask for, are read in the same way.
    pub fn by_prefix(&self) -> bool {
        match self.0.as_slice() {
            // They read what is in the payload.
            [Framing::CloudEvents | Framing::Ocf] => false,
            [_] => true,
            // Which of them it is, bytes behind the prefix of another may say.
            _ => false,
        }
    }

    /// Whether this is one of them.
    pub fn contains(&self, framing: Framing) -> bool {
        self.0.contains(&framing)
    }
}

impl Read for Framings {
    fn read(part: Part<'_>) -> Result<Self, Box<Wrong>> {
        let list: Vec<Framing> = match part.value {
            Value::String(_) => vec![Framing::read(part)?],
            Value::Array(_) => Vec::read(part)?,
            _ => return Err(part.wrong("a framing, or a list of them in order")),
        };
        // Whatever stands behind one that fits every payload would never be tried.
        let fits_all = |f: &Framing| matches!(f, Framing::None | Framing::Esm);
        let open = list.split_last().is_none_or(|(_, before)| before.iter().any(fits_all));
        if open || list.iter().enumerate().any(|(i, f)| list.iter().take(i).any(|other| other == f)) {
            let expected = "a list of different framings, `none` or `esm` only at its end,";
            return Err(part.found(expected, "another"));
        }
        Ok(Framings(list))
    }
}
