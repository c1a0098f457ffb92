//! The sink inside an `Any`: no shape says what its values are, so each says it itself.

use crate::dialect;
use crate::format::{Field, Lit, NotUtf8, Record, Sink, Span, Tag};
use crate::json::unquoted;
use crate::wire::Run;

/// Tags every value. Records become maps; what has a tag already keeps it.
///
/// Small integers are tagged as doubles, so that 64-bit ones alone follow the `int64` option.
pub(super) struct Tagged<'a> {
    inner: &'a mut dyn Sink,
    /// A tag was given by the decoder.
    given: bool,
    /// Mark of each open record, and its fields so far.
    open: Vec<(usize, usize)>,
}

impl<'a> Tagged<'a> {
    pub(super) fn new(inner: &'a mut dyn Sink) -> Self {
        Tagged { inner, given: false, open: Vec::new() }
    }

    fn put(&mut self, tag: Tag) -> &mut dyn Sink {
        if !std::mem::take(&mut self.given) {
            self.inner.tag(tag);
        }
        self.inner
    }
}

impl Sink for Tagged<'_> {
    fn erased(&mut self) -> &mut dyn Sink {
        self
    }
    fn begin(&mut self, bytes: usize) {
        self.inner.begin(bytes);
    }
    fn end(&mut self) {
        self.inner.end();
    }
    fn abort(&mut self) {
        self.inner.abort();
    }
    fn null(&mut self, at: Span) {
        self.put(Tag::Null).null(at);
    }
    fn boolean(&mut self, v: bool, at: Span) {
        self.put(Tag::Boolean).boolean(v, at);
    }
    fn int(&mut self, v: i32, at: Span) {
        self.put(Tag::Double).double(f64::from(v), at);
    }
    fn uint(&mut self, v: u32, at: Span) {
        self.put(Tag::Double).double(f64::from(v), at);
    }
    fn long(&mut self, v: i64, at: Span) {
        self.put(Tag::Long).long(v, at);
    }
    fn ulong(&mut self, v: u64, at: Span) {
        match i64::try_from(v) {
            Ok(v) => self.put(Tag::Long).long(v, at),
            Err(_) => self.put(Tag::Digits).digits(&v.to_string(), at),
        }
    }
    fn digits(&mut self, v: &str, at: Span) {
        self.put(Tag::Digits).digits(v, at);
    }
    fn float(&mut self, v: f32, short: bool, at: Span) {
        self.put(Tag::Double).float(v, short, at);
    }
    fn double(&mut self, v: f64, at: Span) {
        self.put(Tag::Double).double(v, at);
    }
    fn string(&mut self, v: Run<'_>, at: Span) -> Result<(), NotUtf8> {
        self.put(Tag::String).string(v, at)
    }
    fn text(&mut self, v: &str, at: Span) {
        self.put(Tag::String).text(v, at);
    }
    fn instant(&mut self, _: i64, text: &str, at: Span) {
        self.put(Tag::String).text(text, at);
    }
    fn bytes(&mut self, v: Run<'_>, form: dialect::Bytes, at: Span) {
        self.put(Tag::Bytes).bytes(v, form, at);
    }
    fn symbol(&mut self, _: u32, json: &Lit, at: Span) {
        // A list of symbols belongs to a shape; here the name itself is the value.
        let name = unquoted(json.as_str()).unwrap_or_default();
        self.put(Tag::String).text(&name, at);
    }
    fn unknown_symbol(&mut self, number: i32, at: Span) {
        self.int(number, at);
    }
    fn branch(&mut self, _: u32, _: Span) {}
    fn presence(&mut self, _: bool) {}
    fn tag(&mut self, tag: Tag) {
        self.inner.tag(tag);
        self.given = true;
    }
    fn record(&mut self, _: &Record, at: usize) {
        let mark = self.put(Tag::Map).map(at);
        self.open.push((mark, 0));
    }
    fn field(&mut self, f: &Field) {
        let Some((_, fields)) = self.open.last_mut() else { return };
        // A field's name is text, so the sink takes it.
        let _ = self.inner.key(*fields, Run::new(f.name.as_bytes()), (0, 0));
        *fields += 1;
    }
    fn record_end(&mut self, _: &Record, at: usize) {
        if let Some((mark, fields)) = self.open.pop() {
            self.inner.map_end(mark, fields, at);
        }
    }
    fn array(&mut self, at: usize) -> usize {
        self.put(Tag::Array).array(at)
    }
    fn item(&mut self, index: usize) {
        self.inner.item(index);
    }
    fn array_end(&mut self, mark: usize, items: usize, at: usize) {
        self.inner.array_end(mark, items, at);
    }
    fn map(&mut self, at: usize) -> usize {
        self.put(Tag::Map).map(at)
    }
    fn key(&mut self, index: usize, k: Run<'_>, at: Span) -> Result<(), NotUtf8> {
        self.inner.key(index, k, at)
    }
    fn map_end(&mut self, mark: usize, entries: usize, at: usize) {
        self.inner.map_end(mark, entries, at);
    }
}
