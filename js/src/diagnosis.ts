/** What the verbs that diagnose give. */

import type { ErrorDocument } from "./core.js";

/** A schema that was added. */
export interface SchemaInfo {
  /** What records name it by. */
  reference: string;
  /** The kind of schema. */
  type: "AVRO" | "PROTOBUF" | "JSON";
  /** The registry's word on it, such as `"FAILURE"`, where it gave one. */
  status?: string;
  /** Whether rules encrypt some fields, or the whole payload: kafkalens has no keys. */
  encrypted?: "fields" | "payload";
}

/** What was given. */
export interface Envelope {
  /** What the whole is: `event`, `records`, `record`, or what those came in. */
  kind: string;
  /** How many records there are to decode. */
  records: number;
  /** The texts with records that were found. */
  parts: EnvelopePart[];
}

/** One text with records, or with the names of some. */
export interface EnvelopePart {
  /** What the text is; `none` where it holds no records. */
  kind: "event" | "records" | "record" | "none";
  /** What it came in, from the outside in. */
  within?: EnvelopeWrapper[];
  /** `aws:kafka` or `SelfManagedKafka`, as a rule. */
  eventSource?: string;
  /** The cluster. */
  eventSourceArn?: string;
  /** The brokers, comma-separated. */
  bootstrapServers?: string;
  /** How many records there are to decode. */
  records: number;
  /** The records of each partition. */
  partitions: EnvelopePartition[];
  /** Why it can't be read. */
  error?: ErrorDocument;
}

/** What a part came in. */
export interface EnvelopeWrapper {
  kind: "line" | "item" | "sqs" | "sns" | "log" | "on-failure";
  /** Its place among its like. */
  index?: number;
  /** The id of the message. */
  messageId?: string;
  /** The id of the invocation. */
  requestId?: string;
  /** The function. */
  functionArn?: string;
  /** Why the invocation was given up, such as `RetryAttemptsExhausted`. */
  condition?: string;
  /** About how often it was tried. */
  approximateInvokeCount?: number;
  /** The status of the last try. */
  statusCode?: number;
  /** What kind of error the function gave. */
  functionError?: string;
  /** When it was written, in ISO 8601. */
  timestamp?: string;
  /** How many records the batch held. */
  batchSize?: number;
  /** How many bytes the batch took. */
  payloadSize?: number;
}

/** The records of one partition. Offsets are digits: some are too long for a number. */
export interface EnvelopePartition {
  topic?: string;
  partition?: number;
  /** How many are in the event; absent where they are only named. */
  records?: number;
  firstOffset?: string;
  lastOffset?: string;
  /** Whether they are all offsets from the first to the last, in order. */
  contiguous?: boolean;
  firstTimestamp?: string;
  lastTimestamp?: string;
  /** What reads them from the topic, where they are only named. */
  command?: string;
}

/** One way to read a payload. */
export interface Reading {
  /** The framing to configure. */
  framing: string;
  /** The format to configure; absent where only a schema would tell. */
  format?: string;
  /** The schema that the framing names. */
  schema?: string;
  /** From 0 to 1. */
  confidence: number;
  /** What speaks for it. */
  reason: string;
  /** Whether the payload decodes so with the schemas at hand; absent where none is. */
  decodes?: boolean;
}

/** A Protobuf payload, read without its schema. */
export interface Guess {
  /** The framing that was read; what `esm` leaves has none, or a message index. */
  framing: string;
  /** The schema that the framing names. */
  schema?: string;
  /** What places count in; absent where it is the payload as it came. */
  space?: "body";
  /** Where the message begins. */
  start: number;
  /** The fields, in their order on the wire. */
  fields: GuessedField[];
  /** There were more than 20,000 fields and packed values: the rest is left out. */
  truncated?: true;
}

/** A field as it stands. */
export interface GuessedField {
  /** Its number. */
  number: number;
  /** How its value is written. */
  wireType: "varint" | "fixed64" | "length" | "group" | "fixed32";
  /** The first byte of its tag. */
  start: number;
  /** The byte after its last. */
  end: number;
  /** What it may be, the likeliest first. */
  readings: FieldReading[];
}

/** What a field may be, by Protobuf's types: an enum is a `uint64`, its 64-bit integers are texts of their digits. */
export type FieldReading = {
  /** How plausible it is, from 0 to 1: an order, no probability. */
  confidence: number;
  /** The value is longer: 1,024 bytes of a text or of bytes are told, 100 packed values. */
  truncated?: true;
} & (
  | { as: "message" | "group"; value: GuessedField[] }
  | { as: "bool"; value: boolean }
  | { as: "uint64" | "int64" | "sint64" | "fixed64" | "sfixed64" | "string"; value: string }
  /** Base64. */
  | { as: "bytes"; value: string }
  | { as: "fixed32" | "sfixed32"; value: number }
  | { as: "float" | "double"; value: number | "NaN" | "Infinity" | "-Infinity" }
  | { as: "packed uint64" | "packed fixed64"; value: string[] }
  | { as: "packed fixed32"; value: number[] }
  | { as: "packed float" | "packed double"; value: (number | "NaN" | "Infinity" | "-Infinity")[] }
);

/** What an event source mapping would do with a record. */
export interface FilterOutcome {
  /** Whether it would be kept. */
  matches: boolean;
  /** The clauses that fail. */
  failed: { filter: number; path: string; clause: unknown; found: string }[];
  /** Where a pattern asks for what isn't documented. */
  warnings?: string[];
}

/** Where a schema departs from the specification, and how. */
export interface Departure {
  /** The name of the reference whose text it is in; absent for the schema's own. */
  readonly reference?: string;
  /** The place in that text's JSON: `$.fields[0].type`. */
  readonly path: string;
  /** What the specification asks for, and what stands there. */
  readonly message: string;
}
