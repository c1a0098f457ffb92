//! Documents as values.

use super::{Flaw, Scan, Text, Why, Write, float, to_text};
use crate::map::IndexMap;
use std::borrow::Cow;
use std::fmt;

/// Levels of arrays and objects: each takes stack. More than a decoded record has by the default limits, where a level of
/// Protobuf may be an array and an object. Named in docs/options.md and by schemas that go beyond.
const DEPTH: usize = 256;

/// Members that are compared with each other; more than these are looked up.
const FEW: usize = 8;

/// A JSON value.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// Null.
    #[default]
    Null,
    /// A boolean.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string.
    String(String),
    /// Items.
    Array(Vec<Value>),
    /// Names and values.
    Object(Object),
}

/// A number as its text, which keeps all of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number(Box<str>);

/// Names and values in their order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object(Vec<(String, Value)>);

impl Value {
    /// Reads a document. Of members of the same name the last one counts, at the first one's place.
    ///
    /// ```
    /// use kafkalens::json::Value;
    /// let value = Value::parse(r#"{"id":9007199254740993,"tags":["a"]}"#)?;
    /// assert_eq!(value.get("id").and_then(Value::as_i64), Some(9_007_199_254_740_993));
    /// assert_eq!(value.to_string(), r#"{"id":9007199254740993,"tags":["a"]}"#);
    /// # Ok::<(), kafkalens::json::Flaw>(())
    /// ```
    ///
    /// # Errors
    /// Where the text stops being JSON, or where it has more than 256 levels.
    pub fn parse(text: &str) -> Result<Value, Flaw> {
        parse(text, Object::unique)
    }

    /// The same with each member as it stands, also where a name comes twice.
    ///
    /// # Errors
    /// As [`Value::parse`].
    pub fn parse_all(text: &str) -> Result<Value, Flaw> {
        parse(text, Object)
    }

    /// The type, for messages.
    pub fn kind(&self) -> &'static str {
        match self {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
        }
    }

    /// A member of an object.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.as_object()?.get(name)
    }

    /// The boolean, if it is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Value::Bool(v) => Some(*v),
            _ => None,
        }
    }

    /// The text that a string holds; of another value its JSON text.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Value::String(text) => Cow::Borrowed(text),
            other => Cow::Owned(other.to_string()),
        }
    }

    /// The number, if it is an integer of 64 bits.
    pub fn as_i64(&self) -> Option<i64> {
        self.as_number()?.as_i64()
    }

    /// The number, if it is an integer of 64 bits without sign.
    pub fn as_u64(&self) -> Option<u64> {
        self.as_number()?.as_u64()
    }

    /// The number's nearest double, if it is a number.
    pub fn as_f64(&self) -> Option<f64> {
        self.as_number().map(Number::as_f64)
    }

    /// The number, if it is one.
    pub fn as_number(&self) -> Option<&Number> {
        match self {
            Value::Number(v) => Some(v),
            _ => None,
        }
    }

    /// The text, if it is a string.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::String(v) => Some(v),
            _ => None,
        }
    }

    /// The items, if it is an array.
    pub fn as_array(&self) -> Option<&[Value]> {
        match self {
            Value::Array(v) => Some(v),
            _ => None,
        }
    }

    /// The members, if it is an object.
    pub fn as_object(&self) -> Option<&Object> {
        match self {
            Value::Object(v) => Some(v),
            _ => None,
        }
    }
}

impl Number {
    /// The integer, if it is one of 64 bits. -0 is a double.
    pub fn as_i64(&self) -> Option<i64> {
        self.0.parse().ok().filter(|v| *v != 0 || !self.0.starts_with('-'))
    }

    /// The integer, if it is one of 64 bits without sign.
    pub fn as_u64(&self) -> Option<u64> {
        self.0.parse().ok()
    }

    /// The nearest double.
    pub fn as_f64(&self) -> f64 {
        float::double(&self.0).unwrap_or(f64::NAN)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Object {
    /// The last value of each name, at the first one's place.
    fn unique(list: Vec<(String, Value)>) -> Self {
        let firsts = firsts(&list);
        if firsts.iter().enumerate().all(|(i, first)| i == *first) {
            return Object(list);
        }
        let mut kept: Vec<Option<(String, Value)>> = Vec::with_capacity(list.len());
        for (i, (member, first)) in list.into_iter().zip(firsts).enumerate() {
            if i == first {
                kept.push(Some(member));
            } else {
                kept.push(None);
                if let Some(Some(known)) = kept.get_mut(first) {
                    known.1 = member.1;
                }
            }
        }
        Object(kept.into_iter().flatten().collect())
    }

    /// A member: the last one of its name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().rev().find(|(n, _)| n == name).map(|(_, v)| v)
    }

    /// The same, looked for at a place first.
    pub(crate) fn get_near(&self, place: usize, name: &str) -> Option<&Value> {
        match self.0.get(place) {
            Some((n, v)) if n == name => Some(v),
            _ => self.get(name),
        }
    }

    /// Takes a member out.
    pub fn take(&mut self, name: &str) -> Option<Value> {
        let place = self.0.iter().position(|(n, _)| n == name)?;
        Some(self.0.remove(place).1)
    }

    /// Puts a member in, in the place of one of the same name, or behind the others.
    pub fn put(&mut self, name: &str, value: Value) {
        match self.0.iter_mut().find(|(n, _)| n == name) {
            Some((_, v)) => *v = value,
            None => self.0.push((name.to_owned(), value)),
        }
    }

    /// How many members there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The members, in their order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, v)| (&**name, v))
    }
}

