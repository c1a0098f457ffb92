/** The public types: what a decoder does and gives. */

import type { Payload } from "./bytes.js";
import type { AvroSchema, Framing, SchemaDocument } from "./config.js";
import type { ErrorDocument, RecordDocument } from "./core.js";
import type { Departure, Envelope, FilterOutcome, Guess, Reading, SchemaInfo } from "./diagnosis.js";
import type { DecodeError } from "./errors.js";
import type { RecordHeaders } from "./headers.js";
import type { SideName } from "./side.js";

/** A value, or why there is none. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: DecodeError };

/** A side that has no payload: its property was missing from the event, or null. */
export type Tombstone = "absent" | "null";

/** One side of a record as every host prints it. */
export type SideJson =
  | { value: unknown; schema?: string }
  | { tombstone: Tombstone }
  | { error: ErrorDocument; schema?: string };

/** A record as every host prints it. */
export interface RecordJson extends RecordDocument {
  key: SideJson;
  value: SideJson;
}

/** A record. Its key and value are made when first read, and kept. */
export interface DecodedRecord<K = unknown, V = unknown> {
  /** The topic. Null only where the record's own shape is broken; then both sides carry the error. */
  readonly topic: string | null;
  /** The partition. Null only where the record's own shape is broken. */
  readonly partition: number | null;
  /** The offset. Null only where the record's own shape is broken. */
  readonly offset: number | null;
  /** Milliseconds since 1970, where the event says so. */
  readonly timestamp: number | null;
  /** The timestamp as a `Date`. */
  readonly date: Date | null;
  /** What the timestamp is of: `"CREATE_TIME"` or `"LOG_APPEND_TIME"`. */
  readonly timestampType: string | null;
  /**
   * `topic-partition-offset`, for idempotency: Kafka delivers a record at least once, under this name each time. Null only
   * where the record's own shape is broken.
   */
  readonly id: string | null;
  /** The same, after the cluster's ARN or brokers and a slash, where the event names them: unique among clusters too. */
  readonly idWithSource: string | null;
  /** The headers, in order. */
  readonly headers: RecordHeaders;
  /** The key; null for a tombstone. Throws the {@link DecodeError} of this record's key, if it has one. */
  readonly key: K | null;
  /** The value; null for a tombstone. Throws the {@link DecodeError} of this record's value, if it has one. */
  readonly value: V | null;
  /** The key or why there is none. */
  readonly keyResult: Result<K | null>;
  /** The value or why there is none. */
  readonly valueResult: Result<V | null>;
  /** The key as the event holds it, in base64; null or undefined where the event has null or nothing there. */
  readonly originalKey: string | null | undefined;
  /** The value as the event holds it, in base64; null or undefined where the event has null or nothing there. */
  readonly originalValue: string | null | undefined;
  /**
   * A payload with its framing, as it was produced; null for a tombstone. Each call gives a copy of its own. Throws the
   * side's {@link DecodeError} where the event holds no base64 there.
   */
  bytes(side?: SideName): Uint8Array | null;
  /**
   * A payload without its framing, inflated, and on a Protobuf side without message indexes: what another library's decoder
   * takes. It needs no schema. Null for a tombstone. Throws a {@link DecodeError} where the framing is not the configured one.
   */
  body(side?: SideName): Uint8Array | null;
  /** Whether and how the key is a tombstone. */
  readonly keyTombstone: Tombstone | undefined;
  /** Whether and how the value is a tombstone. */
  readonly valueTombstone: Tombstone | undefined;
  /** The reference of the key's schema, such as `"glue:UUID"`, where one was found. */
  readonly keySchema: string | undefined;
  /** The reference of the value's schema, such as `"confluent:42"`, where one was found. */
  readonly valueSchema: string | undefined;
  /**
   * The record's document for `JSON.stringify`. A 64-bit integer is a number where that is exact, else a string of its
   * digits; `stringify(record)` writes its digits as a number always.
   */
  toJSON(): RecordJson;
}

/** Counts of a batch's records. */
export interface BatchStats {
  /** Records. */
  readonly records: number;
  /** Records with an error on neither side. */
  readonly ok: number;
  /** Records with an error on either side. */
  readonly failed: number;
  /** Records whose value is a tombstone. */
  readonly tombstones: number;
}

/**
 * The records of an event, in its order. They are decoded in chunks of at most 256, each when one of its records is first
 * read: until then leave an event object as it is. A loop over more than 1,024 records keeps none of those that it has passed.
 */
export interface Batch<K = unknown, V = unknown> extends Iterable<DecodedRecord<K, V>> {
  readonly [index: number]: DecodedRecord<K, V>;
  /** How many records there are. */
  readonly length: number;
  /** The record at a place; a negative one counts from the end. */
  at(index: number): DecodedRecord<K, V> | undefined;
  /** The errors of all sides, by code. */
  readonly errors: ReadonlyMap<string, readonly DecodeError[]>;
  /** Counts of the batch's records. */
  readonly stats: BatchStats;
  /** The records' documents, for `JSON.stringify`. */
  toJSON(): { records: RecordJson[] };
}

