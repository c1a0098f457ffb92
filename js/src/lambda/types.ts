/** What `kafkaHandler` takes and gives. */

import type { Batch, DecodedRecord, Decoder } from "../api.js";
import type { Config } from "../config.js";
import type { ErrorDocument } from "../core.js";
import type { DecodeError } from "../errors.js";
import type { RecordFailure } from "./failure.js";

/** Lambda's context object, as far as it is needed or often used. */
export interface LambdaContext {
  readonly functionName?: string;
  readonly functionVersion?: string;
  readonly invokedFunctionArn?: string;
  readonly memoryLimitInMB?: string;
  readonly awsRequestId?: string;
  readonly logGroupName?: string;
  readonly logStreamName?: string;
  getRemainingTimeInMillis?(): number;
}

/** An `AbortSignal`, by the platform's own type where that is known. */
export type Signal = typeof globalThis extends { AbortSignal: { prototype: infer T } }
  ? T
  : { readonly aborted: boolean };

/** A decoder as handlers use it. */
export interface BatchDecoder<K, V> extends Decoder<K, V> {
  /** Fetches the schemas that an event needs, then decodes it. Outputs are applied when a record is settled or read. */
  batch(event: unknown): Promise<Batch<K, V>>;
}

/** The context that a record's function gets: Lambda's own, and a signal. */
export interface HandlerContext extends LambdaContext {
  /** Aborted when the time for records is over: {@link HandlerOptions.deadlineMargin} before the function's timeout. */
  readonly signal: Signal;
}

/** A record as its function gets it: one of which these can't be read never comes to it. */
export interface DeliveredRecord<K = unknown, V = unknown> extends DecodedRecord<K, V> {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly id: string;
  readonly idWithSource: string;
}

/** What is done for each record. It may be asynchronous; what it returns is ignored. */
export type RecordHandler<K, V> = (record: DeliveredRecord<K, V>, context: HandlerContext) => unknown;

/** A record that could not be read, as a sink gets it: everything there is, for a queue, a topic or a bucket. */
export interface PoisonRecord {
  /** `topic-partition-offset`. */
  readonly id: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly timestamp: number | null;
  readonly timestampType: string | null;
  /** The headers, their bytes in base64. */
  readonly headers: readonly { readonly name: string; readonly value: string | null }[];
  /** The key in base64; null for a tombstone. */
  readonly key: string | null;
  /** The value in base64; null for a tombstone. */
  readonly value: string | null;
  /** Why. */
  readonly error: ErrorDocument;
}

/**
 * What becomes of a poison record: one whose key or value can't be decoded or isn't what its `output` accepts.
 *
 * - `"fail"`: it is a failure like one of the function.
 * - `{ skip }`: it is passed over once `skip` has been told.
 * - `{ sink }`: it is passed over once `sink` has taken it. The sink gets a document with everything that the event has of it.
 *
 * Where `skip` or `sink` throws, the record fails. Records whose error is `retryable`, or is no fault of theirs (`INTERNAL`,
 * `SCHEMA_MISSING`, `CONFIG_INVALID`, all of a schema source's but `SOURCE_NOT_FOUND`), never come here.
 */
export type PoisonPolicy =
  | "fail"
  | { readonly skip: (record: DecodedRecord, error: DecodeError, context: HandlerContext) => unknown }
  | { readonly sink: (record: PoisonRecord, context: HandlerContext) => unknown };

/** How a handler goes about a batch. */
export interface HandlerOptions {
  /**
   * How failures reach the event source mapping. `"throw"` (default): the invocation fails, and all of the batch comes again.
   * `"report"`: the response names the failed records, and only what follows from them comes again. A mapping must have
   * `FunctionResponseTypes: ["ReportBatchItemFailures"]` for that: one without ignores the response, and failed records are
   * lost.
   */
  failures?: "throw" | "report";
  /**
   * How the mapping consumes. `"stream"` (default): a partition's records in order, one after the other; its first failure
   * ends it, since the mapping resumes there. `"queue"`, for a share group (`ConsumptionMode: Queue`): each record by itself;
   * all are tried, and all that failed are reported.
   */
  mode?: "stream" | "queue";
  /** What becomes of records that can't be read. Default `"fail"`. */
  poison?: PoisonPolicy;
  /** How many partitions, or in queue mode records, are worked on at a time. Default 1. */
  concurrency?: number;
  /**
   * How many milliseconds before the function's timeout no record is begun or waited for any more: those that are left fail,
   * and come again. Default 1,000.
   */
  deadlineMargin?: number;
  /**
   * Is told of each record that failed, in the place of the line of JSON that is written to standard error. That line never
   * holds payload or the text of your own exceptions, which may quote it: log `failure.error` here if it is safe. A promise is
   * waited for before the handler answers, but not beyond the deadline. What it throws is logged and changes nothing else.
   */
  onFailure?: (failure: RecordFailure, context: HandlerContext) => void | Promise<void>;
}

/** The configuration of a handler: that of its decoder, and how it goes about a batch. */
export interface HandlerConfig extends Config, HandlerOptions {}

/** The response of a handler, as event source mappings with `ReportBatchItemFailures` read it. */
export interface BatchResponse {
  batchItemFailures: { itemIdentifier: { partition: string; offset: number } }[];
}

/** What Lambda calls. */
export type KafkaHandler = (event: unknown, context?: LambdaContext) => Promise<BatchResponse>;
