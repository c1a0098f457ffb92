//! What is decoded: an event and its configuration, as benches/js/data.mjs wrote them.

use anyhow::{Context, Result};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use std::fs;
use std::path::Path;

/// A workload.
pub struct Work {
    pub event: Vec<u8>,
    /// The configuration of our decoder: the types that the peers give, and the schema.
    pub config: Value,
}

impl Work {
    pub fn read(data: &Path, name: &str) -> Result<Work> {
        let read = |name: String| fs::read(data.join(&name)).context(name);
        let config = serde_json::from_slice(&read(format!("{name}.config.json"))?)?;
        Ok(Work { event: read(format!("{name}.json"))?, config })
    }

    /// The values of the event's records.
    pub fn payloads(&self) -> Result<Vec<Vec<u8>>> {
        let event: Value = serde_json::from_slice(&self.event)?;
        let records = event["records"]["orders-0"].as_array().context("no records")?;
        records.iter().map(|r| Ok(STANDARD.decode(r["value"].as_str().context("no value")?)?)).collect()
    }

    /// `avro`, `protobuf` or `json`.
    pub fn format(&self) -> &str {
        self.config["value"]["format"].as_str().unwrap_or_default()
    }

    /// The text of the Avro schema.
    pub fn avro(&self) -> String {
        self.config["value"]["writer"].to_string()
    }

    /// The Protobuf descriptor set.
    pub fn descriptors(&self) -> Result<Vec<u8>> {
        Ok(STANDARD.decode(self.config["value"]["descriptorSet"].as_str().context("no descriptors")?)?)
    }

    /// The name of the Protobuf message.
    pub fn message(&self) -> Result<&str> {
        self.config["value"]["message"].as_str().context("no message")
    }
}
