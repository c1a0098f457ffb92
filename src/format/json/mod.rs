//! JSON payloads: the same document, its integers exact.

mod number;
mod parse;
mod string;

use crate::dialect::{Int64, Rule, Style};
use crate::error::{Code, Fault};
use crate::format::Sink;
use crate::format::shape::{Node, Shape};
use crate::limits::Limits;
use crate::wire::Cursor;

/// How JSON payloads are read.
#[derive(Clone, Debug)]
pub struct Plan {
    shape: Shape,
    int64: Int64,
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
        // An integer's type is not declared: JavaScript gets a number where one is exact.
        let int64 = if style.int64 == Int64::Bigint { Int64::Auto } else { style.int64 };
        let mut shape = Shape::default();
        shape.root = shape.push(Node::Any(int64));
        Plan {
            shape,
            int64,
            depth: limits.depth,
            trailing: style.allows(Rule::TrailingBytes),
            lossy: style.allows(Rule::Utf8),
        }
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
        let Scratch { open, text } = scratch;
        let mut parser = parse::Parser { plan: self, c: cursor, open, depth: 0, text };
        let result = parser.document(sink);
        match result {
            Ok(()) => sink.end(),
            Err(_) => sink.abort(),
        }
        result
    }
}

#[cold]
fn syntax(at: usize) -> Fault {
    Fault::new(Code::JsonSyntax, at)
}

#[cfg(test)]
mod tests;
