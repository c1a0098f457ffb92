//! A sink that keeps what it is told, and two readers: one of the events alone, one that trusts the shape.

use crate::dialect::{self, Int64};
use crate::format::shape::{Node, Shape};
use crate::format::{Field, Lit, NotUtf8, Record, Sink, Span, Tag, utf8};
use crate::wire::Run;
use base64::Engine;

#[derive(Clone, Debug, PartialEq)]
enum Event {
    Null,
    Boolean(bool),
    Int(i32),
    Uint(u32),
    Long(i64),
    Ulong(u64),
    Digits(String),
    Double(String),
    Text(String),
    Bytes(String),
    Symbol(u32, String),
    Unknown(i32),
    Presence(bool),
    Tag(Tag),
    Record,
    Field(String),
    RecordEnd,
    Array,
    Item(usize),
    ArrayEnd(usize),
    Map,
    Key(usize, String),
    MapEnd(usize),
}

#[derive(Debug, Default, PartialEq)]
pub(crate) struct Events {
    list: Vec<Event>,
    pub(crate) ended: bool,
    pub(crate) aborted: bool,
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn number(v: f64) -> String {
    match v {
        v if v.is_nan() => quoted("NaN"),
        v if v.is_infinite() => quoted(if v > 0.0 { "Infinity" } else { "-Infinity" }),
        v => v.to_string(),
    }
}

/// Entries as an object: the last value of a name, at the first one's place.
fn object(entries: Vec<(String, String)>) -> String {
    let mut kept: Vec<(String, String)> = Vec::new();
    for (key, value) in entries {
        match kept.iter_mut().find(|(k, _)| *k == key) {
            Some(entry) => entry.1 = value,
            None => kept.push((key, value)),
        }
    }
    let entries: Vec<_> = kept.into_iter().map(|(k, v)| format!("{}:{v}", quoted(&k))).collect();
    format!("{{{}}}", entries.join(","))
}

impl Events {
    pub(crate) fn json(&self) -> String {
        assert!(self.ended && !self.aborted);
        let mut at = self.list.iter().filter(|e| !matches!(e, Event::Presence(_) | Event::Tag(_))).peekable();
        let text = plain(&mut at);
        assert_eq!(at.next(), None);
        text
    }

    pub(crate) fn through(&self, shape: &Shape) -> String {
        let mut reader = Reader { shape, list: &self.list, at: 0 };
        let text = reader.node(shape.root);
        assert_eq!(reader.at, self.list.len());
        text
    }
}

fn plain<'a>(at: &mut std::iter::Peekable<impl Iterator<Item = &'a Event>>) -> String {
    let event = at.next().unwrap();
    if let Some(text) = leaf(event) {
        return text;
    }
    let (mut entries, mut items) = (Vec::new(), Vec::new());
    loop {
        match (event, at.next().unwrap()) {
            (Event::Record, Event::Field(name)) => entries.push((name.clone(), plain(at))),
            (Event::Map, Event::Key(i, name)) => {
                assert_eq!(*i, entries.len());
                entries.push((name.clone(), plain(at)));
            }
            (Event::Array, Event::Item(i)) => {
                assert_eq!(*i, items.len());
                items.push(plain(at));
            }
            (Event::Record, Event::RecordEnd) => return object(entries),
            (Event::Map, Event::MapEnd(n)) => {
                assert_eq!(*n, entries.len());
                return object(entries);
            }
            (Event::Array, Event::ArrayEnd(n)) => {
                assert_eq!(*n, items.len());
                return format!("[{}]", items.join(","));
            }
            other => panic!("{other:?}"),
        }
    }
}

fn leaf(event: &Event) -> Option<String> {
    Some(match event {
        Event::Null => "null".into(),
        Event::Boolean(v) => v.to_string(),
        Event::Int(v) | Event::Unknown(v) => v.to_string(),
        Event::Uint(v) => v.to_string(),
        Event::Long(v) => v.to_string(),
        Event::Ulong(v) => v.to_string(),
        Event::Digits(v) | Event::Double(v) | Event::Symbol(_, v) => v.clone(),
        Event::Text(v) | Event::Bytes(v) => quoted(v),
        _ => return None,
    })
}