/** Which schemas must be able to read whose data. */
export type CompatibilityMode =
  | "NONE"
  | "DISABLED"
  | "BACKWARD"
  | "BACKWARD_ALL"
  | "FORWARD"
  | "FORWARD_ALL"
  | "FULL"
  | "FULL_ALL";

/** A version of a schema, with those that it refers to where there are some. */
export type SchemaVersion = AvroSchema | { schema: AvroSchema; references?: SchemaDocument["references"] };

/** A version of a Protobuf schema: .proto text or base64 of descriptors, with the files that it imports where there are some. */
export type ProtobufVersion = string | { schema: string; references?: SchemaDocument["references"] };

/** What {@link Decoder.checkCompatibility} is asked. */
export type CompatibilityQuestion = {
  mode: CompatibilityMode;
  /** The schemas that the new one refers to: files by the names of their imports, Avro types by theirs. */
  references?: SchemaDocument["references"];
} & (
  | {
      type: "AVRO";
      /** The new schema. */
      schema: AvroSchema;
      /** The versions before it, oldest first. */
      history: readonly SchemaVersion[];
    }
  | {
      type: "PROTOBUF";
      /** The new schema: .proto text, or base64 of descriptors. */
      schema: string;
      /** The versions before it, oldest first. */
      history: readonly ProtobufVersion[];
    }
);

/** What {@link Decoder.encode} may be told beside a schema. */
export interface EncodeOptions {
  /** The schemas that it refers to. */
  references?: SchemaDocument["references"];
  /**
   * Whose serializer writes: what it makes of the schema is written before the datum, Protobuf's message index (Confluent,
   * Glue) or name (Apicurio), or the marker and fingerprint of a single object. Default: nothing precedes the datum.
   */
  framing?: Framing;
}

/** An Avro schema to encode with. */
export type AvroDatum = AvroSchema | ({ schema: AvroSchema } & EncodeOptions);

/** A Protobuf message to be encoded: a schema whose first message is meant, or the message's full name beside it. */
export type ProtobufMessage = string | ({ schema: string; message?: string } & EncodeOptions);

/** Why data can't be read. */
export interface Incompatibility {
  /** The place of the version in the history. */
  readonly version: number;
  /** `"backward"`: the new schema reads old data; `"forward"`: the old schema reads new data. */
  readonly direction: "backward" | "forward";
  /** Where in the schema: `$.items[].price` in Avro, `shop.Order.total` in Protobuf. */
  readonly path: string;
  /** By the names of Java's Avro, and of Confluent's registry for Protobuf where it has one. */
  readonly kind:
    | "NAME_MISMATCH"
    | "FIXED_SIZE_MISMATCH"
    | "MISSING_ENUM_SYMBOLS"
    | "READER_FIELD_MISSING_DEFAULT_VALUE"
    | "TYPE_MISMATCH"
    | "MISSING_UNION_BRANCH"
    | ProtobufChange;
  /** What is wrong, and for Avro what to do about it. */
  readonly message: string;
  /** What to know beyond that. */
  readonly hint?: string;
}

/** What changed between two Protobuf schemas. */
export type ProtobufChange =
  | "PACKAGE_CHANGED"
  | "MESSAGE_REMOVED"
  | "FIELD_REMOVED"
  | "FIELD_NAME_CHANGED"
  | "FIELD_NUMBER_REUSED"
  | "FIELD_KIND_CHANGED"
  | "FIELD_SCALAR_KIND_CHANGED"
  | "FIELD_SCALAR_TYPE_CHANGED"
  | "FIELD_NAMED_TYPE_CHANGED"
  | "FIELD_NUMERIC_LABEL_CHANGED"
  | "FIELD_STRING_OR_BYTES_LABEL_CHANGED"
  | "FIELD_MESSAGE_LABEL_CHANGED"
  | "REQUIRED_FIELD_ADDED"
  | "REQUIRED_FIELD_REMOVED"
  | "MULTIPLE_FIELDS_MOVED_TO_ONEOF"
  | "FIELD_MOVED_TO_EXISTING_ONEOF"
  | "ONEOF_FIELD_REMOVED"
  | "FIELD_PRESENCE_CHANGED"
  | "ENUM_CONST_CHANGED"
  | "ENUM_CONST_REMOVED";

/** The verdict on a new schema. */
export interface CompatibilityReport {
  readonly compatible: boolean;
  /** Whether anything was checked: not under `NONE` and `DISABLED`. */
  readonly checked: boolean;
  readonly mode: CompatibilityMode;
  readonly incompatibilities: readonly Incompatibility[];
  /** What registries let pass but readers of Protobuf see, such as zeros that read as absent after a change of syntax. */
  readonly warnings?: readonly Incompatibility[];
  /** Says that nothing was checked, where that is so. */
  readonly note?: string;
}

/** What {@link Decoder.checkSchema} is asked. */
export interface SchemaQuestion {
  type: "AVRO";
  schema: AvroSchema;
  /** The schemas that it refers to, which are checked too. */
  references?: SchemaDocument["references"];
}

