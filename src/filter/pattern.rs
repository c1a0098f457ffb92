//! A pattern: fields, all of which must match, down to lists of clauses, one of which must.

use super::clause::Clause;
use super::{Failed, invalid};
use crate::error::Error;
use crate::format::path::push_name;
use crate::json::Value;

/// A pattern, checked.
pub(super) struct Pattern {
    fields: Vec<(String, Node)>,
    /// `$or`: each list of which one must match.
    either: Vec<Vec<Pattern>>,
}

enum Node {
    Object(Pattern),
    Clauses(Vec<(Clause, Value)>),
}

/// Takes what does not match, where somebody listens.
pub(super) struct Report {
    listens: bool,
    filter: usize,
    path: String,
    failed: Vec<Failed>,
}

impl Report {
    pub(super) fn new(filter: usize, listens: bool) -> Self {
        Report { listens, filter, path: "$".to_owned(), failed: Vec::new() }
    }

    pub(super) fn into_failed(self) -> Vec<Failed> {
        self.failed
    }
}

impl Pattern {
    pub(super) fn read(value: &Value) -> Result<Pattern, Error> {
        read(value, "$")
    }

    /// The fields at the top, in all alternatives.
    pub(super) fn fields(&self) -> Box<dyn Iterator<Item = &str> + '_> {
        let inner = self.either.iter().flatten().flat_map(Pattern::fields);
        Box::new(self.fields.iter().map(|(name, _)| &**name).chain(inner))
    }

    /// Adds the fields of an object under `name` that it asks for; false where it asks for more than fields.
    pub(super) fn fields_of<'p>(&'p self, name: &str, fields: &mut Vec<&'p str>) -> bool {
        let mut inner = self.either.iter().flatten();
        let mut named = self.fields.iter().filter(|(field, _)| field == name);
        inner.all(|pattern| pattern.fields_of(name, fields))
            && named.all(|(_, node)| match node {
                Node::Object(pattern) => {
                    fields.extend(pattern.fields());
                    true
                }
                Node::Clauses(_) => false,
            })
    }

    /// Whether it matches. In an array of objects one and the same object must match all the fields.
    pub(super) fn matches(&self, value: Option<&Value>, report: &mut Report) -> bool {
        let failed = report.failed.len();
        let matches = match value {
            Some(Value::Array(items)) if !items.is_empty() => self.any(items, report),
            _ => self.all(value, report),
        };
        if matches {
            report.failed.truncate(failed);
        }
        matches
    }

    /// What each item lacks would be as many reports as there are items: the first one's are told.
    fn any(&self, items: &[Value], report: &mut Report) -> bool {
        let listens = report.listens;
        let matches = items.iter().any(|item| {
            let matches = self.matches(Some(item), report);
            report.listens = false;
            matches
        });
        report.listens = listens;
        matches
    }

    fn all(&self, value: Option<&Value>, report: &mut Report) -> bool {
        let mut all = true;
        for (name, node) in &self.fields {
            let end = report.path.len();
            push_name(&mut report.path, name);
            let found = value.and_then(|v| v.get(name));
            all &= match node {
                Node::Object(pattern) => pattern.matches(found, report),
                Node::Clauses(clauses) => field(clauses, found, report),
            };
            report.path.truncate(end);
        }
        for patterns in &self.either {
            let failed = report.failed.len();
            let matches = patterns.iter().any(|pattern| pattern.matches(value, report));
            if matches {
                report.failed.truncate(failed);
            }
            all &= matches;
        }
        all
    }
}

fn field(clauses: &[(Clause, Value)], found: Option<&Value>, report: &mut Report) -> bool {
    let mut leaves = Vec::new();
    flatten(found, &mut leaves);
    let matches = clauses.iter().any(|(clause, _)| clause.matches(&leaves));
    if !matches && report.listens {
        report.failed.extend(clauses.iter().map(|(_, clause)| Failed {
            filter: report.filter,
            path: report.path.clone(),
            clause: clause.clone(),
            found: found.map_or("nothing", Value::kind),
        }));
    }
    matches
}

/// The values of a field that are no objects: an array stands for its items.
fn flatten<'v>(value: Option<&'v Value>, leaves: &mut Vec<&'v Value>) {
    match value {
        Some(Value::Array(items)) => items.iter().for_each(|item| flatten(Some(item), leaves)),
        Some(Value::Object(_)) | None => {}
        Some(leaf) => leaves.push(leaf),
    }
}

fn read(value: &Value, path: &str) -> Result<Pattern, Error> {
    let fields = value.as_object().filter(|fields| !fields.is_empty());
    let fields = fields.ok_or_else(|| invalid(path, "an object with fields"))?;
    let mut pattern = Pattern { fields: Vec::new(), either: Vec::new() };
    for (name, value) in fields.iter() {
        let mut path = path.to_owned();
        push_name(&mut path, name);
        match value {
            Value::Array(list)
                if name == "$or" && list.len() > 1 && list.iter().all(|v| v.as_object().is_some()) =>
            {
                let read = |(i, value)| read(value, &format!("{path}[{i}]"));
                pattern.either.push(list.iter().enumerate().map(read).collect::<Result<_, _>>()?);
            }
            Value::Array(list) if !list.is_empty() => {
                let read = |(i, value): (usize, &Value)| {
                    Ok((Clause::read(value, &format!("{path}[{i}]"))?, value.clone()))
                };
                let clauses = list.iter().enumerate().map(read).collect::<Result<_, Error>>()?;
                pattern.fields.push((name.to_owned(), Node::Clauses(clauses)));
            }
            Value::Object(_) => {
                pattern.fields.push((name.to_owned(), Node::Object(self::read(value, &path)?)))
            }
            _ => return Err(invalid(&path, "a list of values or an object")),
        }
    }
    Ok(pattern)
}
