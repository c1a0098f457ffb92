/** One decoder in one WebAssembly instance, replaced when that traps: a trap leaves an instance unusable for good. */

import type { Decoding, RecordSource } from "./batch.js";
import type { Chunk } from "./chunk.js";
import type { EventRecords } from "./columns.js";
import type { SchemaDocument } from "./config.js";
import type { Core, ErrorDocument, Platform } from "./core.js";
import { DecodeError, internalError } from "./errors.js";
import type { Outputs } from "./output.js";
import { ObjectRecords, TextRecords } from "./raw.js";
import { Running } from "./running.js";
import type { SideName } from "./side.js";

/** As the core numbers them. */
const CRITERIA = ["none", "columns", "text"] as const;

/** A way in that stays open: see {@link Instance.lend}. */
type Lent = <T>(use: (running: Running) => T) => T;

/** Decodes a chunk of an event, after so many bytes were inflated for those before it. */
type DecodeChunk<K, V> = (running: Running, index: number, inflated: number) => Decoding<K, V>;

/** A WebAssembly instance with its decoder, and what is needed to make it anew. */
export class Instance {
  readonly #platform: Platform;
  readonly #config: string;
  readonly #schemas = new Map<string, string>();
  #running: Running | undefined;

  /** A new instance for a configuration, which may be refused. */
  constructor(platform: Platform, config: string) {
    this.#platform = platform;
    this.#config = config;
    this.#running = this.#start();
  }

  /** Calls the core. What it throws becomes a {@link DecodeError}; after a trap the next call has a new instance. */
  call<T>(use: (core: Core) => T): T {
    return this.#guard((running) => use(running.core));
  }

  /** Decodes one payload: gives a chunk of one row. */
  payload(topic: string, side: SideName, payload: Uint8Array): Chunk {
    return this.#guard((running) => running.payload(topic, side, payload));
  }

  /** What the configuration's criteria need to be told of an event: nothing, its columns, its text. */
  get criteria(): (typeof CRITERIA)[number] {
    return CRITERIA[this.#alive().criteria]!;
  }

  /** The records of an event object that the criteria keep. */
  keep(event: EventRecords): EventRecords {
    return this.#guard((running) => running.keep(event));
  }

  /** A way in that stays open after {@link dispose}, for a batch may outlive its decoder. */
  lend(): Lent {
    let last = this.#alive();
    return (use) => {
      last = this.#running ?? last;
      return this.#guard(use, last, (next) => {
        last = next;
      });
    };
  }

  /** The records of an event object, decoded when asked for. */
  records<K, V>(event: object, held: EventRecords, outputs: Outputs | undefined): RecordSource<K, V> {
    const lent = this.lend();
    const raw = new ObjectRecords(event, held, (use) => lent((running) => use(running.core)));
    const decode: DecodeChunk<K, V> = (running, index, inflated) =>
      running.chunk(held, index, inflated, { raw, outputs });
    return this.#source(held.bounds, decode, lent, outputs);
  }

  /** The records of an event's text, decoded when asked for: all at once where the core can't list them. */
  text<K, V>(text: Uint8Array, outputs: Outputs | undefined): RecordSource<K, V> {
    const lent = this.lend();
    const raw = new TextRecords(text, (use) => lent((running) => use(running.core)));
    const listing = lent((running) => running.list(raw));
    if (listing !== undefined) {
      const decode: DecodeChunk<K, V> = (running, index, inflated) =>
        running.gathered(listing, index, inflated, { raw, outputs });
      return this.#source(listing.bounds, decode, lent, outputs);
    }
    const decoding = lent((running) => running.text<K, V>(raw, outputs));
    const { length } = decoding.records;
    const bounds = length === 0 ? [0] : [0, length];
    return { bounds, decode: () => decoding, converts: outputs !== undefined };
  }

  #source<K, V>(
    bounds: readonly number[],
    decodeChunk: DecodeChunk<K, V>,
    lent: Lent,
    outputs: Outputs | undefined,
  ): RecordSource<K, V> {
    // What each chunk was inflated to: the event has one budget. Of chunks that are passed over nothing is counted.
    const inflated: (number | undefined)[] = new Array(bounds.length);
    const decode = (index: number): Decoding<K, V> => {
      let before = 0;
      for (let i = 0; i < index; i++) {
        before += inflated[i] ?? 0;
      }
      return lent((running) => {
        const decoding = decodeChunk(running, index, before);
        inflated[index] = running.inflated - before;
        return decoding;
      });
    };
    return { bounds, decode, converts: outputs !== undefined };
  }

  /** Adds a schema, also to the instances that may follow this one. */
  addSchema(schema: SchemaDocument): void {
    const text = JSON.stringify(schema);
    // Kept even where it is refused: the core may remember why, for the records that name it.
    this.#schemas.set(schema.reference, text);
    this.call((core) => core.addSchema(text));
  }

  /** Says why a schema can't be had: the error of the records that name it, until it is added after all. */
  addFailure(reference: string, error: DecodeError): void {
    this.call((core) => core.addSchema(JSON.stringify({ reference, error })));
  }

  /** Lets go of the memory: it goes with the last batch that may still decode by it. */
  dispose(): void {
    this.#running = undefined;
  }

  #alive(): Running {
    if (this.#running === undefined) {
      throw new TypeError("this decoder has been disposed of");
    }
    return this.#running;
  }

  /** Uses an instance. Where it traps, `replace` gets the one in its place. */
  #guard<T>(use: (running: Running) => T, by = this.#alive(), replace?: (next: Running) => void): T {
    by.settle();
    try {
      return use(by);
    } catch (thrown) {
      if (!isTrap(thrown)) {
        throw asDecodeError(thrown);
      }
      const next = this.#start();
      this.#running = this.#running === undefined ? undefined : next;
      replace?.(next);
      throw internalError(thrown);
    }
  }

  #start(): Running {
    const instance = this.#platform.instantiate();
    let core: Core;
    try {
      core = new instance.Core(this.#config);
    } catch (thrown) {
      throw asDecodeError(thrown);
    }
    for (const schema of this.#schemas.values()) {
      readd(core, schema);
    }
    return new Running(instance, core, this.#platform);
  }
}

/** Adds a schema that was added before, when whoever added it was told of a refusal. */
function readd(core: Core, schema: string): void {
  try {
    core.addSchema(schema);
  } catch (thrown) {
    if (typeof thrown !== "string") {
      throw thrown;
    }
  }
}

/** A trap, or the engine's own stack ending inside WebAssembly. */
function isTrap(thrown: unknown): boolean {
  return thrown instanceof WebAssembly.RuntimeError || thrown instanceof RangeError;
}

/** The core throws an error's JSON text. */
function asDecodeError(thrown: unknown): unknown {
  return typeof thrown === "string" ? new DecodeError(JSON.parse(thrown) as ErrorDocument) : thrown;
}
