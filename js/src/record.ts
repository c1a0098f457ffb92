/** A record whose sides are made when first read. */

import type { DecodedRecord, RecordJson, Result, Tombstone } from "./api.js";
import { DOCUMENT } from "./canonical.js";
import { type Chunk, Failure, result, sideJson } from "./chunk.js";
import type { DecodeError } from "./errors.js";
import { type HeaderDocuments, HeaderList, headerDocuments, type RecordHeaders } from "./headers.js";

const same = (value: unknown): unknown => value;

/** In the place of what hasn't been made. */
const UNMADE = Symbol("unmade");

/** What a record is besides its sides: an event's own record, or the core's document of one. */
export interface Metadata {
  readonly topic: string | null;
  readonly partition: number | null;
  readonly offset: number | null;
  readonly timestamp?: number | null;
  readonly timestampType?: string | null;
  readonly headers?: readonly object[] | null;
}

/** A record over a decoded chunk. */
export class LazyRecord<K, V> implements DecodedRecord<K, V> {
  readonly topic: string | null;
  readonly partition: number | null;
  readonly offset: number | null;
  readonly timestamp: number | null;
  readonly timestampType: string | null;
  /** As the event or the core has them, until they are asked for. */
  readonly #rawHeaders: readonly object[] | null;
  readonly #plain: boolean;
  #headers: RecordHeaders | undefined;
  readonly #chunk: Chunk;
  /** The row of the key; that of the value is the next one. */
  readonly #row: number;
  #key: unknown = UNMADE;
  #value: unknown = UNMADE;

  /** The record at a place of a chunk. `plain` where its metadata is the event's own, headers as lists of bytes. */
  constructor(metadata: Metadata, plain: boolean, chunk: Chunk, index: number) {
    this.topic = metadata.topic;
    this.partition = metadata.partition;
    this.offset = metadata.offset;
    this.timestamp = metadata.timestamp ?? null;
    this.timestampType = metadata.timestampType ?? null;
    this.#rawHeaders = metadata.headers ?? null;
    this.#plain = plain;
    this.#chunk = chunk;
    this.#row = 2 * index;
  }

  get headers(): RecordHeaders {
    if (this.#headers === undefined) {
      const raw = this.#rawHeaders ?? [];
      this.#headers = new HeaderList(this.#plain ? headerDocuments(raw) : (raw as HeaderDocuments));
    }
    return this.#headers;
  }

  get key(): K | null {
    const made = this.#madeKey();
    if (made instanceof Failure) {
      throw made.error;
    }
    return made as K | null;
  }

  get value(): V | null {
    const made = this.#madeValue();
    if (made instanceof Failure) {
      throw made.error;
    }
    return made as V | null;
  }

  get keyResult(): Result<K | null> {
    return result(this.#madeKey()) as Result<K | null>;
  }

  get valueResult(): Result<V | null> {
    return result(this.#madeValue()) as Result<V | null>;
  }

  get keyTombstone(): Tombstone | undefined {
    return this.#chunk.tombstone(this.#row);
  }

  get valueTombstone(): Tombstone | undefined {
    return this.#chunk.tombstone(this.#row + 1);
  }

  get keySchema(): string | undefined {
    return this.#chunk.schema(this.#row);
  }

  get valueSchema(): string | undefined {
    return this.#chunk.schema(this.#row + 1);
  }

  /** Whether the core failed on either side. */
  get failed(): boolean {
    return this.#chunk.failed(this.#row) || this.#chunk.failed(this.#row + 1);
  }

  /** The errors of its sides. */
  errors(): DecodeError[] {
    const errors: DecodeError[] = [];
    for (const made of [this.#madeKey(), this.#madeValue()]) {
      if (made instanceof Failure) {
        errors.push(made.error);
      }
    }
    return errors;
  }

  toJSON(): RecordJson {
    return this.#json();
  }

  /** The document with the values as they are, for `stringify`. */
  [DOCUMENT](): RecordJson {
    return this.#json(same);
  }

  #madeKey(): unknown {
    if (this.#key === UNMADE) {
      this.#key = this.#chunk.make(this.#row);
    }
    return this.#key;
  }

  #madeValue(): unknown {
    if (this.#value === UNMADE) {
      this.#value = this.#chunk.make(this.#row + 1);
    }
    return this.#value;
  }

  #json(form?: (value: unknown) => unknown): RecordJson {
    const { topic, partition, offset, timestamp, timestampType } = this;
    // Where headers are absent or null the core's document has an empty list.
    const headers = this.headers.toJSON();
    const key = sideJson(this.#chunk, this.#row, this.#madeKey(), form);
    const value = sideJson(this.#chunk, this.#row + 1, this.#madeValue(), form);
    return { topic, partition, offset, timestamp, timestampType, headers, key, value };
  }
}
