//! The clauses of a pattern: a value, or an operator with what it compares with.

use super::fold::fold;
use super::invalid;
use crate::error::Error;
use crate::json::Value;
use std::net::IpAddr;

/// A clause. One of a field's values must match it, but for `exists: false` and `anything-but`'s own rule.
pub(super) enum Clause {
    Exact(Value),
    Text(Text),
    /// None of these, and there is a value.
    AnythingBut(Vec<Clause>),
    Numeric(Vec<(Comparison, f64)>),
    Exists(bool),
    Cidr(IpAddr, u8),
}

/// How a text compares.
pub(super) enum Text {
    Prefix {
        text: String,
        fold: bool,
    },
    Suffix {
        text: String,
        fold: bool,
    },
    Same(String),
    /// The texts between the asterisks.
    Wildcard(Vec<String>),
}

#[derive(Clone, Copy)]
pub(super) enum Comparison {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Clause {
    pub(super) fn read(value: &Value, path: &str) -> Result<Clause, Error> {
        let Value::Object(map) = value else {
            return if value.as_array().is_some() {
                Err(invalid(path, "a value or an operator"))
            } else {
                Ok(Clause::Exact(value.clone()))
            };
        };
        let mut entries = map.iter();
        let (Some((name, operand)), None) = (entries.next(), entries.next()) else {
            return Err(invalid(path, "an object with one operator"));
        };
        match (name, operand) {
            ("anything-but", operand) => anything_but(operand, path),
            ("numeric", Value::Array(list)) => numeric(list, path),
            ("exists", Value::Bool(exists)) => Ok(Clause::Exists(*exists)),
            ("cidr", Value::String(text)) => cidr(text).ok_or_else(|| invalid(path, "an address range")),
            _ => text(name, operand)
                .map(Clause::Text)
                .ok_or_else(|| invalid(path, "an operator that is known, with what it takes")),
        }
    }

