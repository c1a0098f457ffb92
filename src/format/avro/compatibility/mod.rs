//! Whether what one schema writes can be read by another: the verdicts of Java's `SchemaCompatibility`, with what to do
//! about each reason.

mod history;

pub use crate::format::compatibility::{Direction, Mode};
pub use history::{Report, check_history};

use super::schema::{Field, Kind, Schema, Type, TypeId};
use crate::error::{Code, Error, escape};
use crate::format::path;
use crate::map::{IndexMap, IndexSet};
use std::sync::Arc;

/// Levels that a comparison may go down: schemas that refer to each other may chain without end.
const MAX_DEPTH: usize = 200;
/// Pairs of types and reasons that one comparison may come to.
const MAX_PAIRS: usize = 100_000;

/// A reason why data can't be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incompatibility {
    /// Where in the schemas: `$.items[].price`; `{}` are a map's values, `<name>` is a branch of a union.
    pub path: String,
    /// What kind of reason.
    pub kind: IncompatibilityKind,
    /// What is wrong, and what to do about it.
    pub message: String,
}

/// The kinds of reasons, by Java's names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IncompatibilityKind {
    /// Named types have other names.
    NameMismatch,
    /// Fixed types have other sizes.
    FixedSizeMismatch,
    /// The reader's enum lacks symbols and has no default.
    MissingEnumSymbols,
    /// A field that the writer lacks has no default.
    ReaderFieldMissingDefaultValue,
    /// Types that can't be promoted.
    TypeMismatch,
    /// A branch of the writer's has no place in the reader's union.
    MissingUnionBranch,
}

impl IncompatibilityKind {
    /// As hosts show it.
    pub const fn as_str(self) -> &'static str {
        match self {
            IncompatibilityKind::NameMismatch => "NAME_MISMATCH",
            IncompatibilityKind::FixedSizeMismatch => "FIXED_SIZE_MISMATCH",
            IncompatibilityKind::MissingEnumSymbols => "MISSING_ENUM_SYMBOLS",
            IncompatibilityKind::ReaderFieldMissingDefaultValue => "READER_FIELD_MISSING_DEFAULT_VALUE",
            IncompatibilityKind::TypeMismatch => "TYPE_MISMATCH",
            IncompatibilityKind::MissingUnionBranch => "MISSING_UNION_BRANCH",
        }
    }
}

/// Which schema reads and which wrote, in the words of messages.
#[derive(Clone, Copy, Debug)]
struct Roles {
    reader: &'static str,
    data: &'static str,
    /// What to do about a missing field.
    field: &'static str,
    /// Whether the reader is what may still be changed.
    reader_is_new: bool,
}

/// The reasons why data of `writer` can't be read by `reader`; none where all of them can.
///
/// # Errors
/// `SCHEMA_LIMIT` for schemas that chain too deep to be compared.
pub fn check_compatibility(writer: &Schema, reader: &Schema) -> Result<Vec<Incompatibility>, Error> {
    let roles = Roles {
        reader: "the reader schema",
        data: "data of the writer schema",
        field: "give it one",
        reader_is_new: true,
    };
    compare(writer, reader, roles)
}

fn compare(writer: &Schema, reader: &Schema, roles: Roles) -> Result<Vec<Incompatibility>, Error> {
    let mut check = Check { writer, reader, roles, known: IndexMap::new(), depth: 0 };
    let reasons = check.types(writer.root(), reader.root())?;
    Ok(reasons.into_iter().map(|r| Incompatibility { path: format!("${}", r.path), ..r }).collect())
}

type Reasons = Vec<Incompatibility>;

struct Check<'a> {
    writer: &'a Schema,
    reader: &'a Schema,
    roles: Roles,
    /// Pairs of named types and their reasons. A pair that is being compared has none yet: what contains itself adds no
    /// new reason.
    known: IndexMap<(TypeId, TypeId), Reasons>,
    depth: usize,
}