impl IntoIterator for Object {
    type Item = (String, Value);
    type IntoIter = std::vec::IntoIter<(String, Value)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// For each member the place of the first one of its name.
fn firsts(list: &[(String, Value)]) -> Vec<usize> {
    if list.len() <= FEW {
        let first = |(name, _): &(String, Value)| list.iter().position(|(n, _)| n == name).unwrap_or(0);
        return list.iter().map(first).collect();
    }
    let mut places: IndexMap<&[u8], usize> = IndexMap::new();
    (0..).zip(list).map(|(i, (name, _))| *places.or_insert_with(name.as_bytes(), || i)).collect()
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::String(text.to_owned())
    }
}

impl Write for Value {
    fn write(&self, out: &mut Text) {
        match self {
            Value::Null => out.null(),
            Value::Bool(v) => v.write(out),
            Value::Number(v) => out.raw(v.as_str()),
            Value::String(v) => v.write(out),
            Value::Array(items) => items.write(out),
            Value::Object(object) => object.write(out),
        }
    }
}

impl Write for Object {
    fn write(&self, out: &mut Text) {
        out.object(|out| self.iter().for_each(|(name, v)| out.member(name, v)));
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&to_text(self))
    }
}

/// Makes an object of its members.
type Made = fn(Vec<(String, Value)>) -> Object;

fn parse(text: &str, made: Made) -> Result<Value, Flaw> {
    let mut scan = Scan::new(text);
    let value = value(&mut scan, DEPTH, made);
    scan.whole(value)
}

fn value(scan: &mut Scan<'_>, depth: usize, made: Made) -> Option<Value> {
    let byte = scan.peek()?;
    if let b'[' | b'{' = byte {
        let Some(depth) = depth.checked_sub(1) else { return scan.wrong(scan.at(), Why::Depth) };
        return if byte == b'[' { array(scan, depth, made) } else { object(scan, depth, made) };
    }
    if byte == b'"' {
        return scan.string().map(|text| Value::String(text.into_owned()));
    }
    let at = scan.at();
    let text = scan.value()?.get();
    Some(match text {
        "null" => Value::Null,
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        _ if float::double(text).is_some_and(f64::is_finite) => Value::Number(Number(text.into())),
        _ => return scan.wrong(at, Why::Range),
    })
}

fn array(scan: &mut Scan<'_>, depth: usize, made: Made) -> Option<Value> {
    let mut items = Vec::new();
    scan.items(|scan| {
        items.push(value(scan, depth, made)?);
        Some(())
    })?;
    Some(Value::Array(items))
}

fn object(scan: &mut Scan<'_>, depth: usize, made: Made) -> Option<Value> {
    let mut list = Vec::new();
    scan.members(|name, scan| {
        list.push((name.into_owned(), value(scan, depth, made)?));
        Some(())
    })?;
    Some(Value::Object(made(list)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_all_of_themselves() {
        let number = |text: &str| match Value::parse(text) {
            Ok(Value::Number(number)) => number,
            other => panic!("{text}: {other:?}"),
        };
        assert_eq!(number("-9223372036854775808").as_i64(), Some(i64::MIN));
        assert_eq!(number("18446744073709551615").as_u64(), Some(u64::MAX));
        assert_eq!(number("18446744073709551616").as_u64(), None);
        assert_eq!((number("-0").as_i64(), number("-0").as_u64()), (None, None));
        assert!(number("-0").as_f64().is_sign_negative());
        assert_eq!(number("1e2").as_i64(), None);
        assert_eq!(number("2.2250738585072011e-308").as_f64(), 2.225_073_858_507_201e-308);
        for far in ["1e999", "-1e999", &"9".repeat(400)] {
            assert_eq!(Value::parse(far).map_err(|flaw| flaw.why), Err(Why::Range));
        }
    }

    #[test]
    fn the_last_of_equal_names_counts_at_the_first_ones_place() {
        let text = r#"{"a":1,"b":2,"\u0061":3}"#;
        assert_eq!(Value::parse(text).unwrap().to_string(), r#"{"a":3,"b":2}"#);
        assert_eq!(Value::parse_all(text).unwrap().to_string(), r#"{"a":1,"b":2,"a":3}"#);
        let many: Vec<String> = (0..100).map(|i| format!("\"{}\":{i}", i % 60)).collect();
        let value = Value::parse(&format!("{{{}}}", many.join(","))).unwrap();
        let found: Vec<_> =
            value.as_object().unwrap().iter().map(|(n, v)| (n.to_owned(), v.as_i64())).collect();
        let wanted: Vec<_> =
            (0..60).map(|i| (i.to_string(), Some(if i < 40 { i + 60 } else { i }))).collect();
        assert_eq!(found, wanted);
    }

    #[test]
    fn depth_is_bounded() {
        let nested = |n: usize| "[".repeat(n) + &"]".repeat(n);
        assert!(Value::parse(&nested(DEPTH)).is_ok());
        for n in [DEPTH + 1, 1_000_000] {
            assert_eq!(Value::parse(&nested(n)), Err(Flaw { at: DEPTH, why: Why::Depth }));
        }
    }

    /// Documents of all kinds, read and written as serde_json does it.
    #[test]
    fn documents_are_those_of_serde_json() {
        for text in [
            r#" { "a" : [ 1 , -2.5 , true , false , null , "x\n\"\u00e9\ud83d\ude00" ] , "" : { } } "#,
            "[]",
            "\"\\u001f\u{7f}\u{2028}\"",
        ] {
            let theirs: serde_json::Value = serde_json::from_str(text).unwrap();
            assert_eq!(Value::parse(text).unwrap().to_string(), theirs.to_string());
        }
    }
}
