/** The decoder: the verbs of every host, over one WebAssembly instance. */

import type {
  AvroDatum,
  Batch,
  CompatibilityQuestion,
  CompatibilityReport,
  DecodedRecord,
  PayloadPlace,
  ProtobufMessage,
  RecordJson,
  Result,
  SchemaQuestion,
} from "./api.js";
import { type Decoding, KEPT, RecordBatch, type RecordSource } from "./batch.js";
import { bytesOf, type Payload, payloadBytes } from "./bytes.js";
import { stringify } from "./canonical.js";
import { result } from "./chunk.js";
import { eventRecords } from "./columns.js";
import { type Config, configText, requireConfig, type SchemaDocument } from "./config.js";
import type { Platform } from "./core.js";
import type { Departure, Envelope, FilterOutcome, Guess, Reading, SchemaInfo } from "./diagnosis.js";
import { configError, DecodeError, internalError } from "./errors.js";
import { eventBytes } from "./event.js";
import { Instance } from "./instance.js";
import type { BatchDecoder } from "./lambda/types.js";
import { madeResult, Outputs } from "./output.js";
import type { LazyRecord } from "./record.js";
import { asSourceError } from "./registry/errors.js";
import { Sources } from "./registry/sources.js";
import { type SideName, sideOf } from "./side.js";

/** What `using` calls; where the engine lacks the symbol, what compilers use in its place. */
const DISPOSE: typeof Symbol.dispose = Symbol.dispose ?? Symbol.for("Symbol.dispose");

/** A decoder over a platform's WebAssembly. */
export class CoreDecoder<K, V> implements BatchDecoder<K, V> {
  readonly #instance: Instance;
  readonly #sources: Sources;
  readonly #outputs: Outputs | undefined;
  /** Whether the configuration limits what an event may weigh, which its text tells. */
  readonly #weighed: boolean;
  readonly #fetching = new Map<string, Promise<void>>();

  /** A decoder for a configuration, which may be refused. */
  constructor(platform: Platform, config: Config) {
    requireConfig(config);
    this.#sources = new Sources(config);
    this.#outputs = Outputs.of(config);
    this.#weighed = config.limits?.eventBytes !== undefined || config.limits?.records !== undefined;
    this.#instance = new Instance(platform, configText(config));
  }

  decodeEvent(event: unknown): Batch<K, V> {
    return new RecordBatch<K, V>(this.#source(event));
  }

  #source(event: unknown): RecordSource<K, V> {
    const { criteria } = this.#instance;
    const object = this.#weighed || criteria === "text" ? undefined : eventRecords(event);
    if (object === undefined) {
      return this.#textSource(event);
    }
    const kept = criteria === "none" ? object : this.#instance.keep(object);
    return this.#instance.records<K, V>(event as object, kept, this.#outputs);
  }

