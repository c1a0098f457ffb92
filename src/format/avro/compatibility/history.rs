//! A new schema against the versions before it, under the modes of schema registries.

use super::{Incompatibility, Roles, compare};
use crate::error::Error;
use crate::format::avro::Schema;
use crate::format::compatibility::{Direction, Mode, each};

/// The verdict on a new schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Whether anything was checked: not under `NONE` and `DISABLED`.
    pub checked: bool,
    /// The reasons against it, each with the version (its place in the history) and the direction that it is for.
    pub incompatibilities: Vec<(usize, Direction, Incompatibility)>,
}

const fn roles(direction: Direction) -> Roles {
    match direction {
        Direction::Backward => {
            Roles { reader: "the new schema", data: "old data", field: "give it one", reader_is_new: true }
        }
        Direction::Forward => Roles {
            reader: "the old schema",
            data: "new data",
            field: "keep the field in the new schema",
            reader_is_new: false,
        },
    }
}

/// Checks a new schema against its history, oldest version first.
///
/// # Errors
/// `SCHEMA_LIMIT` for schemas that chain too deep to be compared.
pub fn check_history(new: &Schema, history: &[Schema], mode: Mode) -> Result<Report, Error> {
    let incompatibilities =
        each(new, history, mode, |writer, reader, direction| compare(writer, reader, roles(direction)))?;
    Ok(Report { checked: mode.is_checked(), incompatibilities })
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
