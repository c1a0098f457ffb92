/** What the testing kit takes and gives. */

import type { AvroSchema, SchemaDocument } from "../config.js";

/** How a side is written, beyond what its configuration says. */
export interface Writing {
  /**
   * The schema to write with. Default: the local schema of the configuration (`writer`, `files` or `descriptorSet`). Of
   * Protobuf it is .proto text or base64 of a descriptor set.
   */
  schema?: AvroSchema;
  /** The schemas that it refers to. */
  references?: SchemaDocument["references"];
  /** Protobuf: the full name of the message. Default: `message` of the configuration, else the schema's first. */
  message?: string;
  /** The id that names the schema: `42`, a UUID or a reference. Default: the first of the configuration's `ids`, else one. */
  id?: number | string;
  /** Whether the id is in a header, where the framing knows one (`confluent`, `apicurio`). Default false. */
  idInHeader?: boolean;
  /** Whether the datum is compressed, where the framing knows that (`glue`, `ocf`). Default false. */
  compressed?: boolean;
}

/** How events are built. */
export interface EventOptions {
  /** The topic of records that don't name one. Default `"topic"`. */
  topic?: string;
  /** How keys are written. */
  key?: Writing;
  /** How values are written. */
  value?: Writing;
  /**
   * What an event source mapping with a schema registry delivers: `"SOURCE"`, payloads without their prefix, beside their
   * schema's id; `"JSON"`, both as JSON text. Default: a mapping without a registry, which delivers payloads as they are.
   */
  eventRecordFormat?: "SOURCE" | "JSON";
}

/** A record to be built. */
export interface TestRecord {
  /** The topic. Default: that of {@link EventOptions}. */
  topic?: string;
  /** The partition. Default 0. */
  partition?: number;
  /** The offset. Default: the one after the partition's last record, from 0. */
  offset?: number;
  /** Milliseconds since 1970. Default: a second after the last record's, from 2024-01-01. */
  timestamp?: number;
  /** What the timestamp is of. Default `"CREATE_TIME"`. */
  timestampType?: "CREATE_TIME" | "LOG_APPEND_TIME";
  /** The headers, in order: text is UTF-8. */
  headers?: readonly (readonly [name: string, value: string | Uint8Array | null])[];
  /** The key: a value as the decoder would give it. Undefined: the record has none; null is null. */
  key?: unknown;
  /** The value: as the decoder would give it. Undefined or null: a tombstone. */
  value?: unknown;
}

/** A record as an event has it. */
export interface EventRecord {
  topic: string;
  partition: number;
  offset: number;
  timestamp: number;
  timestampType: "CREATE_TIME" | "LOG_APPEND_TIME";
  key?: string | null;
  value?: string | null;
  headers: { [name: string]: number[] | null }[];
  keySchemaMetadata?: { schemaId: string; dataFormat: string };
  valueSchemaMetadata?: { schemaId: string; dataFormat: string };
}

/** A Lambda event of Amazon MSK. */
export interface MskEvent {
  eventSource: "aws:kafka";
  eventSourceArn: string;
  bootstrapServers: string;
  records: { [partition: string]: EventRecord[] };
}

/** A Lambda event of self-managed Kafka. */
export interface SelfManagedEvent {
  eventSource: "SelfManagedKafka";
  bootstrapServers: string;
  records: { [partition: string]: EventRecord[] };
}

/** What is told of a failure that left an on-failure record. */
export interface FailureOptions {
  /**
   * Where the mapping sends it. `"s3"` (default): the document of an object, with the event in it; `"sqs"`, `"sns"`: the
   * event of a function behind that queue or topic, which names the records only.
   */
  destination?: "s3" | "sqs" | "sns";
  /** Why it was given up. Default `"RetryAttemptsExhausted"`. */
  condition?: "RetryAttemptsExhausted" | "MaximumPayloadSizeExceeded";
}
