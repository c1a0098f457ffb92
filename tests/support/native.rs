//! What the native core gives: what the other hosts must give.

use kafkalens::decoder::Decoder;

/// As [`super::Host::decode`], of an event that may be no text.
pub(crate) fn decode(config: &str, schemas: &[String], event: &[u8]) -> Result<String, String> {
    let mut decoder = Decoder::new(config).map_err(|e| e.to_json())?;
    for schema in schemas {
        // A schema that is refused is the error of the records that name it.
        let _ = decoder.add_schema(schema);
    }
    decoder.decode_event(event).map_err(|e| e.to_json())
}
