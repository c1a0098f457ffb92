/** One decoder in one WebAssembly instance, replaced when that traps: a trap leaves an instance unusable for good. */

import type { Decoding, RecordSource, Tally } from "./batch.js";
import { type Beside, Chunk, type Documents } from "./chunk.js";
import { ColumnWriter, kept, type Listed } from "./columns.js";
import type { SchemaDocument } from "./config.js";
import type { Core, CoreInstance, ErrorDocument, Platform, RecordDocument, SideDocument } from "./core.js";
import { DecodeError, internalError } from "./errors.js";
import { Materializers } from "./materialize/index.js";
import type { Outputs } from "./output.js";
import { ListedRecords, type TextRecords } from "./raw.js";
import { Records } from "./records.js";
import { Notice, PLACE, ROW, TapeReader } from "./tape.js";

/** References that are remembered: where no schema is needed, payloads may name as many as they like. */
const REFERENCES = 1000;

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

  /** Decodes one payload: gives a chunk of one row. */
  payload(topic: string, side: "key" | "value", payload: Uint8Array): Chunk {
    return this.#guard((running) => running.payload(topic, side, payload));
  }

  /** Decodes an event's text, all of it at once. */
  text<K, V>(raw: TextRecords, outputs: Outputs | undefined): Decoding<K, V> {
    return this.#guard((running) => running.text<K, V>(raw, outputs));
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
    const { raw, outputs } = beside;
    const chunk = this.#take(this.#documents(told), { raw, first: from, outputs });
    return { records: new Records<K, V>(chunk, to - from), tally: this.#tally() };
  }

  /** Begins anew to number what has become too much. */
  #tidy(): void {
    if (this.#columns.full || this.#references.length > REFERENCES) {
      this.core.forget();
      this.#columns.forget();
      this.#references = [undefined];
    }
  }

  /** Decodes an event's text. */
  text<K, V>(raw: TextRecords, outputs: Outputs | undefined): Decoding<K, V> {
    this.#tidy();
    const documents = this.#documents(this.core.decodeEvent(raw.text));
    const { ints } = this.#reader.refresh();
    const start = this.#reader.notice(Notice.Places) / 4;
    const places = ints.slice(start, start + this.#reader.notice(Notice.Places + 1));
    raw.places = places;
    const chunk = this.#take(documents, { raw, outputs });
    return { records: new Records<K, V>(chunk, places.length / PLACE), tally: this.#tally() };
  }

  /** Decodes one payload. */
  payload(topic: string, side: "key" | "value", payload: Uint8Array): Chunk {
    const document = JSON.parse(this.core.decodePayload(topic, side, payload)) as SideDocument;
    return this.#take({ sides: [document], records: {} });
  }

  /** The documents of the last decode, whose text has so many characters. */
  #documents(told: number): Documents {
    return told === 0 ? NO_DOCUMENTS : documentsOf(JSON.parse(this.core.told()) as Told);
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
    this.#tidy();
    this.#columns.write(event, from, to);
    return [from, to];
  }

  /** The tape of the last decode. */
  #take(documents: Documents, beside?: Beside): Chunk {
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
  #tally(): Tally {
    const { Failed, Tombstones } = Notice;
    return { failed: this.#reader.notice(Failed), tombstones: this.#reader.notice(Tombstones) };
  }
}

const NO_DOCUMENTS: Documents = { sides: {}, records: {} };

/** What the table can't tell: documents of whole records by their number, of sides by `s` and that of their row. */
type Told = { readonly [name: string]: RecordDocument | SideDocument };

function documentsOf(told: Told): Documents {
  const sides: { [row: number]: SideDocument } = {};
  const records: { [index: number]: RecordDocument } = {};
  for (const [name, document] of Object.entries(told)) {
    if (name.startsWith("s")) {
      sides[Number(name.slice(1))] = document as SideDocument;
    } else {
      records[Number(name)] = document as RecordDocument;
    }
  }
  return { sides, records };
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
