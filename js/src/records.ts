/** The records of a decoded chunk. */

import type { Chunk } from "./chunk.js";
import { LazyRecord } from "./record.js";

/** A chunk's records, each made when it is first asked for: in a loop it is read while the processor still has it at hand. */
export class Records<K, V> implements Iterable<LazyRecord<K, V>> {
  readonly length: number;
  readonly #chunk: Chunk;
  readonly #made: (LazyRecord<K, V> | undefined)[];

  /** The first so many records of a chunk. */
  constructor(chunk: Chunk, length: number) {
    this.length = length;
    this.#chunk = chunk;
    this.#made = new Array(length);
  }

  /** The record at a place below {@link length}, the same one each time. */
  at(index: number): LazyRecord<K, V> {
    let record = this.#made[index];
    if (record === undefined) {
      record = new LazyRecord<K, V>(this.#chunk, index);
      this.#made[index] = record;
    }
    return record;
  }

  *[Symbol.iterator](): Iterator<LazyRecord<K, V>> {
    for (let i = 0; i < this.length; i++) {
      yield this.at(i);
    }
  }
}
