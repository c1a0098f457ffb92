/** Decoded sides: what became of each, and their values, made from the tape when asked for. */

import type { Result, SideJson, Tombstone } from "./api.js";
import { jsonSafe } from "./canonical.js";
import type { SideDocument } from "./core.js";
import { DecodeError, internalError } from "./errors.js";
import type { Materializer } from "./materialize/index.js";
import type { Outputs } from "./output.js";
import type { RawRecords } from "./raw.js";
import { ROW, type Snapshot, Status, type Tape } from "./tape.js";

/** Why a side has no value. */
export class Failure {
  readonly error: DecodeError;

  constructor(error: DecodeError) {
    this.error = error;
  }
}

/** What the core left of a chunk. */
export interface Source extends Snapshot {
  /** The materializer of each plan, by its number. */
  readonly materializers: readonly (Materializer | undefined)[];
  /** The texts of the references that the table names, from place 1. */
  readonly references: readonly string[];
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
  #tape: Tape | undefined;
  readonly #table: Int32Array;
  readonly #materializers: readonly (Materializer | undefined)[];
  readonly #references: readonly string[];
  readonly #documents: { readonly [row: number]: SideDocument };
  /** What its records have besides. */
  readonly beside: Beside;
  /** Rows whose value hasn't been made: the tape goes with the last one. */
  #left: number;

  /** `documents` are of the rows that the table can't tell. */
  constructor(source: Source, documents: { readonly [row: number]: SideDocument }, beside: Beside = {}) {
    this.beside = beside;
    this.#tape = source.tape;
    this.#table = source.table;
    this.#materializers = source.materializers;
    this.#references = source.references;
    this.#documents = documents;
    this.#left = source.table.length / ROW;
  }

  /** A row's value, or why there is none. To be called once for each row. */
  make(row: number): unknown {
    const made = this.#make(row);
    if (--this.#left <= 0) {
      this.#tape = undefined;
    }
    return made;
  }

  #make(row: number): unknown {
    const at = row * ROW;
    switch (this.#table[at]) {
      case Status.Value:
        try {
          return this.#materializers[this.#table[at + 1]!]!(this.#tape!, this.#table, row);
        } catch (cause) {
          return new Failure(internalError(cause));
        }
      case Status.Failed:
        return new Failure(new DecodeError(this.#documents[row]!.error!));
      default:
        return null;
    }
  }

  /** Whether the core failed here. */
  failed(row: number): boolean {
    return this.#table[row * ROW] === Status.Failed;
  }

  /** Whether and how a row is a tombstone. */
  tombstone(row: number): Tombstone | undefined {
    const status = this.#table[row * ROW];
    return status === Status.Absent ? "absent" : status === Status.Null ? "null" : undefined;
  }

  /** The reference that a row was decoded by. */
  schema(row: number): string | undefined {
    return this.#references[this.#table[row * ROW + 8]!] ?? this.#documents[row]?.schema;
  }
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
