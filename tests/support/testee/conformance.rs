//! `conformance INCLUDE`: the testee of the official conformance suite. INCLUDE holds its .proto files, which are compiled
//! from their text.

use crate::schema::Messages;
use kafkalens::error::Code;
use kafkalens::format::protobuf::message::{Content, Value};
use kafkalens::format::protobuf::{Dynamic, MessageId};
use kafkalens::limits::Limits;
use std::error::Error;
use std::io::{ErrorKind, Read, Write, stdin, stdout};
use std::path::Path;

const FILES: [&str; 6] = [
    "conformance/conformance.proto",
    "google/protobuf/test_messages_proto2.proto",
    "google/protobuf/test_messages_proto3.proto",
    "google/protobuf/test_messages_edition2023.proto",
    "google/protobuf/test_messages_proto2_editions.proto",
    "google/protobuf/test_messages_proto3_editions.proto",
];

/// Fields of `ConformanceRequest` and `ConformanceResponse`.
const REQUEST_PROTOBUF: u32 = 1;
const REQUEST_JSON: u32 = 2;
const REQUEST_OUTPUT: u32 = 3;
const REQUEST_TYPE: u32 = 4;
const REQUEST_CATEGORY: u32 = 5;
const PARSE_ERROR: u32 = 1;
const RUNTIME_ERROR: u32 = 2;
const PROTOBUF: u32 = 3;
const JSON: u32 = 4;
const SKIPPED: u32 = 5;
const SERIALIZE_ERROR: u32 = 6;

/// `WireFormat` and `TestCategory`.
const OUTPUT_PROTOBUF: u64 = 1;
const OUTPUT_JSON: u64 = 2;
const IGNORE_UNKNOWN: u64 = 3;

pub(crate) fn run(include: &str) -> Result<(), Box<dyn Error>> {
    let mut files = Vec::new();
    for name in FILES {
        files.push((name, std::fs::read_to_string(Path::new(include).join(name))?));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(n, t)| (*n, t.as_str())).collect();
    let mut messages = Messages::from_text(&files)?;
    let request = messages.id("conformance.ConformanceRequest").ok_or("no request message")?;
    let response = messages.id("conformance.ConformanceResponse").ok_or("no response message")?;
    let limits = Limits::default();
    loop {
        let mut length = [0; 4];
        match stdin().read_exact(&mut length) {
            Err(e) if e.kind() == ErrorKind::UnexpectedEof => return Ok(()),
            other => other?,
        }
        let mut bytes = vec![0; u32::from_le_bytes(length) as usize];
        stdin().read_exact(&mut bytes)?;
        let asked =
            Dynamic::decode(&messages.schema, request, &bytes, &limits).map_err(|f| format!("{f:?}"))?;
        let (field, content) = answer(&mut messages, &asked);
        let mut out = Dynamic::default();
        out.fields.insert(field, Content::One(Value::Bytes(content)));
        let out = out.encode(&messages.schema, response);
        let mut stdout = stdout().lock();
        stdout.write_all(&u32::try_from(out.len())?.to_le_bytes())?;
        stdout.write_all(&out)?;
        stdout.flush()?;
    }
}

fn bytes(m: &Dynamic, field: u32) -> Option<&[u8]> {
    match m.fields.get(field) {
        Some(Content::One(Value::Bytes(bytes))) => Some(bytes),
        _ => None,
    }
}

fn number(m: &Dynamic, field: u32) -> u64 {
    match m.fields.get(field) {
        Some(Content::One(Value::Bits(bits))) => *bits,
        _ => 0,
    }
}

/// A field of the response, and what is in it.
pub(crate) type Response = (u32, Vec<u8>);

/// A message that was asked about.
pub(crate) struct Asked {
    name: String,
    id: MessageId,
    /// Its value: what is answered is written from this alone.
    pub(crate) message: Dynamic,
    /// What the decoder that hosts use says of the payload, if it was bytes.
    json: Option<Result<String, Code>>,
    output: u64,
}

fn answer(messages: &mut Messages, asked: &Dynamic) -> Response {
    match read(messages, asked) {
        Ok(asked) => write(messages, asked),
        Err(response) => response,
    }
}

/// Reads the message of a request; what can't be read is its response.
pub(crate) fn read(messages: &mut Messages, asked: &Dynamic) -> Result<Asked, Response> {
    let name =
        bytes(asked, REQUEST_TYPE).and_then(|b| std::str::from_utf8(b).ok()).unwrap_or_default().to_owned();
    let output = number(asked, REQUEST_OUTPUT);
    let Some(id) = messages.id(&name) else { return Err((SKIPPED, b"no such message".to_vec())) };
    if output != OUTPUT_PROTOBUF && output != OUTPUT_JSON {
        return Err((SKIPPED, b"neither binary nor JSON is asked for".to_vec()));
    }
    let limits = Limits::default();
    if let Some(payload) = bytes(asked, REQUEST_PROTOBUF) {
        let (message, json) = binary(messages, &name, id, payload)?;
        return Ok(Asked { name, id, message, json: Some(json), output });
    }
    let Some(text) = bytes(asked, REQUEST_JSON) else {
        return Err((SKIPPED, b"neither binary nor JSON".to_vec()));
    };
    let text = String::from_utf8_lossy(text);
    let ignore = number(asked, REQUEST_CATEGORY) == IGNORE_UNKNOWN;
    let message = Dynamic::from_json(&messages.schema, id, &text, ignore, &limits)
        .map_err(|error| (PARSE_ERROR, error.to_string().into()))?;
    Ok(Asked { name, id, message, json: None, output })
}

/// A message from its bytes, as a value, and as JSON by the decoder that hosts use: both must see it the same way.
fn binary(
    messages: &mut Messages,
    name: &str,
    id: MessageId,
    payload: &[u8],
) -> Result<(Dynamic, Result<String, Code>), Response> {
    let read = Dynamic::decode(&messages.schema, id, payload, &Limits::default());
    let read = read.map_err(|f| f.code).and_then(|m| match m.missing_required(&messages.schema, id) {
        Some(_) => Err(Code::ProtobufRequired),
        None => Ok(m),
    });
    let json = messages.json(name, payload);
    let decoded = match &json {
        Err(Code::ProtobufWellKnown) | Ok(_) => Ok(()),
        Err(code) => Err(*code),
    };
    match (read, decoded) {
        (Ok(message), Ok(())) => Ok((message, json)),
        (Err(code), Err(_)) => Err((PARSE_ERROR, code.as_str().into())),
        (read, decoded) => {
            let read = read.map(drop);
            Err((RUNTIME_ERROR, format!("read {read:?}, decoded {decoded:?}").into()))
        }
    }
}

/// Writes the value of a message; the payload has no part in it, but that its JSON, where it came as bytes, must be the
/// value's.
pub(crate) fn write(messages: &mut Messages, asked: Asked) -> Response {
    let encoded = asked.message.encode(&messages.schema, asked.id);
    if asked.output == OUTPUT_PROTOBUF {
        return (PROTOBUF, encoded);
    }
    let of_value = messages.json(&asked.name, &encoded);
    if asked.json.is_some_and(|json| json != of_value) {
        return (RUNTIME_ERROR, b"the payload and its value differ in JSON".to_vec());
    }
    match of_value {
        Ok(text) => (JSON, text.into()),
        Err(code) => (SERIALIZE_ERROR, code.as_str().into()),
    }
}
