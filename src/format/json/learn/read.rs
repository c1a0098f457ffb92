//! Documents by template: each name is compared with the one that is expected, and a value is read as what it mostly is.
//!
//! What doesn't fit in a value's place is read as any value is, behind a mark. What doesn't fit in an object (an unknown
//! name, another order, a name that comes twice, one that is written with escapes) and any error ends the attempt: the
//! parser reads the document anew, and says what is wrong with it.

use super::super::number::{self, Short};
use super::super::parse::Parser;
use super::super::string;
use super::template::{Node, Object, Template};
use crate::error::Fault;
use crate::format::Sink;

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
pub(in super::super) struct Reader<'p, 'a> {
    pub(in super::super) parser: Parser<'p, 'a>,
    pub(in super::super) template: &'p Template,
}

impl<'p> Reader<'p, '_> {
    /// The document; `number` is the template's, from 1.
    pub(in super::super) fn document<S: Sink + ?Sized>(&mut self, number: u32, sink: &mut S) -> Like {
        self.parser.skip_mark();
        let at = self.parser.c.at();
        sink.branch(number, (at, at));
        self.value(self.template.root(), sink)?;
        Ok(self.parser.finish()?)
    }

    #[inline(always)]
    fn value<S: Sink + ?Sized>(&mut self, node: u32, sink: &mut S) -> Like {
        let template = self.template;
        let byte = self.parser.peek()?;
        let p = &mut self.parser;
        let at = p.c.at();
        match template.node_at(node) {
            Node::Text if byte == b'"' => Ok(p.string(at, sink)?),
            Node::Number => match number::short(p.c.rest()) {
                Some(short) => {
                    let (v, n) = match short {
                        Short::Integer(v, n) => (v as f64, n),
                        Short::Double(v, n) => (v, n),
                    };
                    p.c.seek(at + n);
                    sink.double(v, (at, at + n));
                    Ok(())
                }
                None => self.other(node, byte, sink),
            },
            Node::Boolean if byte == b't' || byte == b'f' => {
                let word: &[u8] = if byte == b't' { b"true" } else { b"false" };
                if !p.c.rest().starts_with(word) {
                    return Err(Unlike);
                }
                p.c.seek(at + word.len());
                sink.boolean(byte == b't', (at, p.c.at()));
                Ok(())
            }
            Node::List(item) if byte == b'[' => self.list(*item, sink),
            Node::Object(object) if byte == b'{' => self.object(object, sink),
            _ => self.other(node, byte, sink),
        }
    }

    /// A value of another kind than the expected one, or of none in particular.
    #[inline(never)]
    fn other<S: Sink + ?Sized>(&mut self, node: u32, byte: u8, sink: &mut S) -> Like {
        let node = self.template.node_at(node);
        if *node != Node::Any {
            sink.unlike(node.tag());
        }
        Ok(self.parser.any(byte, sink)?)
    }

    #[inline(never)]
    fn list<S: Sink + ?Sized>(&mut self, item: u32, sink: &mut S) -> Like {
        let at = self.parser.c.at();
        self.parser.enter()?;
        let mark = sink.array(at);
        let mut items = 0;
        if self.parser.peek()? != b']' {
            loop {
                sink.item(items);
                self.value(item, sink)?;
                items += 1;
                if !self.again(b']')? {
                    break;
                }
            }
        }
        self.parser.leave();
        sink.array_end(mark, items, self.parser.c.at());
        Ok(())
    }

    #[inline(never)]
    fn object<S: Sink + ?Sized>(&mut self, object: &'p Object, sink: &mut S) -> Like {
        let at = self.parser.c.at();
        self.parser.enter()?;
        let mark = sink.sparse(&object.record, at);
        let mut next = 0;
        if self.parser.peek()? != b'}' {
            loop {
                let expected = object.fields.get(next).filter(|f| f.pass(&mut self.parser.c));
                let f = match expected {
                    Some(f) => f,
                    None => {
                        let place = self.later(object, next)?;
                        (next..place).for_each(|place| sink.lacks(mark, place));
                        next = place;
                        &object.fields[place]
                    }
                };
                sink.field(&f.field);
                self.value(f.node, sink)?;
                next += 1;
                if !self.again(b'}')? {
                    break;
                }
            }
        }
        (next..object.fields.len()).for_each(|place| sink.lacks(mark, place));
        self.parser.leave();
        sink.record_end(&object.record, self.parser.c.at());
        Ok(())
    }

    /// The place of a name that isn't the next one, or has white space behind it.
    #[inline]
    fn later(&mut self, object: &Object, next: usize) -> Like<usize> {
        let p = &mut self.parser;
        let at = p.c.at() + 1;
        if p.c.byte() != Ok(b'"') {
            return Err(Unlike);
        }
        let n = string::plain(p.c.rest()).ok_or(Unlike)?;
        let name = p.c.rest().get(..n).unwrap_or_default();
        let later = object.fields.iter().skip(next).position(|f| f.field.name.as_bytes() == name);
        p.c.seek(at + n);
        for expected in [b'"', b':'] {
            let byte = p.peek()?;
            p.expect(byte, expected)?;
        }
        later.map(|n| next + n).ok_or(Unlike)
    }

    /// Whether one more part follows; else the cursor stands on the container's end.
    #[inline(always)]
    fn again(&mut self, end: u8) -> Like<bool> {
        match self.parser.peek()? {
            b',' => {
                self.parser.expect(b',', b',')?;
                self.parser.peek()?;
                Ok(true)
            }
            byte if byte == end => Ok(false),
            _ => Err(Unlike),
        }
    }
}
