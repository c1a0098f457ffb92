//! Decoding a key or value: from base64 to the bytes of its format, by the route of the one before where that fits.

use super::config::{Format, SideConfig};
use super::decoded::{Decoded, Given, Tombstone};
use super::route::{Last, Route, Routes};
use super::{Decoder, document};
use crate::dialect::Style;
use crate::error::{Code, Error, Fault, Side, Space};
use crate::event::{Payload, Record, SchemaMetadata};
use crate::format::{Scratch, Sink, connect};
use crate::framing::{self, Budget, Frame, Input};
use crate::limits::Limits;
use crate::schema::{Reference, SchemaType};
use crate::sink::json::Json;
use crate::sink::value::{Tree, Value};
use crate::wire::{Cursor, PADDING, Run, base64};

/// Memory that is kept between payloads.
pub(super) struct Buffers {
    pub(super) payload: Vec<u8>,
    pub(super) unpacked: Vec<u8>,
    /// What the payloads of the event may still inflate to.
    pub(super) budget: Budget,
    pub(super) scratch: Scratch,
}

impl Buffers {
    pub(super) fn new(limits: &Limits) -> Self {
        Buffers {
            payload: Vec::new(),
            unpacked: Vec::new(),
            budget: Budget::new(limits),
            scratch: Scratch::default(),
        }
    }
}

impl Decoder {
    /// Decodes a key or value of a record into a sink. The limit `eventInflatedBytes` counts for it alone.
    ///
    /// # Errors
    /// The side's own, with everything that is known; the sink then holds nothing of it.
    pub fn decode_side<S: Sink + ?Sized>(
        &mut self,
        record: &Record<'_>,
        side: Side,
        sink: &mut S,
    ) -> Result<Decoded, Error> {
        self.begin_event(0);
        self.decode_next(record, side, 0, sink)
    }

    /// The sides that are decoded from here on are those of one event, of which so many bytes have been inflated before.
    pub fn begin_event(&mut self, inflated: usize) {
        self.catalog.plans.tidy();
        self.buffers.budget = Budget::after(&self.config.limits, inflated);
        self.criteria_budget = Budget::new(&self.config.limits);
        self.criteria_held = 0;
    }

    /// How many bytes have been inflated for the event that began last.
    pub fn inflated(&self) -> usize {
        self.buffers.budget.spent()
    }

    /// Decodes a side of the event that began last ([`Decoder::begin_event`]), into a sink that holds so many bytes already:
    /// the limits `eventInflatedBytes` and `outputBytes` count on.
    ///
    /// # Errors
    /// As [`Decoder::decode_side`], and `EVENT_INFLATE_LIMIT` and `OUTPUT_LIMIT`.
    pub fn decode_next<S: Sink + ?Sized>(
        &mut self,
        record: &Record<'_>,
        side: Side,
        held: usize,
        sink: &mut S,
    ) -> Result<Decoded, Error> {
        match record.payload(side) {
            Payload::Absent => Ok(Decoded::tombstone(Tombstone::Absent)),
            Payload::Null => Ok(Decoded::tombstone(Tombstone::Null)),
            Payload::Invalid(error) => Err(error.clone()),
            Payload::Base64(text) => {
                let (run, given) = (Run::new(text.as_bytes()), Given::Base64(text));
                // A framing may read headers: then the record before tells nothing.
                if framing::asks(record) {
                    return self.decode_anew(&mut Routes::default(), side, given, held, sink, record);
                }
                let mut last = Last::fitting(self.last.take(), record);
                // A failure is told the long way, which finds the same one and says all of it.
                let decoded = match self.decode_known(&mut last.routes, side, run, held, sink) {
                    Some(route) => {
                        Ok(Decoded { tombstone: None, plan: route.plan, reference: route.reference.clone() })
                    }
                    None => self.decode_anew(&mut last.routes, side, given, held, sink, record),
                };
                self.last = Some(last);
                decoded
            }
        }
    }