struct Reader<'a> {
    shape: &'a Shape,
    list: &'a [Event],
    at: usize,
}

impl Reader<'_> {
    fn next(&mut self) -> Event {
        self.at += 1;
        self.list[self.at - 1].clone()
    }

    fn node(&mut self, node: u32) -> String {
        let shape = self.shape;
        let node = &shape.nodes[node as usize];
        match node {
            Node::Record { fields } => {
                assert_eq!(self.next(), Event::Record);
                let mut entries = Vec::new();
                for (i, f) in fields.iter().enumerate() {
                    assert_eq!(f.index as usize, i);
                    if f.optional {
                        match self.next() {
                            Event::Presence(true) => {}
                            Event::Presence(false) => continue,
                            other => panic!("{other:?}"),
                        }
                    }
                    assert_eq!(self.next(), Event::Field(f.name.clone()));
                    entries.push((f.name.clone(), self.node(f.node)));
                }
                assert_eq!(self.next(), Event::RecordEnd);
                object(entries)
            }
            Node::Array(item) => self.array(|r| r.node(*item)),
            Node::Map(value) => self.map(|r| r.node(*value)),
            Node::Any(_) => self.any(),
            _ => {
                let event = self.next();
                match (node, &event) {
                    (Node::Null, Event::Null)
                    | (Node::Boolean, Event::Boolean(_))
                    | (Node::Int, Event::Int(_))
                    | (Node::Uint, Event::Uint(_))
                    | (Node::Double, Event::Double(_))
                    | (Node::Text, Event::Text(_))
                    | (Node::Bytes, Event::Bytes(_))
                    | (Node::Enum { open: true, .. }, Event::Unknown(_)) => {}
                    (Node::Long(mode), Event::Long(_)) | (Node::Ulong(mode), Event::Ulong(_)) => {
                        assert_ne!(*mode, Int64::String);
                    }
                    (Node::Enum { symbols, .. }, Event::Symbol(i, name)) => {
                        assert_eq!(quoted(&symbols[*i as usize]), *name);
                    }
                    other => panic!("{other:?}"),
                }
                leaf(&event).unwrap()
            }
        }
    }

    fn array(&mut self, mut item: impl FnMut(&mut Self) -> String) -> String {
        assert_eq!(self.next(), Event::Array);
        let mut items = Vec::new();
        loop {
            match self.next() {
                Event::Item(_) => items.push(item(self)),
                Event::ArrayEnd(_) => return format!("[{}]", items.join(",")),
                other => panic!("{other:?}"),
            }
        }
    }

    fn map(&mut self, mut value: impl FnMut(&mut Self) -> String) -> String {
        assert_eq!(self.next(), Event::Map);
        let mut entries = Vec::new();
        loop {
            match self.next() {
                Event::Key(_, name) => entries.push((name, value(self))),
                Event::MapEnd(_) => return object(entries),
                other => panic!("{other:?}"),
            }
        }
    }

    fn any(&mut self) -> String {
        let Event::Tag(tag) = self.next() else { panic!("a tag") };
        match tag {
            Tag::Array => return self.array(Self::any),
            Tag::Map => return self.map(Self::any),
            _ => {}
        }
        let event = self.next();
        let fits = match tag {
            Tag::Null => event == Event::Null,
            Tag::Boolean => matches!(event, Event::Boolean(_)),
            Tag::Double => matches!(event, Event::Double(_)),
            Tag::Long => matches!(event, Event::Long(_)),
            Tag::Digits => matches!(event, Event::Digits(_)),
            Tag::String => matches!(event, Event::Text(_)),
            Tag::Bytes => matches!(event, Event::Bytes(_)),
            _ => false,
        };
        assert!(fits, "{tag:?} {event:?}");
        leaf(&event).unwrap()
    }
}

