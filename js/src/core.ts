/** What the WebAssembly core offers: the contract between bindings/js and this package. */

import type { SideName } from "./side.js";

/** One decoder inside a WebAssembly instance. Methods throw an error's JSON text as a string. */
export interface Core {
  /** A JSON array of the references whose schemas have not been added. */
  missingSchemas(event: Uint8Array): string;
  /** Adds a schema document, given as JSON text. */
  addSchema(document: string): void;
  /** The schemas that were added, as JSON text. */
  schemas(): string;
  /** How often each rule was tolerated to be broken, as JSON text. */
  warnings(): string;
  /** What was given, as JSON text. */
  envelope(event: Uint8Array): string;
  /** The likely readings of a side's payload, of the record named or the first that has one, as JSON text. */
  detect(event: Uint8Array, side: string, record?: number): string;
  /** A Protobuf payload read without its schema, as JSON text. */
  guess(topic: string, side: string, payload: Uint8Array): string;
  /** Whether filter criteria keep a record, as JSON text. */
  matchesFilter(pattern: string, record: string): string;
  /** Decodes an event to `{"records":[…]}` as JSON text. */
  decodeEventJson(event: Uint8Array): string;
  /** Lists an event's records; false where not all can be, and {@link decodeEvent} is to be called. */
  list(event: Uint8Array): boolean;
  /** What listed records have in common, from a number on, as a JSON array of what {@link context} takes. */
  listedContexts(from: number): string;
  /** Decodes an event onto the tape, all of it, and lists its records; gives the length of what the table can't tell. */
  decodeEvent(event: Uint8Array): number;
  /** Takes what records have in common, as a JSON array; gives the number that they name it by, or -1. */
  context(text: string): number;
  /** Forgets contexts, those of lists too, and references. */
  forget(): void;
  /** The address of what `Notice` of reader.ts names. It stays. */
  notice(): number;
  /** Makes room for the texts of a chunk of records. */
  room(bytes: number): void;
  /** Makes room for the part of an event's text that a chunk of records stands in. */
  roomToGather(bytes: number): void;
  /** Makes a chunk of so many records that were listed, whose part of the text begins at a place; false where it is none. */
  gather(records: number, start: number): boolean;
  /**
   * Decodes the chunk of so many records that was written; gives the length of what the table can't tell, or -1. Takes how
   * many bytes earlier chunks of the event were inflated to.
   */
  decodeColumns(records: number, inflated: number): number;
  /** What the configuration's criteria need: 0 for nothing, 1 for columns, 2 for the event's text. */
  criteria(): number;
  /**
   * Which records of the chunk of so many that was written the criteria keep: a 1 for each of those. All chunks of an event are
   * asked for one after the other.
   */
  keepColumns(records: number, first: boolean): Uint8Array;
  /** What the table can't tell of the last chunk or event, as a JSON object. */
  documents(): string;
  /** The text of a reference that the table names, counted from 0. */
  reference(index: number): string;
  /** Decodes one payload onto the tape; gives its side as JSON text. */
  decodePayload(topic: string, side: string, payload: Uint8Array): string;
  /** The records of an event as Lambda delivers them, as JSON text: `[{"source","record"}]`. */
  rawRecords(event: Uint8Array): string;
  /** A payload of a record, given as JSON text, without its framing; undefined for a tombstone. */
  body(record: string, side: string): Uint8Array | undefined;
  /** Checks a new schema against its history: a JSON document in, one out. */
  checkCompatibility(document: string): string;
  /** Checks a schema strictly: a JSON document in, one out. */
  checkSchema(document: string): string;
  /** Encodes a datum from its JSON text. */
  encode(type: string, schema: string, json: string): Uint8Array;
  /** The shape of a plan's values, as JSON text. */
  shape(plan: number): string;
  /** The shape of a learned template's values, as JSON text; they are numbered from 1. */
  template(number: number): string;
  /** The map keys that the tape numbers, from a number on, as a JSON array. */
  keys(from: number): string;
  /** Gives the decoder's memory back to the instance. */
  free(): void;
}

/** One WebAssembly instance. */
export interface CoreInstance {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly Core: new (config: string) => Core;
}

/** What an entry injects: how to get at WebAssembly and text on its platform. */
export interface Platform {
  /** A new instance, from a module that is compiled once and kept. */
  instantiate(): CoreInstance;
  /** How it reads and writes text of a byte a character, where it has a way of its own. */
  readonly latin1?: Latin1;
}

/** How a platform reads and writes text of a byte a character. */
export interface Latin1 {
  /** The bytes between two places as a string, and whether they are all ASCII. */
  read(bytes: Uint8Array, from: number, to: number, ascii: boolean): string;
  /** Writes a string at a place, for which there is room; false where it has other characters than the platform writes. */
  write(bytes: Uint8Array, at: number, text: string): boolean;
}

/** The error document that every host prints. */
export interface ErrorDocument {
  code: string;
  category: string;
  side?: SideName | "header";
  topic?: string;
  partition?: number;
  offset?: number;
  path?: string;
  byteOffset?: number;
  space?: string;
  message: string;
  hint?: string;
  frame?: string;
  retryable: boolean;
}

/** One side of a record, without its value. */
export interface SideDocument {
  schema?: string;
  tombstone?: "absent" | "null";
  error?: ErrorDocument;
}

/** One record, without its sides. */
export interface RecordDocument {
  topic: string | null;
  partition: number | null;
  offset: number | null;
  timestamp: number | null;
  timestampType: string | null;
  headers: { name: string; value: string | null }[] | null;
}

/** A record as Lambda delivers it, so far as its fields are as documented. */
export interface RawRecord {
  readonly topic?: unknown;
  readonly partition?: unknown;
  readonly offset?: unknown;
  readonly key?: unknown;
  readonly value?: unknown;
}
