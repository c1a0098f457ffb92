/** One decoder in one WebAssembly instance, replaced when that traps: a trap leaves an instance unusable for good. */

import type { RecordSource } from "./batch.js";
import { Chunk, type Source } from "./chunk.js";
import { CHUNK, ColumnWriter, type Listed, type PlainRecord } from "./columns.js";
import type { SchemaDocument } from "./config.js";
import type { Core, CoreInstance, ErrorDocument, Platform, RecordDocument, SideDocument } from "./core.js";
import { DecodeError, internalError } from "./errors.js";
import { type Materializer, materializer } from "./materialize/index.js";
import type { Shape } from "./materialize/shape.js";
import { LazyRecord } from "./record.js";
import { type Known, ROW, Status, snapshot } from "./tape.js";

/** A WebAssembly instance with its decoder, and what is needed to make it anew. */
export class Instance {
  readonly #platform: Platform;
  readonly #config: string;
  readonly #schemas = new Map<string, string>();
  #running: Running | undefined;
  /** Whether batches hold on to it. */
  #lent = false;

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

  /** Calls the core and takes over what it left on the tape. */
  decode(use: (core: Core) => string): { document: string; source: Source } {
    return this.#guard((running) => {
      const document = use(running.core);
      return { document, source: running.source(this.#platform) };
    });
  }

  /** The records of an event object, decoded when asked for: even after {@link dispose}, for a batch may outlive it. */
  records<K, V>(event: Listed): RecordSource<K, V> {
    let last = this.#alive();
    this.#lent = true;
    // What each chunk was inflated to: the event has one budget. Of chunks that are passed over nothing is counted.
    const inflated: number[] = [];
    const decode = (index: number): LazyRecord<K, V>[] => {
      last = this.#running ?? last;
      const before = inflated.slice(0, index).reduce((sum, bytes) => sum + (bytes ?? 0), 0);
      return this.#guard((running) => {
        const records = running.chunk<K, V>(event, index, before, this.#platform);
        inflated[index] = running.core.inflated() - before;
        return records;
      }, last);
    };
    return { length: event.records.length, size: CHUNK, decode };
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

  /** Gives the memory back. */
  dispose(): void {
    // Batches may still decode by it: then it goes with the last of them.
    if (!this.#lent) {
      this.#running?.core.free();
    }
    this.#running = undefined;
  }

  #alive(): Running {
    if (this.#running === undefined) {
      throw new TypeError("this decoder has been disposed of");
    }
    return this.#running;
  }

  #guard<T>(use: (running: Running) => T, by = this.#alive()): T {
    try {
      return use(by);
    } catch (thrown) {
      if (isTrap(thrown)) {
        if (this.#running !== undefined) {
          this.#running = this.#start();
        }
        throw internalError(thrown);
      }
      throw asDecodeError(thrown);
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
    return new Running(instance, core);
  }
}

/** What lives as long as one WebAssembly instance. */
class Running {
  readonly core: Core;
  readonly #instance: CoreInstance;
  readonly #materializers: (Materializer | undefined)[] = [];
  readonly #known: Known = { keys: [], templates: [] };
  readonly #columns: ColumnWriter;
  /** From place 1, as the table counts. Replaced when it is begun anew: chunks keep the one that they were made by. */
  #references: string[] = [];

  constructor(instance: CoreInstance, core: Core) {
    this.#instance = instance;
    this.core = core;
    this.#columns = new ColumnWriter(core, instance.memory);
  }

  /** Decodes a chunk of an event object, after so many bytes were inflated for those before it. */
  chunk<K, V>(event: Listed, index: number, inflated: number, platform: Platform): LazyRecord<K, V>[] {
    const from = index * CHUNK;
    const to = Math.min(from + CHUNK, event.records.length);
    if (this.#columns.full) {
      this.core.forget();
      this.#columns.forget();
      this.#references = [];
    }
    this.#columns.write(event, from, to);
    const told = this.core.decodeColumns(inflated);
    const beside = told === "" ? {} : (JSON.parse(told) as Beside);
    const chunk = new Chunk(this.source(platform), told === "" ? {} : sides(beside));
    const records = new Array<LazyRecord<K, V>>(to - from);
    for (let i = 0; i < records.length; i++) {
      const document = beside[i];
      const metadata = document ?? (event.records[from + i] as PlainRecord);
      records[i] = new LazyRecord<K, V>(metadata, document === undefined, chunk, i);
    }
    return records;
  }

  /** The tape of the last call, with a materializer for each of its plans. */
  source(platform: Platform): Source {
    const taken = snapshot(this.#instance, this.core, platform, this.#known);
    const { table } = taken;
    for (let at = 0; at < table.length; at += ROW) {
      if (table[at] === Status.Value) {
        this.#materializers[table[at + 1]!] ??= this.#materializer(table[at + 1]!);
        const reference = table[at + 8]!;
        if (reference !== 0) {
          this.#references[reference] ??= this.core.reference(reference - 1);
        }
      }
    }
    return { ...taken, materializers: this.#materializers, references: this.#references };
  }

  #materializer(plan: number): Materializer {
    return materializer(JSON.parse(this.core.shape(plan)) as Shape);
  }
}

/** What the table can't tell: documents of whole records by their number, of sides by `s` and that of their row. */
type Beside = { readonly [record: number]: RecordDocument } & { readonly [row: `s${number}`]: SideDocument };

function sides(beside: Beside): { [row: number]: SideDocument } {
  const documents: { [row: number]: SideDocument } = {};
  for (const [name, document] of Object.entries(beside)) {
    if (name.startsWith("s")) {
      documents[Number(name.slice(1))] = document as SideDocument;
    } else {
      const { key, value } = document as RecordDocument;
      documents[2 * Number(name)] = key;
      documents[2 * Number(name) + 1] = value;
    }
  }
  return documents;
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
