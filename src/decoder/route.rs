//! How the last payload of a side was read, so that the next one like it needs no look-ups.
//!
//! In a batch nearly every payload has the topic, the metadata and the framing of the one before. Its side's configuration,
//! its metadata's meaning, its framing, its schema's plan: none of them is looked at again then, which takes a twentieth of
//! the time.

use crate::error::Side;
use crate::event::{Record, SchemaMetadata};
use crate::schema::Reference;
use crate::wire::Cursor;

/// How to read payloads that share topic, metadata and first bytes.
#[derive(Clone, Debug)]
pub struct Route {
    /// What the datum begins behind: framing, and what of it the format reads.
    pub(super) prefix: Box<[u8]>,
    pub(super) plan: u32,
    pub(super) reference: Option<Reference>,
    /// The catalog's version that it was made under.
    pub(super) version: u32,
    /// A number that the host keeps with it, 0 at first.
    pub note: u32,
}

/// The routes of a topic's sides under the same metadata.
#[derive(Clone, Debug, Default)]
pub struct Routes {
    key: Option<Route>,
    value: Option<Route>,
}

impl Routes {
    #[inline]
    pub(super) fn of(&mut self, side: Side) -> &mut Option<Route> {
        if side == Side::Key { &mut self.key } else { &mut self.value }
    }

    /// The route of a side.
    #[inline]
    pub fn route(&mut self, side: Side) -> Option<&mut Route> {
        self.of(side).as_mut()
    }

    /// Key and value.
    #[inline]
    pub(super) fn sides(&self) -> (Option<&Route>, Option<&Route>) {
        (self.key.as_ref(), self.value.as_ref())
    }
}

impl Route {
    /// The plan that decodes its payloads: what [`super::Decoder::shape`] takes.
    #[inline]
    pub fn plan(&self) -> u32 {
        self.plan
    }

    /// The schema that its framing or metadata name.
    #[inline]
    pub fn reference(&self) -> Option<&Reference> {
        self.reference.as_ref()
    }

    /// The datum behind the prefix; `None` unless the payload begins with that and the route is current.
    #[inline]
    pub(super) fn datum<'a>(&self, payload: &Cursor<'a>, version: u32) -> Option<Cursor<'a>> {
        // Mostly there is no prefix: then nothing is called to compare it.
        let fits =
            self.version == version && (self.prefix.is_empty() || payload.rest().starts_with(&self.prefix));
        fits.then(|| payload.part(payload.at() + self.prefix.len(), payload.end()))
    }
}

/// What records that are alike have in common, on which routes depend: their topic, and what metadata tell.
#[derive(Debug, Default)]
pub struct Alike {
    topic: String,
    key: MetadataText,
    value: MetadataText,
}

/// Schema metadata as a record has them: id and format, each where it is there.
pub type MetadataText = Option<[Option<String>; 2]>;

impl Alike {
    /// Of a topic, and of what metadata tell of keys and values.
    pub fn new(topic: String, key: MetadataText, value: MetadataText) -> Self {
        Alike { topic, key, value }
    }

    /// Of a record.
    pub fn of(record: &Record<'_>) -> Self {
        let told = |metadata: &Option<SchemaMetadata<'_>>| {
            let metadata = metadata.as_ref()?;
            Some([&metadata.schema_id, &metadata.data_format].map(|text| text.as_deref().map(str::to_owned)))
        };
        Alike {
            topic: record.topic.as_deref().unwrap_or_default().to_owned(),
            key: told(&record.key_schema_metadata),
            value: told(&record.value_schema_metadata),
        }
    }

    /// The topic.
    pub fn topic(&self) -> &str {
        &self.topic
    }

    /// What metadata tell of a side.
    pub fn told(&self, side: Side) -> Option<&[Option<String>; 2]> {
        if side == Side::Key { self.key.as_ref() } else { self.value.as_ref() }
    }

    /// Whether a record is one of them.
    #[inline]
    pub fn fits(&self, record: &Record<'_>) -> bool {
        let same = |told: &MetadataText, metadata: &Option<SchemaMetadata<'_>>| match (told, metadata) {
            (None, None) => true,
            (Some([id, format]), Some(metadata)) => {
                id.as_deref() == metadata.schema_id.as_deref()
                    && format.as_deref() == metadata.data_format.as_deref()
            }
            _ => false,
        };
        self.topic == record.topic.as_deref().unwrap_or_default()
            && same(&self.key, &record.key_schema_metadata)
            && same(&self.value, &record.value_schema_metadata)
    }
}

/// The routes of the record before, and what they depend on.
#[derive(Debug, Default)]
pub(super) struct Last {
    alike: Alike,
    pub(super) routes: Routes,
}

impl Last {
    /// The last one where it fits the record, else a new one.
    #[inline(never)]
    pub(super) fn fitting(last: Option<Box<Last>>, record: &Record<'_>) -> Box<Last> {
        last.filter(|last| last.alike.fits(record))
            .unwrap_or_else(|| Box::new(Last { alike: Alike::of(record), routes: Routes::default() }))
    }
}
