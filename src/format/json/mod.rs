//! JSON payloads: the same document, its integers exact.

mod number;
mod parse;
mod string;

use crate::dialect::{Int64, Paths, Place, Rule, Style};
use crate::error::{Code, Fault};
use crate::format::Sink;
use crate::format::shape::{Node, Shape};
use crate::limits::Limits;
use crate::wire::Cursor;
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
}

impl Plan {
    /// The plan of these options.
    pub fn compile(style: &Style, limits: &Limits) -> Plan {
        let int64 = untyped(style.int64);
        let mut shape = Shape::default();
        // Of several ways the tape's reader takes the one that changes no value: the others are taken here.
        let plain = style.paths.root() == Place::NOWHERE;
        shape.root = shape.push(Node::Any(if plain { int64 } else { Int64::Auto }));
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
        sink.begin(cursor.left());
        scratch.open.clear();
        let at = self.paths.root();
        let mut parser =
            parse::Parser { plan: self, c: cursor, at, open: &mut scratch.open, text: &mut scratch.text };
        let result = parser.document(sink);
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
