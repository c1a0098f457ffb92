//! The one table of error codes: what docs/errors.md is made from.

use super::Category;

/// Declares [`Code`] and what belongs to each code: its text and category, what was expected and found, a hint.
macro_rules! codes {
    ($($name:ident $text:literal $category:ident { $about:literal, $expected:literal, $found:literal, $hint:literal })*) => {
        /// A stable error code. Its text form is SCREAMING_SNAKE and the same in every host; a code never changes its
        /// meaning. `docs/errors.md` has an anchor for each.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        #[non_exhaustive]
        pub enum Code { $(#[doc = $about] $name,)* }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &'static [Code] = &[$(Code::$name),*];

            /// The code of a text such as `AVRO_TRUNCATED`.
            pub fn from_text(text: &str) -> Option<Code> { Self::ALL.iter().copied().find(|code| code.as_str() == text) }

            /// The code as hosts show it, such as `AVRO_TRUNCATED`.
            pub const fn as_str(self) -> &'static str { match self { $(Code::$name => $text),* } }

            /// The category that the code belongs to.
            pub const fn category(self) -> Category { match self { $(Code::$name => Category::$category),* } }

            /// What the code means.
            pub const fn about(self) -> &'static str { match self { $(Code::$name => $about),* } }

            /// What was expected; `{}` stands for [`super::Fault::expected`], `{s}` for the plural that goes with it.
            pub(crate) const fn expected(self) -> &'static str { match self { $(Code::$name => $expected),* } }

            /// What was found; `{}` stands for [`super::Fault::found`], `{x}` for it in hexadecimal, `{s}` as above.
            pub(crate) const fn found(self) -> &'static str { match self { $(Code::$name => $found),* } }

            /// What usually causes it, where a rule knows.
            pub const fn hint(self) -> Option<&'static str> {
                match self { $(Code::$name => if $hint.is_empty() { None } else { Some($hint) }),* }
            }
        }
    };
}

