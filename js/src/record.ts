/** A record whose sides are made when first read. */

import type { DecodedRecord, RecordJson, Result, Tombstone } from "./api.js";
import { fromBase64 } from "./base64.js";
import { DOCUMENT } from "./canonical.js";
import { type Chunk, Failure, type Metadata, result, sideJson } from "./chunk.js";
import { type DecodeError, isDecodeError } from "./errors.js";
import { HeaderList, type RecordHeaders } from "./headers.js";
import { asyncError, isPromise, type Made } from "./output.js";
import { SIDES, type SideName, sideOf } from "./side.js";

const same = (value: unknown): unknown => value;

/** As Node documents it for objects that run elsewhere too. */
const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** In the place of what hasn't been made. */
const UNMADE = Symbol("unmade");

/** A record over a decoded chunk. */
export class LazyRecord<K, V> implements DecodedRecord<K, V> {
  readonly #chunk: Chunk;
  /** The row of the key; that of the value is the next one. */
  readonly #row: number;
  #key: unknown = UNMADE;
  #value: unknown = UNMADE;
  #headers: RecordHeaders | undefined;

  /** The record at a place of a chunk. */
  constructor(chunk: Chunk, index: number) {
    this.#chunk = chunk;
    this.#row = 2 * index;
  }

  get topic(): string | null {
    return this.#metadata().topic;
  }

  get partition(): number | null {
    return this.#metadata().partition;
  }

  get offset(): number | null {
    return this.#metadata().offset;
  }

  get timestamp(): number | null {
    return this.#metadata().timestamp ?? null;
  }

  get timestampType(): string | null {
    return this.#metadata().timestampType ?? null;
  }

  get headers(): RecordHeaders {
    if (this.#headers === undefined) {
      this.#headers = new HeaderList(this.#chunk.headers(this.#row));
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

  get date(): Date | null {
    return this.timestamp === null ? null : new Date(this.timestamp);
  }

  get id(): string | null {
    const { topic, partition, offset } = this;
    return topic === null || partition === null || offset === null ? null : `${topic}-${partition}-${offset}`;
  }

  get idWithSource(): string | null {
    const { id } = this;
    const source = this.#chunk.beside.raw?.source(this.#chunk.place(this.#row));
    return id === null || source === undefined ? id : `${source}/${id}`;
  }

  get originalKey(): string | null | undefined {
    return this.#original("key");
  }

  get originalValue(): string | null | undefined {
    return this.#original("value");
  }

  bytes(side: SideName = "value"): Uint8Array | null {
    const original = this.#original(sideOf(side));
    const bytes = typeof original === "string" ? fromBase64(original) : null;
    // What is no base64, or no text, is this side's error.
    return bytes ?? this.#nothing(side);
  }

  body(side: SideName = "value"): Uint8Array | null {
    try {
      return this.#chunk.beside.raw?.body(this.#chunk.place(this.#row), sideOf(side)) ?? this.#nothing(side);
    } catch (error) {
      // The whole record's, which names the record.
      throw isDecodeError(error) && error.category === "event" ? this.error(side) : error;
    }
  }

  /** Looked up when it is asked for: loops read little of most records. No getter: engines take long for those that are private. */
  #metadata(): Metadata {
    return this.#chunk.metadata(this.#row);
  }

  /** Whether the core failed on either side. */
  get broken(): boolean {
    return this.#chunk.failed(this.#row) || this.#chunk.failed(this.#row + 1);
  }

  /** The core's errors, without making the sides that it didn't fail on. */
  faults(): DecodeError[] {
    const faults: DecodeError[] = [];
    for (const side of SIDES) {
      if (this.#chunk.failed(this.#rowOf(side))) {
        faults.push(this.error(side)!);
      }
    }
    return faults;
  }

  /** Whether either side has an error. */
  get failed(): boolean {
    return this.broken || (this.#chunk.beside.outputs !== undefined && this.errors().length > 0);
  }

  /** The errors of its sides. */
  errors(): DecodeError[] {
    const errors: DecodeError[] = [];
    for (const side of SIDES) {
      const error = this.error(side);
      if (error !== undefined) {
        errors.push(error);
      }
    }
    return errors;
  }

  /** The error of a side. */
  error(side: SideName): DecodeError | undefined {
    const made = side === "key" ? this.#madeKey() : this.#madeValue();
    return made instanceof Failure ? made.error : undefined;
  }

  /** Where outputs are configured, makes both sides; a promise where one makes one wait. */
  settle(): Promise<void> | undefined {
    if (this.#chunk.beside.outputs === undefined) {
      return undefined;
    }
    const key = this.#key === UNMADE ? this.#make("key") : this.#key;
    const value = this.#value === UNMADE ? this.#make("value") : this.#value;
    this.#key = isPromise(key) ? this.#early("key") : key;
    this.#value = isPromise(value) ? this.#early("value") : value;
    return isPromise(key) || isPromise(value) ? this.#wait(key, value) : undefined;
  }

  async #wait(key: unknown, value: unknown): Promise<void> {
    [this.#key, this.#value] = await Promise.all([key, value]);
  }

  toJSON(): RecordJson {
    return this.#json();
  }

  /** What Node prints of it, on the console for one. */
  [INSPECT](): RecordJson {
    return this.#json();
  }

  /** The document with the values as they are, for `stringify`. */
  [DOCUMENT](): RecordJson {
    return this.#json(same);
  }

  #rowOf(side: SideName): number {
    return side === "key" ? this.#row : this.#row + 1;
  }

  #original(side: SideName): string | null | undefined {
    const held = this.#chunk.own(this.#row)?.[side];
    return typeof held === "string" || held === null ? held : undefined;
  }

  /** Null for a tombstone; throws a side's error. */
  #nothing(side: SideName): null {
    const error = this.#chunk.failed(this.#rowOf(side)) ? this.error(side) : undefined;
    if (error !== undefined) {
      throw error;
    }
    return null;
  }

  #madeKey(): unknown {
    if (this.#key === UNMADE) {
      this.#key = this.#chunk.asDecoded ? this.#chunk.key(this.#row) : this.#made("key");
    }
    return this.#key;
  }

  #madeValue(): unknown {
    if (this.#value === UNMADE) {
      this.#value = this.#chunk.asDecoded ? this.#chunk.value(this.#row + 1) : this.#made("value");
    }
    return this.#value;
  }

  /** A side that can be had now. */
  #made(side: SideName): unknown {
    const made = this.#make(side);
    return isPromise(made) ? this.#early(side) : made;
  }

  /** A side as it is decoded and, where an output is configured, what that makes of it: a promise where it takes its time. */
  #make(side: SideName): unknown {
    const row = this.#rowOf(side);
    const made = this.#chunk.make(row);
    const { outputs } = this.#chunk.beside;
    if (outputs === undefined || made instanceof Failure || this.#chunk.tombstone(row) !== undefined) {
      return made;
    }
    const output = outputs.get(this.topic, side)?.(made, this);
    return output === undefined ? made : isPromise(output) ? output.then(held) : held(output);
  }

  /** In the place of a value that was to be waited for. */
  #early(side: SideName): Failure {
    return new Failure(asyncError(side, this));
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

/** What an output gave as a record holds it. */
function held(made: Made): unknown {
  return "error" in made ? new Failure(made.error) : made.value;
}
