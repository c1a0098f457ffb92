/**
 * An event object's records as columns: what the core needs of each is written into its memory, a chunk at a time.
 *
 * A record whose fields all have the documented types is forwarded field by field. Any other goes as its JSON text, and
 * an event that is built otherwise goes as text altogether: what they mean is for the core to say.
 */

import type { Contexts } from "./contexts.js";
import type { Core } from "./core.js";
import { recordText } from "./event.js";
import { encodableHeaders } from "./headers.js";
import { type Candidate, isWellFormed, PLAIN } from "./plain.js";
import { Notice, type TapeReader } from "./reader.js";
import { added, Texts } from "./texts.js";
import { ABSENT, CHUNK, NULL, ODD, WORDS } from "./words.js";

/**
 * Base64 after which a chunk ends: what is kept of a record's text can keep all of its chunk's in memory. What a larger chunk
 * begins with isn't in the cache any more when it is read.
 */
const CHUNK_TEXT = 48 << 10;

/** Strings are joined by so many records before they are copied: one copy for each side would take four times as long. */
const ROPE = 128;

/** Characters after which they are copied: engines put larger strings where making them takes longer. */
const ROPE_TEXT = 60_000;

/** UTF-8 bytes of a key of `records`; longer ones name no partition (src/event/outline.rs). */
const GROUP_BYTES = 260;

/** Base64 beyond which an event is weighed by its text. */
const WEIGHED = 8 << 20;

/** The core's default limit on records (src/limits.rs): an event with more is the core's to refuse. */
const MOST_RECORDS = 10_000;

/** A record of an event whose fields have the documented types. */
export interface PlainRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly timestamp?: number | null;
  readonly timestampType?: string | null;
  readonly headers?: readonly object[] | null;
  readonly key?: string | null;
  readonly value?: string | null;
  readonly keySchemaMetadata?: SchemaMetadata | null;
  readonly valueSchemaMetadata?: SchemaMetadata | null;
}

interface SchemaMetadata {
  readonly schemaId?: string | null;
  readonly dataFormat?: string | null;
}

/** In the place of a record that goes as its text. */
const ODD_RECORD: PlainRecord = { topic: "", partition: 0, offset: 0 };

/** The records of an event, and under which key each stands. */
export interface EventRecords {
  readonly records: readonly unknown[];
  readonly groups: readonly { readonly name: string; readonly start: number }[];
  /** Where chunks begin, and where the last one ends. */
  readonly bounds: readonly number[];
  /** The index under its key of each record; where there is none, no record has been dropped. */
  readonly indexes?: readonly number[];
}

/** The records of an event object; undefined where it must go as text. */
export function eventRecords(event: unknown): EventRecords | undefined {
  const lists = isObject(event) && !("toJSON" in event) ? event.records : undefined;
  if (!isObject(lists)) {
    return undefined;
  }
  let groups: { name: string; start: number }[] = [];
  let records: readonly unknown[] = [];
  let count = 0;
  for (const name of Object.keys(lists)) {
    const list = lists[name];
    if (!Array.isArray(list) || isLong(name) || !isWellFormed(name)) {
      return undefined;
    }
    count += list.length;
    if (count > MOST_RECORDS) {
      return undefined;
    }
    if (list.length > 0) {
      groups = added(groups, { name, start: records.length });
      records = records.length === 0 ? list : records.concat(list);
    }
  }
  const bounds = chunkBounds(records);
  return bounds && { records, groups, bounds };
}

function isLong(name: string): boolean {
  return name.length > GROUP_BYTES / 3 && new TextEncoder().encode(name).length > GROUP_BYTES;
}

function isObject(value: unknown): value is Candidate {
  if (typeof value !== "object" || value === null) {
    return false;
  }
  const { __proto__ } = value as Candidate;
  return __proto__ === PLAIN;
}

/** Where chunks of records begin and end, unless they weigh too much together. */
function chunkBounds(records: readonly unknown[]): number[] | undefined {
  let bounds: number[] | undefined;
  let all = 0;
  let weight = 0;
  let next = CHUNK;
  for (let i = 0; i < records.length; i++) {
    if (i === next || weight > CHUNK_TEXT) {
      bounds ??= [0];
      bounds.push(i);
      all += weight;
      weight = 0;
      next = i + CHUNK;
    }
    const record = records[i] as PlainRecord | null | undefined;
    weight += (record?.key?.length ?? 0) + (record?.value?.length ?? 0);
  }
  if (all + weight > WEIGHED) {
    return undefined;
  }
  if (bounds === undefined) {
    return records.length === 0 ? [0] : [0, records.length];
  }
  bounds.push(records.length);
  return bounds;
}

