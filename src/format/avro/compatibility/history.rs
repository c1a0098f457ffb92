//! A new schema against the versions before it, under the modes of schema registries.

use super::{Incompatibility, Roles, compare};
use crate::error::{Code, Error};
use crate::format::avro::Schema;
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

/// The verdict on a new schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Whether anything was checked: not under `NONE` and `DISABLED`.
    pub checked: bool,
    /// The reasons against it, each with the version (its place in the history) and the direction that it is for.
    pub incompatibilities: Vec<(usize, Direction, Incompatibility)>,
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

    const fn roles(self) -> Roles {
        match self {
            Direction::Backward => Roles {
                reader: "the new schema",
                data: "old data",
                field: "give it one",
                reader_is_new: true,
            },
            Direction::Forward => Roles {
                reader: "the old schema",
                data: "new data",
                field: "keep the field in the new schema",
                reader_is_new: false,
            },
        }
    }
}

/// Checks a new schema against its history, oldest version first.
///
/// # Errors
/// `SCHEMA_LIMIT` for schemas that chain too deep to be compared.
pub fn check_history(new: &Schema, history: &[Schema], mode: Mode) -> Result<Report, Error> {
    let from = if mode.is_transitive() { 0 } else { history.len().saturating_sub(1) };
    let mut found = Vec::new();
    for (version, old) in history.iter().enumerate().skip(from) {
        for direction in mode.directions() {
            let (writer, reader) = match direction {
                Direction::Backward => (old, new),
                Direction::Forward => (new, old),
            };
            let reasons = compare(writer, reader, direction.roles())?;
            found.extend(reasons.into_iter().map(|reason| (version, *direction, reason)));
        }
    }
    Ok(Report { checked: !mode.directions().is_empty(), incompatibilities: found })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    fn schema(text: &str) -> Schema {
        Schema::parse(text, &[], &Limits::default()).unwrap()
    }

    fn reasons(new: &str, history: &[&str], mode: &str) -> Vec<(usize, &'static str, String)> {
        let history: Vec<Schema> = history.iter().map(|t| schema(t)).collect();
        let report = check_history(&schema(new), &history, mode.parse().unwrap()).unwrap();
        report.incompatibilities.into_iter().map(|(v, d, r)| (v, d.as_str(), r.path)).collect()
    }

    #[test]
    fn modes_say_who_reads_what() {
        let record = |fields: &str| format!(r#"{{"type":"record","name":"R","fields":[{fields}]}}"#);
        let (a, ab) =
            (r#"{"name":"a","type":"int"}"#, r#"{"name":"a","type":"int"},{"name":"b","type":"int"}"#);
        let (one, two) = (record(a), record(ab));
        let history = [two.as_str(), one.as_str()];
        assert_eq!(reasons(&two, &history, "BACKWARD"), [(1, "backward", "$.b".to_owned())]);
        assert_eq!(reasons(&two, &history, "FORWARD"), []);
        assert_eq!(reasons(&one, &history, "forward"), []);
        assert_eq!(reasons(&one, &history, "FORWARD_ALL"), [(0, "forward", "$.b".to_owned())]);
        assert_eq!(reasons(&one, &history, "FULL_TRANSITIVE"), [(0, "forward", "$.b".to_owned())]);
        assert_eq!(reasons("int", &history, "NONE"), []);
        assert!(!check_history(&schema("int"), &[], Mode::Disabled).unwrap().checked);
        assert!("SOME".parse::<Mode>().is_err());
    }
}
