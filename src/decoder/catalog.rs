//! The plans of a decoder: each schema is compiled once, when a record first needs it.

use super::config::{Config, Format, SideConfig};
use super::local::Local;
use super::message;
use super::notable::Notable;
use super::plans::{Key, Plans};
use super::registered;
use crate::dialect::{MessageIndex, Style};
use crate::error::{Code, Error};
use crate::format::text::{Encoding, Kind};
use crate::format::{Plan, avro, json, protobuf, text};
use crate::framing::{Frame, Named, Origin};
use crate::limits::Limits;
use crate::map::IndexMap;
use crate::schema::{Failure, Reference, SchemaId, SchemaType, Source, Store};
use crate::wire::{Cursor, PADDING};
use std::sync::Arc;

/// Failures that are kept: what one event can need.
const MOST_FAILURES: usize = 20_000;

/// Sides, schemas and plans.
pub(super) struct Catalog {
    local: Vec<Local>,
    pub(super) store: Store,
    /// Why schemas could not be fetched.
    failures: IndexMap<Reference, Error>,
    descriptors: IndexMap<Reference, Result<Arc<protobuf::Schema>, Error>>,
    pub(super) plans: Plans,
    /// The Avro schemas at hand by their fingerprints; made when a single object first needs it.
    fingerprints: Option<IndexMap<u64, Reference>>,
    /// Schemas that need a word.
    notable: IndexMap<Reference, Notable>,
    /// How often each rule was tolerated to be broken, by name.
    pub(super) warnings: Vec<(&'static str, u64)>,
}

/// A plan, and where its datum begins in the frame's buffer.
pub(super) struct Chosen {
    pub(super) plan: u32,
    pub(super) start: usize,
    /// Whether the bytes before `start` alone decided it, and nothing was to be counted.
    pub(super) by_prefix: bool,
    /// What was tolerated.
    pub(super) warning: Option<&'static str>,
}

impl Chosen {
    fn new(plan: u32, start: usize) -> Self {
        Chosen { plan, start, by_prefix: true, warning: None }
    }
}

impl Catalog {
    pub(super) fn new(config: &Config) -> Result<Catalog, Error> {
        let local = config.sides.iter().map(|side| Local::new(side, config)).collect::<Result<_, _>>()?;
        Ok(Catalog {
            local,
            store: Store::default(),
            failures: IndexMap::new(),
            descriptors: IndexMap::new(),
            plans: Plans::default(),
            fingerprints: None,
            notable: IndexMap::new(),
            warnings: Vec::new(),
        })
    }

    /// The options of a side.
    fn style(&self, id: u32) -> &Style {
        &self.local[id as usize].style
    }

    /// A schema of so many bytes has been added: what was missing before may be there now.
    pub(super) fn added(&mut self, reference: &Reference, bytes: usize) {
        self.plans.replaced(reference, bytes);
        self.failures.remove(reference);
        self.notable.remove(reference);
        if let Some(notable) = self.store.get(reference).and_then(Notable::of) {
            self.notable.insert(reference.clone(), notable);
        }
        self.descriptors.remove(reference);
        self.fingerprints = None;
    }

    /// A schema could not be fetched: it stays missing, and a record that names it has this error.
    pub(super) fn failed(&mut self, failure: Failure) {
        // References come from payloads: failures without end are no reason to keep memory without end.
        if self.failures.len() >= MOST_FAILURES {
            self.failures.clear();
        }
        self.failures.insert(failure.reference, failure.error);
    }

    /// Whether the schema that a side's record names must come from the store and is not there.
    pub(super) fn is_missing(&mut self, side: &SideConfig, reference: &Reference, limits: &Limits) -> bool {
        let by_reference = matches!(side.format, Format::Avro | Format::Protobuf) && !side.has_local_schema();
        by_reference && !self.store.contains(reference) && self.by_fingerprint(reference, limits).is_none()
    }

    /// The schema that was added under another reference and has this fingerprint.
    fn by_fingerprint(&mut self, reference: &Reference, limits: &Limits) -> Option<Reference> {
        let SchemaId::Rabin(fingerprint) = reference.id else { return None };
        let known = self.fingerprints.get_or_insert_with(|| {
            let schemas = self.store.iter().filter(|s| s.schema_type == SchemaType::Avro);
            let rabin = |s: &Source| Some(registered::avro(&s.schema, &s.references, limits).ok()?.rabin());
            schemas.filter_map(|s| Some((rabin(s)?, s.reference.clone()))).collect()
        });
        known.get(&fingerprint).cloned()
    }

