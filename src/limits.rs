//! Limits on what input may cost: on by default, each named in the error that it causes.

use crate::error::{Code, Error};
use crate::json::{Part, Read, Wrong};

/// Bytes of a full name. Each reference to it, and each name within it, has it anew.
const NAME_BYTES: usize = 1000;

/// Whether a full name of so many bytes may be made.
///
/// # Errors
/// `SCHEMA_LIMIT`.
pub(crate) fn check_name(bytes: usize) -> Result<(), Error> {
    if bytes <= NAME_BYTES {
        return Ok(());
    }
    let message = "expected full names of at most 1,000 bytes, found a longer one";
    Err(Error::new(Code::SchemaLimit, message)
        .with_hint("shorten the names of the schema, or its namespaces"))
}

/// Parts that a package's name may have: a name is looked for in each of the packages around it.
const PACKAGE_PARTS: usize = 100;

/// Refuses a package whose name is too long, or has too many parts.
///
/// # Errors
/// `SCHEMA_LIMIT`.
pub(crate) fn check_package(name: &str) -> Result<(), Error> {
    if name.split('.').count() > PACKAGE_PARTS {
        let message = "expected a package of at most 100 parts, found more";
        return Err(Error::new(Code::SchemaLimit, message));
    }
    check_name(name.len())
}

/// What the limits on depth may be raised to: every host has stack for so many levels.
const DEEPEST: usize = 500;

/// Bounds on events, schemas and data. Every one is a number that the configuration's `limits` may change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of an event's text: 16 MiB (Lambda itself stops at 6 MB).
    pub event_bytes: usize,
    /// Records in an event: 10,000.
    pub records: usize,
    /// Levels of records, arrays, maps and messages in one value: 100. The configuration may raise it to 500.
    pub depth: usize,
    /// Items that take no bytes (nulls, empty records), and items made from defaults, in one value: 1,000,000.
    pub items: usize,
    /// Bytes that a compressed body may inflate to: 16 MiB.
    pub inflated_bytes: usize,
    /// Bytes that all compressed bodies of an event may inflate to: 128 MiB. It bounds the time that an event takes.
    pub event_inflated_bytes: usize,
    /// Bytes that the values of an event may be decoded to before the last of them: 256 MiB. A few bytes may stand for a
    /// million items.
    pub output_bytes: usize,
    /// Bytes of one schema's text: 1 MiB.
    pub schema_bytes: usize,
    /// Levels of nesting in a schema: 100. The configuration may raise it to 500.
    pub schema_depth: usize,
    /// Steps of one compiled plan: 200,000.
    pub plan_steps: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            event_bytes: 16 << 20,
            records: 10_000,
            depth: 100,
            items: 1_000_000,
            inflated_bytes: 16 << 20,
            event_inflated_bytes: 128 << 20,
            output_bytes: 256 << 20,
            schema_bytes: 1 << 20,
            schema_depth: 100,
            plan_steps: 200_000,
        }
    }
}

/// Those that a document doesn't name stay as they are by default.
impl Read for Limits {
    fn read(part: Part<'_>) -> Result<Self, Box<Wrong>> {
        let mut limits = Limits::default();
        let mut members = part.members()?;
        for (name, limit) in [
            ("eventBytes", &mut limits.event_bytes),
            ("records", &mut limits.records),
            ("depth", &mut limits.depth),
            ("items", &mut limits.items),
            ("inflatedBytes", &mut limits.inflated_bytes),
            ("eventInflatedBytes", &mut limits.event_inflated_bytes),
            ("outputBytes", &mut limits.output_bytes),
            ("schemaBytes", &mut limits.schema_bytes),
            ("schemaDepth", &mut limits.schema_depth),
            ("planSteps", &mut limits.plan_steps),
        ] {
            members.read(name, limit)?;
        }
        if limits.depth.max(limits.schema_depth) > DEEPEST {
            return Err(part.found(format!("`depth` and `schemaDepth` of at most {DEEPEST}"), "more"));
        }
        members.end().map(|()| limits)
    }
}
