//! The parser (RFC 8259): an explicit stack, one pass, straight into the sink.

use super::{Plan, number, string, syntax};
use crate::dialect::Place;
use crate::error::{Code, Fault};
use crate::format::{Discard, NotUtf8, Sink, Tag, utf8};
use crate::wire::{Cursor, Run};

/// A byte order mark, which a document may begin with.
pub(in crate::format) const MARK: &[u8] = b"\xef\xbb\xbf";

/// An open array or object.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open {
    /// What closes it.
    end: u8,
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
    /// The containers around the innermost one.
    pub(super) open: &'p mut Vec<Open>,
    /// How many containers are open.
    pub(super) depth: usize,
    pub(super) text: &'p mut String,
}

impl Parser<'_, '_> {
    pub(super) fn document<S: Sink + ?Sized>(&mut self, sink: &mut S) -> Result<(), Fault> {
        self.skip_mark();
        let byte = self.token()?;
        self.any(byte, sink)?;
        self.finish()
    }

    /// Passes over a byte order mark.
    pub(super) fn skip_mark(&mut self) {
        if self.c.rest().starts_with(MARK) {
            self.c.seek(self.c.at() + MARK.len());
        }
    }

    /// Nothing but white space may follow.
    pub(super) fn finish(&mut self) -> Result<(), Fault> {
        self.space();
        match self.c.left() {
            0 => Ok(()),
            _ if self.plan.trailing => Ok(()),
            left => Err(Fault::with(Code::JsonTrailing, self.c.at(), 0, left as i64)),
        }
    }

    /// [`Parser::any`] in one copy for all sinks, for where it is rare.
    #[inline(never)]
    pub(super) fn any_erased(&mut self, byte: u8, sink: &mut dyn Sink) -> Result<(), Fault> {
        self.any(byte, sink)
    }

    /// A value with all that is in it, behind its tag. It begins with `byte`, on which the cursor stands.
    pub(super) fn any<S: Sink + ?Sized>(&mut self, byte: u8, sink: &mut S) -> Result<(), Fault> {
        match self.value(byte, sink)? {
            Some(top) => self.containers(top, sink),
            None => Ok(()),
        }
    }

    /// Enters a container, on whose first byte the cursor stands.
    pub(super) fn enter(&mut self) -> Result<(), Fault> {
        let at = self.c.at();
        if self.depth >= self.plan.depth {
            return Err(Fault::with(Code::JsonDepth, at, self.plan.depth as u64, 0));
        }
        self.depth += 1;
        self.c.seek(at + 1);
        Ok(())
    }

    /// Leaves a container, on whose last byte the cursor stands.
    pub(super) fn leave(&mut self) {
        self.depth -= 1;
        self.c.seek(self.c.at() + 1);
    }

    /// Reads to the end of a container; those around the innermost one wait in `open`.
    fn containers<S: Sink + ?Sized>(&mut self, mut top: Open, sink: &mut S) -> Result<(), Fault> {
        loop {
            sink.between();
            let mut byte = self.token()?;
            if byte == top.end {
                self.leave();
                if top.end == b'}' {
                    sink.map_end(top.mark, top.kept, self.c.at());
                } else {
                    sink.array_end(top.mark, top.kept, self.c.at());
                }
                match self.open.pop() {
                    Some(around) => top = around,
                    None => return Ok(()),
                }
                continue;
            }
            if top.done > 0 {
                self.expect(byte, b',')?;
                byte = self.token()?;
            }
            top.done += 1;
            if top.end == b'}' {
                let selected = self.key(top, byte, sink)?;
                byte = self.token()?;
                self.expect(byte, b':')?;
                byte = self.token()?;
                if !selected {
                    self.pass(byte)?;
                    continue;
                }
            } else {
                sink.item(top.kept);
                self.at = self.plan.paths.items(top.at);
            }
            top.kept += 1;
            if let Some(inner) = self.value(byte, sink)? {
                self.open.push(std::mem::replace(&mut top, inner));
            }
        }
    }

