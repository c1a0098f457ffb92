/** Events from plain values. */

import type { Config, Side } from "../config.js";
import type { HandlerConfig } from "../lambda/types.js";
import type { SideName } from "../side.js";
import { type Encoded, Encoder } from "./encode.js";
import { checkedOptions, checkedRecords } from "./rules.js";
import type { EventOptions, EventRecord, MskEvent, SelfManagedEvent, TestRecord } from "./types.js";

/** Builds events. The same records give the same events: neither clock nor chance is asked. */
export interface KafkaEvents {
  /** An event of Amazon MSK. */
  msk(records: readonly TestRecord[]): MskEvent;
  /** An event of a self-managed cluster. */
  selfManaged(records: readonly TestRecord[]): SelfManagedEvent;
}

const BROKERS = "b-1.test.example.com:9098,b-2.test.example.com:9098";
const ARN = "arn:aws:kafka:eu-west-1:123456789012:cluster/test/00000000-0000-4000-8000-000000000000-1";
/** 2024-01-01, in milliseconds since 1970. */
const FIRST = 1_704_067_200_000;
const TEXT: Side = { format: "text" };

/**
 * A builder of the events that a decoder or a handler of this configuration decodes: payloads are written with its local schemas, in
 * its framings, from values in the form that it gives. Throws a `DecodeError` where a value doesn't fit its schema, and where a
 * decoder would refuse the configuration or a name or value here is not known.
 *
 * ```ts
 * const events = kafkaEvents({ value: avro({ writer: schema, framing: "glue", anyId: true }) }, { topic: "orders" });
 * await handler(events.msk([{ key: "a", value: { id: 1n } }, { key: "b", value: null }]), {});
 * ```
 */
export function kafkaEvents(config: HandlerConfig = {}, options: EventOptions = {}): KafkaEvents {
  const encoder = new Encoder(config);
  const checked = checkedOptions(options);
  const records = (given: readonly TestRecord[]) =>
    new Builder(config, checked, encoder).records(checkedRecords(given));
  return {
    msk: (given) => ({
      eventSource: "aws:kafka",
      eventSourceArn: ARN,
      bootstrapServers: BROKERS,
      records: records(given),
    }),
    selfManaged: (given) => ({
      eventSource: "SelfManagedKafka",
      bootstrapServers: BROKERS,
      records: records(given),
    }),
  };
}

/** Builds one event. */
class Builder {
  readonly #config: Config;
  readonly #options: EventOptions;
  readonly #encoder: Encoder;
  readonly #next = new Map<string, number>();
  #time = FIRST;

  constructor(config: Config, options: EventOptions, encoder: Encoder) {
    this.#config = config;
    this.#options = options;
    this.#encoder = encoder;
  }

  records(given: readonly TestRecord[]): { [partition: string]: EventRecord[] } {
    const built: { [partition: string]: EventRecord[] } = {};
    for (const one of given) {
      const record = this.#record(one);
      const partition = `${record.topic}-${record.partition}`;
      built[partition] ??= [];
      built[partition].push(record);
    }
    return built;
  }

  #record(given: TestRecord): EventRecord {
    const { topic = this.#options.topic ?? "topic", partition = 0, timestampType = "CREATE_TIME" } = given;
    const name = `${topic}-${partition}`;
    const { offset = this.#next.get(name) ?? 0, timestamp = this.#time } = given;
    this.#next.set(name, offset + 1);
    this.#time = timestamp + 1000;
    const key = this.#side("key", topic, given.key);
    const value = this.#side("value", topic, given.value);
    const named = (given.headers ?? []).map(([header, text]) => [header, bytesOf(text)] as const);
    const headers = [...named, ...(key?.headers ?? []), ...(value?.headers ?? [])];
    return {
      topic,
      partition,
      offset,
      timestamp,
      timestampType,
      ...payload("key", key),
      ...payload("value", value),
      // Names such as `__proto__` are data.
      headers: headers.map(([header, bytes]) => Object.fromEntries([[header, signed(bytes)]])),
    };
  }

  #side(slot: SideName, topic: string, value: unknown): Encoded | null | undefined {
    if (value === undefined || value === null) {
      return value;
    }
    const { topics, [slot]: common = TEXT } = this.#config;
    const side = (topics !== undefined && Object.hasOwn(topics, topic) && topics[topic]?.[slot]) || common;
    const { [slot]: writing = {}, eventRecordFormat } = this.#options;
    return this.#encoder.encode(slot, side, value, writing, eventRecordFormat);
  }
}

function payload(slot: SideName, encoded: Encoded | null | undefined): Partial<EventRecord> {
  if (encoded === undefined) {
    return {};
  }
  if (encoded === null) {
    return { [slot]: null };
  }
  const { payload, metadata } = encoded;
  return {
    [slot]: Buffer.from(payload).toString("base64"),
    ...(metadata === undefined ? {} : { [`${slot}SchemaMetadata`]: metadata }),
  };
}

function bytesOf(value: string | Uint8Array | null): Uint8Array | null {
  return typeof value === "string" ? Buffer.from(value) : value;
}

/** Bytes as Lambda writes them: those of Java, which are signed. */
function signed(bytes: Uint8Array | null): number[] | null {
  return bytes === null ? null : [...Int8Array.from(bytes)];
}