    /// Counts what is notable about a record's schema, and tells whether something is; refuses a payload that is encrypted
    /// as a whole.
    pub(super) fn note(&mut self, frame: &Frame) -> Result<bool, Error> {
        let Some(notable) = frame.reference.as_ref().and_then(|r| self.notable.get(r)) else {
            return Ok(false);
        };
        notable.counts()?.into_iter().flatten().for_each(|warning| self.count(warning));
        Ok(true)
    }

    /// Counts what was tolerated.
    pub(super) fn count(&mut self, warning: &'static str) {
        match self.warnings.iter_mut().find(|(name, _)| *name == warning) {
            Some((_, count)) => *count += 1,
            None => self.warnings.push((warning, 1)),
        }
    }

    /// Adds to an error what the registry says of the schema.
    #[inline(never)]
    pub(super) fn explain(&self, error: Error, reference: Option<&Reference>) -> Error {
        match reference.and_then(|r| Some((r, self.notable.get(r)?))) {
            Some((reference, notable)) => notable.explain(error, reference),
            None => error,
        }
    }

    /// The plan of a datum, after its framing is read.
    pub(super) fn choose(
        &mut self,
        config: &Config,
        id: u32,
        json: bool,
        frame: &Frame,
        datum: &Cursor<'_>,
    ) -> Result<Chosen, Error> {
        if json {
            let plan = self.cached(Key::Json(id), id, |catalog| {
                Ok(Plan::Json(json::Plan::compile(catalog.style(id), &config.limits)))
            })?;
            return Ok(Chosen::new(plan, frame.start));
        }
        let side = &config.sides[id as usize];
        match side.format {
            Format::Avro => {
                let plan = self.avro(config, id, frame)?;
                Ok(Chosen::new(plan, frame.start))
            }
            Format::Protobuf => self.protobuf(config, id, frame, datum),
            _ => {
                let plan = self
                    .cached(Key::Side(id), id, |catalog| Ok(schemaless(config, side, catalog.style(id))))?;
                Ok(Chosen::new(plan, frame.start))
            }
        }
    }

    /// The plan of a key, compiled if it isn't there.
    fn cached(
        &mut self,
        key: Key,
        slot: u32,
        make: impl FnOnce(&mut Self) -> Result<Plan, Error>,
    ) -> Result<u32, Error> {
        if let Some(found) = self.plans.found(&key, slot) {
            return found;
        }
        let made = make(self);
        self.plans.keep(key, slot, made)
    }

    /// A local schema is for the ids that the configuration names, or for all.
    fn check_id(&self, config: &Config, id: u32, frame: &Frame) -> Result<(), Error> {
        let Some(reference) = &frame.reference else { return Ok(()) };
        let local = &self.local[id as usize];
        let written = local.writer.as_ref().filter(|_| matches!(reference.id, SchemaId::Rabin(_)));
        let by_fingerprint = || written.is_some_and(|w| reference.id == SchemaId::Rabin(w.rabin()));
        if config.sides[id as usize].any_id || local.ids.contains(reference) || by_fingerprint() {
            return Ok(());
        }
        Err(Error::new(
            Code::SchemaIdUnexpected,
            format!("expected one of the configured `ids`, found {reference}"),
        ))
    }

    /// The plan of an object container file's data.
    #[inline(never)]
    fn file(&mut self, config: &Config, id: u32, schema: &str) -> Result<u32, Error> {
        self.cached(Key::File(id, schema.into()), id, |catalog| {
            catalog.plans.weigh(schema.len());
            let writer = avro::Schema::parse(schema, &[], &config.limits)?;
            let reader = catalog.local[id as usize].reader.as_ref();
            let plan = avro::Plan::compile(&writer, reader, catalog.style(id), &config.limits)?;
            Ok(Plan::Avro(Box::new(plan.for_container())))
        })
    }

    #[inline(never)]
    fn avro(&mut self, config: &Config, id: u32, frame: &Frame) -> Result<u32, Error> {
        if let Some(schema) = &frame.schema {
            return self.file(config, id, schema);
        }
        let reference = if config.sides[id as usize].has_local_schema() {
            self.check_id(config, id, frame)?;
            None
        } else {
            Some(self.reference(frame, &config.limits)?)
        };
        let confluent = frame.origin.is_confluent();
        self.cached(Key::Avro(id, reference.clone(), confluent), id, |catalog| {
            let local = &catalog.local[id as usize];
            let registered = reference.map(|r| catalog.registered_avro(&r, &config.limits)).transpose()?;
            let writer =
                registered.as_ref().or(local.writer.as_ref()).ok_or_else(|| Error::of(Code::Internal))?;
            let plan = avro::Plan::compile(writer, local.reader.as_ref(), &local.style, &config.limits)?;
            Ok(Plan::Avro(Box::new(if confluent { plan.for_confluent(writer) } else { plan })))
        })
    }