/** The records that are kept: 1 in the place of each. */
export function kept({ records, groups }: EventRecords, keep: ArrayLike<number>): EventRecords {
  const left: unknown[] = [];
  const indexes: number[] = [];
  const starts: { name: string; start: number }[] = [];
  groups.forEach(({ name, start }, group) => {
    const before = left.length;
    const end = groups[group + 1]?.start ?? records.length;
    for (let i = start; i < end; i++) {
      if (keep[i] === 1) {
        left.push(records[i]);
        indexes.push(i - start);
      }
    }
    if (left.length > before) {
      starts.push({ name, start: before });
    }
  });
  return { records: left, groups: starts, bounds: chunkBounds(left)!, indexes };
}

/** Writes chunks for one core. */
export class ColumnWriter {
  readonly #core: Core;
  readonly #reader: TapeReader;
  readonly #contexts: Contexts;
  /** How many bytes of text the core has been asked to hold. */
  #room = 0;
  #context = -1;
  #group: string | undefined;
  #topic = "";
  #key: Told = NOTHING;
  #value: Told = NOTHING;

  constructor(core: Core, reader: TapeReader, contexts: Contexts) {
    this.#core = core;
    this.#reader = reader;
    this.#contexts = contexts;
  }

  /** To be called when the contexts have been forgotten. */
  forget(): void {
    this.#group = undefined;
  }

  /** Writes the records of a chunk into the core's memory. */
  write(event: EventRecords, from: number, to: number): void {
    if (!this.#copy(event, from, to, false)) {
      // What isn't ASCII is no base64: the core shall see it as it is.
      this.#copy(event, from, to, true);
    }
  }

  /** The same; false where a text has characters that the core must see as they are, and `careful` wasn't asked for. */
  #copy(event: EventRecords, from: number, to: number, careful: boolean): boolean {
    // Small chunks have but one.
    let texts: Texts | undefined;
    // Here and not in an object: engines keep what a loop changes in registers.
    let rope = "";
    let joined = 0;
    let { ints, floats } = this.#reader.refresh();
    const words = this.#reader.notice(Notice.Words) / 4;
    const offsets = this.#reader.notice(Notice.Offsets) / 8 - from;
    let group = groupAt(event, from);
    let { name, start, end } = groupOf(event, group);
    for (let i = from, w = words; i < to; i++, w += WORDS) {
      while (i >= end) {
        ({ name, start, end } = groupOf(event, ++group));
      }
      const record = event.records[i];
      let plain = isPlain(record) && !(careful && !isAscii(record)) ? record : ODD_RECORD;
      if (!this.#isSame(name, plain) && this.#contextFor(name, plain) < 0) {
        plain = ODD_RECORD;
        this.#contextFor(name, plain);
      }
      if (ints.length === 0) {
        // The core's memory has grown, for a new context.
        ({ ints, floats } = this.#reader.refresh());
      }
      const { partition, offset, key, value } = plain;
      ints[w] = this.#context;
      ints[w + 1] = event.indexes === undefined ? i - start : event.indexes[i]!;
      ints[w + 2] = partition;
      floats[offsets + i] = offset;
      if (plain === ODD_RECORD) {
        ints[w + 3] = ODD;
        texts ??= new Texts();
        ints[w + 4] = texts.whole(recordText(record));
      } else {
        ints[w + 3] = word(key);
        ints[w + 4] = word(value);
        rope += key ?? "";
        rope += value ?? "";
        if (++joined === ROPE || rope.length > ROPE_TEXT) {
          texts ??= new Texts();
          texts.add(rope);
          rope = "";
          joined = 0;
        }
      }
    }
    if (texts === undefined) {
      this.#reserve(rope.length);
      return this.#write(rope, this.#reader.notice(Notice.Text));
    }
    texts.add(rope);
    return this.#fill(texts);
  }

