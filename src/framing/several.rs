//! Framings in the order in which they are tried, for topics whose producers change from one to another.

use super::Framing;
use serde::{Deserialize, Deserializer};

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

#[derive(Deserialize)]
#[serde(untagged)]
enum Text {
    One(String),
    Several(Vec<String>),
}

impl<'de> Deserialize<'de> for Framings {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error as _;
        let text = Text::deserialize(deserializer)
            .map_err(|_| D::Error::custom("expected a framing, or a list of them in order"))?;
        let names = match text {
            Text::One(name) => vec![name],
            Text::Several(names) => names,
        };
        let read = |name: String| Framing::deserialize(serde::de::value::StringDeserializer::new(name));
        let list: Vec<Framing> = names.into_iter().map(read).collect::<Result<_, D::Error>>()?;
        // Whatever stands behind one that fits every payload would never be tried.
        let fits_all = |f: &Framing| matches!(f, Framing::None | Framing::Esm);
        let open = list.split_last().is_none_or(|(_, before)| before.iter().any(fits_all));
        if open || list.iter().enumerate().any(|(i, f)| list.iter().take(i).any(|other| other == f)) {
            return Err(D::Error::custom(
                "expected a list of different framings, `none` or `esm` only at its end",
            ));
        }
        Ok(Framings(list))
    }
}
