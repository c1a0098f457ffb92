//! Kafka Connect's JSON envelope, `{"schema":…,"payload":…}`, as its JsonConverter writes it with schemas enabled.
//!
//! The payload is JSON already. What its schema says beyond JSON's own types, Connect's logical types and those of
//! Debezium, is written into the text in the form that the options ask for; the rest stays as it stands, digit by digit.

mod logical;
mod misfit;
mod rewritten;
mod schema;

use crate::dialect::Style;
use crate::error::Error;
use crate::json::Raw;
use misfit::Misfit;
use schema::Schema;

pub use rewritten::Rewritten;

/// Takes an envelope apart and writes its payload, logical types in their form. `None` for what is no JSON: that is the
/// JSON format's to tell.
///
/// # Errors
/// `CONNECT_SHAPE` for JSON that is no envelope, or whose payload is not as its schema says; its byte offset counts in
/// `payload`.
pub fn unwrap(payload: &[u8], style: &Style) -> Result<Option<Rewritten>, Error> {
    let Ok(text) = std::str::from_utf8(payload) else { return Ok(None) };
    let Ok(whole) = Raw::parse(text.strip_prefix('\u{feff}').unwrap_or(text)) else {
        return Ok(None);
    };
    let mut out = Rewritten::of(payload);
    match envelope(whole, style, &mut out) {
        Ok(()) => Ok(Some(out)),
        Err(misfit) => Err(misfit.error(&out)),
    }
}

fn envelope<'a>(whole: Raw<'a>, style: &Style, out: &mut Rewritten) -> Result<(), Box<Misfit<'a>>> {
    let Some([Some(schema), Some(payload)]) = whole.members(&["schema", "payload"]) else {
        return Err(misfit::ENVELOPE.at(whole));
    };
    // Without a schema the payload is plain JSON.
    let schema = if schema.get() == "null" { Schema::Plain } else { Schema::read(schema)? };
    schema.write(payload, style, out)
}
