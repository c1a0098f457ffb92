//! The verb `check_compatibility`: one JSON document in, one out.

use super::config::{invalid, question};
use super::registered;
use crate::error::Error;
use crate::format::avro::compatibility::check_history;
use crate::format::compatibility::{Direction, Mode, each};
use crate::format::protobuf::compatibility::{Difference, compatibility};
use crate::json::{Part, Read, Text, Value, Write, Wrong};
use crate::limits::Limits;
use crate::schema::{Dependency, SchemaType};

/// What is to be checked.
struct Question {
    schema_type: SchemaType,
    mode: String,
    new: Version,
    history: Vec<Version>,
}

/// A version of a schema: its text or JSON, and its references.
struct Version {
    schema: Value,
    references: Vec<Dependency>,
}

impl Read for Question {
    fn read(part: Part<'_>) -> Result<Self, Box<Wrong>> {
        let mut members = part.members()?;
        let mut question = Question {
            schema_type: members.required("type")?,
            mode: members.required("mode")?,
            new: Version { schema: members.required("schema")?, references: Vec::new() },
            history: members.required("history")?,
        };
        members.read("references", &mut question.new.references)?;
        members.end().map(|()| question)
    }
}

/// A schema by itself, or an object of that and its references.
impl Read for Version {
    fn read(part: Part<'_>) -> Result<Self, Box<Wrong>> {
        let plain = || Version { schema: part.value.clone(), references: Vec::new() };
        Ok(Version::document(part).unwrap_or_else(|_| plain()))
    }
}

impl Question {
    /// The new schema and those before it.
    fn schemas<S>(&self, parse: impl Fn(&Version) -> Result<S, Error>) -> Result<(S, Vec<S>), Error> {
        let history = self.history.iter().map(&parse).collect::<Result<_, _>>();
        Ok((parse(&self.new)?, history?))
    }
}

impl Version {
    fn document(part: Part<'_>) -> Result<Self, Box<Wrong>> {
        let mut members = part.members()?;
        let mut version = Version { schema: members.required("schema")?, references: Vec::new() };
        members.read("references", &mut version.references)?;
        members.end().map(|()| version)
    }
}

/// What is told of a change.
struct Change {
    version: usize,
    direction: Direction,
    path: String,
    kind: &'static str,
    message: String,
    hint: Option<&'static str>,
}

impl Write for Change {
    fn write(&self, out: &mut Text) {
        out.object(|out| {
            out.member("version", &self.version);
            out.member("direction", self.direction.as_str());
            out.member("path", &self.path);
            out.member("kind", self.kind);
            out.member("message", &self.message);
            out.optional("hint", self.hint);
        });
    }
}

pub(super) fn check(document: &str, limits: &Limits) -> Result<String, Error> {
    let shape = "{ type, mode, schema, references?, history: [schema | { schema, references }] }";
    let question: Question = question(document, shape)?;
    let mode: Mode = question.mode.parse()?;
    let (incompatibilities, warnings) = match question.schema_type {
        SchemaType::Avro => (avro(&question, mode, limits)?, Vec::new()),
        SchemaType::Protobuf => protobuf(&question, mode, limits)?,
        SchemaType::Json => {
            return Err(invalid("a `type` that can be checked (AVRO or PROTOBUF)", "JSON"));
        }
    };
    let mut out = Text::default();
    out.object(|out| {
        out.member("compatible", &incompatibilities.is_empty());
        out.member("checked", &mode.is_checked());
        out.member("mode", mode.as_str());
        out.member("incompatibilities", &incompatibilities);
        out.optional("warnings", Some(warnings).filter(|list| !list.is_empty()));
        let note = || format!("the mode {} checks nothing", mode.as_str());
        out.optional("note", (!mode.is_checked()).then(note));
    });
    Ok(out.into_string())
}

fn avro(question: &Question, mode: Mode, limits: &Limits) -> Result<Vec<Change>, Error> {
    let (new, history) =
        question.schemas(|version| registered::avro(&version.schema.text(), &version.references, limits))?;
    let report = check_history(&new, &history, mode)?;
    let changes = report.incompatibilities.into_iter().map(|(version, direction, reason)| Change {
        version,
        direction,
        path: reason.path,
        kind: reason.kind.as_str(),
        message: reason.message,
        hint: None,
    });
    Ok(changes.collect())
}

/// What registries refuse, and what they let pass but readers see.
fn protobuf(question: &Question, mode: Mode, limits: &Limits) -> Result<(Vec<Change>, Vec<Change>), Error> {
    let (new, history) = question.schemas(|version| match &version.schema {
        Value::String(text) => registered::protobuf(text, &version.references, limits),
        _ => Err(invalid("a Protobuf schema as text", "another JSON value")),
    })?;
    let found = each(&new, &history, mode, |writer, reader, _| compatibility(writer, reader))?;
    let (breaking, passed): (Vec<_>, Vec<_>) = found.into_iter().partition(|(.., d)| d.kind.is_breaking());
    let told = |list: Vec<(usize, Direction, Difference)>| list.into_iter().map(difference).collect();
    Ok((told(breaking), told(passed)))
}

fn difference((version, direction, found): (usize, Direction, Difference)) -> Change {
    let Difference { path, kind, message, hint } = found;
    Change { version, direction, path, kind: kind.as_str(), message: message.to_owned(), hint }
}
