//! The parser (RFC 8259): an explicit stack, one pass, straight into the sink.

use super::{Plan, number, string, syntax};
use crate::dialect::Place;
use crate::error::{Code, Fault};
use crate::format::{Discard, NotUtf8, Sink, Tag, utf8};
use crate::wire::{Cursor, Run};

/// An open array or object.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open {
    object: bool,
    mark: usize,
    /// Items or members so far, and how many of them are selected.
    done: usize,
    kept: usize,
    at: Place,
}

pub(super) struct Parser<'p, 'a> {
    pub(super) plan: &'p Plan,
    pub(super) c: Cursor<'a>,
    /// Where the next value is, for options by path.
    pub(super) at: Place,
    pub(super) open: &'p mut Vec<Open>,
    pub(super) text: &'p mut String,
}

impl Parser<'_, '_> {
    pub(super) fn document<S: Sink + ?Sized>(&mut self, sink: &mut S) -> Result<(), Fault> {
        if self.c.rest().starts_with(b"\xef\xbb\xbf") {
            self.c.seek(self.c.at() + 3);
        }
        self.value(sink)?;
        while let Some(top) = self.open.last().copied() {
            self.part(top, sink)?;
        }
        self.space();
        match self.c.left() {
            0 => Ok(()),
            _ if self.plan.trailing => Ok(()),
            left => Err(Fault::with(Code::JsonTrailing, self.c.at(), 0, left as i64)),
        }
    }

    /// The next item or entry of the innermost container, or its end.
    fn part<S: Sink + ?Sized>(&mut self, top: Open, sink: &mut S) -> Result<(), Fault> {
        sink.between();
        let end = if top.object { b'}' } else { b']' };
        let byte = self.peek()?;
        if byte == end {
            self.c.seek(self.c.at() + 1);
            self.open.pop();
            if top.object {
                sink.map_end(top.mark, top.kept, self.c.at());
            } else {
                sink.array_end(top.mark, top.kept, self.c.at());
            }
            return Ok(());
        }
        if top.done > 0 {
            self.expect(b',')?;
        }
        if let Some(last) = self.open.last_mut() {
            last.done += 1;
        }
        if top.object {
            if !self.key(top, sink)? {
                self.expect(b':')?;
                return self.pass();
            }
            self.expect(b':')?;
        } else {
            sink.item(top.done);
            self.at = self.plan.paths.items(top.at);
        }
        if let Some(last) = self.open.last_mut() {
            last.kept += 1;
        }
        self.value(sink)
    }

    /// Reads over the next value: it is checked like any other, and goes nowhere.
    #[inline(never)]
    fn pass(&mut self) -> Result<(), Fault> {
        let nowhere: &mut dyn Sink = &mut Discard;
        let depth = self.open.len();
        self.at = Place::NOWHERE;
        self.value(nowhere)?;
        while let Some(top) = self.open.last().copied().filter(|_| self.open.len() > depth) {
            self.part(top, nowhere)?;
        }
        Ok(())
    }

    /// Reads a member's name; whether the member is selected.
    fn key<S: Sink + ?Sized>(&mut self, top: Open, sink: &mut S) -> Result<bool, Fault> {
        let index = top.kept;
        if self.peek()? != b'"' {
            return Err(syntax(self.c.at()));
        }
        let at = self.c.at();
        match string::read(self.plan.lossy, &mut self.c, self.text)? {
            string::Text::Plain(run) => {
                let start = at + 1;
                self.at = self.member(top.at, run);
                if !self.plan.paths.wants(top.at, self.at) {
                    return self.check_name(run, start);
                }
                sink.key(index, run, (at, self.c.at()))
                    .or_else(|e| self.lossy_key(index, run, start, e, sink))?;
            }
            string::Text::Made => {
                let run = Run::new(self.text.as_bytes());
                self.at = self.member(top.at, run);
                if !self.plan.paths.wants(top.at, self.at) {
                    return Ok(false);
                }
                sink.key(index, run, (at, self.c.at())).map_err(|e| e.at(Code::Internal, at))?;
            }
        }
        Ok(true)
    }

    /// What is left out must still be text.
    fn check_name(&self, name: Run<'_>, start: usize) -> Result<bool, Fault> {
        match utf8(name) {
            Err(e) if !self.plan.lossy => Err(e.at(Code::JsonUtf8, start)),
            _ => Ok(false),
        }
    }