/** Which payload {@link Decoder.decodePayload} is given. */
export interface PayloadPlace {
  /** The topic, for a configuration that tells topics apart. Default `""`. */
  topic?: string;
  /** The side. Default `"value"`. */
  side?: SideName;
}

/** `[Symbol.dispose]`, where the compiler's library knows of it: from TypeScript 5.2 on. */
type Closing = {
  [Dispose in SymbolConstructor extends { readonly dispose: infer D extends symbol } ? D : never]: () => void;
};

/**
 * Decodes events. It holds an instance of WebAssembly with some megabytes of memory: make one and keep it, as a Lambda
 * function does outside its handler. Should the instance ever trap, that call throws `INTERNAL`, and the next one has a new
 * instance with the same configuration and schemas.
 */
export interface Decoder<K = unknown, V = unknown> extends Closing {
  /**
   * Decodes an event: a Lambda event as object, or its JSON text, as a string or in UTF-8. Records are decoded some hundred
   * at a time, as they are read; at once where a text holds events as strings. A text's bytes may be used for something else
   * afterwards. Bad records don't throw; a record whose schema is absent has the error `SCHEMA_MISSING`. Throws a
   * {@link DecodeError} where the event as a whole is none.
   */
  decodeEvent(event: unknown): Batch<K, V>;
  /**
   * Fetches the schemas that an event needs, then decodes it. Where sides have an `output`, it is applied to all records
   * here, one after the other, and waited for.
   */
  decode(event: unknown): Promise<Batch<K, V>>;
  /**
   * Fetches the schemas that an event needs and adds them. One that can't be had is the error of the records that need
   * it, with `retryable` where trying again may help; the next call asks for it again.
   */
  prepare(event: unknown): Promise<void>;
  /** The schemas that were added, with the status that their registry told. */
  schemas(): SchemaInfo[];
  /**
   * How often each rule was tolerated to be broken since the decoder was made, each time that a payload was decoded, by name:
   * `MESSAGE_MISMATCH` where a message index names another message than the configured one (`messageIndex: "warn"`),
   * `SCHEMA_STATUS` where the registry says that a schema is not to be used, `FIELDS_ENCRYPTED` where its rules encrypt
   * fields. What never happened is not there.
   */
  warnings(): Readonly<Record<string, number>>;
  /**
   * Tells what was given, without decoding it: what its records came in (an on-failure record, an SQS or SNS event, a
   * log line, JSON Lines, an array), and which records they are.
   */
  envelope(event: unknown): Envelope;
  /**
   * Ranks the likely readings of a value or key, for diagnosis: decoding never guesses. `record` is a record's place in the
   * event, from 0; without it the first record counts that has a payload.
   */
  detect(event: unknown, side?: SideName, record?: number): Reading[];
  /**
   * Reads a Protobuf payload, given as bytes or base64, whose schema isn't known: numbered fields, each with its plausible
   * readings. Framing and message index are passed over: those that the configuration says, else those that the payload
   * begins with. Throws a {@link DecodeError} with the first byte that no message has.
   */
  guess(payload: Payload, place?: PayloadPlace): Guess;
  /**
   * Evaluates the filter criteria of an event source mapping, or one pattern, on a decoded record. Throws a
   * {@link DecodeError} for a pattern that a mapping would refuse.
   */
  matchesFilter(pattern: object | string, record: DecodedRecord | RecordJson): FilterOutcome;
  /** Decodes an event to the JSON text `{"records":[…]}` that is byte-identical in every host. */
  decodeEventJson(event: unknown): string;
  /** Decodes one payload, given as bytes or base64. Null and undefined are a tombstone, whose value is null. */
  decodePayload(payload: Payload | null | undefined, place?: PayloadPlace): Result<unknown>;
  /** The references whose schemas an event needs and that have not been added. */
  missingSchemas(event: unknown): string[];
  /** Adds a schema. Throws a {@link DecodeError} where it is not valid. */
  addSchema(schema: SchemaDocument): void;
  /** Checks a new schema against the versions before it. Throws a {@link DecodeError} where a schema is not valid. */
  checkCompatibility(question: CompatibilityQuestion): CompatibilityReport;
  /**
   * Tells where an Avro schema departs from the specification although it is read: names, logical types, defaults, aliases,
   * attributes of the wrong type. Throws a {@link DecodeError} where the schema can't be read at all.
   */
  checkSchema(question: SchemaQuestion): Departure[];
  /**
   * Encodes a value without framing, for fixtures and round trips. Under an Avro schema it has the form that decoding gives
   * as JSON with this decoder's options; a Protobuf message is ProtoJSON, or what the dialect `plain` gives. Throws a
   * {@link DecodeError} with the path of what does not fit.
   */
  encode(type: "AVRO", schema: AvroDatum, value: unknown): Uint8Array;
  encode(type: "PROTOBUF", schema: ProtobufMessage, value: unknown): Uint8Array;
  /**
   * Lets go of the instance: further calls throw a `TypeError`. Batches that it gave stay readable, and decode the rest of
   * their records when asked; the memory goes when the last of them is collected.
   */
  dispose(): void;
}
