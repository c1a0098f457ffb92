//! JSON payloads: the same document, its integers exact.

mod learn;
mod number;
mod parse;
mod string;

pub(super) use parse::MARK;

use crate::dialect::{Int64, Paths, Place, Rule, Style};
use crate::error::{Code, Fault};
use crate::format::shape::{Node, Shape};
use crate::format::{Sink, is_dyn};
use crate::limits::Limits;
use crate::wire::Cursor;
use learn::{Beginning, Learned, Reader};
use parse::Parser;
use std::sync::Arc;

/// How JSON payloads are read.
#[derive(Clone, Debug)]
pub struct Plan {
    shape: Shape,
    int64: Int64,
    paths: Arc<Paths>,
    depth: usize,
    trailing: bool,
    lossy: bool,
}

/// Memory that parsing needs, kept between payloads.
#[derive(Debug, Default)]
pub struct Scratch {
    open: Vec<parse::Open>,
    text: String,
    learned: Learned,
}

impl Scratch {
    /// How many templates were learned. They are numbered from 1.
    pub(crate) fn templates(&self) -> usize {
        self.learned.len()
    }

    /// What the values of a template look like.
    pub(crate) fn template_shape(&self, number: u32) -> Option<Shape> {
        self.learned.shape(number)
    }
}

impl Plan {
    /// The plan of these options.
    pub fn compile(style: &Style, limits: &Limits) -> Plan {
        let int64 = untyped(style.int64);
        let mut shape = Shape::default();
        // Of several ways the tape's reader takes the one that changes no value: the others are taken here. So is
        // `string`, which is for numbers that are not exact.
        let plain = style.paths.root() == Place::NOWHERE && int64 != Int64::String;
        shape.root = shape.push(Node::Learned(if plain { int64 } else { Int64::Auto }));
        Plan {
            shape,
            int64,
            paths: style.paths.clone(),
            depth: limits.depth,
            trailing: style.allows(Rule::TrailingBytes),
            lossy: style.allows(Rule::Utf8),
        }
    }

    /// How an integer at a place appears.
    fn int64_at(&self, at: Place) -> Int64 {
        self.paths.mode(at).map_or(self.int64, untyped)
    }

    /// What its values look like.
    pub fn shape(&self) -> &Shape {
        &self.shape
    }

    /// Decodes one document: all of the cursor's bytes. A byte order mark before it is skipped.
    ///
    /// # Errors
    /// What is wrong and where; the sink then holds nothing of the document.
    pub fn decode<S: Sink + ?Sized>(
        &self,
        cursor: Cursor<'_>,
        scratch: &mut Scratch,
        sink: &mut S,
    ) -> Result<(), Fault> {
        let beginning = if self.learns(sink) { Beginning::of(cursor.tail()) } else { None };
        let Some(beginning) = beginning else { return self.parse(cursor, scratch, sink) };
        let candidates = scratch.learned.candidates(beginning);
        for (kind, number) in candidates.into_iter().flatten() {
            if self.fill(number, &cursor, scratch, sink) {
                scratch.learned.fits(beginning, kind);
                return Ok(());
            }
        }
        let document = cursor.rest();
        self.parse(cursor, scratch, sink)?;
        scratch.learned.unlike(beginning, candidates, document, self.int64);
        Ok(())
    }

    /// Whether documents are read by learned templates: for sinks that gain from it, and where an integer that is
    /// exact in a double is a number.
    fn learns<S: Sink + ?Sized>(&self, sink: &S) -> bool {
        !is_dyn::<S>() && sink.learns() && self.int64 != Int64::String && self.paths.root() == Place::NOWHERE
    }

    /// Reads a document by a template; where it isn't like it, nothing has happened.
    fn fill<S: Sink + ?Sized>(
        &self,
        number: u32,
        cursor: &Cursor<'_>,
        scratch: &mut Scratch,
        sink: &mut S,
    ) -> bool {
        let Scratch { open, text, learned } = scratch;
        let Some(template) = learned.template(number) else { return false };
        sink.begin(cursor.left());
        open.clear();
        let parser = Parser { plan: self, c: cursor.clone(), at: Place::NOWHERE, open, depth: 0, text };
        let like = Reader { parser, template }.document(number, sink).is_ok();
        if like {
            sink.end();
        } else {
            sink.abort();
        }
        like
    }

    /// The same for sinks that learn: what they haven't learned is rare, and one copy of the parser serves all of them.
    #[inline(never)]
    fn parse_erased(
        &self,
        cursor: Cursor<'_>,
        scratch: &mut Scratch,
        sink: &mut dyn Sink,
    ) -> Result<(), Fault> {
        self.parse(cursor, scratch, sink)
    }

    /// Reads a document of any shape.
    fn parse<S: Sink + ?Sized>(
        &self,
        cursor: Cursor<'_>,
        scratch: &mut Scratch,
        sink: &mut S,
    ) -> Result<(), Fault> {
        if !is_dyn::<S>() && sink.learns() {
            return self.parse_erased(cursor, scratch, sink.erased());
        }
        sink.begin(cursor.left());
        sink.branch(0, (cursor.at(), cursor.at()));
        scratch.open.clear();
        let Scratch { open, text, .. } = scratch;
        let result =
            Parser { plan: self, c: cursor, at: self.paths.root(), open, depth: 0, text }.document(sink);
        match result {
            Ok(()) => sink.end(),
            Err(_) => sink.abort(),
        }
        result
    }
}

/// An integer's type is not declared: JavaScript gets a number where one is exact.
fn untyped(mode: Int64) -> Int64 {
    if mode == Int64::Bigint { Int64::Auto } else { mode }
}

#[cold]
fn syntax(at: usize) -> Fault {
    Fault::new(Code::JsonSyntax, at)
}

#[cfg(test)]
mod tests;