    /// Decodes a side from its base64 text by the route of one before, where it fits and the value can be decoded: gives the
    /// route then. Otherwise the sink holds nothing of the side, and [`Decoder::decode_anew`] does it, or says why not.
    ///
    /// The routes are of records of the same topic and metadata, and without headers that framings ask for; the sink holds
    /// `held` bytes already.
    #[inline(never)]
    pub fn decode_known<'r, S: Sink + ?Sized>(
        &mut self,
        routes: &'r mut Routes,
        side: Side,
        text: Run<'_>,
        held: usize,
        sink: &mut S,
    ) -> Option<&'r mut Route> {
        // Where there is no route, nothing need be decoded.
        routes.route(side)?;
        let mut payload = std::mem::take(&mut self.buffers.payload);
        let end = base64::decode_over(text, &mut payload, PADDING);
        let route = end.and_then(|end| {
            self.decode_known_payload(routes, side, &Cursor::new(&payload, 0, end), held, sink)
        });
        self.buffers.payload = payload;
        route
    }

    /// The same from a payload's bytes: those of the cursor, behind which the buffer goes on for [`PADDING`] or more.
    #[inline]
    pub fn decode_known_payload<'r, S: Sink + ?Sized>(
        &mut self,
        routes: &'r mut Routes,
        side: Side,
        payload: &Cursor<'_>,
        held: usize,
        sink: &mut S,
    ) -> Option<&'r mut Route> {
        let Decoder { catalog, buffers, config, .. } = self;
        let route = routes.route(side)?;
        let datum = route.datum(payload, catalog.plans.version)?;
        if held > config.limits.output_bytes {
            return None;
        }
        catalog.plans.plan(route.plan).decode(datum, &mut buffers.scratch, sink).is_ok().then_some(route)
    }

    /// Decodes a side with nothing known; leaves in `routes` what was found out.
    ///
    /// # Errors
    /// The side's own; the sink then holds nothing of it.
    #[inline(never)]
    pub fn decode_anew<S: Sink + ?Sized>(
        &mut self,
        routes: &mut Routes,
        side: Side,
        given: Given<'_>,
        held: usize,
        sink: &mut S,
        record: &Record<'_>,
    ) -> Result<Decoded, Error> {
        if held > self.config.limits.output_bytes {
            return Err(over(self.config.limits.output_bytes, record, side));
        }
        self.fetch(given)
            .and_then(|()| self.decode_buffer(record, side, sink, routes))
            .map_err(|e| record.locate(e).on(side))
    }

    /// Fills the payload buffer.
    #[inline(never)]
    fn fetch(&mut self, given: Given<'_>) -> Result<(), Error> {
        self.buffers.payload.clear();
        match given {
            Given::Base64(text) => base64::decode(text, &mut self.buffers.payload)?,
            Given::Payload(bytes) => self.buffers.payload.extend_from_slice(bytes),
        }
        Ok(())
    }

    /// Decodes one payload, framing included, as a record of this topic without metadata would be: a document of
    /// `{"value":…}` or `{"error":…}`.
    #[inline]
    pub fn decode_payload(&mut self, topic: &str, side: Side, payload: &[u8]) -> String {
        let mut json = Json::new();
        document::side(&mut json, |json| self.decode_payload_to(topic, side, payload, json));
        json.into_string()
    }

    /// Decodes one payload into a sink.
    ///
    /// # Errors
    /// The payload's own, with everything that is known; the sink then holds nothing of it.
    pub fn decode_payload_to<S: Sink + ?Sized>(
        &mut self,
        topic: &str,
        side: Side,
        payload: &[u8],
        sink: &mut S,
    ) -> Result<Decoded, Error> {
        self.begin_event(0);
        self.buffers.payload.clear();
        self.buffers.payload.extend_from_slice(payload);
        let record = Record { topic: Some(topic.into()), ..Record::default() };
        self.decode_buffer(&record, side, sink, &mut Routes::default()).map_err(|e| e.on(side))
    }

    /// Decodes one payload into a Rust [`Value`].
    ///
    /// # Errors
    /// The payload's own, with everything that is known.
    #[inline(never)]
    pub fn decode_value(&mut self, topic: &str, side: Side, payload: &[u8]) -> Result<Value, Error> {
        let mut tree = Tree::new();
        self.decode_payload_to(topic, side, payload, &mut tree as &mut dyn Sink)?;
        tree.take().ok_or_else(|| Error::of(Code::Internal))
    }

    /// Decodes what stands in the payload buffer.
    fn decode_buffer<S: Sink + ?Sized>(
        &mut self,
        record: &Record<'_>,
        side: Side,
        sink: &mut S,
        routes: &mut Routes,
    ) -> Result<Decoded, Error> {
        let ready = self.prepare(record, side)?;
        let Buffers { payload, unpacked, scratch, .. } = &mut self.buffers;
        let cursor = Cursor::new(ready.body.of(payload, unpacked), ready.start, ready.end);
        match self.catalog.plans.plan(ready.plan).decode(cursor, scratch, sink) {
            Ok(()) => Ok(self.decoded(ready, routes.of(side))),
            Err(fault) => Err(self.failed(ready, fault)),
        }
    }

    /// Finds how what stands in the payload buffer is decoded, whatever the sink.
    #[inline(never)]
    fn prepare(&mut self, record: &Record<'_>, side: Side) -> Result<Ready, Error> {
        let Decoder { config, catalog, buffers, for_criteria, .. } = self;
        let id = config.side(record.topic.as_deref().unwrap_or_default(), side);
        let id = if *for_criteria { config.for_criteria(id) } else { id };
        let side_config = &config.sides[id as usize];
        let input = Input::of(record, side, &buffers.payload);
        let json = is_json(side_config, input.metadata)?;
        let framings = side_config.framings(json);
        let mut frame = framing::read(&framings, &input, &mut buffers.unpacked, &mut buffers.budget)?
            .in_registry(side_config.registry.as_ref());
        if frame.text && matches!(side_config.format, Format::Avro | Format::Protobuf) {
            return Err(mismatch(side_config.format, "JSON", "the data of a CloudEvent"));
        }
        let noted = !*for_criteria && catalog.note(&frame)?;
        let plain = json || side_config.format != Format::Connect;
        let placement = match plain {
            true => Placement::of(&frame),
            false => unwrap(&mut frame, buffers, &config.style)?,
        };
        let buffer = match frame.body {
            framing::Body::Payload => &mut buffers.payload,
            framing::Body::Unpacked => &mut buffers.unpacked,
        };
        let end = buffer.len();
        buffer.extend_from_slice(&[0; PADDING]);
        let datum = Cursor::new(buffer, frame.start, end);
        let chosen = catalog.choose(config, id, json, &frame, &datum).map_err(|e| {
            // What is wrong with the schema counts in its own text.
            let e = if e.space() == Space::Payload { e.in_space(frame.space()) } else { e };
            catalog.explain(e, frame.reference.as_ref())
        })?;
        if let Some(warning) = chosen.warning.filter(|_| !*for_criteria) {
            catalog.count(warning);
        }
        let again = chosen.by_prefix && plain && !noted && framings.by_prefix() && frame.is_prefix();
        let Frame { body, reference, .. } = frame;
        Ok(Ready { body, start: chosen.start, end, plan: chosen.plan, reference, placement, again })
    }

    /// What a value was decoded by; notes the route, where the next payload may take it.
    #[inline(never)]
    fn decoded(&mut self, ready: Ready, route: &mut Option<Route>) -> Decoded {
        let Ready { plan, reference, .. } = ready;
        if ready.again {
            let buffer = ready.body.of(&self.buffers.payload, &self.buffers.unpacked);
            let prefix = buffer.get(..ready.start).unwrap_or_default().into();
            let version = self.catalog.plans.version;
            *route = Some(Route { prefix, plan, reference: reference.clone(), version, note: 0 });
        }
        Decoded { tombstone: None, plan, reference }
    }

    /// The error of a value that could not be decoded.
    #[cold]
    #[inline(never)]
    fn failed(&mut self, ready: Ready, fault: Fault) -> Error {
        let Buffers { payload, unpacked, scratch, .. } = &mut self.buffers;
        let cursor = Cursor::new(ready.body.of(payload, unpacked), ready.start, ready.end);
        let plan = self.catalog.plans.plan(ready.plan);
        let path = plan.path(cursor, scratch);
        let reason = plan.reason(&fault).map(|why| format!("{why}; `checkCompatibility` lists every reason"));
        let at = ready.placement.place(fault.at, ready.body.of(payload, unpacked));
        let error = Error::from_fault(Fault { at, ..fault }, path).in_space(ready.placement.space);
        let error = match reason {
            Some(reason) => error.with_hint(reason),
            None => error,
        };
        self.catalog.explain(error, ready.reference.as_ref())
    }
}

