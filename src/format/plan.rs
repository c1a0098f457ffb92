//! One plan, whatever its format.

use super::path::Path;
use super::shape::Shape;
use super::{Data, Sink, avro, json, protobuf, text};
use crate::error::Fault;
use crate::wire::Cursor;

/// How the data of one schema, message or payload type are decoded.
#[derive(Clone, Debug)]
pub enum Plan {
    /// Avro data.
    Avro(Box<avro::Plan>),
    /// Protobuf messages.
    Protobuf(Box<protobuf::Plan>),
    /// JSON documents.
    Json(json::Plan),
    /// Text, bytes, primitives.
    Text(text::Plan),
}

/// Memory that decoding needs, kept between data.
#[derive(Debug, Default)]
pub struct Scratch {
    avro: avro::Scratch,
    protobuf: protobuf::Scratch,
    json: json::Scratch,
    /// What was tolerated in the data that were decoded with it.
    pub tolerated: Tolerated,
}

/// How many data had what is tolerated.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tolerated {
    /// Protobuf fields that the schema doesn't know.
    pub unknown_fields: u64,
    /// A byte order mark before JSON.
    pub byte_order_marks: u64,
}

impl Scratch {
    /// How many templates JSON documents have taught. They are numbered from 1.
    pub fn templates(&self) -> usize {
        self.json.templates()
    }

    /// What the values of a template look like.
    pub fn template_shape(&self, number: u32) -> Option<Shape> {
        self.json.template_shape(number)
    }
}

impl Plan {
    /// Decodes one datum: all of the cursor's bytes.
    ///
    /// # Errors
    /// What is wrong and where; the sink then holds nothing of the datum.
    pub fn decode<S: Sink + ?Sized>(
        &self,
        c: Cursor<'_>,
        scratch: &mut Scratch,
        sink: &mut S,
    ) -> Result<(), Fault> {
        match self {
            Plan::Avro(plan) => plan.decode(c, &mut scratch.avro, sink),
            Plan::Protobuf(plan) => {
                let decoded = plan.decode(c, &mut scratch.protobuf, sink);
                let unknown = decoded.is_ok() && scratch.protobuf.unknown_fields() > 0;
                scratch.tolerated.unknown_fields += u64::from(unknown);
                decoded
            }
            Plan::Json(plan) => {
                let marked = c.rest().starts_with(json::MARK);
                scratch.tolerated.byte_order_marks += u64::from(marked);
                plan.decode(c, &mut scratch.json, sink)
            }
            Plan::Text(plan) => plan.decode(c, sink),
        }
    }

    /// Decodes a datum, and those behind it as long as there are.
    ///
    /// # Errors
    /// What is wrong with the last one, and where; the sink then holds nothing of it.
    #[inline]
    pub fn decode_all<'a, S: Sink + ?Sized>(
        &self,
        first: Cursor<'a>,
        data: &mut dyn Data<'a, S>,
        scratch: &mut Scratch,
        sink: &mut S,
    ) -> Result<(), Fault> {
        if let Plan::Avro(plan) = self {
            return plan.decode_all(first, data, &mut scratch.avro, sink);
        }
        let mut next = Some(first);
        while let Some(c) = next {
            self.decode(c, scratch, sink)?;
            next = data.next(sink);
        }
        Ok(())
    }

    /// Where in the value a fault stands that [`Plan::decode`] has just given with this scratch.
    ///
    /// Protobuf knows: its scan runs ahead of the sink. For the others it is a second pass over the same bytes, so that
    /// the first carries no bookkeeping.
    #[cold]
    #[inline(never)]
    pub fn path(&self, c: Cursor<'_>, scratch: &mut Scratch) -> Option<String> {
        if let Plan::Protobuf(plan) = self {
            return Some(plan.path(&scratch.protobuf));
        }
        let mut path = Path::new();
        let again = self.decode(c, scratch, &mut path as &mut dyn Sink);
        again.is_err().then(|| path.describe())
    }

    /// Why a reader schema can't read what a writer schema has, where that is the fault.
    #[cold]
    pub fn reason(&self, fault: &Fault) -> Option<&str> {
        match self {
            Plan::Avro(plan) => plan.reason(fault),
            _ => None,
        }
    }

    /// What its values look like.
    pub fn shape(&self) -> Shape {
        match self {
            Plan::Avro(plan) => plan.shape().clone(),
            Plan::Protobuf(plan) => plan.shape(),
            Plan::Json(plan) => plan.shape().clone(),
            Plan::Text(plan) => plan.shape().clone(),
        }
    }
}