impl Sink for Events {
    fn erased(&mut self) -> &mut dyn Sink {
        self
    }
    fn begin(&mut self, _: usize) {
        *self = Events::default();
    }
    fn end(&mut self) {
        self.ended = true;
    }
    fn abort(&mut self) {
        self.aborted = true;
    }
    fn null(&mut self, _: Span) {
        self.list.push(Event::Null);
    }
    fn boolean(&mut self, v: bool, _: Span) {
        self.list.push(Event::Boolean(v));
    }
    fn int(&mut self, v: i32, _: Span) {
        self.list.push(Event::Int(v));
    }
    fn uint(&mut self, v: u32, _: Span) {
        self.list.push(Event::Uint(v));
    }
    fn long(&mut self, v: i64, _: Span) {
        self.list.push(Event::Long(v));
    }
    fn ulong(&mut self, v: u64, _: Span) {
        self.list.push(Event::Ulong(v));
    }
    fn digits(&mut self, v: &str, _: Span) {
        self.list.push(Event::Digits(v.into()));
    }
    fn float(&mut self, v: f32, short: bool, _: Span) {
        let text = if short && v.is_finite() { v.to_string() } else { number(v.into()) };
        self.list.push(Event::Double(text));
    }
    fn double(&mut self, v: f64, _: Span) {
        self.list.push(Event::Double(number(v)));
    }
    fn string(&mut self, v: Run<'_>, _: Span) -> Result<(), NotUtf8> {
        self.list.push(Event::Text(utf8(v)?.into()));
        Ok(())
    }
    fn text(&mut self, v: &str, _: Span) {
        self.list.push(Event::Text(v.into()));
    }
    fn instant(&mut self, _: i64, text: &str, at: Span) {
        self.text(text, at);
    }
    fn bytes(&mut self, v: Run<'_>, form: dialect::Bytes, _: Span) {
        let v = v.exact();
        self.list.push(Event::Bytes(match form {
            dialect::Bytes::Base64 => base64::engine::general_purpose::STANDARD.encode(v),
            _ => v.iter().map(|b| format!("{b:02x}")).collect(),
        }));
    }
    fn symbol(&mut self, index: u32, json: &Lit, _: Span) {
        self.list.push(Event::Symbol(index, json.as_str().into()));
    }
    fn unknown_symbol(&mut self, number: i32, _: Span) {
        self.list.push(Event::Unknown(number));
    }
    fn branch(&mut self, _: u32, _: Span) {
        panic!("Protobuf has no unions");
    }
    fn presence(&mut self, present: bool) {
        self.list.push(Event::Presence(present));
    }
    fn tag(&mut self, tag: Tag) {
        self.list.push(Event::Tag(tag));
    }
    fn record(&mut self, _: &Record, _: usize) {
        self.list.push(Event::Record);
    }
    fn field(&mut self, f: &Field) {
        assert_eq!(f.key.as_str(), format!("{}:", quoted(&f.name)));
        self.list.push(Event::Field(f.name.to_string()));
    }
    fn record_end(&mut self, _: &Record, _: usize) {
        self.list.push(Event::RecordEnd);
    }
    fn array(&mut self, _: usize) -> usize {
        self.list.push(Event::Array);
        self.list.len()
    }
    fn item(&mut self, index: usize) {
        self.list.push(Event::Item(index));
    }
    fn array_end(&mut self, mark: usize, items: usize, _: usize) {
        assert_eq!(self.list[mark - 1], Event::Array);
        self.list.push(Event::ArrayEnd(items));
    }
    fn map(&mut self, _: usize) -> usize {
        self.list.push(Event::Map);
        self.list.len()
    }
    fn key(&mut self, index: usize, k: Run<'_>, _: Span) -> Result<(), NotUtf8> {
        self.list.push(Event::Key(index, utf8(k)?.into()));
        Ok(())
    }
    fn map_end(&mut self, mark: usize, entries: usize, _: usize) {
        assert_eq!(self.list[mark - 1], Event::Map);
        self.list.push(Event::MapEnd(entries));
    }
}
