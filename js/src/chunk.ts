/** Decoded sides: what became of each, and their values, made from the tape when asked for. */

import type { Result, SideJson, Tombstone } from "./api.js";
import { jsonSafe } from "./canonical.js";
import type { RawRecord, RecordDocument, SideDocument } from "./core.js";
import { DecodeError, internalError } from "./errors.js";
import { type HeaderDocuments, headerDocuments } from "./headers.js";
import type { Materializers } from "./materialize/index.js";
import type { Outputs } from "./output.js";
import type { RawRecords } from "./raw.js";
import { type Materializer, PLAN, REFERENCE, ROW, Status, type Tape } from "./tape.js";

/** Why a side has no value. */
export class Failure {
  readonly error: DecodeError;

  constructor(error: DecodeError) {
    this.error = error;
  }
}

/** What the core left of a chunk. */
export interface Source {
  readonly tape: Tape;
  /** How many rows its table has. */
  readonly rows: number;
  /** Whether all rows are values, and those of a side name the same schema. */
  readonly uniform: boolean;
  readonly materializers: Materializers;
  /** The texts of the references that the table names, from place 1. */
  readonly references: readonly (string | undefined)[];
}

/** What a record is besides its sides: an event's own record, or the core's document of one. */
export interface Metadata {
  readonly topic: string | null;
  readonly partition: number | null;
  readonly offset: number | null;
  readonly timestamp?: number | null;
  readonly timestampType?: string | null;
  readonly headers?: readonly object[] | null;
}

/** The core's documents of what its table can't tell. */
export interface Documents {
  /** Of sides, by their row. */
  readonly sides: { readonly [row: number]: SideDocument };
  /** Of whole records, by their place in the chunk: what the event has of them isn't as documented. */
  readonly records: { readonly [index: number]: RecordDocument };
}

/** What a chunk's records have besides what was decoded. */
export interface Beside {
  /** The event's records as they came. */
  readonly raw?: RawRecords | undefined;
  /** The place of the chunk's first record among them. */
  readonly first?: number;
  /** What decoded values are made into. */
  readonly outputs?: Outputs | undefined;
}

/** The sides of some records: two rows of the table for each. */
export class Chunk {
  readonly #tape: Tape;
  readonly #materializers: Materializers;
  readonly #references: readonly (string | undefined)[];
  readonly #documents: Documents;
  /** What its records have besides. */
  readonly beside: Beside;
  /** Whether values are given as they are decoded. */
  readonly asDecoded: boolean;
  /** Where each side's status and reference are: of no use where the source is uniform. */
  #table: Int32Array;
  #rows: number;
  /** Whether all rows are values, whose references are those of the first two. */
  readonly #uniform: boolean;
  readonly #keyReference: number;
  readonly #valueReference: number;
  readonly #count: number;
  /** Rows whose value hasn't been made: the tape's text goes with the last one. */
  #left: number;
  /** The plan of the last key that {@link make} made, and what makes its values; the same of values. */
  #keyPlan = -1;
  #valuePlan = -1;
  #readKey: Materializer = unread;
  #readValue: Materializer = unread;

  constructor(source: Source, documents: Documents, beside: Beside = {}) {
    this.beside = beside;
    this.asDecoded = beside.outputs === undefined;
    this.#tape = source.tape;
    this.#table = source.tape.ints;
    this.#rows = source.tape.rows;
    this.#uniform = source.uniform;
    this.#keyReference = this.#table[this.#rows + REFERENCE] ?? 0;
    this.#valueReference = this.#table[this.#rows + ROW + REFERENCE] ?? 0;
    this.#materializers = source.materializers;
    this.#references = source.references;
    this.#documents = documents;
    this.#left = source.rows;
    this.#count = source.rows;
  }

  /** A row's value, or why there is none. To be called once for each row, or {@link key} or {@link value}. */
  make(row: number): unknown {
    const made = this.#make(row);
    this.#done();
    return made;
  }

  /** The same for the row of a key; those of the plan of the one before are made at once. */
  key(row: number): unknown {
    const tape = this.#tape;
    const at = tape.rows + row * ROW;
    if (tape.ints[at + PLAN] !== this.#keyPlan || tape.ints[at] !== Status.Value) {
      return this.make(row);
    }
    try {
      return this.#readKey(tape, row);
    } catch (cause) {
      return new Failure(internalError(cause));
    } finally {
      this.#done();
    }
  }

