//! The trait between a decoder and what is made of the values.

use super::Lit;
use crate::dialect;
use crate::error::{Code, Fault};
use crate::json::quoted;
use crate::wire::Run;
use std::sync::Arc;

/// First byte and the byte after the last, in the buffer that is decoded.
pub type Span = (usize, usize);

/// A field of a record or message, as a plan knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The name that it appears under.
    pub name: Arc<str>,
    /// The same as JSON text with a colon behind it: `"name":`.
    pub key: Lit,
    /// Its place among the fields of the output.
    pub index: u32,
    /// Whether its record is [`Record::reordered`].
    pub reordered: bool,
}

impl Field {
    /// A field by name and place.
    pub fn new(name: &str, index: u32) -> Self {
        let key = format!("{}:", quoted(name));
        Field { name: name.into(), key: Lit::new(&key), index, reordered: false }
    }
}

/// A record or message, as a plan knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// Its full name.
    pub name: Arc<str>,
    /// How many fields the output has.
    pub fields: u32,
    /// Whether fields may come in another order than that of [`Field::index`] (an Avro writer that orders otherwise
    /// than its reader).
    pub reordered: bool,
}

/// What a value of no declared type is: JSON payloads, `google.protobuf.Value`. Comes before the value itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Tag {
    /// `null` follows.
    Null = 0,
    /// `boolean` follows.
    Boolean = 1,
    /// `double` follows.
    Double = 2,
    /// `long` follows; any integer that fits is one.
    Long = 3,
    /// `digits` follows: an integer of more than 64 bits.
    Digits = 4,
    /// `string` or `text` follows.
    String = 5,
    /// `array` … `array_end` follows, each item tagged.
    Array = 6,
    /// `map` … `map_end` follows, each value tagged.
    Map = 7,
    /// `symbol` follows: an enum value in a place that also takes numbers.
    Symbol = 8,
    /// `bytes` follows.
    Bytes = 9,
}

/// Takes the values of one datum, in wire order.
///
/// Object safe: hot sinks are generic arguments with inlined methods, cold ones go through `dyn Sink`. A span that a
/// sink ignores costs nothing. `begin` sets a mark; after a failure `abort` takes everything since then back.
pub trait Sink {
    /// The same sink behind `dyn`: for what is so rare that one copy of it serves all of them.
    fn erased(&mut self) -> &mut dyn Sink;

    /// A datum of so many bytes begins.
    fn begin(&mut self, bytes: usize);
    /// The datum that ends here had so many items and the like that take no bytes.
    fn weightless(&mut self, _items: usize) {}
    /// The datum that began last is whole.
    fn end(&mut self);
    /// The datum that began last failed: nothing of it remains.
    fn abort(&mut self);

