//! Numbers and texts: read as their types are written, told to the sink as what the plan makes of them.

use super::decode::Decoder;
use super::plan::{FieldPlan, Show};
use super::scan::Occurrence;
use crate::dialect::{Int64, MAX_SAFE};
use crate::error::{Code, Fault};
use crate::format::{Sink, Span, utf8};
use crate::wire::Run;
use std::fmt::Write;

impl<'p, 's, S: Sink + ?Sized> Decoder<'p, 's, S> {
    /// A singular value that was written.
    pub(super) fn scalar(&mut self, f: &FieldPlan, o: Occurrence) -> Result<(), Fault> {
        match f.show {
            Show::Text(verify) => self.text(verify, o),
            Show::Bytes => {
                self.sink.bytes(self.run(o), self.plan().bytes, o.span());
                Ok(())
            }
            show => {
                let bits = f.read.bits(&mut self.scan.cursor.part(o.start(), o.end()))?;
                self.show(show, bits, o.span())
            }
        }
    }

    /// The bytes of a value, with what follows them in the buffer.
    pub(super) fn run(&self, o: Occurrence) -> Run<'p> {
        self.scan
            .cursor
            .part(o.start(), self.scan.cursor.end())
            .take(o.end() - o.start())
            .unwrap_or(Run::new(&[]))
    }

    pub(super) fn text(&mut self, verify: bool, o: Occurrence) -> Result<(), Fault> {
        let run = self.run(o);
        if verify {
            return self.sink.string(run, o.span()).map_err(|e| e.at(Code::ProtobufUtf8, o.start()));
        }
        match utf8(run) {
            Ok(_) => {
                let _ = self.sink.string(run, o.span());
            }
            Err(_) => self.sink.text(&String::from_utf8_lossy(run.exact()), o.span()),
        }
        Ok(())
    }

    /// A number as what its type says it is.
    pub(super) fn show(&mut self, show: Show, bits: u64, at: Span) -> Result<(), Fault> {
        match show {
            Show::Int => self.sink.int(bits as i32, at),
            Show::Uint => self.sink.uint(bits as u32, at),
            Show::Long(mode) => return self.long(bits as i64, mode, at),
            Show::Ulong(mode) => return self.ulong(bits, mode, at),
            Show::Boolean => self.sink.boolean(bits != 0, at),
            Show::Float => self.sink.float(f32::from_bits(bits as u32), self.plan().short_floats, at),
            Show::Double => self.sink.double(f64::from_bits(bits), at),
            Show::Null => self.sink.null(at),
            Show::Enum(index) => self.symbol(index, bits as i32, at),
            Show::Text(_) | Show::Bytes | Show::Message(_) => return Err(Fault::new(Code::Internal, at.0)),
        }
        Ok(())
    }

    #[inline(always)]
    pub(super) fn symbol(&mut self, index: u32, number: i32, at: Span) {
        let e = &self.plan().enums[index as usize];
        match e.symbol(number) {
            Some(symbol) => self.sink.symbol(symbol, &e.symbols[symbol as usize].0, at),
            None => self.sink.unknown_symbol(number, at),
        }
    }

    #[inline(always)]
    pub(super) fn long(&mut self, v: i64, mode: Int64, at: Span) -> Result<(), Fault> {
        match mode {
            Int64::String => self.digits(format_args!("{v}"), at),
            Int64::Number if v.unsigned_abs() > MAX_SAFE => {
                return Err(Fault::new(Code::OutputInt64Unsafe, at.0));
            }
            _ => self.sink.long(v, at),
        }
        Ok(())
    }

    pub(super) fn ulong(&mut self, v: u64, mode: Int64, at: Span) -> Result<(), Fault> {
        match mode {
            Int64::String => self.digits(format_args!("{v}"), at),
            Int64::Number if v > MAX_SAFE => return Err(Fault::new(Code::OutputInt64Unsafe, at.0)),
            _ => self.sink.ulong(v, at),
        }
        Ok(())
    }

    fn digits(&mut self, v: std::fmt::Arguments<'_>, at: Span) {
        let text = &mut self.scan.scratch.text;
        text.clear();
        // Writing to a String cannot fail.
        let _ = text.write_fmt(v);
        self.sink.text(text, at);
    }
}