    pub(super) fn matches(&self, leaves: &[&Value]) -> bool {
        match self {
            Clause::Exists(exists) => leaves.is_empty() != *exists,
            Clause::AnythingBut(others) => {
                leaves.iter().any(|leaf| !others.iter().any(|other| other.matches(&[leaf])))
            }
            Clause::Exact(value) => leaves.iter().any(|leaf| same(value, leaf)),
            Clause::Text(text) => leaves.iter().any(|leaf| leaf.as_str().is_some_and(|t| text.matches(t))),
            Clause::Numeric(parts) => leaves.iter().any(|leaf| {
                leaf.as_f64().is_some_and(|n| parts.iter().all(|(by, limit)| by.holds(n, *limit)))
            }),
            Clause::Cidr(network, bits) => {
                leaves.iter().any(|leaf| leaf.as_str().is_some_and(|text| within(text, *network, *bits)))
            }
        }
    }
}

/// Numbers are doubles: 300, 300.0 and 3e2 are the same.
fn same(expected: &Value, found: &Value) -> bool {
    match (expected.as_f64(), found.as_f64()) {
        (Some(a), Some(b)) => a == b,
        _ => expected == found,
    }
}

impl Comparison {
    fn holds(self, n: f64, limit: f64) -> bool {
        match self {
            Comparison::Equal => n == limit,
            Comparison::Less => n < limit,
            Comparison::LessOrEqual => n <= limit,
            Comparison::Greater => n > limit,
            Comparison::GreaterOrEqual => n >= limit,
        }
    }
}

impl Text {
    fn matches(&self, found: &str) -> bool {
        match self {
            Text::Prefix { text, fold: false } => found.starts_with(text),
            Text::Suffix { text, fold: false } => found.ends_with(text),
            Text::Prefix { text, fold: true } => fold(found).starts_with(text),
            Text::Suffix { text, fold: true } => fold(found).ends_with(text),
            Text::Same(text) => fold(found) == *text,
            Text::Wildcard(parts) => wildcard(parts, found),
        }
    }
}

fn text(name: &str, operand: &Value) -> Option<Text> {
    let folded = |value: &Value| {
        let map = value.as_object().filter(|map| map.len() == 1)?;
        map.get("equals-ignore-case")?.as_str().map(fold)
    };
    Some(match (name, operand) {
        ("prefix", Value::String(text)) => Text::Prefix { text: text.clone(), fold: false },
        ("suffix", Value::String(text)) => Text::Suffix { text: text.clone(), fold: false },
        ("prefix", operand) => Text::Prefix { text: folded(operand)?, fold: true },
        ("suffix", operand) => Text::Suffix { text: folded(operand)?, fold: true },
        ("equals-ignore-case", Value::String(text)) => Text::Same(fold(text)),
        ("wildcard", Value::String(text)) => Text::Wildcard(split_wildcard(text)?),
        _ => return None,
    })
}

/// `\*` and `\\` stand for themselves; asterisks may not follow each other.
fn split_wildcard(text: &str) -> Option<Vec<String>> {
    let mut parts = vec![String::new()];
    let mut chars = text.chars();
    let mut last_was_star = false;
    while let Some(c) = chars.next() {
        let star = c == '*';
        if star && last_was_star {
            return None;
        }
        last_was_star = star;
        match c {
            '*' => parts.push(String::new()),
            '\\' => {
                let next = chars.next().filter(|c| matches!(c, '*' | '\\'))?;
                parts.last_mut()?.push(next);
            }
            c => parts.last_mut()?.push(c),
        }
    }
    Some(parts)
}

/// Each part is taken where it comes first: that leaves the most for those after it.
fn wildcard(parts: &[String], found: &str) -> bool {
    let [first, middle @ .., last] = parts else {
        return parts.first().is_some_and(|only| only == found);
    };
    let Some(mut rest) = found.strip_prefix(first.as_str()) else { return false };
    for part in middle {
        let Some(at) = rest.find(part.as_str()) else { return false };
        rest = rest.get(at + part.len()..).unwrap_or_default();
    }
    rest.ends_with(last.as_str())
}

fn anything_but(operand: &Value, path: &str) -> Result<Clause, Error> {
    let wrong = || invalid(path, "what `anything-but` takes");
    let scalar = |value: &Value| match value {
        Value::String(_) | Value::Number(_) => Ok(Clause::Exact(value.clone())),
        _ => Err(wrong()),
    };
    let others = match operand {
        Value::Array(list) if !list.is_empty() => list.iter().map(scalar).collect::<Result<_, _>>()?,
        Value::Object(map) => {
            let mut entries = map.iter();
            let (Some((name, operand)), None) = (entries.next(), entries.next()) else { return Err(wrong()) };
            let list = match operand {
                Value::Array(list) if !list.is_empty() => list.iter().collect(),
                operand => vec![operand],
            };
            let read = |operand| text(name, operand).map(Clause::Text).ok_or_else(wrong);
            list.into_iter().map(read).collect::<Result<_, _>>()?
        }
        operand => vec![scalar(operand)?],
    };
    Ok(Clause::AnythingBut(others))
}

/// One comparison, or two that make a range.
fn numeric(list: &[Value], path: &str) -> Result<Clause, Error> {
    let wrong = || invalid(path, "one or two comparisons with numbers");
    let pair = |pair: &[Value]| {
        let by = match pair.first()?.as_str()? {
            "=" => Comparison::Equal,
            "<" => Comparison::Less,
            "<=" => Comparison::LessOrEqual,
            ">" => Comparison::Greater,
            ">=" => Comparison::GreaterOrEqual,
            _ => return None,
        };
        Some((by, pair.get(1)?.as_f64()?))
    };
    if !matches!(list.len(), 2 | 4) {
        return Err(wrong());
    }
    let pairs = list.chunks(2).map(pair).collect::<Option<_>>();
    pairs.map(Clause::Numeric).ok_or_else(wrong)
}

fn cidr(text: &str) -> Option<Clause> {
    let (address, bits) = match text.split_once('/') {
        Some((address, bits)) => (address.parse::<IpAddr>().ok()?, bits.parse::<u8>().ok()?),
        None => {
            let address = text.parse::<IpAddr>().ok()?;
            (address, if address.is_ipv4() { 32 } else { 128 })
        }
    };
    let most = if address.is_ipv4() { 32 } else { 128 };
    (bits <= most).then_some(Clause::Cidr(address, bits))
}

fn within(text: &str, network: IpAddr, bits: u8) -> bool {
    let shifted = |v: u128, of: u8| v.checked_shr(u32::from(of - bits)).unwrap_or(0);
    match (text.parse(), network) {
        (Ok(IpAddr::V4(a)), IpAddr::V4(b)) => {
            shifted(u32::from(a).into(), 32) == shifted(u32::from(b).into(), 32)
        }
        (Ok(IpAddr::V6(a)), IpAddr::V6(b)) => shifted(a.into(), 128) == shifted(b.into(), 128),
        _ => false,
    }
}
