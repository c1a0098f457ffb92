//! A schema, and the plans of its messages in the dialect `protojson`.

use kafkalens::dialect::Options;
use kafkalens::error::Code;
use kafkalens::format::protobuf::{Dynamic, MessageId, Plan, Schema, Scratch};
use kafkalens::limits::Limits;
use kafkalens::sink::json::Json;
use kafkalens::wire::Cursor;
use std::collections::HashMap;
use std::error::Error;
use std::sync::Arc;

pub(crate) struct Messages {
    pub(crate) schema: Arc<Schema>,
    plans: HashMap<String, Plan>,
    scratch: Scratch,
    options: Options,
}

impl Messages {
    pub(crate) fn from_text(files: &[(&str, &str)]) -> Result<Self, Box<dyn Error>> {
        Self::new(Schema::from_sources(files, &Limits::default())?)
    }

    pub(crate) fn new(schema: Schema) -> Result<Self, Box<dyn Error>> {
        let options = Options::from_json(r#"{"dialect":"protojson"}"#)?;
        Ok(Messages { schema: schema.into(), plans: HashMap::new(), scratch: Scratch::default(), options })
    }

    pub(crate) fn id(&self, name: &str) -> Option<MessageId> {
        self.schema.message(name)
    }

    /// Whether the bytes are a message, whatever its JSON form.
    pub(crate) fn reads(&self, name: &str, bytes: &[u8]) -> bool {
        self.id(name).is_some_and(|id| Dynamic::decode(&self.schema, id, bytes, &Limits::default()).is_ok())
    }

    /// A message as ProtoJSON, by the decoder that hosts use.
    pub(crate) fn json(&mut self, name: &str, bytes: &[u8]) -> Result<String, Code> {
        if !self.plans.contains_key(name) {
            let id = self.id(name).ok_or(Code::MessageUnknown)?;
            let plan = Plan::compile(&self.schema, id, &self.options.style(), &Limits::default());
            self.plans.insert(name.to_owned(), plan.map_err(|e| e.code())?);
        }
        let mut json = Json::new();
        let cursor = Cursor::new(bytes, 0, bytes.len());
        self.plans[name].decode(cursor, &mut self.scratch, &mut json).map_err(|f| f.code)?;
        Ok(json.into_string())
    }
}
