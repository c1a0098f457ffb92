/** The types of consumers, by the names that handlers of Powertools know. They need no other package. */

import type { LocalSchemaOptions, ProtobufSide } from "../config.js";
import type { SchemaType as SchemaTypes } from "./constants.js";

/** What a side's `type` may be. */
export type SchemaType = (typeof SchemaTypes)[keyof typeof SchemaTypes];

/** What an event source mapping with a schema registry says of a side. */
export type SchemaMetadata = {
  /** `"JSON"`, `"AVRO"` or `"PROTOBUF"`. */
  dataFormat: string;
  /** Digits are an id of Confluent's, a UUID is a schema version of Glue's. */
  schemaId?: string;
};

/** A header of a record as the event has it: its bytes by its name. */
export type RecordHeader = { [headerKey: string]: number[] };

/** A record as the event has it. */
export type Record = {
  /** The topic. */
  topic: string;
  /** The partition. */
  partition: number;
  /** The offset. */
  offset: number;
  /** Milliseconds since 1970. */
  timestamp: number;
  /** What the timestamp is of. */
  timestampType: "CREATE_TIME" | "LOG_APPEND_TIME";
  /** The key in base64. */
  key?: string | null;
  /** The value in base64. */
  value?: string | null;
  /** The headers. */
  headers: RecordHeader[] | null;
  /** Of the value, under a mapping with a schema registry. */
  valueSchemaMetadata: SchemaMetadata;
  /** Of the key, under a mapping with a schema registry. */
  keySchemaMetadata: SchemaMetadata;
};

/** A Lambda event of Amazon MSK. Those of self-managed Kafka, without ARN, are taken as well. */
export type MSKEvent = {
  /** The kind of cluster. */
  eventSource: "aws:kafka";
  /** The cluster. */
  eventSourceArn: string;
  /** The brokers, comma-separated. */
  bootstrapServers: string;
  /** The records by `topic-partition`. */
  records: { [topic: string]: Record[] };
};

/**
 * A record as the handler gets it. `key`, `value` and `headers` are made when first read, and kept; a side that can't be
 * read throws its own error each time.
 */
export type ConsumerRecord<K, V> = {
  /** The key; undefined where there is none or an empty one, null where it is null. */
  key: K;
  /** The value; undefined or null for a tombstone. */
  value: V;
  /** The key as the event has it. */
  originalKey?: string;
  /** The value as the event has it. */
  originalValue: string;
  /** The headers as text. */
  headers?: { [k: string]: string }[] | null;
  /** The headers as the event has them. */
  originalHeaders?: RecordHeader[] | null;
  /** The topic. */
  topic: string;
  /** The partition. */
  partition: number;
  /** The offset. */
  offset: number;
  /** Milliseconds since 1970. */
  timestamp: number;
  /** What the timestamp is of. */
  timestampType: "CREATE_TIME" | "LOG_APPEND_TIME";
  /** Of the value, under a mapping with a schema registry. */
  valueSchemaMetadata: SchemaMetadata;
  /** Of the key, under a mapping with a schema registry. */
  keySchemaMetadata: SchemaMetadata;
};

/** The event as the handler gets it: its records in one list. */
export type ConsumerRecords<K = unknown, V = unknown> = {
  /** The records, partition by partition. */
  records: ConsumerRecord<K, V>[];
} & Omit<MSKEvent, "records">;

/** What decodes messages: a class or type of protobufjs, or anything with its method `decode`. */
export type ProtobufMessage<T = unknown> = {
  // A method, so that classes whose parameter is protobufjs's own `Reader` fit. It is given bytes.
  // biome-ignore lint/suspicious/noExplicitAny: see above.
  decode(reader: any, length?: number): T;
};

/** A validator of the [Standard Schema](https://standardschema.dev) specification: of Zod, Valibot, ArkType and others. */
export type StandardSchema = {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (
      value: unknown,
      // biome-ignore lint/suspicious/noExplicitAny: later versions of the specification add options.
      ...options: any[]
    ) => StandardResult | Promise<StandardResult>;
  };
};

/** What a {@link StandardSchema} gives. */
export type StandardResult =
  | { readonly value: unknown; readonly issues?: undefined }
  | { readonly issues: readonly object[] };

/** What every side may have. */
export type Validated = {
  /** What the side must look like, and what becomes of it. Checks synchronously. Not asked of null and undefined. */
  parserSchema?: StandardSchema;
};

/**
 * Beyond Powertools: what stands before payloads of a mapping without a schema registry. Payloads of records with schema
 * metadata have it no more.
 */
export type Framed = {
  /** Whose serializer wrote the payloads. Absent: nothing precedes them. */
  framing?: "confluent" | "glue";
};

/** A side that holds JSON. Text that is no JSON is given as it is. */
export type JsonConfig = { type: typeof SchemaTypes.JSON } & Validated & Framed;

/** A side that holds Avro. */
export type AvroConfig = {
  type: typeof SchemaTypes.AVRO;
  /** The schema's JSON text. */
  schema: string;
} & Validated &
  Framed;

/** A side that holds Protobuf. */
export type ProtobufConfig<T> = {
  type: typeof SchemaTypes.PROTOBUF;
  /** The message's class; or, beyond Powertools, a descriptor set or .proto files, which the core decodes. */
  schema: ProtobufMessage<T> | Omit<ProtobufSide, "format" | keyof LocalSchemaOptions>;
} & Validated &
  Framed;

/** How one side is read. */
export type SchemaConfigValue = JsonConfig | AvroConfig | ProtobufConfig<unknown>;

/** How records are read. A side that isn't configured is text. */
export type SchemaConfig = {
  /** How values are read. */
  value: SchemaConfigValue;
  /** How keys are read. */
  key?: SchemaConfigValue;
};

/** The context of an invocation: what `@types/aws-lambda` calls `Context`. */
export interface Context {
  callbackWaitsForEmptyEventLoop: boolean;
  functionName: string;
  functionVersion: string;
  invokedFunctionArn: string;
  memoryLimitInMB: string;
  awsRequestId: string;
  logGroupName: string;
  logStreamName: string;
  getRemainingTimeInMillis(): number;
  done(error?: Error, result?: unknown): void;
  fail(error: Error | string): void;
  succeed(messageOrObject: unknown): void;
}