codes! {
    // The event and its records.
    EventNotJson "EVENT_NOT_JSON" Event { "The event text is not JSON.", "JSON text", "a byte that JSON does not allow there",
        "documentation samples often hold comments or trailing commas: remove them" }
    EventShape "EVENT_SHAPE" Event { "The event is JSON, but not a Kafka event in any form that is known.",
        "an object with `records`", "another shape", "pass the whole Lambda event, not a part of it" }
    EventRecordShape "EVENT_RECORD_SHAPE" Event { "One record, or one of its fields, has the wrong JSON type.",
        "a record field of its documented type", "another type", "" }
    EventLimit "EVENT_LIMIT" Limit { "The event is larger than a limit allows.", "at most {}", "{}",
        "raise the limit that the message names, or split the event" }

    // Base64 of keys and values.
    Base64Invalid "BASE64_INVALID" Base64 { "A key or value is not base64.", "base64 text",
        "a character outside the standard alphabet", "the event may have been edited, or the payload encoded by other means" }

    // Configuration.
    ConfigInvalid "CONFIG_INVALID" Schema { "The configuration is not valid.", "a valid configuration", "another",
        "names and values are those of docs/options.md" }

    // Framings.
    FramingTruncated "FRAMING_TRUNCATED" Framing { "The payload ends inside its framing.", "{} byte{s} of framing", "{} byte{s}",
        "the payload may carry no framing: set `framing` to `none`" }
    ConfluentMagic "CONFLUENT_MAGIC" Framing { "The payload does not begin with Confluent's magic byte.", "the magic byte 00",
        "byte {x}", "byte 03 begins a Glue header; any other a payload without framing" }
    ConfluentIndex "CONFLUENT_INDEX" Framing { "Confluent's message indexes are malformed, or name no message of the schema.",
        "message indexes that name a message", "indexes that name none", "the schema may be another version's" }
    GlueVersion "GLUE_VERSION" Framing { "The payload does not begin with Glue's header version.", "the header version byte 03",
        "byte {x}", "byte 00 begins a Confluent prefix; any other a payload without framing" }
    GlueCompression "GLUE_COMPRESSION" Framing { "Glue's compression byte is unknown.", "compression byte 00 or 05", "byte {x}", "" }
    GlueBadZlib "GLUE_BAD_ZLIB" Framing { "The zlib body of a Glue payload is damaged or truncated.", "a whole zlib stream",
        "a damaged or truncated one", "" }
    GlueIndex "GLUE_INDEX" Framing { "Glue's message index is malformed, or names no message of the schema.",
        "an index below {}", "{}", "the schema may be another version's" }
    SingleObjectMarker "SINGLE_OBJECT_MARKER" Framing { "The payload does not begin with the marker of Avro's single-object encoding.",
        "the marker c3 01", "byte {x}", "the payload may carry another framing, or none" }
    ContainerInvalid "CONTAINER_INVALID" Framing { "The payload is no Avro object container file, or a damaged one.",
        "the magic bytes of an object container file", "byte {x}", "the file may be damaged, or not be of Avro's format" }
    ContainerCodec "CONTAINER_CODEC" Framing { "An object container file is compressed with a codec that is not at hand.",
        "the codec `null` or `deflate`", "another", "snappy, zstandard, bzip2 and xz need the native crate's feature `codecs`" }
    ContainerBlock "CONTAINER_BLOCK" Framing { "A compressed block of an object container file is damaged.",
        "a whole compressed block", "a damaged one", "" }
    InflateLimit "INFLATE_LIMIT" Limit { "A compressed body inflates beyond the limit.", "at most {} byte{s} (limit `inflatedBytes`)",
        "more", "raise `limits.inflatedBytes` if the payload is trusted" }
    EventInflateLimit "EVENT_INFLATE_LIMIT" Limit { "The compressed bodies of an event, all together, inflate beyond the limit.",
        "at most {} byte{s} in an event (limit `eventInflatedBytes`)", "more",
        "raise `limits.eventInflatedBytes` if the event is trusted, or take smaller batches" }
    FramingFormatMismatch "FRAMING_FORMAT_MISMATCH" Framing { "The record's schema metadata, or the CloudEvent that it is, names another format than the configuration.",
        "the configured format", "another", "configure the format that is named; in a CloudEvent, data in bytes stand in `data_base64`" }

    FramingUnknown "FRAMING_UNKNOWN" Framing { "The payload begins as none of the configured framings does.",
        "one of the configured framings", "byte {x}", "`none` at the end of the list takes payloads without framing" }
    FramingHeader "FRAMING_HEADER" Framing { "A header that the framing needs is absent or of another form.", "the framing's header",
        "byte {x}", "the producer may write another framing" }
    ApicurioMagic "APICURIO_MAGIC" Framing { "The payload does not begin with Apicurio's magic byte, and no header names its schema.",
        "the magic byte 00", "byte {x}", "" }
    ApicurioRef "APICURIO_REF" Framing { "The name of the message that precedes Apicurio's Protobuf is malformed, or names no message of the schema.",
        "the name of a message", "another", "the schema may be another version's" }
    CloudEventInvalid "CLOUDEVENT_INVALID" Framing { "The value is no CloudEvent in JSON with data.",
        "a JSON document with `specversion` and `data` or `data_base64`", "another", "" }
    PayloadEncrypted "PAYLOAD_ENCRYPTED" Framing { "The schema's rules encrypt the whole payload: kafkalens has no keys.", "a payload that is not encrypted",
        "one that an `ENCRYPT_PAYLOAD` rule encrypts", "decrypt it first, with Confluent's own deserializer; `schemas` tells which schemas encrypt" }
    ConnectShape "CONNECT_SHAPE" Decode { "The value is not Kafka Connect's JSON envelope (with `schemas.enable=false` it is plain JSON: use the format `json`), or does not fit its schema.",
        "an object with `schema` and `payload`", "another", "" }

    // Filter criteria.
    FilterInvalid "FILTER_INVALID" Schema { "A filter pattern is not one that an event source mapping takes.", "a filter pattern", "another value",
        "a pattern is an object of fields, each with a list of values and operators, of at most 4,096 characters" }

    // Schemas.
    SchemaMissing "SCHEMA_MISSING" Schema { "The schema that the record names has not been added.", "the schema to be at hand",
        "none for this reference", "fetch what `missingSchemas` lists and hand it to `addSchema`, or use `decode`, which does both" }
    SchemaReferenceMissing "SCHEMA_REFERENCE_MISSING" Schema { "The record names no schema, and none is configured.",
        "a schema reference in the framing, or a configured `writer`", "neither",
        "configure `writer` (or `message` and its files), or the framing that carries the reference" }
    SchemaIdUnexpected "SCHEMA_ID_UNEXPECTED" Schema { "The record was written with a schema that the configured `writer` does not stand for.",
        "one of the configured `ids`", "another reference",
        "add the id to `ids`, set `anyId: true` to use `writer` for every id, or remove `writer` and add schemas by reference" }
    SchemaTypeMismatch "SCHEMA_TYPE_MISMATCH" Schema { "The schema is of another type than the configured format.",
        "a schema of the configured format", "another type", "configure the format of the schema" }
    SchemaInvalid "SCHEMA_INVALID" Schema { "The schema does not parse, or breaks a rule of its format.", "a valid schema", "another", "" }
    SchemaLimit "SCHEMA_LIMIT" Limit { "The schema is larger or deeper than a limit allows.", "at most {}", "more",
        "raise the limit that the message names if the schema is trusted" }
    SchemaIncompatible "SCHEMA_INCOMPATIBLE" Schema { "The reader schema can never read what the writer schema writes.",
        "a reader schema that resolves", "one that does not", "`checkCompatibility` lists every reason" }
    MessageUnknown "MESSAGE_UNKNOWN" Schema { "The configured message is not in the schema.", "a message of the schema", "a name it does not have",
        "use the full name, with its package" }
    MessageMismatch "MESSAGE_MISMATCH" Schema { "The record's message index names another message than the configuration.",
        "the configured message", "another in the payload's message index",
        "configure that message, or set `messageIndex` to `warn` or `ignore`" }

    // Avro data.
    AvroTruncated "AVRO_TRUNCATED" Decode { "The datum ends before its schema does.", "{} more byte{s}", "{} left in the datum",
        "the writer schema may be another version, or an undeclared framing may precede the datum" }
    AvroTrailing "AVRO_TRAILING" Decode { "Bytes remain after the datum.", "the end of the datum", "{} more byte{s}",
        "the writer schema may be another version, or an undeclared framing may precede the datum; the lenient rule `trailing-bytes` ignores them" }
    AvroVarint "AVRO_VARINT" Decode { "A variable-length integer is longer than 64 bits.", "a variable-length integer of at most 64 bits",
        "a longer one", "" }
    AvroIntRange "AVRO_INT_RANGE" Decode { "An int does not fit 32 bits.", "an int of 32 bits", "a larger number",
        "the lenient rule `int-overflow` keeps its lower 32 bits" }
    AvroLength "AVRO_LENGTH" Decode { "A length or block count is negative or too large.", "a length from 0", "{}",
        "the writer schema may be another version, or an undeclared framing may precede the datum" }
    AvroBoolean "AVRO_BOOLEAN" Decode { "A boolean is neither 0 nor 1.", "byte 00 or 01", "byte {x}",
        "the lenient rule `boolean` takes any other byte for false, as Java does" }
    AvroUtf8 "AVRO_UTF8" Decode { "A string is not UTF-8.", "UTF-8 text", "a byte that is none",
        "the lenient rule `utf8` puts U+FFFD in its place" }
    AvroUnionIndex "AVRO_UNION_INDEX" Decode { "A union's branch index is outside the union.", "a branch index below {}", "{}",
        "the writer schema may be another version, or an undeclared framing may precede the datum" }
    AvroUnionUnresolved "AVRO_UNION_UNRESOLVED" Decode { "The branch that was written resolves to nothing in the reader schema.",
        "a branch that the reader schema can read", "branch {}", "" }
    AvroEnumIndex "AVRO_ENUM_INDEX" Decode { "An enum's index is outside its symbols.", "a symbol index below {}", "{}",
        "the writer schema may be another version" }
    AvroEnumUnresolved "AVRO_ENUM_UNRESOLVED" Decode { "The symbol that was written is not in the reader's enum, which has no default.",
        "a symbol of the reader schema", "symbol {} of the writer's", "give the reader's enum a `default`" }
    AvroDepth "AVRO_DEPTH" Limit { "The datum is nested deeper than the limit.", "at most {} level{s} (limit `depth`)", "more",
        "raise `limits.depth` if the data is trusted" }
    AvroBlockCount "AVRO_BLOCK_COUNT" Decode { "An array or map claims more items than the bytes left can hold.",
        "at most {} item{s} in the bytes left", "a count of {}",
        "the writer schema may be another version, or an undeclared framing may precede the datum" }
    AvroItems "AVRO_ITEMS" Limit { "The datum holds more items that take no bytes than the limit.",
        "at most {} item{s} without bytes (limit `items`)", "more", "raise `limits.items` if the data is trusted" }
    AvroLogicalRange "AVRO_LOGICAL_RANGE" Decode { "A logical value is outside what its type can express.", "a value within its logical type's range",
        "one outside it", "`timestamps: \"epoch\"` or `decimals: \"raw\"` gives the underlying value" }

    // Protobuf data.
    ProtobufTruncated "PROTOBUF_TRUNCATED" Decode { "The message ends inside a field.", "{} more byte{s}", "{} left in the message",
        "the payload may carry a framing that is not declared" }
    ProtobufVarint "PROTOBUF_VARINT" Decode { "A varint is longer than ten bytes.", "a varint of at most ten bytes", "a longer one", "" }
    ProtobufTag "PROTOBUF_TAG" Decode { "A tag has the field number 0, one too high, or an unknown wire type.", "a field tag",
        "one with an illegal number or wire type", "the payload may carry a framing that is not declared" }
    ProtobufGroup "PROTOBUF_GROUP" Decode { "A group is closed by another number, or never.", "the end of the open group", "another tag or the end", "" }
    ProtobufUtf8 "PROTOBUF_UTF8" Decode { "A string field is not UTF-8.", "UTF-8 text", "a byte that is none",
        "the lenient rule `utf8` puts U+FFFD in its place" }
    ProtobufDepth "PROTOBUF_DEPTH" Limit { "The message is nested deeper than the limit.", "at most {} level{s} (limit `depth`)", "more",
        "raise `limits.depth` if the data is trusted" }
    ProtobufItems "PROTOBUF_ITEMS" Limit { "The message holds more values than the limit.", "at most {} value{s} (limit `items`)", "more",
        "raise `limits.items` if the data is trusted" }
    ProtobufRequired "PROTOBUF_REQUIRED" Decode { "A required field is absent.", "every required field", "a message without one",
        "the lenient rule `required` leaves it out" }
    ProtobufWellKnown "PROTOBUF_WELL_KNOWN" Decode { "A well-known type holds what its JSON form cannot express.",
        "a value within the range of the well-known type", "one outside it", "" }

    // JSON and text.
    JsonSyntax "JSON_SYNTAX" Decode { "The payload is not JSON.", "JSON", "a byte that JSON does not allow there",
        "the payload may be text, or carry a framing that is not declared" }
    JsonTruncated "JSON_TRUNCATED" Decode { "The JSON payload ends too early.", "more JSON", "the end of the payload", "" }
    JsonTrailing "JSON_TRAILING" Decode { "Bytes remain after the JSON document.", "the end of the document", "{} more byte{s}",
        "the lenient rule `trailing-bytes` ignores them" }
    JsonNumberRange "JSON_NUMBER_RANGE" Decode { "A JSON number is beyond what a double can hold, or has too many digits.",
        "a number within the range of a double, of at most 1,000 digits", "a larger one", "" }
    JsonSurrogate "JSON_SURROGATE" Decode { "A JSON string holds half of a surrogate pair.", "a whole surrogate pair", "half of one",
        "the lenient rule `utf8` puts U+FFFD in its place" }
    JsonUtf8 "JSON_UTF8" Decode { "A JSON payload is not UTF-8.", "UTF-8 text", "a byte that is none",
        "the lenient rule `utf8` puts U+FFFD in its place" }
    JsonDepth "JSON_DEPTH" Limit { "The JSON document is nested deeper than the limit.", "at most {} level{s} (limit `depth`)", "more",
        "raise `limits.depth` if the data is trusted" }
    TextEncoding "TEXT_ENCODING" Decode { "A text payload is not in its encoding.", "text in the configured encoding", "a byte that is none",
        "configure the format that the producer writes; the lenient rule `utf8` puts U+FFFD in its place" }
    PrimitiveLength "PRIMITIVE_LENGTH" Decode { "A primitive has the wrong number of bytes.", "{} byte{s}", "{}",
        "configure the type that the producer's serializer writes" }

    // Output.
    OutputLimit "OUTPUT_LIMIT" Limit { "What an event is decoded to is larger than the limit.", "at most {} byte{s} of decoded values (limit `outputBytes`)",
        "more", "raise `limits.outputBytes` if the event is trusted, or take smaller batches" }
    OutputInt64Unsafe "OUTPUT_INT64_UNSAFE" Output { "A 64-bit integer would be rounded by `int64: \"number\"`.",
        "an integer within ±(2^53 − 1)", "a larger one", "use `int64: \"bigint\"`, `\"auto\"` or `\"string\"`" }
    OutputInvalid "OUTPUT_INVALID" Output { "A side's `output` refused the decoded value, or failed. The npm package only.",
        "what the side's `output` accepts", "another", "`issues` and `thrown` of this error tell more: they may quote the value, so they aren't logged with it" }
    OutputAsync "OUTPUT_ASYNC" Output { "A side's `output` is asynchronous, but the value was asked for at once. The npm package only.",
        "a value at once", "a promise", "use `await decoder.decode(event)` or `kafkaHandler`, which wait for it" }

    // Encoding.
    EncodeValue "ENCODE_VALUE" Output { "A JSON value does not fit the schema that it is to be encoded under.",
        "a value of the schema's type", "another", "a value has the form that decoding gives under the same options" }

    // Schema sources: registries and whatever else a host fetches schemas from.
    SourceUnauthorized "SOURCE_UNAUTHORIZED" Source { "The schema source did not accept the credentials, or had none (status 401).",
        "the schema", "that the source refuses the credentials", "check the credentials that the source is configured with" }
    SourceForbidden "SOURCE_FORBIDDEN" Source { "The credentials do not allow the schema to be read (status 403, Glue's AccessDeniedException).",
        "the schema", "that the source forbids it", "a role that reads from Glue needs glue:GetSchemaVersion" }
    SourceNotFound "SOURCE_NOT_FOUND" Source { "The schema source has no such schema. The answer is kept for ten seconds.",
        "the schema", "that the source has none", "the record may be of another registry, account, region or context, or the schema may have been deleted" }
    SourceTimeout "SOURCE_TIMEOUT" Source { "The schema source did not answer in time.", "the schema", "no answer in time",
        "a function in a VPC needs a route to the registry or an endpoint" }
    SourceUnavailable "SOURCE_UNAVAILABLE" Source { "The schema source could not be reached, was busy (429), or failed (5xx), also when tried again.",
        "the schema", "that the source is not available", "" }
    SourceNotRegistry "SOURCE_NOT_REGISTRY" Source { "What answered is not a schema registry: a page, or a server that does not know the path.",
        "the schema", "an answer that no registry gives", "the address may be of another server, or lack a path" }
    SourceSchemaStatus "SOURCE_SCHEMA_STATUS" Source { "The registry has the schema, but in a state in which it is not to be used (Glue's FAILURE, PENDING).",
        "a schema that may be used", "one that may not", "" }
    SourceUnsupported "SOURCE_UNSUPPORTED" Source { "The schema source does not know this kind of reference, or the type of the schema behind it.",
        "a reference of the source's kind", "another", "the record may be of another registry" }
    SourceFailed "SOURCE_FAILED" Source { "The schema source failed in another way.", "the schema", "a failure", "" }

    // Never expected.
    Internal "INTERNAL" Output { "A fault in kafkalens itself.", "this not to happen", "it did", "please report it" }
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn codes_are_screaming_snake_and_unique() {
        let mut seen = std::collections::HashSet::new();
        for code in Code::ALL {
            assert!(
                code.as_str().chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_'),
                "{code:?}"
            );
            assert!(seen.insert(code.as_str()), "{code:?} twice");
        }
    }
}
