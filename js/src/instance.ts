/** One decoder in one WebAssembly instance, replaced when that traps: a trap leaves an instance unusable for good. */

import type { RecordSource } from "./batch.js";
import { type Beside, Chunk, type Source } from "./chunk.js";
import { CHUNK, ColumnWriter, type Listed, type PlainRecord } from "./columns.js";
import type { SchemaDocument } from "./config.js";
import type { Core, CoreInstance, ErrorDocument, Platform, RecordDocument, SideDocument } from "./core.js";
import { DecodeError, internalError } from "./errors.js";
import { type Materializer, materializer } from "./materialize/index.js";
import type { Shape } from "./materialize/shape.js";
import type { Outputs } from "./output.js";
import { ListedRecords } from "./raw.js";
import { LazyRecord } from "./record.js";
import { type Known, ROW, Status, snapshot } from "./tape.js";

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

  /** Calls the core and takes over what it left on the tape. */
  decode(use: (core: Core) => string): { document: string; source: Source } {
    return this.#guard((running) => {
      const document = use(running.core);
      return { document, source: running.source(this.#platform) };
    });
  }

  /** A way in that stays open after {@link dispose}, for a batch may outlive its decoder. */
  lend(): <T>(use: (running: Running) => T) => T {
    let last = this.#alive();
    return (use) => {
      last = this.#running ?? last;
      return this.#guard(use, last, (next) => {
        last = next;
      });
    };
  }

  /** The records of an event object, decoded when asked for. */
  records<K, V>(event: object, listed: Listed, outputs: Outputs | undefined): RecordSource<K, V> {
    const lent = this.lend();
    const raw = new ListedRecords(event, listed, (use) => lent((running) => use(running.core)));
    // What each chunk was inflated to: the event has one budget. Of chunks that are passed over nothing is counted.
    const inflated: number[] = [];
    const decode = (index: number): LazyRecord<K, V>[] => {
      const before = inflated.slice(0, index).reduce((sum, bytes) => sum + (bytes ?? 0), 0);
      return lent((running) => {
        const records = running.chunk<K, V>(listed, index, before, this.#platform, { raw, outputs });
        inflated[index] = running.core.inflated() - before;
        return records;
      });
    };
    return { length: listed.records.length, size: CHUNK, decode, converts: outputs !== undefined };
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
    return new Running(instance, core);
  }
}

/** What lives as long as one WebAssembly instance. */
export class Running {
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
  chunk<K, V>(
    event: Listed,
    index: number,
    inflated: number,
    platform: Platform,
    beside: Beside,
  ): LazyRecord<K, V>[] {
    const from = index * CHUNK;
    const to = Math.min(from + CHUNK, event.records.length);
    if (this.#columns.full) {
      this.core.forget();
      this.#columns.forget();
      this.#references = [];
    }
    this.#columns.write(event, from, to);
    const told = this.core.decodeColumns(inflated);
    const documents = told === "" ? {} : (JSON.parse(told) as Documents);
    const all = told === "" ? {} : sides(documents);
    const chunk = new Chunk(this.source(platform), all, { ...beside, first: from });
    const records = new Array<LazyRecord<K, V>>(to - from);
    for (let i = 0; i < records.length; i++) {
      const document = documents[i];
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
type Documents = { readonly [record: number]: RecordDocument } & {
  readonly [row: `s${number}`]: SideDocument;
};

function sides(told: Documents): { [row: number]: SideDocument } {
  const documents: { [row: number]: SideDocument } = {};
  for (const [name, document] of Object.entries(told)) {
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