impl Check<'_> {
    fn types(&mut self, w: TypeId, r: TypeId) -> Result<Reasons, Error> {
        if let Some(known) = self.known.get(&(w, r)) {
            return Ok(known.clone());
        }
        if self.depth > MAX_DEPTH || self.known.len() > MAX_PAIRS {
            let message = "expected schemas that can be compared within 200 levels, found deeper ones";
            return Err(Error::new(Code::SchemaLimit, message));
        }
        self.known.insert((w, r), Vec::new());
        self.depth += 1;
        let mut reasons = self.pair(w, r)?;
        self.depth -= 1;
        // Each of many shared types may have reasons in many places: the first tell enough.
        reasons.truncate(100);
        self.known.insert((w, r), reasons.clone());
        Ok(reasons)
    }

    fn pair(&mut self, w: TypeId, r: TypeId) -> Result<Reasons, Error> {
        let (writer, reader) = (self.writer, self.reader);
        let (wt, rt) = (writer.get(w), reader.get(r));
        match (wt.kind(), rt.kind()) {
            (Kind::Union(written), Kind::Union(_)) => self.union(written, r),
            (Kind::Union(written), _) => {
                let mut reasons = Vec::new();
                for branch in written {
                    let step = format!("<{}>", name(writer.get(*branch)));
                    reasons.extend(self.inside(&step, *branch, r)?);
                }
                Ok(reasons)
            }
            (_, Kind::Union(read)) => {
                for branch in read {
                    if self.types(w, *branch)?.is_empty() {
                        return Ok(Vec::new());
                    }
                }
                Ok(vec![self.missing_branch(wt)])
            }
            (Kind::Array(a), Kind::Array(b)) => self.inside("[]", *a, *b),
            (Kind::Map(a), Kind::Map(b)) => self.inside("{}", *a, *b),
            (Kind::Fixed(a), Kind::Fixed(b)) => {
                let mut reasons = self.names(wt, rt);
                reasons.extend((a != b).then(|| self.other_size(rt, *a, *b)));
                Ok(reasons)
            }
            (Kind::Enum { symbols, .. }, Kind::Enum { symbols: of, default }) => {
                let mut reasons = self.names(wt, rt);
                if default.is_none() {
                    reasons.extend(self.missing_symbols(rt, symbols, of));
                }
                Ok(reasons)
            }
            (Kind::Record(written), Kind::Record(read)) => {
                let mut reasons = self.names(wt, rt);
                reasons.extend(self.fields(written, read)?);
                Ok(reasons)
            }
            (a, b) if a == b || super::plan::promotes(a, b) => Ok(Vec::new()),
            (a, b) => Ok(vec![self.other_type(a, b)]),
        }
    }

    fn inside(&mut self, step: &str, w: TypeId, r: TypeId) -> Result<Reasons, Error> {
        let reasons = self.types(w, r)?.into_iter();
        Ok(reasons.map(|r| Incompatibility { path: format!("{step}{}", r.path), ..r }).collect())
    }

    fn union(&mut self, written: &[TypeId], r: TypeId) -> Result<Reasons, Error> {
        let mut reasons = Vec::new();
        for branch in written {
            let found = self.types(*branch, r)?;
            if !found.is_empty() {
                reasons.push(self.missing_branch(self.writer.get(*branch)));
            }
        }
        Ok(reasons)
    }

    fn missing_branch(&self, wt: &Type) -> Incompatibility {
        let branch = escape(wt.branch_name());
        let message = format!(
            "the union of {} has no branch that reads `{branch}`, which {} may hold: keep or add such a branch",
            self.roles.reader, self.roles.data
        );
        reason(IncompatibilityKind::MissingUnionBranch, message)
    }

    fn other_type(&self, written: &Kind, read: &Kind) -> Incompatibility {
        let message = format!(
            "{} is not read as {}: readers of {} can't read {}; keep the type, or add a field of another name",
            article(written),
            article(read),
            self.roles.reader,
            self.roles.data
        );
        reason(IncompatibilityKind::TypeMismatch, message)
    }

    fn other_size(&self, rt: &Type, written: usize, read: usize) -> Incompatibility {
        let message = format!(
            "the fixed `{}` has {read} bytes in {}, but {written} in {}: give the new size a new name",
            name(rt),
            self.roles.reader,
            self.roles.data
        );
        reason(IncompatibilityKind::FixedSizeMismatch, message)
    }

    /// Symbols of the writer that a reader without a default doesn't have.
    fn missing_symbols(&self, rt: &Type, written: &[Arc<str>], read: &[Arc<str>]) -> Option<Incompatibility> {
        let known: IndexSet<&str> = read.iter().map(|s| &**s).collect();
        let missing = written.iter().filter(|s| !known.contains(&***s));
        let missing: Vec<_> = missing.map(|s| format!("`{}`", escape(s))).take(10).collect();
        if missing.is_empty() {
            return None;
        }
        let message = format!(
            "the enum `{}` of {} lacks {}, which {} may hold: keep the symbols, or give the enum a default",
            name(rt),
            self.roles.reader,
            missing.join(", "),
            self.roles.data
        );
        Some(reason(IncompatibilityKind::MissingEnumSymbols, message))
    }

    /// Unqualified names must match, or one of the reader's aliases.
    fn names(&self, wt: &Type, rt: &Type) -> Reasons {
        let (Some(w), Some(r)) = (wt.name(), rt.name()) else { return Vec::new() };
        if w.short() == r.short() || rt.aliases.iter().any(|a| **a == *w.full()) {
            return Vec::new();
        }
        let (w, r, kind) = (escape(w.full()), escape(r.full()), rt.kind().word());
        let remedy = match self.roles.reader_is_new {
            true => format!("give `{r}` the alias `{w}`, or keep the name"),
            false => "keep the name".to_owned(),
        };
        let message = format!(
            "the {kind} is `{r}` in {}, but `{w}` in {}: {remedy}",
            self.roles.reader, self.roles.data
        );
        vec![reason(IncompatibilityKind::NameMismatch, message)]
    }

    fn fields(&mut self, written: &[Field], read: &[Field]) -> Result<Reasons, Error> {
        let by_name: IndexMap<&str, &Field> = written.iter().map(|f| (f.name(), f)).collect();
        let mut reasons = Vec::new();
        for field in read {
            let step = path::step(field.name());
            let by_alias = || field.aliases.iter().find_map(|a| by_name.get(&**a));
            match by_name.get(field.name()).or_else(by_alias) {
                Some(from) => reasons.extend(self.inside(&step, from.ty(), field.ty())?),
                None if field.default().is_some() => {}
                None => {
                    let message = format!(
                        "`{}` has no default: readers of {} can't read {}; {}",
                        escape(field.name()),
                        self.roles.reader,
                        self.roles.data,
                        self.roles.field
                    );
                    let kind = IncompatibilityKind::ReaderFieldMissingDefaultValue;
                    reasons.push(Incompatibility { path: step, ..reason(kind, message) });
                }
            }
        }
        Ok(reasons)
    }
}

fn reason(kind: IncompatibilityKind, message: String) -> Incompatibility {
    Incompatibility { path: String::new(), kind, message }
}

fn name(ty: &Type) -> String {
    escape(ty.branch_name())
}

fn article(kind: &Kind) -> String {
    let word = kind.word();
    format!("{} {word}", if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" })
}
