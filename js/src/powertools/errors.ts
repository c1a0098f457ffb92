/** The errors of consumers: the classes, names and messages that handlers of Powertools know. */

/** What all of them are. */
export class KafkaConsumerError extends Error {
  override name = "KafkaConsumerError";
}

/**
 * A key or value that can't be decoded, or a `type` that is none. Where the core decoded, `cause` is its `DecodeError`,
 * with code, path, byte offset and hint. The message holds no payload and no schema.
 */
export class KafkaConsumerDeserializationError extends KafkaConsumerError {
  override name = "KafkaConsumerDeserializationError";
}

/** Avro or Protobuf without a schema. Thrown when the side is read. */
export class KafkaConsumerMissingSchemaError extends KafkaConsumerError {
  override name = "KafkaConsumerMissingSchemaError";
}

/** A value that its parser schema refuses; `cause` is the list of its issues. */
export class KafkaConsumerParserError extends KafkaConsumerError {
  override name = "KafkaConsumerParserError";
}
