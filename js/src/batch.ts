/** The records of an event. */

import type { Batch, BatchStats, DecodedRecord, RecordJson } from "./api.js";
import { DOCUMENT } from "./canonical.js";
import type { RecordDocument } from "./core.js";
import type { DecodeError } from "./errors.js";
import { LazyRecord } from "./record.js";
import type { Source } from "./side.js";

/** A decoded batch. */
export class RecordBatch<K, V> implements Batch<K, V> {
  readonly [index: number]: DecodedRecord<K, V>;
  readonly length: number;
  readonly #records: readonly LazyRecord<K, V>[];
  #errors: ReadonlyMap<string, readonly DecodeError[]> | undefined;

  /** The records as the core described them, their values in `source`. */
  constructor(documents: readonly RecordDocument[], source: Source) {
    this.#records = documents.map((document, i) => new LazyRecord<K, V>(document, source, i));
    this.length = this.#records.length;
    Object.assign(this, this.#records);
  }

  at(index: number): DecodedRecord<K, V> | undefined {
    return this.#records.at(index);
  }

  [Symbol.iterator](): Iterator<DecodedRecord<K, V>> {
    return this.#records[Symbol.iterator]();
  }

  get errors(): ReadonlyMap<string, readonly DecodeError[]> {
    this.#errors ??= this.#group();
    return this.#errors;
  }

  get stats(): BatchStats {
    const failed = this.#records.filter((record) => record.failures().length > 0).length;
    const tombstones = this.#records.filter((record) => record.valueTombstone !== undefined).length;
    return { records: this.length, ok: this.length - failed, failed, tombstones };
  }

  toJSON(): { records: RecordJson[] } {
    return { records: this.#records.map((record) => record.toJSON()) };
  }

  /** The document with the values as they are, for `stringify`. */
  [DOCUMENT](): { records: readonly DecodedRecord<K, V>[] } {
    return { records: this.#records };
  }

  #group(): Map<string, DecodeError[]> {
    const groups = new Map<string, DecodeError[]>();
    for (const { result } of this.#records.flatMap((record) => record.failures())) {
      if (!result.ok) {
        const group = groups.get(result.error.code);
        group === undefined ? groups.set(result.error.code, [result.error]) : group.push(result.error);
      }
    }
    return groups;
  }
}