    /// Reads over a value that begins with `byte`: it is checked like any other, and goes nowhere.
    #[inline(never)]
    fn pass(&mut self, byte: u8) -> Result<(), Fault> {
        // Reading ends where there is nothing around.
        let around = std::mem::take(self.open);
        self.at = Place::NOWHERE;
        let passed = self.any(byte, &mut Discard as &mut dyn Sink);
        *self.open = around;
        passed
    }

    /// Reads a member's name; whether the member is selected.
    #[inline(always)]
    fn key<S: Sink + ?Sized>(&mut self, top: Open, byte: u8, sink: &mut S) -> Result<bool, Fault> {
        let index = top.kept;
        if byte != b'"' {
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
    #[cold]
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

    /// A value that begins with `byte`, on which the cursor stands; of a container only that, to be read on.
    #[inline(always)]
    fn value<S: Sink + ?Sized>(&mut self, byte: u8, sink: &mut S) -> Result<Option<Open>, Fault> {
        let at = self.c.at();
        match byte {
            b'"' => {
                sink.tag(Tag::String);
                self.string(at, sink)
            }
            b'{' => return self.container(b'}', at, sink).map(Some),
            b'[' => return self.container(b']', at, sink).map(Some),
            b't' => self.word(b"true", Some(true), sink),
            b'f' => self.word(b"false", Some(false), sink),
            b'n' => self.word(b"null", None, sink),
            b'-' | b'0'..=b'9' => number::read(self.plan.int64_at(self.at), &mut self.c, sink),
            _ => Err(syntax(at)),
        }?;
        Ok(None)
    }

    #[inline(always)]
    pub(super) fn string<S: Sink + ?Sized>(&mut self, at: usize, sink: &mut S) -> Result<(), Fault> {
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

    fn container<S: Sink + ?Sized>(&mut self, end: u8, at: usize, sink: &mut S) -> Result<Open, Fault> {
        self.enter()?;
        let object = end == b'}';
        sink.tag(if object { Tag::Map } else { Tag::Array });
        let mark = if object { sink.map(at) } else { sink.array(at) };
        Ok(Open { end, mark, done: 0, kept: 0, at: self.at })
    }

    /// A word that stands for a boolean or, where it is none, for null.
    fn word<S: Sink + ?Sized>(
        &mut self,
        word: &[u8],
        boolean: Option<bool>,
        sink: &mut S,
    ) -> Result<(), Fault> {
        let at = self.c.at();
        let rest = self.c.rest();
        if rest.starts_with(word) {
            self.c.seek(at + word.len());
            let span = (at, self.c.at());
            sink.tag(if boolean.is_some() { Tag::Boolean } else { Tag::Null });
            match boolean {
                Some(v) => sink.boolean(v, span),
                None => sink.null(span),
            }
            return Ok(());
        }
        let same = rest.iter().zip(word).take_while(|(a, b)| a == b).count();
        let code = if same == rest.len() { Code::JsonTruncated } else { Code::JsonSyntax };
        Err(Fault::new(code, at + same))
    }

    #[inline(always)]
    fn space(&mut self) {
        // Mostly there is none.
        if self.c.rest().first().is_some_and(|b| *b <= b' ') {
            let spaces = self.c.rest().iter().take_while(|b| matches!(b, b' ' | b'\t' | b'\n' | b'\r'));
            self.c.seek(self.c.at() + spaces.count());
        }
    }

    /// The byte that begins the next token; the cursor stands on it.
    #[inline(always)]
    pub(super) fn token(&mut self) -> Result<u8, Fault> {
        self.space();
        self.c.rest().first().copied().ok_or_else(|| Fault::new(Code::JsonTruncated, self.c.at()))
    }

    /// Passes over `byte`, on which the cursor stands, if it is the expected one.
    #[inline(always)]
    pub(super) fn expect(&mut self, byte: u8, expected: u8) -> Result<(), Fault> {
        if byte != expected {
            return Err(syntax(self.c.at()));
        }
        self.c.seek(self.c.at() + 1);
        Ok(())
    }
}
