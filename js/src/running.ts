/** What lives as long as one WebAssembly instance: how chunks go into its core, and come out as tapes. */

import type { Decoding, Tally } from "./batch.js";
import { type Beside, Chunk, type Documents } from "./chunk.js";
import { ColumnWriter, type EventRecords, kept } from "./columns.js";
import { Contexts } from "./contexts.js";
import type { Core, CoreInstance, Platform, RecordDocument, SideDocument } from "./core.js";
import { type DecodeError, internalError } from "./errors.js";
import { chunkBounds, Gatherer, type Listing } from "./listing.js";
import { Materializers } from "./materialize/index.js";
import type { Outputs } from "./output.js";
import type { TextRecords } from "./raw.js";
import { Notice, TapeReader } from "./reader.js";
import { Records } from "./records.js";
import type { SideName } from "./side.js";
import { ROW } from "./tape.js";
import { LISTED } from "./words.js";

/** References that are remembered: where no schema is needed, payloads may name as many as they like. */
const REFERENCES = 1000;

/** Contexts of listed records that are remembered: an event has one for each partition and schema. */
const LISTED_CONTEXTS = 1000;

/** An instance, its core, and what JavaScript knows of it. */
export class Running {
  readonly core: Core;
  readonly criteria: number;
  readonly #reader: TapeReader;
  /** Replaced when the core numbers its plans anew: chunks keep those that they were made by. */
  #materializers = new Materializers();
  #generation = 0;
  readonly #contexts: Contexts;
  readonly #columns: ColumnWriter;
  readonly #gatherer: Gatherer;
  /** What listed records have in common, as the core numbers it. Replaced when it is begun anew: listings keep theirs. */
  #listedContexts: string[] = [];
  /** From place 1, as the table counts. Replaced when it is begun anew: chunks keep the one that they were made by. */
  #references: (string | undefined)[] = [undefined];
  /** The chunk whose tape stands in the core's memory. */
  #live: Chunk | undefined;

  constructor(instance: CoreInstance, core: Core, platform: Platform) {
    this.core = core;
    this.criteria = core.criteria();
    this.#reader = new TapeReader(instance, core, platform);
    this.#contexts = new Contexts(core);
    this.#columns = new ColumnWriter(core, this.#reader, this.#contexts);
    this.#gatherer = new Gatherer(core, this.#reader, this.#contexts);
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
  chunk<K, V>(event: EventRecords, index: number, inflated: number, beside: Beside): Decoding<K, V> {
    const [from, to] = this.#write(event, index);
    return this.#decode(from, to, inflated, beside);
  }

  /** Lists the records of an event's text; undefined where not all can be. */
  list(raw: TextRecords): Listing | undefined {
    this.#tidy();
    const all = this.core.list(raw.text);
    const words = this.#listed();
    raw.words = words;
    if (this.#reader.notice(Notice.ListedContexts) > this.#listedContexts.length) {
      const more = JSON.parse(this.core.listedContexts(this.#listedContexts.length)) as unknown[];
      for (const context of more) {
        this.#listedContexts.push(JSON.stringify(context));
      }
    }
    return all
      ? { text: raw.text, words, contexts: this.#listedContexts, bounds: chunkBounds(words) }
      : undefined;
  }

  /** Decodes a chunk of records that were listed. */
  gathered<K, V>(listing: Listing, index: number, inflated: number, beside: Beside): Decoding<K, V> {
    const from = listing.bounds[index]!;
    const to = listing.bounds[index + 1]!;
    this.#tidy();
    if (!this.#gatherer.write(listing, from, to)) {
      throw refused();
    }
    return this.#decode(from, to, inflated, beside);
  }

  /** Decodes the records that were written. */
  #decode<K, V>(from: number, to: number, inflated: number, { raw, outputs }: Beside): Decoding<K, V> {
    const length = this.core.decodeColumns(to - from, inflated);
    if (length < 0) {
      throw refused();
    }
    const chunk = this.#take(this.#documents(length), { raw, first: from, outputs });
    return { records: new Records<K, V>(chunk, to - from), tally: this.#tally() };
  }

  /** Begins anew to number what has become too much. */
  #tidy(): void {
    if (
      this.#contexts.full ||
      this.#listedContexts.length > LISTED_CONTEXTS ||
      this.#references.length > REFERENCES
    ) {
      this.core.forget();
      this.#contexts.forget();
      this.#columns.forget();
      this.#listedContexts = [];
      this.#references = [undefined];
    }
  }

  /** Decodes an event's text, all of it. */
  text<K, V>(raw: TextRecords, outputs: Outputs | undefined): Decoding<K, V> {
    this.#tidy();
    const documents = this.#documents(this.core.decodeEvent(raw.text));
    raw.words = this.#listed();
    const chunk = this.#take(documents, { raw, outputs });
    return { records: new Records<K, V>(chunk, raw.words.length / LISTED), tally: this.#tally() };
  }

  /** What the core has listed of an event's text. */
  #listed(): Int32Array {
    const { ints } = this.#reader.refresh();
    const start = this.#reader.notice(Notice.Listed) / 4;
    return ints.slice(start, start + this.#reader.notice(Notice.Listed + 1));
  }

  /** Decodes one payload. */
  payload(topic: string, side: SideName, payload: Uint8Array): Chunk {
    const document = JSON.parse(this.core.decodePayload(topic, side, payload)) as SideDocument;
    return this.#take({ sides: [document], records: {} });
  }

  /** The documents of the last decode, whose text has so many characters. */
  #documents(length: number): Documents {
    return length === 0 ? NO_DOCUMENTS : documentsOf(JSON.parse(this.core.documents()) as NamedDocuments);
  }

  /** The records that the criteria keep. */
  keep(event: EventRecords): EventRecords {
    const keep = new Uint8Array(event.records.length);
    for (let index = 0; index + 1 < event.bounds.length; index++) {
      const [from, to] = this.#write(event, index);
      keep.set(this.core.keepColumns(to - from, index === 0), from);
      this.#reader.refresh();
    }
    return kept(event, keep);
  }

  /** Writes a chunk into the core's memory: from which record to which it goes. */
  #write(event: EventRecords, index: number): [from: number, to: number] {
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
        uniform: reader.notice(Notice.Uniform) === 1,
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

function refused(): DecodeError {
  return internalError(new TypeError("the core refused the columns"));
}

const NO_DOCUMENTS: Documents = { sides: {}, records: {} };

/** What the table can't tell: documents of whole records by their number, of sides by `s` and that of their row. */
type NamedDocuments = { readonly [name: string]: RecordDocument | SideDocument };

function documentsOf(named: NamedDocuments): Documents {
  const sides: { [row: number]: SideDocument } = {};
  const records: { [index: number]: RecordDocument } = {};
  for (const [name, document] of Object.entries(named)) {
    if (name.startsWith("s")) {
      sides[Number(name.slice(1))] = document as SideDocument;
    } else {
      records[Number(name)] = document as RecordDocument;
    }
  }
  return { sides, records };
}
