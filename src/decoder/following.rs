//! Records one behind the other that are read as the one before: only what differs is looked at.

use super::plans::Plans;
use super::route::{Route, Routes};
use super::{Decoder, Plan};
use crate::format::{Data, Sink};
use crate::wire::Cursor;

/// The records behind one, which its host knows.
pub trait Following<'a, S: ?Sized> {
    /// To be called when a value has been decoded. Gives the next record's value, behind its prefix, where the record is one
    /// of the same routes ([`Known`]); its key has been given to the sink then.
    fn next(&mut self, known: &Known<'_>, sink: &mut S) -> Option<Cursor<'a>>;
}

/// What is known of records that follow.
pub struct Known<'k> {
    plans: &'k Plans,
    key: Option<&'k Route>,
    value: &'k Route,
    /// What a sink may hold when it is given a side.
    most: usize,
}

impl Known<'_> {
    /// Whether a sink that holds so many bytes may be given a side.
    #[inline]
    pub fn has_room(&self, held: usize) -> bool {
        held <= self.most
    }

    /// A value's datum, where it begins as the one before did.
    #[inline]
    pub fn value<'a>(&self, payload: &Cursor<'a>) -> Option<Cursor<'a>> {
        self.value.datum(payload, self.plans.version)
    }

    /// Decodes a text key, and says whether it did: the scratch memory that other formats need is in use. Otherwise the sink is
    /// as it was.
    #[inline]
    pub fn key<S: Sink>(&self, payload: &Cursor<'_>, sink: &mut S) -> bool {
        let Some(route) = self.key else { return false };
        let Plan::Text(plan) = self.plans.plan(route.plan) else { return false };
        route.datum(payload, self.plans.version).is_some_and(|datum| plan.decode(datum, sink).is_ok())
    }
}

/// The data of values that follow.
struct Values<'k, 'f, F> {
    known: Known<'k>,
    following: &'f mut F,
}

impl<'a, S: Sink, F: Following<'a, S>> Data<'a, S> for Values<'_, '_, F> {
    fn next(&mut self, sink: &mut S) -> Option<Cursor<'a>> {
        self.following.next(&self.known, sink)
    }
}

impl Decoder {
    /// Decodes a value from its payload by the route of one before, and the records that follow as long as they take the same:
    /// whether all of them could be decoded. Else the sink holds nothing of the last one's value. The rules for routes and
    /// sink are those of [`Decoder::decode_known`].
    #[inline]
    pub fn decode_following<'a, S: Sink, F: Following<'a, S>>(
        &mut self,
        routes: &mut Routes,
        payload: &Cursor<'a>,
        held: usize,
        sink: &mut S,
        following: &mut F,
    ) -> bool {
        let Decoder { catalog, buffers, config, .. } = self;
        let plans = &catalog.plans;
        let (key, Some(value)) = routes.sides() else { return false };
        let known = Known { plans, key, value, most: config.limits.output_bytes };
        let Some(datum) = known.value(payload).filter(|_| known.has_room(held)) else { return false };
        let values = &mut Values { known, following };
        plans.plan(value.plan).decode_all(datum, values, &mut buffers.scratch, sink).is_ok()
    }
}