/// A datum in a buffer, and how it is decoded.
struct Ready {
    body: framing::Body,
    start: usize,
    end: usize,
    plan: u32,
    reference: Option<Reference>,
    placement: Placement,
    /// Whether the next payload of the same prefix is decoded in the same way.
    again: bool,
}

/// Where the bytes that a plan decodes come from.
struct Placement {
    start: usize,
    space: Space,
    rewritten: Option<connect::Rewritten>,
    /// Whether they are the blocks of a container file.
    container: bool,
}

impl Placement {
    /// Where they are read as they came.
    fn of(frame: &Frame) -> Self {
        Placement { start: 0, space: frame.space(), rewritten: None, container: frame.schema.is_some() }
    }

    /// Where a byte of the plan's buffer is in the payload, or in its body.
    fn place(&self, at: usize, buffer: &[u8]) -> usize {
        match &self.rewritten {
            Some(rewritten) => self.start + rewritten.origin(at),
            None if self.container => framing::container::place(buffer, at),
            None => at,
        }
    }
}

/// Takes the value out of what Connect's converter wrote with its schema, where that is what the frame has: its text stands
/// in the other buffer then.
fn unwrap(frame: &mut Frame, buffers: &mut Buffers, style: &Style) -> Result<Placement, Error> {
    let datum = frame.buffer(&buffers.payload, &buffers.unpacked).get(frame.start..).unwrap_or_default();
    let unwrapped = connect::unwrap(datum, style).map_err(|e| {
        let at = e.byte_offset().unwrap_or_default() + frame.start as u64;
        e.at_byte(at, frame.space())
    });
    let mut placement = Placement::of(frame);
    if let Some(mut rewritten) = unwrapped? {
        buffers.unpacked = std::mem::take(&mut rewritten.text);
        placement = Placement { start: frame.start, rewritten: Some(rewritten), ..placement };
        (frame.start, frame.body) = (0, framing::Body::Unpacked);
    }
    Ok(placement)
}