  #textSource(event: unknown): RecordSource<K, V> {
    // What records are besides their sides is read when it is asked for: the caller may have other use for its bytes then.
    const bytes = eventBytes(event);
    const text = bytesOf(event) === undefined ? bytes : new Uint8Array(bytes);
    return this.#instance.text<K, V>(text, this.#outputs);
  }

  async decode(event: unknown): Promise<Batch<K, V>> {
    const source = await this.#prepared(event);
    if (this.#outputs === undefined) {
      return new RecordBatch<K, V>(source);
    }
    const chunks = source.bounds.slice(1).map((_, chunk) => source.decode(chunk));
    for (const { records } of chunks) {
      for (const record of records) {
        await record.settle();
      }
    }
    return new RecordBatch<K, V>({ ...source, decode: (chunk) => chunks[chunk]! });
  }

  async batch(event: unknown): Promise<Batch<K, V>> {
    return new RecordBatch<K, V>(await this.#prepared(event));
  }

  /**
   * The records of an event whose schemas have been fetched. Decoding tells whether one is missing: as a rule none is, and
   * then the event is gone through once, where {@link missingSchemas} would take far longer than decoding itself.
   */
  async #prepared(event: unknown): Promise<RecordSource<K, V>> {
    const source = this.#source(event);
    if (this.#sources.empty) {
      return source;
    }
    const decoded: Decoding<K, V>[] = [];
    for (let chunk = 0; chunk + 1 < source.bounds.length; chunk++) {
      const decoding = source.decode(chunk);
      if (decoding.tally.failed > 0 && [...decoding.records].some(lacksSchema)) {
        // What can't be had is the error of the records that need it: the others decode.
        await Promise.all(this.missingSchemas(event).map((reference) => this.#fetch(reference)));
        return this.#source(event);
      }
      decoded.push(decoding);
    }
    return source.bounds.at(-1)! <= KEPT ? handedOver(source, decoded) : source;
  }

  async prepare(event: unknown): Promise<void> {
    if (!this.#sources.empty) {
      await this.#prepared(event);
    }
  }

  schemas(): SchemaInfo[] {
    return JSON.parse(this.#instance.call((core) => core.schemas())) as SchemaInfo[];
  }

  warnings(): Record<string, number> {
    return JSON.parse(this.#instance.call((core) => core.warnings())) as Record<string, number>;
  }

  envelope(event: unknown): Envelope {
    const bytes = eventBytes(event);
    return JSON.parse(this.#instance.call((core) => core.envelope(bytes))) as Envelope;
  }

  detect(event: unknown, side: SideName = "value", record?: number): Reading[] {
    const bytes = eventBytes(event);
    const { readings } = JSON.parse(
      this.#instance.call((core) => core.detect(bytes, sideOf(side), record)),
    ) as {
      readings: Reading[];
    };
    return readings;
  }

  guess(payload: Payload, place: PayloadPlace = {}): Guess {
    const { topic = "", side = "value" } = place;
    const bytes = payloadBytes(payload);
    if (bytes === undefined) {
      throw this.#notBase64(payload as string, side);
    }
    return JSON.parse(this.#instance.call((core) => core.guess(topic, sideOf(side), bytes))) as Guess;
  }

  matchesFilter(pattern: object | string, record: DecodedRecord | RecordJson): FilterOutcome {
    const text = typeof pattern === "string" ? pattern : JSON.stringify(pattern);
    const document = stringify(record);
    return JSON.parse(this.#instance.call((core) => core.matchesFilter(text, document))) as FilterOutcome;
  }

  decodeEventJson(event: unknown): string {
    const bytes = eventBytes(event);
    return this.#instance.call((core) => core.decodeEventJson(bytes));
  }

  decodePayload(payload: Payload | null | undefined, place: PayloadPlace = {}): Result<unknown> {
    const { topic = "", side = "value" } = place;
    sideOf(side);
    if (payload === null || payload === undefined) {
      return { ok: true, value: null };
    }
    const bytes = payloadBytes(payload);
    if (bytes === undefined) {
      return { ok: false, error: this.#notBase64(payload as string, side) };
    }
    const made = result(this.#instance.payload(topic, side, bytes).make(0));
    const output = made.ok ? this.#outputs?.get(topic, side)?.(made.value, { topic }) : undefined;
    return output === undefined ? made : madeResult(output, side, { topic });
  }

  missingSchemas(event: unknown): string[] {
    const bytes = eventBytes(event);
    return JSON.parse(this.#instance.call((core) => core.missingSchemas(bytes))) as string[];
  }

  addSchema(schema: SchemaDocument): void {
    this.#instance.addSchema(schema);
  }

  checkCompatibility(question: CompatibilityQuestion): CompatibilityReport {
    const document = JSON.stringify(question);
    return JSON.parse(
      this.#instance.call((core) => core.checkCompatibility(document)),
    ) as CompatibilityReport;
  }

  checkSchema(question: SchemaQuestion): Departure[] {
    const document = JSON.stringify(question);
    const answer = this.#instance.call((core) => core.checkSchema(document));
    return (JSON.parse(answer) as { departures: Departure[] }).departures;
  }

  encode(type: "AVRO" | "PROTOBUF", schema: AvroDatum | ProtobufMessage, value: unknown): Uint8Array {
    const bytes = bytesOf(schema);
    const given = bytes === undefined ? schema : new TextDecoder().decode(bytes);
    const text = typeof given === "string" ? given : JSON.stringify(given);
    const json = stringify(value);
    return this.#instance.call((core) => core.encode(type, text, json));
  }

  dispose(): void {
    this.#instance.dispose();
  }

  [DISPOSE](): void {
    this.dispose();
  }

  /** Why a text is no base64: the core's error of a record that has it. */
  #notBase64(text: string, side: SideName): DecodeError {
    const record = JSON.stringify({ topic: "", partition: 0, offset: 0, [side]: text });
    try {
      this.#instance.call((core) => core.body(record, side));
    } catch (thrown) {
      const { topic: _, partition: __, offset: ___, ...error } = (thrown as DecodeError).toJSON();
      return new DecodeError(error);
    }
    throw internalError(new TypeError("the core takes a text that is no base64 here"));
  }

  /** Fetches and adds one schema, or why there is none. Events prepared at the same time share the request. */
  #fetch(reference: string): Promise<void> {
    let pending = this.#fetching.get(reference);
    if (pending === undefined) {
      pending = this.#add(reference).finally(() => this.#fetching.delete(reference));
      this.#fetching.set(reference, pending);
    }
    return pending;
  }

  async #add(reference: string): Promise<void> {
    try {
      const schema = await this.#sources.fetch(reference);
      if (schema !== undefined) {
        this.addSchema(schema);
      }
    } catch (thrown) {
      this.#instance.addFailure(reference, asSourceError(thrown, reference));
    }
  }
}

/** Whether a record failed for a schema that was not there, or could not be had before. */
function lacksSchema(record: LazyRecord<unknown, unknown>): boolean {
  return record.faults().some(({ code, category }) => code === "SCHEMA_MISSING" || category === "source");
}

/** A source whose chunks have been decoded: each is given away once, so that only its reader keeps it. */
function handedOver<K, V>(
  source: RecordSource<K, V>,
  decoded: (Decoding<K, V> | undefined)[],
): RecordSource<K, V> {
  const decode = (chunk: number): Decoding<K, V> => {
    const ready = decoded[chunk];
    decoded[chunk] = undefined;
    return ready ?? source.decode(chunk);
  };
  return { ...source, decode };
}

/** Refuses what only an asynchronous decoder can use. */
export function requireNoSource(config: Config): void {
  requireConfig(config);
  if (!new Sources(config).empty) {
    throw configError(
      "expected no schema source for a synchronous decoder, found one in `schemas` or `registries`",
      "use `createDecoder`, or fetch what `missingSchemas` lists and hand it to `addSchema`",
    );
  }
}