    /// The place of an object's member: by its name, else as one of a map's values.
    fn member(&self, at: Place, name: Run<'_>) -> Place {
        if at == Place::NOWHERE {
            return at;
        }
        let named = std::str::from_utf8(name.exact()).map(|name| self.plan.paths.field(at, name));
        named.ok().filter(|place| *place != Place::NOWHERE).unwrap_or_else(|| self.plan.paths.entries(at))
    }

    #[cold]
    fn lossy_key<S: Sink + ?Sized>(
        &self,
        index: usize,
        run: Run<'_>,
        start: usize,
        e: NotUtf8,
        sink: &mut S,
    ) -> Result<(), Fault> {
        if !self.plan.lossy {
            return Err(e.at(Code::JsonUtf8, start));
        }
        let text = String::from_utf8_lossy(run.exact());
        sink.key(index, Run::new(text.as_bytes()), (start, self.c.at()))
            .map_err(|e| e.at(Code::Internal, start))
    }

    fn value<S: Sink + ?Sized>(&mut self, sink: &mut S) -> Result<(), Fault> {
        let byte = self.peek()?;
        let at = self.c.at();
        match byte {
            b'"' => {
                sink.tag(Tag::String);
                self.string(at, sink)
            }
            b'{' => self.container(true, at, sink),
            b'[' => self.container(false, at, sink),
            b't' => self.word(b"true", sink, Tag::Boolean, |s, at| s.boolean(true, at)),
            b'f' => self.word(b"false", sink, Tag::Boolean, |s, at| s.boolean(false, at)),
            b'n' => self.word(b"null", sink, Tag::Null, |s, at| s.null(at)),
            b'-' | b'0'..=b'9' => number::read(self.plan.int64_at(self.at), &mut self.c, sink),
            _ => Err(syntax(at)),
        }
    }

    fn string<S: Sink + ?Sized>(&mut self, at: usize, sink: &mut S) -> Result<(), Fault> {
        match string::read(self.plan.lossy, &mut self.c, self.text)? {
            string::Text::Plain(run) => match sink.string(run, (at, self.c.at())) {
                Ok(()) => Ok(()),
                Err(_) if self.plan.lossy => {
                    sink.text(&String::from_utf8_lossy(run.exact()), (at, self.c.at()));
                    Ok(())
                }
                Err(e) => Err(e.at(Code::JsonUtf8, at + 1)),
            },
            string::Text::Made => {
                sink.text(self.text, (at, self.c.at()));
                Ok(())
            }
        }
    }

    fn container<S: Sink + ?Sized>(&mut self, object: bool, at: usize, sink: &mut S) -> Result<(), Fault> {
        if self.open.len() >= self.plan.depth {
            return Err(Fault::with(Code::JsonDepth, at, self.plan.depth as u64, 0));
        }
        self.c.seek(at + 1);
        sink.tag(if object { Tag::Map } else { Tag::Array });
        let mark = if object { sink.map(at) } else { sink.array(at) };
        self.open.push(Open { object, mark, done: 0, kept: 0, at: self.at });
        Ok(())
    }

    fn word<S: Sink + ?Sized>(
        &mut self,
        word: &[u8],
        sink: &mut S,
        tag: Tag,
        put: impl FnOnce(&mut S, (usize, usize)),
    ) -> Result<(), Fault> {
        let at = self.c.at();
        let rest = self.c.rest();
        if rest.starts_with(word) {
            self.c.seek(at + word.len());
            sink.tag(tag);
            put(sink, (at, self.c.at()));
            return Ok(());
        }
        let same = rest.iter().zip(word).take_while(|(a, b)| a == b).count();
        let code = if same == rest.len() { Code::JsonTruncated } else { Code::JsonSyntax };
        Err(Fault::new(code, at + same))
    }

    fn space(&mut self) {
        let skipped = self.c.rest().iter().take_while(|b| matches!(b, b' ' | b'\t' | b'\n' | b'\r')).count();
        self.c.seek(self.c.at() + skipped);
    }

    /// The next byte that is no white space; the cursor stands on it.
    fn peek(&mut self) -> Result<u8, Fault> {
        self.space();
        self.c.rest().first().copied().ok_or_else(|| Fault::new(Code::JsonTruncated, self.c.at()))
    }

    fn expect(&mut self, byte: u8) -> Result<(), Fault> {
        if self.peek()? != byte {
            return Err(syntax(self.c.at()));
        }
        self.c.seek(self.c.at() + 1);
        Ok(())
    }
}
