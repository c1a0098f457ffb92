//! Rust values.

use super::json::Json;
use crate::dialect::{self, Style};
use crate::format::{Field, Lit, NotUtf8, Record, Sink, Span, Tag, utf8};
use crate::json::unquoted;
use crate::map::IndexMap;
use crate::order::by_numbers;
use crate::wire::Run;
use std::sync::Arc;

/// A decoded value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Null.
    Null,
    /// A boolean.
    Boolean(bool),
    /// A signed integer of 32 bits.
    Int(i32),
    /// An unsigned integer of 32 bits, or a signed one of more.
    Long(i64),
    /// An unsigned integer of 64 bits.
    Ulong(u64),
    /// An integer of any size, as its digits.
    Digits(Box<str>),
    /// A float of 32 bits.
    Float(f32),
    /// A float of 64 bits.
    Double(f64),
    /// Text: strings and logical types.
    String(Box<str>),
    /// Bytes.
    Bytes(Box<[u8]>),
    /// The symbol of an enum.
    Symbol(Arc<str>),
    /// Items.
    Array(Vec<Value>),
    /// Names and values: records and messages in schema order, maps in the order of their bytes.
    Object(Vec<(Arc<str>, Value)>),
}

impl Value {
    /// The value's JSON text, its bytes and floats as the options ask.
    pub fn json(&self, style: &Style) -> String {
        let mut json = Json::new();
        self.write(&mut json, style);
        json.into_string()
    }

    fn write(&self, json: &mut Json, style: &Style) {
        const AT: Span = (0, 0);
        match self {
            Value::Null => json.null(AT),
            Value::Boolean(v) => json.boolean(*v, AT),
            Value::Int(v) => json.int(*v, AT),
            Value::Long(v) => json.long(*v, AT),
            Value::Ulong(v) => json.ulong(*v, AT),
            Value::Digits(v) => json.digits(v, AT),
            Value::Float(v) => json.float(*v, style.short_floats, AT),
            Value::Double(v) => json.double(*v, AT),
            Value::String(v) => json.quoted(v),
            Value::Symbol(v) => json.quoted(v),
            Value::Bytes(v) => json.bytes(Run::new(v), style.bytes, AT),
            Value::Array(items) => {
                json.raw("[");
                for (i, v) in items.iter().enumerate() {
                    json.raw(if i > 0 { "," } else { "" });
                    v.write(json, style);
                }
                json.raw("]");
            }
            Value::Object(entries) => {
                json.raw("{");
                for (i, (name, v)) in entries.iter().enumerate() {
                    json.raw(if i > 0 { "," } else { "" });
                    json.quoted(name);
                    json.raw(":");
                    v.write(json, style);
                }
                json.raw("}");
            }
        }
    }
}

/// Builds [`Value`]s; used through `dyn Sink`, for size.
#[derive(Default)]
pub struct Tree {
    done: Option<Value>,
    open: Vec<Open>,
}

enum Open {
    Array(Vec<Value>),
    Record { fields: Vec<(u32, Arc<str>, Value)>, next: (u32, Arc<str>) },
    Map { entries: Vec<(Arc<str>, Value)>, next: Arc<str> },
}

impl Tree {
    /// An empty tree.
    pub fn new() -> Self {
        Tree::default()
    }

    /// The value that was decoded last.
    pub fn take(&mut self) -> Option<Value> {
        self.done.take()
    }

    fn put(&mut self, v: Value) {
        match self.open.last_mut() {
            None => self.done = Some(v),
            Some(Open::Array(items)) => items.push(v),
            Some(Open::Record { fields, next }) => fields.push((next.0, next.1.clone(), v)),
            Some(Open::Map { entries, next }) => entries.push((next.clone(), v)),
        }
    }

    fn close(&mut self) {
        let v = match self.open.pop() {
            Some(Open::Array(items)) => Value::Array(items),
            Some(Open::Map { entries, .. }) => Value::Object(unique(entries)),
            Some(Open::Record { mut fields, .. }) => {
                by_numbers(&mut fields, |f| (i64::from(f.0), 0));
                Value::Object(fields.into_iter().map(|(_, name, v)| (name, v)).collect())
            }
            None => return,
        };
        self.put(v);
    }
}

