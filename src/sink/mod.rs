//! Sinks: what hosts make of the values that a format decodes.

pub mod json;
mod slots;
pub mod tape;
pub mod value;
