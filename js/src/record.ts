/** A record whose sides are made when first read. */

import type { DecodedRecord, RecordJson, Result, Tombstone } from "./api.js";
import { DOCUMENT } from "./canonical.js";
import type { RecordDocument } from "./core.js";
import { type HeaderDocuments, HeaderList, type RecordHeaders } from "./headers.js";
import { LazySide, type Source } from "./side.js";

const same = (value: unknown): unknown => value;

/** A record over a decoded batch. */
export class LazyRecord<K, V> implements DecodedRecord<K, V> {
  readonly topic: string | null;
  readonly partition: number | null;
  readonly offset: number | null;
  readonly timestamp: number | null;
  readonly timestampType: string | null;
  readonly #headerDocuments: HeaderDocuments | null;
  #headers: RecordHeaders | undefined;
  readonly #key: LazySide;
  readonly #value: LazySide;

  /** The record at a place of a batch: its sides are two rows of the table. */
  constructor(document: RecordDocument, source: Source, index: number) {
    this.topic = document.topic;
    this.partition = document.partition;
    this.offset = document.offset;
    this.timestamp = document.timestamp;
    this.timestampType = document.timestampType;
    this.#headerDocuments = document.headers;
    this.#key = new LazySide(document.key, source, 2 * index);
    this.#value = new LazySide(document.value, source, 2 * index + 1);
  }

  get headers(): RecordHeaders {
    this.#headers ??= new HeaderList(this.#headerDocuments ?? []);
    return this.#headers;
  }

  get key(): K | null {
    return this.#key.value as K | null;
  }

  get value(): V | null {
    return this.#value.value as V | null;
  }

  get keyResult(): Result<K | null> {
    return this.#key.result as Result<K | null>;
  }

  get valueResult(): Result<V | null> {
    return this.#value.result as Result<V | null>;
  }

  get keyTombstone(): Tombstone | undefined {
    return this.#key.tombstone;
  }

  get valueTombstone(): Tombstone | undefined {
    return this.#value.tombstone;
  }

  get keySchema(): string | undefined {
    return this.#key.schema;
  }

  get valueSchema(): string | undefined {
    return this.#value.schema;
  }

  /** The sides on which the core failed. */
  failures(): LazySide[] {
    return [this.#key, this.#value].filter((side) => side.failed);
  }

  toJSON(): RecordJson {
    return this.#json();
  }

  /** The document with the values as they are, for `stringify`. */
  [DOCUMENT](): RecordJson {
    return this.#json(same);
  }

  #json(form?: (value: unknown) => unknown): RecordJson {
    const { topic, partition, offset, timestamp, timestampType } = this;
    const headers = this.#headerDocuments === null ? null : this.headers.toJSON();
    const key = this.#key.json(form);
    return {
      topic,
      partition,
      offset,
      timestamp,
      timestampType,
      headers,
      key,
      value: this.#value.json(form),
    };
  }
}
