//! Where values go that nobody asked for.

use crate::dialect;
use crate::format::{Field, Lit, NotUtf8, Record, Sink, Span, Tag, utf8};
use crate::wire::Run;

/// Of a sink that keeps no values: those of one part. Text is checked as other sinks check it.
macro_rules! keeps_no_scalars {
    () => {
        fn null(&mut self, _: Span) {}
        fn boolean(&mut self, _: bool, _: Span) {}
        fn int(&mut self, _: i32, _: Span) {}
        fn uint(&mut self, _: u32, _: Span) {}
        fn long(&mut self, _: i64, _: Span) {}
        fn ulong(&mut self, _: u64, _: Span) {}
        fn digits(&mut self, _: &str, _: Span) {}
        fn float(&mut self, _: f32, _: bool, _: Span) {}
        fn double(&mut self, _: f64, _: Span) {}
        fn string(&mut self, v: Run<'_>, _: Span) -> Result<(), NotUtf8> {
            utf8(v).map(drop)
        }
        fn text(&mut self, _: &str, _: Span) {}
        fn instant(&mut self, _: i64, _: &str, _: Span) {}
        fn bytes(&mut self, _: Run<'_>, _: dialect::Bytes, _: Span) {}
        fn symbol(&mut self, _: u32, _: &Lit, _: Span) {}
        fn unknown_symbol(&mut self, _: i32, _: Span) {}
        fn branch(&mut self, _: u32, _: Span) {}
        fn presence(&mut self, _: bool) {}
        fn tag(&mut self, _: Tag) {}
    };
}
pub(super) use keeps_no_scalars;

/// Takes values and keeps none. Text is checked as other sinks check it.
pub struct Discard;

impl Sink for Discard {
    fn erased(&mut self) -> &mut dyn Sink {
        self
    }
    fn begin(&mut self, _: usize) {}
    fn end(&mut self) {}
    fn abort(&mut self) {}
    keeps_no_scalars!();
    fn record(&mut self, _: &Record, _: usize) {}
    fn field(&mut self, _: &Field) {}
    fn record_end(&mut self, _: &Record, _: usize) {}
    fn array(&mut self, _: usize) -> usize {
        0
    }
    fn item(&mut self, _: usize) {}
    fn array_end(&mut self, _: usize, _: usize, _: usize) {}
    fn map(&mut self, _: usize) -> usize {
        0
    }
    fn key(&mut self, _: usize, k: Run<'_>, _: Span) -> Result<(), NotUtf8> {
        utf8(k).map(drop)
    }
    fn map_end(&mut self, _: usize, _: usize, _: usize) {}
}
