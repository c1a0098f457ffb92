/** One decoder in one WebAssembly instance, replaced when that traps: a trap leaves an instance unusable for good. */

import type { Decoding, RecordSource, Tally } from "./batch.js";
import { type Beside, Chunk } from "./chunk.js";
import { ColumnWriter, kept, type Listed, type PlainRecord } from "./columns.js";
import type { SchemaDocument } from "./config.js";
import type { Core, CoreInstance, ErrorDocument, Platform, RecordDocument, SideDocument } from "./core.js";
import { DecodeError, internalError } from "./errors.js";
import { Materializers } from "./materialize/index.js";
import type { Outputs } from "./output.js";
import { ListedRecords } from "./raw.js";
import { LazyRecord } from "./record.js";
import { Notice, ROW, TapeReader } from "./tape.js";

/** What a call left on the tape, and beside it. */
export interface Decoded<T> {
  readonly document: T;
  readonly chunk: Chunk;
  readonly tally: Tally;
}

/** As the core numbers them. */
const CRITERIA = ["none", "columns", "text"] as const;

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

  /** Calls the core and takes over what it left on the tape, with the documents of the rows that it makes of its text. */
  decode<T>(
    use: (core: Core) => string,
    read: (text: string) => T,
    rows: (read: T) => SideDocument[],
    beside?: Beside,
  ): Decoded<T> {
    return this.#guard((running) => {
      const document = read(use(running.core));
      return { document, chunk: running.take(rows(document), beside), tally: running.tally() };
    });
  }

  /** What the configuration's criteria need to be told of an event: nothing, its columns, its text. */
  get criteria(): (typeof CRITERIA)[number] {
    return CRITERIA[this.#alive().criteria]!;
  }

  /** The records of an event object that the criteria keep. */
  keep(event: Listed): Listed {
    return this.#guard((running) => running.keep(event));
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
    const inflated: (number | undefined)[] = new Array(listed.bounds.length);
    const decode = (index: number): Decoding<K, V> => {
      let before = 0;
      for (let i = 0; i < index; i++) {
        before += inflated[i] ?? 0;
      }
      return lent((running) => {
        const decoding = running.chunk<K, V>(listed, index, before, { raw, outputs });
        inflated[index] = running.inflated - before;
        return decoding;
      });
    };
    return { bounds: listed.bounds, decode, converts: outputs !== undefined };
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

/** What lives as long as one WebAssembly instance. */
export class Running {
  readonly core: Core;
  readonly criteria: number;
  readonly #reader: TapeReader;
  /** Replaced when the core numbers its plans anew: chunks keep those that they were made by. */
  #materializers = new Materializers();
  #generation = 0;
  readonly #columns: ColumnWriter;
  /** From place 1, as the table counts. Replaced when it is begun anew: chunks keep the one that they were made by. */
  #references: (string | undefined)[] = [undefined];
  /** The chunk whose tape stands in the core's memory. */
  #live: Chunk | undefined;

  constructor(instance: CoreInstance, core: Core, platform: Platform) {
    this.core = core;
    this.criteria = core.criteria();
    this.#reader = new TapeReader(instance, core, platform);
    this.#columns = new ColumnWriter(core, this.#reader);
  }

  /** To be called before the core is: what is still needed of the last tape is copied. */
  settle(): void {
    this.#live?.settle((tape) => this.#reader.keep(tape));
    this.#live = undefined;
  }

  /** How many bytes have been inflated for the last event, as far as it is decoded, or asked for criteria. */
  get inflated(): number {
    return this.#reader.notice(Notice.Inflated);
  }

  /** Decodes a chunk of an event object, after so many bytes were inflated for those before it. */
  chunk<K, V>(event: Listed, index: number, inflated: number, beside: Beside): Decoding<K, V> {
    const [from, to] = this.#write(event, index);
    const told = this.core.decodeColumns(to - from, inflated);
    if (told < 0) {
      throw internalError(new TypeError("the core refused the columns"));
    }
    const documents = told === 0 ? undefined : (JSON.parse(this.core.told()) as Documents);
    const { raw, outputs } = beside;
    const chunk = this.take(documents === undefined ? NOTHING : sides(documents), {
      raw,
      first: from,
      outputs,
    });
    const records: LazyRecord<K, V>[] = new Array(to - from);
    for (let i = 0; i < to - from; i++) {
      const document = documents?.[i];
      const metadata = document ?? (event.records[from + i] as PlainRecord);
      records[i] = new LazyRecord<K, V>(metadata, document === undefined, chunk, i);
    }
    return { records, tally: this.tally() };
  }

  /** The records that the criteria keep. */
  keep(event: Listed): Listed {
    const keep = new Uint8Array(event.records.length);
    let inflated = 0;
    for (let index = 0; index + 1 < event.bounds.length; index++) {
      const [from, to] = this.#write(event, index);
      keep.set(this.core.keepColumns(to - from, inflated), from);
      this.#reader.refresh();
      inflated = this.inflated;
    }
    return kept(event, keep);
  }

  /** Writes a chunk into the core's memory: from which record to which it goes. */
  #write(event: Listed, index: number): [from: number, to: number] {
    const from = event.bounds[index]!;
    const to = event.bounds[index + 1]!;
    if (this.#columns.full) {
      this.core.forget();
      this.#columns.forget();
      this.#references = [undefined];
    }
    this.#columns.write(event, from, to);
    return [from, to];
  }

  /** The tape of the last decode. */
  take(documents: { readonly [row: number]: SideDocument }, beside?: Beside): Chunk {
    const reader = this.#reader;
    reader.refresh();
    const generation = reader.notice(Notice.Generation);
    if (generation !== this.#generation) {
      this.#generation = generation;
      this.#materializers = new Materializers();
    }
    const plans = reader.notice(Notice.Plans);
    const references = reader.notice(Notice.References);
    for (let plan = this.#materializers.length; plan < plans; plan++) {
      this.#materializers.add(this.core.shape(plan));
    }
    for (let i = this.#references.length; i <= references; i++) {
      this.#references.push(this.core.reference(i - 1));
    }
    this.#live = new Chunk(
      {
        tape: reader.tape(),
        rows: reader.notice(Notice.Table + 1) / ROW,
        plain: reader.notice(Notice.Plain) === 1,
        materializers: this.#materializers,
        references: this.#references,
      },
      documents,
      beside,
    );
    return this.#live;
  }

  /** What was counted in the last decode. */
  tally(): Tally {
    const { Failed, Tombstones } = Notice;
    return { failed: this.#reader.notice(Failed), tombstones: this.#reader.notice(Tombstones) };
  }
}

const NOTHING: { readonly [name: string]: never } = {};

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
