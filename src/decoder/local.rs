//! What is worked out of a side's configuration when the decoder is made: its options and the schemas that it brings.

use super::config::{Config, SideConfig, invalid};
use super::message;
use super::registered::OWN_NAME;
use crate::dialect::Style;
use crate::error::Error;
use crate::format::{avro, protobuf};
use crate::framing::Framing;
use crate::json::Value;
use crate::schema::Reference;
use std::sync::Arc;

/// A side's options and schemas.
pub(super) struct Local {
    /// The configuration's options, and what the side selects.
    pub(super) style: Style,
    pub(super) writer: Option<avro::Schema>,
    pub(super) reader: Option<avro::Schema>,
    pub(super) descriptors: Option<Arc<protobuf::Schema>>,
    pub(super) ids: Vec<Reference>,
}

impl Local {
    pub(super) fn new(side: &SideConfig, config: &Config) -> Result<Local, Error> {
        let place = |member: &str| format!("{}.{member}", side.place);
        let avro = |v: &Option<Value>, member: &str| {
            let schema = v.as_ref().map(|v| avro::Schema::parse(&v.text(), &[], &config.limits));
            schema.transpose().map_err(|e| e.in_configuration(&place(member)))
        };
        let descriptors = files(side, config)?.map(Arc::new);
        if let (Some(schema), Some(name)) = (&descriptors, &side.message)
            && schema.message(name).is_none()
        {
            return Err(message::unknown(name).in_configuration(&place("message")));
        }
        if descriptors.is_some() && side.message.is_none() && side.framing == Framing::None.into() {
            let expected = format!("a `message` at {} where no framing names one", side.place);
            return Err(invalid(&expected, "none"));
        }
        Ok(Local {
            style: side.style(&config.style),
            writer: avro(&side.writer, "writer")?,
            reader: avro(&side.reader, "reader")?,
            descriptors,
            ids: side.references()?,
        })
    }
}

/// The Protobuf schema that a side's configuration brings.
fn files(side: &SideConfig, config: &Config) -> Result<Option<protobuf::Schema>, Error> {
    if let Some(files) = &side.files {
        let files: Vec<(&str, &str)> = files.iter().map(|f| (f.name.as_str(), f.text.as_str())).collect();
        // What is wrong in a file is told with its name.
        return protobuf::Schema::from_sources(&files, &config.limits).map(Some);
    }
    let Some(set) = &side.descriptor_set else { return Ok(None) };
    let schema = protobuf::Schema::from_sources(&[(OWN_NAME, set)], &config.limits);
    schema.map(Some).map_err(|e| e.in_configuration(&format!("{}.descriptorSet", side.place)))
}
