/** The records of an event. */

import type { Batch, BatchStats, DecodedRecord, RecordJson } from "./api.js";
import { DOCUMENT } from "./canonical.js";
import type { DecodeError } from "./errors.js";
import type { LazyRecord } from "./record.js";
import type { Records } from "./records.js";

/** Batches up to this many records keep all that they have given. */
export const KEPT = 1024;

/** Where a batch gets its records from, a chunk at a time. */
export interface RecordSource<K, V> {
  /** Where chunks begin, and where the last one ends. */
  readonly bounds: readonly number[];
  /** Whether values are made into something else, which may fail when they are first read. */
  readonly converts?: boolean;
  /** Decodes a chunk. */
  decode(chunk: number): Decoding<K, V>;
}

/** A decoded chunk. */
export interface Decoding<K, V> {
  readonly records: Records<K, V>;
  readonly tally: Tally;
}

/** What was counted of a chunk. */
export interface Tally {
  /** Records with an error on either side. */
  readonly failed: number;
  /** Records whose value is a tombstone. */
  readonly tombstones: number;
}

/** What generators and the like inherit from: the methods of iterators, where the engine has them. */
const IteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()));

/** Goes through chunks: in a loop twice as fast as a generator. */
class ChunkIterator<K, V> implements Iterator<LazyRecord<K, V>> {
  readonly #count: number;
  readonly #chunk: (index: number) => Records<K, V>;
  #next = 0;
  #records: Records<K, V> | undefined;
  #at = 0;

  constructor(count: number, chunk: (index: number) => Records<K, V>) {
    this.#count = count;
    this.#chunk = chunk;
  }

  next(): IteratorResult<LazyRecord<K, V>, undefined> {
    let records = this.#records;
    while (records === undefined || this.#at >= records.length) {
      if (this.#next >= this.#count) {
        return { done: true, value: undefined };
      }
      records = this.#chunk(this.#next++);
      this.#records = records;
      this.#at = 0;
    }
    return { done: false, value: records.at(this.#at++) };
  }
}

Object.setPrototypeOf(ChunkIterator.prototype, IteratorPrototype);

/** A decoded batch. */
export class RecordBatch<K, V> implements Batch<K, V> {
  readonly [index: number]: DecodedRecord<K, V>;
  readonly length: number;
  readonly #source: RecordSource<K, V>;
  readonly #count: number;
  readonly #chunks: (Records<K, V> | undefined)[];
  readonly #tallies: (Tally | undefined)[];
  #errors: ReadonlyMap<string, readonly DecodeError[]> | undefined;

  /** The records of a source. */
  constructor(source: RecordSource<K, V>) {
    this.#source = source;
    this.#count = source.bounds.length - 1;
    this.length = source.bounds[this.#count]!;
    this.#chunks = new Array(this.#count);
    this.#tallies = new Array(this.#count);
  }

  at(index: number): DecodedRecord<K, V> | undefined {
    const whole = Math.trunc(index) || 0;
    const place = whole < 0 ? whole + this.length : whole;
    if (place < 0 || place >= this.length) {
      return undefined;
    }
    const chunk = chunkAt(this.#source.bounds, place);
    this.#chunks[chunk] ??= this.#decode(chunk);
    return this.#chunks[chunk]!.at(place - this.#source.bounds[chunk]!);
  }

  [Symbol.iterator](): Iterator<DecodedRecord<K, V>> {
    return new ChunkIterator(this.#count, (chunk) => this.#chunk(chunk));
  }

  get errors(): ReadonlyMap<string, readonly DecodeError[]> {
    this.#errors ??= this.#group();
    return this.#errors;
  }

  get stats(): BatchStats {
    let failed = 0;
    let tombstones = 0;
    for (let chunk = 0; chunk < this.#count; chunk++) {
      const tally = this.#tally(chunk);
      failed += tally.failed;
      tombstones += tally.tombstones;
    }
    return { records: this.length, ok: this.length - failed, failed, tombstones };
  }

  toJSON(): { records: RecordJson[] } {
    return { records: Array.from(this as Iterable<DecodedRecord<K, V>>, (record) => record.toJSON()) };
  }

  /** The document with the values as they are, for `stringify`. */
  [DOCUMENT](): { records: readonly DecodedRecord<K, V>[] } {
    return { records: [...this] };
  }

  /** A chunk's records: those of large batches are the caller's alone, so that what is done with can go. */
  #chunk(chunk: number): Records<K, V> {
    const records = this.#chunks[chunk] ?? this.#decode(chunk);
    if (this.length <= KEPT) {
      this.#chunks[chunk] = records;
    }
    return records;
  }

  #decode(chunk: number): Records<K, V> {
    const { records, tally } = this.#source.decode(chunk);
    if (this.#source.converts !== true) {
      this.#tallies[chunk] = tally;
    }
    return records;
  }

  #tally(chunk: number): Tally {
    if (this.#tallies[chunk] === undefined) {
      const records = this.#chunk(chunk);
      this.#tallies[chunk] ??= tally(records);
    }
    return this.#tallies[chunk]!;
  }

  #group(): Map<string, DecodeError[]> {
    const groups = new Map<string, DecodeError[]>();
    for (let chunk = 0; chunk < this.#count; chunk++) {
      const records = this.#tally(chunk).failed > 0 ? [...this.#chunk(chunk)] : [];
      const failed = records.filter((record) => record.failed);
      for (const error of failed.flatMap((record) => record.errors())) {
        const group = groups.get(error.code);
        group === undefined ? groups.set(error.code, [error]) : group.push(error);
      }
    }
    return groups;
  }
}

/** Counts records, whose values are made for it. */
function tally(records: Records<unknown, unknown>): Tally {
  let failed = 0;
  let tombstones = 0;
  for (const record of records) {
    failed += record.failed ? 1 : 0;
    tombstones += record.valueTombstone !== undefined ? 1 : 0;
  }
  return { failed, tombstones };
}

/** The chunk that a place is in. */
function chunkAt(bounds: readonly number[], place: number): number {
  let low = 0;
  let high = bounds.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (bounds[middle]! <= place) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return low;
}

/** A property's name as an index. */
function indexOf(name: string | symbol): number | undefined {
  return typeof name === "string" && /^(?:0|[1-9]\d*)$/.test(name) ? Number(name) : undefined;
}

// `batch[i]` without a property for every record: what a batch doesn't have itself is looked for here.
Object.setPrototypeOf(
  RecordBatch.prototype,
  new Proxy(Object.prototype, {
    get(target, name, receiver) {
      const index = indexOf(name);
      return index !== undefined && receiver instanceof RecordBatch
        ? receiver.at(index)
        : Reflect.get(target, name, receiver);
    },
  }),
);
