//! Documents by template: each name is compared with the one that is expected, and a value is read as what it mostly is.
//!
//! What doesn't fit in a value's place is read as any value is, behind a mark. What doesn't fit in an object (an unknown
//! name, another order, a name that comes twice, one that is written with escapes) and any error ends the attempt: the
//! parser reads the document anew, and says what is wrong with it.

use super::super::number::{self, Short};
use super::super::parse::Parser;
use super::template::{Node, Object, Template};
use crate::error::Fault;
use crate::format::Sink;
use crate::wire::{Cursor, Run, quoted};

/// The document isn't like the template.
pub(in super::super) struct Unlike;

type Like<T = ()> = Result<T, Unlike>;

impl From<Fault> for Unlike {
    #[inline(always)]
    fn from(_: Fault) -> Self {
        Unlike
    }
}

/// Reads one document.
///
/// Its functions hand the cursor on by value, and give back where it stands then: so it lives in registers. The parser's own
/// is for what the parser reads.
pub(in super::super) struct Reader<'p, 'a> {
    pub(in super::super) parser: Parser<'p, 'a>,
    pub(in super::super) template: &'p Template,
}

impl<'p, 'a> Reader<'p, 'a> {
    /// The document; `number` is the template's, from 1.
    pub(in super::super) fn document<S: Sink + ?Sized>(&mut self, number: u32, sink: &mut S) -> Like {
        self.parser.skip_mark();
        let mut c = self.parser.c.clone();
        sink.branch(number, (c.at(), c.at()));
        self.value(self.template.root(), &mut c, sink)?;
        self.parser.c = c;
        Ok(self.parser.finish()?)
    }

    #[inline(always)]
    fn value<S: Sink + ?Sized>(&mut self, node: u32, c: &mut Cursor<'a>, sink: &mut S) -> Like {
        let template = self.template;
        let byte = token(c)?;
        let at = c.at();
        let end = match template.node_at(node) {
            Node::Text if byte == b'"' => match quoted(c, sink) {
                Some(n) => at + n + 2,
                None => self.string(at, sink)?,
            },
            Node::Number => match number::short(c.rest()) {
                Some(short) => {
                    let (v, n) = match short {
                        Short::Integer(v, n) => (v as f64, n),
                        Short::Double(v, n) => (v, n),
                    };
                    sink.double(v, (at, at + n));
                    at + n
                }
                None => self.other(node, byte, at, sink)?,
            },
            Node::Boolean if byte == b't' || byte == b'f' => {
                let word: &[u8] = if byte == b't' { b"true" } else { b"false" };
                if !c.rest().starts_with(word) {
                    return Err(Unlike);
                }
                sink.boolean(byte == b't', (at, at + word.len()));
                at + word.len()
            }
            Node::List(item) if byte == b'[' => self.list(*item, c.clone(), sink)?,
            Node::Object(object) if byte == b'{' => self.object(object, c.clone(), sink)?,
            _ => self.other(node, byte, at, sink)?,
        };
        c.seek(end);
        Ok(())
    }

    /// A string as the parser reads it: where it ends.
    #[inline(never)]
    fn string<S: Sink + ?Sized>(&mut self, at: usize, sink: &mut S) -> Like<usize> {
        self.parser.c.seek(at);
        self.parser.string(at, sink)?;
        Ok(self.parser.c.at())
    }

    /// A value of another kind than the expected one, or of none in particular: where it ends.
    #[inline(never)]
    fn other<S: Sink + ?Sized>(&mut self, node: u32, byte: u8, at: usize, sink: &mut S) -> Like<usize> {
        let node = self.template.node_at(node);
        if *node != Node::Any {
            sink.unlike(node.tag());
        }
        self.parser.c.seek(at);
        self.parser.any_erased(byte, sink.erased())?;
        Ok(self.parser.c.at())
    }

    /// Enters a container, on whose first byte the cursor stands.
    #[inline(always)]
    fn enter(&mut self, c: &mut Cursor<'a>) -> Like {
        // What is too deep is for the parser to say.
        if self.parser.depth >= self.parser.plan.depth {
            return Err(Unlike);
        }
        self.parser.depth += 1;
        c.seek(c.at() + 1);
        Ok(())
    }

