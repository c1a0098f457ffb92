//! The modes of schema registries: which versions of a schema must be able to read which.

use crate::error::{Code, Error};
use std::str::FromStr;

/// Which versions must be able to read which, by the registries' names (Glue's and Confluent's).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    /// Nothing is checked.
    None,
    /// Nothing is checked, and no further versions are taken.
    Disabled,
    /// The new schema reads data of the last version.
    Backward,
    /// The new schema reads data of every version.
    BackwardAll,
    /// The last version reads data of the new schema.
    Forward,
    /// Every version reads data of the new schema.
    ForwardAll,
    /// Both, with the last version.
    Full,
    /// Both, with every version.
    FullAll,
}

/// Which way data go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// The new schema reads old data.
    Backward,
    /// The old schema reads new data.
    Forward,
}

impl Mode {
    const ALL: [(&'static str, Mode); 11] = [
        ("NONE", Mode::None),
        ("DISABLED", Mode::Disabled),
        ("BACKWARD", Mode::Backward),
        ("BACKWARD_ALL", Mode::BackwardAll),
        ("FORWARD", Mode::Forward),
        ("FORWARD_ALL", Mode::ForwardAll),
        ("FULL", Mode::Full),
        ("FULL_ALL", Mode::FullAll),
        // Confluent's names for the same.
        ("BACKWARD_TRANSITIVE", Mode::BackwardAll),
        ("FORWARD_TRANSITIVE", Mode::ForwardAll),
        ("FULL_TRANSITIVE", Mode::FullAll),
    ];

    /// As hosts show it.
    pub fn as_str(self) -> &'static str {
        Mode::ALL.iter().find(|(_, mode)| *mode == self).map_or("", |(name, _)| name)
    }

    fn directions(self) -> &'static [Direction] {
        match self {
            Mode::None | Mode::Disabled => &[],
            Mode::Backward | Mode::BackwardAll => &[Direction::Backward],
            Mode::Forward | Mode::ForwardAll => &[Direction::Forward],
            Mode::Full | Mode::FullAll => &[Direction::Backward, Direction::Forward],
        }
    }

    /// Whether anything is checked.
    pub fn is_checked(self) -> bool {
        !self.directions().is_empty()
    }

    fn is_transitive(self) -> bool {
        matches!(self, Mode::BackwardAll | Mode::ForwardAll | Mode::FullAll)
    }
}

impl FromStr for Mode {
    type Err = Error;

    /// Reads the name in any case; `_TRANSITIVE` is taken for `_ALL`.
    fn from_str(text: &str) -> Result<Mode, Error> {
        let found = Mode::ALL.iter().find(|(name, _)| name.eq_ignore_ascii_case(text));
        found.map(|(_, mode)| *mode).ok_or_else(|| {
            let names = "NONE, DISABLED, BACKWARD, BACKWARD_ALL, FORWARD, FORWARD_ALL, FULL or FULL_ALL";
            Error::new(Code::ConfigInvalid, format!("expected the mode {names}, found another"))
        })
    }
}

impl Direction {
    /// As hosts show it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Direction::Backward => "backward",
            Direction::Forward => "forward",
        }
    }
}

/// Compares a new schema with its history, oldest version first: each version that the mode asks for, in each of its
/// directions. `compare` is given the schema that wrote, the one that reads, and the direction.
///
/// # Errors
/// Those of `compare`.
pub fn each<S, T>(
    new: &S,
    history: &[S],
    mode: Mode,
    mut compare: impl FnMut(&S, &S, Direction) -> Result<Vec<T>, Error>,
) -> Result<Vec<(usize, Direction, T)>, Error> {
    let from = if mode.is_transitive() { 0 } else { history.len().saturating_sub(1) };
    let mut found = Vec::new();
    for (version, old) in history.iter().enumerate().skip(from) {
        for direction in mode.directions() {
            let (writer, reader) = match direction {
                Direction::Backward => (old, new),
                Direction::Forward => (new, old),
            };
            let reasons = compare(writer, reader, *direction)?;
            found.extend(reasons.into_iter().map(|reason| (version, *direction, reason)));
        }
    }
    Ok(found)
}
