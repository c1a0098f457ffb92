//! Every rule of the room, over descriptors made by hand.

mod build;
mod descriptors;
mod events;
mod hostile;
mod indexes;
mod messages;
mod options;
mod ordered;
mod well_known;

pub(super) use build::*;
use events::Events;

use super::{Plan, Schema, Scratch};
use crate::dialect::{Options, Style};
use crate::error::{Code, Error};
use crate::limits::Limits;
use crate::wire::Cursor;
use std::sync::Arc;

/// A schema of one file.
fn schema(file: Msg) -> Arc<Schema> {
    Arc::new(Schema::from_descriptors(&set([file]), &Limits::default()).unwrap())
}

/// Options from the configuration's JSON.
fn style(options: &str) -> Style {
    Options::from_json(options).unwrap().style()
}

fn plan(schema: &Arc<Schema>, name: &str, options: &str) -> Plan {
    Plan::compile(schema, schema.message(name).unwrap(), &style(options), &Limits::default()).unwrap()
}

/// The JSON text of a message. What a reader of the shape gets must be the same, and what the scan alone gives.
fn decode_with(plan: &Plan, bytes: &Msg) -> Result<String, Error> {
    let (mut scratch, mut events) = (Scratch::default(), Events::default());
    let bytes = bytes.bytes();
    let cursor = Cursor::new(bytes, 0, bytes.len());
    let result = plan.decode(cursor.clone(), &mut scratch, &mut events);
    let (mut slowly, mut scanned) = (Scratch::default(), Events::default());
    assert_eq!(plan.decode_scanned(cursor, &mut slowly, &mut scanned), result);
    assert_eq!(scanned, events);
    assert_eq!(scratch.unknown_fields(), slowly.unknown_fields());
    match result {
        Ok(()) => {
            let json = events.json();
            assert_eq!(json, events.through(&plan.shape()), "the shape is that of the events");
            Ok(json)
        }
        Err(fault) => {
            assert!(events.aborted && !events.ended);
            Err(Error::from_fault(fault, Some(plan.path(&scratch))))
        }
    }
}

fn json_as(schema: &Arc<Schema>, name: &str, options: &str, bytes: &Msg) -> String {
    decode_with(&plan(schema, name, options), bytes).unwrap()
}

fn json(schema: &Arc<Schema>, name: &str, bytes: &Msg) -> String {
    json_as(schema, name, "{}", bytes)
}

/// Code, path and byte offset of the error.
fn fails(schema: &Arc<Schema>, name: &str, bytes: &Msg) -> (Code, String, u64) {
    let e = decode_with(&plan(schema, name, "{}"), bytes).unwrap_err();
    (e.code(), e.path().unwrap_or_default().to_owned(), e.byte_offset().unwrap_or_default())
}