  /** Writes texts into the core's memory; false where one is of characters that it must see as they are. */
  #fill(texts: Texts): boolean {
    texts.end();
    this.#reserve(texts.bytes);
    let at = this.#reader.notice(Notice.Text);
    for (const part of texts.parts) {
      if (!this.#write(part, at)) {
        return false;
      }
      at += part.length;
    }
    return true;
  }

  #write(part: string | Uint8Array, at: number): boolean {
    const { latin1 } = this.#reader;
    const { bytes: memory } = this.#reader.refresh();
    if (typeof part === "string") {
      return latin1.write(memory, at, part);
    }
    memory.set(part, at);
    return true;
  }

  /** Sees that there is room for so many bytes of text. */
  #reserve(bytes: number): void {
    if (bytes > this.#room) {
      this.#room = bytes;
      this.#core.room(bytes);
      this.#reader.refresh();
    }
  }

  /** Whether a record has the context of the one before. */
  #isSame(group: string, { topic, keySchemaMetadata, valueSchemaMetadata }: PlainRecord): boolean {
    return (
      group === this.#group &&
      topic === this.#topic &&
      tells(keySchemaMetadata, this.#key) &&
      tells(valueSchemaMetadata, this.#value)
    );
  }

  /** The context of a record; -1 where its topic or metadata hold a text that JSON can't. */
  #contextFor(group: string, record: PlainRecord): number {
    const { topic, keySchemaMetadata: key, valueSchemaMetadata: value } = record;
    const fields = [group, topic, key?.schemaId, key?.dataFormat, value?.schemaId, value?.dataFormat];
    const text = JSON.stringify([...fields, key != null, value != null]);
    const context = this.#contexts.number(text);
    this.#context = context;
    this.#group = group;
    this.#topic = topic;
    this.#key = told(key);
    this.#value = told(value);
    return context;
  }
}

/** The word that tells of a side. */
function word(text: string | null | undefined): number {
  return typeof text === "string" ? text.length : text === null ? NULL : ABSENT;
}

/** A group's name, and its records: from which to which. */
function groupOf({ groups }: EventRecords, group: number): { name: string; start: number; end: number } {
  const { name, start } = groups[group]!;
  return { name, start, end: groups[group + 1]?.start ?? Number.POSITIVE_INFINITY };
}

function groupAt({ groups }: EventRecords, index: number): number {
  let group = 0;
  while (group + 1 < groups.length && groups[group + 1]!.start <= index) {
    group++;
  }
  return group;
}

/** What metadata tell: nothing of it is looked at again for the records that follow. */
interface Told {
  readonly has: boolean;
  readonly id: string | null | undefined;
  readonly format: string | null | undefined;
}

const NOTHING: Told = { has: false, id: undefined, format: undefined };

function told(metadata: SchemaMetadata | null | undefined): Told {
  return metadata == null ? NOTHING : { has: true, id: metadata.schemaId, format: metadata.dataFormat };
}

/** Whether metadata tell the same. */
function tells(metadata: SchemaMetadata | null | undefined, { has, id, format }: Told): boolean {
  return metadata == null ? !has : has && metadata.schemaId === id && metadata.dataFormat === format;
}

/** Whether a record's fields all have the types that Lambda documents. */
export function isPlain(record: unknown): record is PlainRecord {
  if (typeof record !== "object" || record === null) {
    return false;
  }
  const fields = record as Candidate;
  const { __proto__, topic, partition, offset, timestamp, timestampType } = fields;
  return (
    __proto__ === PLAIN &&
    fields.toJSON === undefined &&
    typeof topic === "string" &&
    typeof partition === "number" &&
    (partition | 0) === partition &&
    Number.isSafeInteger(offset) &&
    (timestamp == null || Number.isSafeInteger(timestamp)) &&
    (timestampType == null || timestampType === "CREATE_TIME" || timestampType === "LOG_APPEND_TIME") &&
    isPayload(fields.key) &&
    isPayload(fields.value) &&
    isSchemaMetadata(fields.keySchemaMetadata) &&
    isSchemaMetadata(fields.valueSchemaMetadata) &&
    encodableHeaders(fields.headers)
  );
}

function isPayload(value: unknown): boolean {
  return typeof value === "string" || value == null;
}

function isSchemaMetadata(value: unknown): boolean {
  if (value == null) {
    return true;
  }
  const { __proto__, toJSON, schemaId, dataFormat } = value as Candidate;
  return __proto__ === PLAIN && toJSON === undefined && isPayload(schemaId) && isPayload(dataFormat);
}

function isAscii({ key, value }: PlainRecord): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what is meant
  const ascii = /^[\x00-\x7f]*$/;
  return ascii.test(key ?? "") && ascii.test(value ?? "");
}