/// The last value of each name, at the first one's place.
fn unique(entries: Vec<(Arc<str>, Value)>) -> Vec<(Arc<str>, Value)> {
    let mut places = IndexMap::new();
    let mut kept: Vec<(Arc<str>, Value)> = Vec::with_capacity(entries.len());
    for (name, v) in entries {
        match places.get(&name) {
            Some(&place) => {
                let slot: &mut (Arc<str>, Value) = &mut kept[place];
                slot.1 = v;
            }
            None => {
                places.insert(name.clone(), kept.len());
                kept.push((name, v));
            }
        }
    }
    kept
}

impl Sink for Tree {
    fn erased(&mut self) -> &mut dyn Sink {
        self
    }
    fn begin(&mut self, _: usize) {
        self.abort();
    }
    fn end(&mut self) {}
    fn abort(&mut self) {
        self.done = None;
        self.open.clear();
    }
    fn null(&mut self, _: Span) {
        self.put(Value::Null);
    }
    fn boolean(&mut self, v: bool, _: Span) {
        self.put(Value::Boolean(v));
    }
    fn int(&mut self, v: i32, _: Span) {
        self.put(Value::Int(v));
    }
    fn uint(&mut self, v: u32, _: Span) {
        self.put(Value::Long(i64::from(v)));
    }
    fn long(&mut self, v: i64, _: Span) {
        self.put(Value::Long(v));
    }
    fn ulong(&mut self, v: u64, _: Span) {
        self.put(Value::Ulong(v));
    }
    fn digits(&mut self, v: &str, _: Span) {
        self.put(Value::Digits(v.into()));
    }
    fn float(&mut self, v: f32, _: bool, _: Span) {
        self.put(Value::Float(v));
    }
    fn double(&mut self, v: f64, _: Span) {
        self.put(Value::Double(v));
    }
    fn string(&mut self, v: Run<'_>, _: Span) -> Result<(), NotUtf8> {
        self.put(Value::String(utf8(v)?.into()));
        Ok(())
    }
    fn text(&mut self, v: &str, _: Span) {
        self.put(Value::String(v.into()));
    }
    fn instant(&mut self, _: i64, text: &str, _: Span) {
        self.put(Value::String(text.into()));
    }
    fn bytes(&mut self, v: Run<'_>, _: dialect::Bytes, _: Span) {
        self.put(Value::Bytes(v.exact().into()));
    }
    fn symbol(&mut self, _: u32, json: &Lit, _: Span) {
        self.put(Value::Symbol(unquoted(json.as_str()).unwrap_or_default().into()));
    }
    fn unknown_symbol(&mut self, number: i32, _: Span) {
        self.put(Value::Int(number));
    }
    fn branch(&mut self, _: u32, _: Span) {}
    fn presence(&mut self, _: bool) {}
    fn tag(&mut self, _: Tag) {}
    fn record(&mut self, r: &Record, _: usize) {
        let fields = Vec::with_capacity(r.fields as usize);
        self.open.push(Open::Record { fields, next: (0, r.name.clone()) });
    }
    fn field(&mut self, f: &Field) {
        if let Some(Open::Record { next, .. }) = self.open.last_mut() {
            *next = (f.index, f.name.clone());
        }
    }
    fn record_end(&mut self, _: &Record, _: usize) {
        self.close();
    }
    fn array(&mut self, _: usize) -> usize {
        self.open.push(Open::Array(Vec::new()));
        0
    }
    fn item(&mut self, _: usize) {}
    fn array_end(&mut self, _: usize, _: usize, _: usize) {
        self.close();
    }
    fn map(&mut self, _: usize) -> usize {
        self.open.push(Open::Map { entries: Vec::new(), next: "".into() });
        0
    }
    fn key(&mut self, _: usize, k: Run<'_>, _: Span) -> Result<(), NotUtf8> {
        let name = utf8(k)?;
        if let Some(Open::Map { next, .. }) = self.open.last_mut() {
            *next = name.into();
        }
        Ok(())
    }
    fn map_end(&mut self, _: usize, _: usize, _: usize) {
        self.close();
    }
}