/// What was decoded has reached its limit.
#[cold]
fn over(most: usize, record: &Record<'_>, side: Side) -> Error {
    let message =
        format!("expected at most {most} bytes of decoded values (limit `outputBytes`), found more");
    record.locate(Error::new(Code::OutputLimit, message)).on(side)
}

/// Whether the metadata says that the payload is JSON now; an error where it contradicts the configuration.
pub(super) fn is_json(side: &SideConfig, metadata: Option<&SchemaMetadata<'_>>) -> Result<bool, Error> {
    let Some(told) = metadata.and_then(SchemaMetadata::data_format) else { return Ok(false) };
    match (told, side.format) {
        (SchemaType::Json, _) => Ok(true),
        (SchemaType::Avro, Format::Avro) | (SchemaType::Protobuf, Format::Protobuf) => Ok(false),
        // Who asks for the bytes knows what to do with them.
        (_, Format::Bytes | Format::Primitive) => Ok(false),
        (told, configured) => Err(mismatch(configured, told.as_str(), "the schema metadata")),
    }
}

/// The payload isn't in the configured format.
#[cold]
fn mismatch(configured: Format, found: &str, place: &str) -> Error {
    let configured = configured.word();
    let message = format!("expected the configured format `{configured}`, found `{found}` in {place}");
    Error::new(Code::FramingFormatMismatch, message)
}