    fn registered_avro(&self, reference: &Reference, limits: &Limits) -> Result<avro::Schema, Error> {
        let source = self.source(reference, SchemaType::Avro)?;
        registered::avro(&source.schema, &source.references, limits)
    }

    fn protobuf(
        &mut self,
        config: &Config,
        id: u32,
        frame: &Frame,
        datum: &Cursor<'_>,
    ) -> Result<Chosen, Error> {
        let side = &config.sides[id as usize];
        let (schema, reference) = if side.has_local_schema() {
            self.check_id(config, id, frame)?;
            let local = self.local[id as usize].descriptors.clone();
            (local.ok_or_else(|| Error::of(Code::Internal))?, None)
        } else {
            let reference = self.reference(frame, &config.limits)?;
            (self.registered_descriptors(&reference, config)?, Some(reference))
        };
        let configured = side.message.as_deref();
        let policy = config.style.message_index;
        let (origin, registered) = (frame.origin, reference.is_some());
        let found = if origin == Origin::Apicurio {
            message::ByTypeName { schema: &schema, frame, registered }.read(
                datum.rest(),
                configured,
                policy,
            )?
        } else {
            let index = message::ByIndex { schema: &schema, origin, registered };
            match &frame.named {
                // From a header: the datum has nothing before it.
                Named::Indexes(bytes) => {
                    let padded = [bytes, [0; PADDING].as_slice()].concat();
                    let found = index.read(&Cursor::new(&padded, 0, bytes.len()), configured, policy);
                    let found = found.map_err(Error::without_offset)?;
                    message::Found { start: frame.start, ..found }
                }
                _ => index.read(datum, configured, policy)?,
            }
        };
        // Where a malformed index is passed over, its length is only guessed at.
        let by_prefix = found.warning.is_none() && policy != MessageIndex::Ignore;
        let message = found.message;
        let plan = self.cached(Key::Message(id, reference, message), id, |catalog| {
            protobuf::Plan::compile(&schema, message, catalog.style(id), &config.limits)
                .map(|p| Plan::Protobuf(p.into()))
        })?;
        Ok(Chosen { plan, start: found.start, by_prefix, warning: found.warning })
    }

    fn registered_descriptors(
        &mut self,
        reference: &Reference,
        config: &Config,
    ) -> Result<Arc<protobuf::Schema>, Error> {
        if let Some(known) = self.descriptors.get(reference) {
            return known.clone();
        }
        // An absent schema may come later; what does not parse stays so until it is added anew.
        let source = self.source(reference, SchemaType::Protobuf)?;
        let parsed = registered::protobuf(&source.schema, &source.references, &config.limits).map(Arc::new);
        self.descriptors.insert(reference.clone(), parsed.clone());
        parsed
    }

    fn reference(&mut self, frame: &Frame, limits: &Limits) -> Result<Reference, Error> {
        let reference = frame.reference.clone().ok_or_else(|| Error::of(Code::SchemaReferenceMissing))?;
        if !self.store.contains(&reference) {
            if let Some(other) = self.by_fingerprint(&reference, limits) {
                return Ok(other);
            }
            if let Some(error) = self.failures.get(&reference) {
                return Err(error.clone());
            }
            let message = format!("expected the schema {reference} to be at hand, found none");
            return Err(Error::new(Code::SchemaMissing, message));
        }
        Ok(reference)
    }

    fn source(&self, reference: &Reference, wanted: SchemaType) -> Result<&Source, Error> {
        let source = self.store.get(reference).ok_or_else(|| Error::of(Code::SchemaMissing))?;
        if source.schema_type == wanted {
            return Ok(source);
        }
        let (wanted, found) = (wanted.as_str(), source.schema_type.as_str());
        let message = format!("expected {reference} to be a schema of type {wanted}, found {found}");
        Err(Error::new(Code::SchemaTypeMismatch, message))
    }
}

fn schemaless(config: &Config, side: &SideConfig, style: &Style) -> Plan {
    let kind = match (side.format, side.primitive) {
        (Format::Json | Format::Connect, _) => {
            return Plan::Json(json::Plan::compile(style, &config.limits));
        }
        (Format::Bytes, _) => Kind::Bytes,
        (Format::Primitive, Some(primitive)) => Kind::Primitive(primitive),
        _ => Kind::Text(side.encoding.unwrap_or(Encoding::Utf8)),
    };
    Plan::Text(text::Plan::compile(kind, style))
}
