//! Data of one plan, one behind the other.

use crate::wire::Cursor;

/// What comes behind a datum. Who decodes many with one plan saves what begins and ends each by itself.
pub trait Data<'a, S: ?Sized> {
    /// To be called when a datum is decoded and the sink has been told so. Gives the next one for the same plan, if there is one.
    fn next(&mut self, sink: &mut S) -> Option<Cursor<'a>>;
}

/// There is one datum only.
pub(crate) struct Single;

impl<'a, S: ?Sized> Data<'a, S> for Single {
    fn next(&mut self, _: &mut S) -> Option<Cursor<'a>> {
        None
    }
}
