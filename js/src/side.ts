/** One side of a record: its value made when first asked for, and kept. */

import type { Result, SideJson, Tombstone } from "./api.js";
import { jsonSafe } from "./canonical.js";
import type { SideDocument } from "./core.js";
import { DecodeError, internalError } from "./errors.js";
import type { Materializer } from "./materialize/index.js";
import { ROW, type Snapshot, Status } from "./tape.js";

/** A decoded batch as its sides see it. */
export interface Source extends Snapshot {
  /** The materializer of each plan that the table names. */
  readonly materializers: ReadonlyMap<number, Materializer>;
}

/** One side. */
export class LazySide {
  readonly #document: SideDocument;
  readonly #row: number;
  #source: Source | undefined;
  #result: Result<unknown> | undefined;

  constructor(document: SideDocument, source: Source, row: number) {
    this.#document = document;
    this.#source = source;
    this.#row = row;
  }

  get tombstone(): Tombstone | undefined {
    return this.#document.tombstone;
  }

  get schema(): string | undefined {
    return this.#document.schema;
  }

  /** Whether the core failed here. */
  get failed(): boolean {
    return this.#document.error !== undefined;
  }

  get result(): Result<unknown> {
    if (this.#result === undefined) {
      this.#result = this.#make();
      // The tape is no longer needed here; it goes when all its sides are made or gone.
      this.#source = undefined;
    }
    return this.#result;
  }

  get value(): unknown {
    const { result } = this;
    if (!result.ok) {
      throw result.error;
    }
    return result.value;
  }

  /** The side's document, with its value passed through `form`. */
  json(form: (value: unknown) => unknown = jsonSafe): SideJson {
    const { tombstone, schema, result } = this;
    if (tombstone !== undefined) {
      return { tombstone };
    }
    const reference = schema === undefined ? {} : { schema };
    return result.ok
      ? { value: form(result.value), ...reference }
      : { error: result.error.toJSON(), ...reference };
  }

  #make(): Result<unknown> {
    const { error } = this.#document;
    if (error !== undefined) {
      return { ok: false, error: new DecodeError(error) };
    }
    try {
      return { ok: true, value: this.#materialize() };
    } catch (cause) {
      return { ok: false, error: internalError(cause) };
    }
  }

  #materialize(): unknown {
    const { tape, table, materializers } = this.#source!;
    const at = this.#row * ROW;
    if (table[at] !== Status.Value) {
      return null;
    }
    const make = materializers.get(table[at + 1]!);
    if (make === undefined) {
      throw new TypeError("the table names a plan that has no shape");
    }
    return make(tape, table, this.#row);
  }
}