    /// Leaves a container, on whose last byte the cursor stands: where it goes on.
    #[inline(always)]
    fn leave(&mut self, c: &mut Cursor<'a>) -> usize {
        self.parser.depth -= 1;
        c.seek(c.at() + 1);
        c.at()
    }

    #[inline(never)]
    fn list<S: Sink + ?Sized>(&mut self, item: u32, mut c: Cursor<'a>, sink: &mut S) -> Like<usize> {
        let at = c.at();
        self.enter(&mut c)?;
        let mark = sink.array(at);
        let mut items = 0;
        if token(&mut c)? != b']' {
            loop {
                sink.item(items);
                self.value(item, &mut c, sink)?;
                items += 1;
                if !again(&mut c, b']')? {
                    break;
                }
            }
        }
        let end = self.leave(&mut c);
        sink.array_end(mark, items, end);
        Ok(end)
    }

    #[inline(never)]
    fn object<S: Sink + ?Sized>(
        &mut self,
        object: &'p Object,
        mut c: Cursor<'a>,
        sink: &mut S,
    ) -> Like<usize> {
        let at = c.at();
        self.enter(&mut c)?;
        let mark = sink.sparse(&object.record, at);
        let mut next = 0;
        if token(&mut c)? != b'}' {
            loop {
                let expected = object.fields.get(next).filter(|f| f.pass(&mut c));
                let f = match expected {
                    Some(f) => f,
                    None => {
                        let (place, at) = later(object, next, c.clone())?;
                        c.seek(at);
                        (next..place).for_each(|place| sink.lacks(mark, place));
                        next = place;
                        &object.fields[place]
                    }
                };
                sink.field(&f.field);
                self.value(f.node, &mut c, sink)?;
                next += 1;
                if !again(&mut c, b'}')? {
                    break;
                }
            }
        }
        (next..object.fields.len()).for_each(|place| sink.lacks(mark, place));
        let end = self.leave(&mut c);
        sink.record_end(&object.record, end);
        Ok(end)
    }
}

/// The place of a name that isn't the next one, or has white space behind it; and where its value is looked for.
#[inline]
fn later(object: &Object, next: usize, mut c: Cursor<'_>) -> Like<(usize, usize)> {
    let (name, end) = match token(&mut c)? {
        b'"' => plain(&c).ok_or(Unlike)?,
        _ => return Err(Unlike),
    };
    let later = object.fields.iter().skip(next).position(|f| f.field.name.as_bytes() == name.exact());
    c.seek(end);
    if token(&mut c)? != b':' {
        return Err(Unlike);
    }
    later.map(|n| (next + n, c.at() + 1)).ok_or(Unlike)
}

/// A string without escapes, on whose quote the cursor stands, and where it ends.
#[inline(always)]
fn plain<'a>(c: &Cursor<'a>) -> Option<(Run<'a>, usize)> {
    let mut c = c.clone();
    c.skip(1).ok()?;
    let n = quoted::plain(c.run())?;
    let run = c.take(n).ok()?;
    (c.byte() == Ok(b'"')).then_some((run, c.at()))
}

/// A string that the sink takes as it stands, on whose quote the cursor stands: how many bytes it has.
#[inline(always)]
fn quoted<S: Sink + ?Sized>(c: &Cursor<'_>, sink: &mut S) -> Option<usize> {
    let mut c = c.clone();
    c.skip(1).ok()?;
    sink.quoted(c.run())
}

/// The byte that begins the next token; the cursor stands on it.
#[inline(always)]
fn token(c: &mut Cursor<'_>) -> Like<u8> {
    match c.peek() {
        Some(byte) if byte > b' ' => Ok(byte),
        _ => {
            let spaces = c.rest().iter().take_while(|b| matches!(b, b' ' | b'\t' | b'\n' | b'\r'));
            c.seek(c.at() + spaces.count());
            c.peek().ok_or(Unlike)
        }
    }
}

/// Whether one more part follows; else the cursor stands on the container's end.
#[inline(always)]
fn again(c: &mut Cursor<'_>, end: u8) -> Like<bool> {
    match token(c)? {
        b',' => {
            c.seek(c.at() + 1);
            token(c)?;
            Ok(true)
        }
        byte if byte == end => Ok(false),
        _ => Err(Unlike),
    }
}