  /** The same for the row of a value. Engines compile a call in where it has always been of one function: not for both sides. */
  value(row: number): unknown {
    const tape = this.#tape;
    const at = tape.rows + row * ROW;
    if (tape.ints[at + PLAN] !== this.#valuePlan || tape.ints[at] !== Status.Value) {
      return this.make(row);
    }
    try {
      return this.#readValue(tape, row);
    } catch (cause) {
      return new Failure(internalError(cause));
    } finally {
      this.#done();
    }
  }

  #done(): void {
    if (--this.#left <= 0) {
      // Made values have their own parts of it, or hold it as long as they need it.
      this.#tape.latin = "";
      this.#tape.wide = "";
    }
  }

  /** Copies what may still be asked for, since the core is about to be called. `keep` copies a tape. */
  settle(keep: (tape: Tape) => void): void {
    if (this.#left > 0) {
      keep(this.#tape);
      this.#table = this.#tape.ints;
      this.#rows = this.#tape.rows;
    } else {
      this.#table = this.#uniform ? NO_WORDS : this.#table.slice(this.#rows, this.#rows + this.#count * ROW);
      this.#rows = 0;
      forget(this.#tape);
    }
  }

  #make(row: number): unknown {
    const tape = this.#tape;
    const at = tape.rows + row * ROW;
    switch (tape.ints[at]) {
      case Status.Value:
        try {
          return this.#reader(tape.ints[at + PLAN]!, row)(tape, row);
        } catch (cause) {
          return new Failure(internalError(cause));
        }
      case Status.Failed:
        return new Failure(new DecodeError(this.#documents.sides[row]!.error!));
      default:
        return null;
    }
  }

  #reader(plan: number, row: number): Materializer {
    const reader = this.#materializers.of(plan);
    if (row % 2 === 0) {
      this.#keyPlan = plan;
      this.#readKey = reader;
    } else {
      this.#valuePlan = plan;
      this.#readValue = reader;
    }
    return reader;
  }

  /** Whether the core failed here. */
  failed(row: number): boolean {
    return this.#status(row) === Status.Failed;
  }

  /** Whether and how a row is a tombstone. */
  tombstone(row: number): Tombstone | undefined {
    const status = this.#status(row);
    return status === Status.Absent ? "absent" : status === Status.Null ? "null" : undefined;
  }

  /** The reference that a row was decoded by. */
  schema(row: number): string | undefined {
    return this.#references[this.#reference(row)];
  }

  /** What the record of a row is besides its sides. */
  metadata(row: number): Metadata {
    return this.#documents.records[row >> 1] ?? (this.own(row) as Metadata);
  }

  /** The headers of the record of a row. */
  headers(row: number): HeaderDocuments {
    const document = this.#documents.records[row >> 1];
    return document === undefined
      ? headerDocuments((this.own(row) as Metadata).headers ?? [])
      : (document.headers ?? []);
  }

  /** The event's own record of a row. */
  own(row: number): RawRecord | undefined {
    return this.beside.raw?.record(this.place(row));
  }

  /** The place of the record of a row among the event's. */
  place(row: number): number {
    return (this.beside.first ?? 0) + (row >> 1);
  }

  #reference(row: number): number {
    if (this.#uniform) {
      return row % 2 === 0 ? this.#keyReference : this.#valueReference;
    }
    return this.#table[this.#rows + row * ROW + REFERENCE]!;
  }

  #status(row: number): number {
    return this.#uniform ? Status.Value : this.#table[this.#rows + row * ROW]!;
  }
}

const unread: Materializer = () => null;
const NO_WORDS = new Int32Array(0);
const NO_FLOATS = new Float64Array(0);
const NO_BIGS = new BigInt64Array(0);
const NO_BYTES = new Uint8Array(0);

/** Lets go of the memory that a tape is in. */
function forget(tape: Tape): void {
  tape.ints = NO_WORDS;
  tape.floats = NO_FLOATS;
  tape.bigs = NO_BIGS;
  tape.binary = NO_BYTES;
}

/** What {@link Chunk.make} gave as a result. */
export function result(made: unknown): Result<unknown> {
  return made instanceof Failure ? { ok: false, error: made.error } : { ok: true, value: made };
}

/** A side's document, with its value passed through `form`. */
export function sideJson(
  chunk: Chunk,
  row: number,
  made: unknown,
  form: (value: unknown) => unknown = jsonSafe,
): SideJson {
  const tombstone = chunk.tombstone(row);
  if (tombstone !== undefined) {
    return { tombstone };
  }
  const schema = chunk.schema(row);
  const reference = schema === undefined ? {} : { schema };
  return made instanceof Failure
    ? { error: made.error.toJSON(), ...reference }
    : { value: form(made), ...reference };
}
