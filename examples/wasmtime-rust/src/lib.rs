//! kafkalens in wasmtime: the component, loaded once, and decoders made from it.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write;
use std::path::Path;
use tempfile::NamedTempFile;
use wasmtime::component::{Component, Linker, ResourceAny};
use wasmtime::{Engine, Result, Store};

mod bindings {
    wasmtime::component::bindgen!({ path: "../../wit", world: "kafkalens" });
}

pub use bindings::exports::kafkalens::core::types::{
    Category, Decoded, Error, KafkaRecord, Side, Space, Tombstone,
};

/// The compiled component: share it between decoders.
pub struct Module {
    engine: Engine,
    component: Component,
}

impl Module {
    /// Loads `kafkalens.component.wasm`. Compiling takes a second or two, so the machine code is kept in `cache`.
    pub fn load(component: &Path, cache: &Path) -> Result<Module> {
        let engine = Engine::default();
        let bytes = fs::read(component)?;
        let mut hasher = DefaultHasher::new();
        bytes.hash(&mut hasher);
        let cached = cache.join(format!("kafkalens-{:016x}.cwasm", hasher.finish()));
        // SAFETY: only this function writes there. wasmtime itself refuses what another version or setting compiled.
        if let Ok(component) = unsafe { Component::deserialize_file(&engine, &cached) } {
            return Ok(Module { engine, component });
        }
        let component = Component::new(&engine, &bytes)?;
        fs::create_dir_all(cache)?;
        // Another process may map the file at any time: it is there whole or not at all.
        let mut file = NamedTempFile::new_in(cache)?;
        file.write_all(&component.serialize()?)?;
        file.persist(&cached)?;
        Ok(Module { engine, component })
    }
}

/// A decoder in an instance of its own.
pub struct Decoder {
    store: Store<()>,
    world: bindings::Kafkalens,
    decoder: ResourceAny,
}

impl Decoder {
    /// Makes a decoder of a configuration. The outer error is wasmtime's, the inner one kafkalens's.
    pub fn new(module: &Module, config: &str) -> Result<Result<Decoder, Error>> {
        let mut store = Store::new(&module.engine, ());
        // The component imports nothing: an empty linker will do.
        let linker = Linker::new(&module.engine);
        let world = bindings::Kafkalens::instantiate(&mut store, &module.component, &linker)?;
        let decoder = world.kafkalens_core_decoding().decoder().call_create(&mut store, config)?;
        Ok(decoder.map(|decoder| Decoder { store, world, decoder }))
    }

    /// The schemas that an event needs and that were not added yet.
    pub fn missing_schemas(&mut self, event: &str) -> Result<Result<Vec<String>, Error>> {
        let decoder = self.world.kafkalens_core_decoding().decoder();
        decoder.call_missing_schemas(&mut self.store, self.decoder, event)
    }

    /// Adds a schema document.
    pub fn add_schema(&mut self, schema: &str) -> Result<Result<(), Error>> {
        self.world.kafkalens_core_decoding().decoder().call_add_schema(&mut self.store, self.decoder, schema)
    }

    /// The schemas that were added, as JSON text.
    pub fn schemas(&mut self) -> Result<String> {
        self.world.kafkalens_core_decoding().decoder().call_schemas(&mut self.store, self.decoder)
    }

    /// How often each rule was tolerated to be broken, as JSON text.
    pub fn warnings(&mut self) -> Result<String> {
        self.world.kafkalens_core_decoding().decoder().call_warnings(&mut self.store, self.decoder)
    }

    /// What was given, as JSON text.
    pub fn envelope(&mut self, event: &str) -> Result<Result<String, Error>> {
        let decoder = self.world.kafkalens_core_decoding().decoder();
        decoder.call_envelope(&mut self.store, self.decoder, event)
    }

    /// The likely readings of a side's payload, as JSON text: of the record at a place, or of the first that has one.
    pub fn detect(&mut self, event: &str, side: Side, record: Option<u32>) -> Result<Result<String, Error>> {
        let decoder = self.world.kafkalens_core_decoding().decoder();
        decoder.call_detect(&mut self.store, self.decoder, event, side, record)
    }

    /// A Protobuf payload read without its schema, as JSON text.
    pub fn guess(&mut self, topic: &str, side: Side, payload: &[u8]) -> Result<Result<String, Error>> {
        let decoder = self.world.kafkalens_core_decoding().decoder();
        decoder.call_guess(&mut self.store, self.decoder, topic, side, payload)
    }

    /// Checks a new schema against the versions before it: a document in, a document out.
    pub fn check_compatibility(&mut self, document: &str) -> Result<Result<String, Error>> {
        let decoder = self.world.kafkalens_core_decoding().decoder();
        decoder.call_check_compatibility(&mut self.store, self.decoder, document)
    }

    /// Encodes a datum from its JSON text.
    pub fn encode(&mut self, schema_type: &str, schema: &str, json: &str) -> Result<Result<Vec<u8>, Error>> {
        let decoder = self.world.kafkalens_core_decoding().decoder();
        decoder.call_encode(&mut self.store, self.decoder, schema_type, schema, json)
    }

    /// Whether filter criteria keep a record, as JSON text.
    pub fn matches_filter(&mut self, pattern: &str, record: &str) -> Result<Result<String, Error>> {
        let decoder = self.world.kafkalens_core_decoding().decoder();
        decoder.call_matches_filter(&mut self.store, self.decoder, pattern, record)
    }

    /// Decodes an event into `{"records":[…]}`.
    pub fn decode_event(&mut self, event: &str) -> Result<Result<String, Error>> {
        let decoder = self.world.kafkalens_core_decoding().decoder();
        decoder.call_decode_event(&mut self.store, self.decoder, event)
    }

    /// Decodes an event into records.
    pub fn decode_records(&mut self, event: &str) -> Result<Result<Vec<KafkaRecord>, Error>> {
        let decoder = self.world.kafkalens_core_decoding().decoder();
        decoder.call_decode_records(&mut self.store, self.decoder, event)
    }

    /// Decodes one payload.
    pub fn decode_payload(&mut self, topic: &str, side: Side, payload: &[u8]) -> Result<Decoded> {
        let decoder = self.world.kafkalens_core_decoding().decoder();
        decoder.call_decode_payload(&mut self.store, self.decoder, topic, side, payload)
    }
}