    /// Null.
    fn null(&mut self, at: Span);
    /// A boolean.
    fn boolean(&mut self, v: bool, at: Span);
    /// A signed integer of 32 bits.
    fn int(&mut self, v: i32, at: Span);
    /// An unsigned integer of 32 bits.
    fn uint(&mut self, v: u32, at: Span);
    /// A signed integer of 64 bits.
    fn long(&mut self, v: i64, at: Span);
    /// An unsigned integer of 64 bits.
    fn ulong(&mut self, v: u64, at: Span);
    /// An integer of any size, as its digits (with `-` before them where it is negative).
    fn digits(&mut self, v: &str, at: Span);
    /// A float of 32 bits. Where it is `short`, its text is the shortest that gives it back (ProtoJSON); otherwise
    /// that of its exact value as a double.
    fn float(&mut self, v: f32, short: bool, at: Span);
    /// A float of 64 bits.
    fn double(&mut self, v: f64, at: Span);
    /// Bytes that must be UTF-8, which the sink checks while it copies. The code of a failure is the caller's to choose.
    ///
    /// # Errors
    /// The bytes are not UTF-8.
    fn string(&mut self, v: Run<'_>, at: Span) -> Result<(), NotUtf8>;
    /// Text that the decoder made: logical types, unescaped JSON.
    fn text(&mut self, v: &str, at: Span);
    /// A point in time that JavaScript gets as a `Date`: milliseconds, and its text.
    fn instant(&mut self, millis: i64, text: &str, at: Span);
    /// Bytes, and how JSON text shows them.
    fn bytes(&mut self, v: Run<'_>, form: dialect::Bytes, at: Span);
    /// The symbol of an enum: its place in the plan's list and its JSON text, quotes included.
    fn symbol(&mut self, index: u32, json: &Lit, at: Span);
    /// The number of an open enum that has no symbol. Comes where a symbol could.
    fn unknown_symbol(&mut self, number: i32, at: Span);

    /// The branch of a union that the next value is of.
    fn branch(&mut self, index: u32, at: Span);
    /// Whether the optional field that comes next is there; if it isn't, neither `field` nor a value follows.
    fn presence(&mut self, present: bool);
    /// What the next value is, where the plan doesn't say.
    fn tag(&mut self, tag: Tag);

    /// A record begins.
    fn record(&mut self, r: &Record, at: usize);
    /// The field that the next value is of.
    fn field(&mut self, f: &Field);
    /// The record that began last ends.
    fn record_end(&mut self, r: &Record, at: usize);
    /// Whether JSON documents may come by templates that were learned: with [`Sink::sparse`], [`Sink::lacks`] and
    /// [`Sink::unlike`], and the template's number as the [`Sink::branch`] before all, or 0.
    #[inline(always)]
    fn learns(&self) -> bool {
        false
    }
    /// A record begins of whose fields some may be missing; gives a mark for `lacks`.
    #[inline(always)]
    fn sparse(&mut self, r: &Record, at: usize) -> usize {
        self.record(r, at);
        0
    }
    /// The record of this mark has no field of this place.
    #[inline(always)]
    fn lacks(&mut self, _mark: usize, _place: usize) {}
    /// A string of a JSON document, from behind its quote: how many bytes it has, where it is ASCII without escapes. Otherwise
    /// the sink has taken nothing. Only asked of sinks that learn: what copies a string can look for its end on the way.
    #[inline(always)]
    fn quoted(&mut self, _text: Run<'_>) -> Option<usize> {
        None
    }
    /// What comes next isn't of the expected kind: a tag follows, and any value.
    #[inline(always)]
    fn unlike(&mut self, _expected: Tag) {}

    /// An array begins; gives a mark for `array_end`.
    fn array(&mut self, at: usize) -> usize;
    /// An item of an array comes next: its place.
    fn item(&mut self, index: usize);
    /// What is read next belongs to the array, map or record itself (a block's count, a field that is passed over), no longer
    /// to its last part.
    #[inline(always)]
    fn between(&mut self) {}
    /// The array of this mark ends with so many items.
    fn array_end(&mut self, mark: usize, items: usize, at: usize);
    /// A map begins; gives a mark for `map_end`. A key may come twice: the last value counts, at the first one's place.
    fn map(&mut self, at: usize) -> usize;
    /// The key of the entry that comes next: its place, and bytes that must be UTF-8.
    ///
    /// # Errors
    /// The bytes are not UTF-8.
    fn key(&mut self, index: usize, k: Run<'_>, at: Span) -> Result<(), NotUtf8>;
    /// The map of this mark ends with so many entries.
    fn map_end(&mut self, mark: usize, entries: usize, at: usize);
}

/// Whether a sink is behind `dyn`: a way that is only there to be fast isn't compiled for those.
#[inline(always)]
pub(crate) const fn is_dyn<S: Sink + ?Sized>() -> bool {
    size_of::<&S>() > size_of::<usize>()
}

/// A string's bytes are not UTF-8: where the first bad byte is, counted from the string's start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotUtf8 {
    /// How many bytes before it are fine.
    pub valid_up_to: usize,
}

impl NotUtf8 {
    /// The failure as a code with the offset of the bad byte; `start` is where the string's bytes begin.
    #[cold]
    pub fn at(self, code: Code, start: usize) -> Fault {
        Fault::new(code, start + self.valid_up_to)
    }
}

/// Text of a run, or where it stops being UTF-8.
///
/// # Errors
/// The bytes are not UTF-8.
#[inline]
pub fn utf8(run: Run<'_>) -> Result<&str, NotUtf8> {
    std::str::from_utf8(run.exact()).map_err(|e| NotUtf8 { valid_up_to: e.valid_up_to() })
}
