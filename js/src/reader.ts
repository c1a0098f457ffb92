/** Reads tapes from a core's memory, and the words by which that tells where they stand. */

import type { Core, CoreInstance, Latin1, Platform } from "./core.js";
import { portable } from "./latin1.js";
import { template } from "./materialize/index.js";
import type { Materializer, Tape } from "./tape.js";

/** Views of all of a core's memory: making one for each part of each tape would cost more than reading a small tape. */
export class Views {
  readonly ints: Int32Array;
  readonly floats: Float64Array;
  readonly bigs: BigInt64Array;
  readonly units: Uint16Array;
  readonly bytes: Uint8Array;

  /** Views of a buffer. When memory grows it has another. */
  constructor(buffer: ArrayBuffer) {
    this.ints = new Int32Array(buffer);
    this.floats = new Float64Array(buffer);
    this.bigs = new BigInt64Array(buffer);
    this.units = new Uint16Array(buffer);
    this.bytes = new Uint8Array(buffer);
  }
}

/**
 * The words of the core's notice, which it rewrites with each decode, by their places: `Core::notice` of bindings/js/src/lib.rs
 * writes them in this order. An address is one of bytes in the memory; a part has an address and, in the word behind it, how many
 * items it has.
 */
export const Notice = {
  /** The addresses of what JavaScript writes: of a chunk's records the words, and the offsets as doubles. */
  Words: 0,
  Offsets: 1,
  /** Of listed records that make a chunk, the words. */
  Gather: 2,
  /** The texts of the sides; and the part of an event's text. Room for either moves it. */
  Text: 3,
  Part: 4,
  /** The parts of what was decoded: the table, and the tape's slots and heaps. */
  Table: 5,
  Ints: 7,
  Floats: 9,
  Bigs: 11,
  Latin: 13,
  Wide: 15,
  Binary: 17,
  /** The part with the words of the records that were listed of an event's text. */
  Listed: 19,
  /** How many there are of map keys, plans and references. */
  Keys: 21,
  Plans: 22,
  References: 23,
  /** How many records have an error, and how many values are tombstones. */
  Failed: 24,
  Tombstones: 25,
  /** Whether all rows are values, and those of a side name the same schema. */
  Uniform: 26,
  /** Whether all of {@link Notice.Latin} is ASCII. */
  Ascii: 27,
  /** How many bytes have been inflated for the event. */
  Inflated: 28,
  /** How many templates were learned. */
  Templates: 29,
  /** Of which generation the plans are. */
  Generation: 30,
  /** How many contexts the listed records have. */
  ListedContexts: 31,
} as const;

/** Reads what one core leaves in its memory. */
export class TapeReader {
  readonly #core: Core;
  readonly #memory: { readonly buffer: ArrayBuffer };
  /** How text of a byte a character is read and written here. */
  readonly latin1: Latin1;
  readonly #notice: number;
  readonly #keys: string[] = [];
  readonly #templates: Materializer[] = [];
  #views: Views;

  constructor({ memory }: CoreInstance, core: Core, platform: Platform) {
    this.#core = core;
    this.#memory = memory;
    this.latin1 = platform.latin1 ?? portable;
    this.#notice = core.notice() / 4;
    this.#views = new Views(memory.buffer);
  }

  /** Views of the memory as it is after a call of the core: where that has grown it, those before are of no length. */
  refresh(): Views {
    if (this.#views.bytes.length === 0) {
      this.#views = new Views(this.#memory.buffer);
    }
    return this.#views;
  }

  /** A word of the notice, as it was at the last {@link refresh}. */
  notice(place: number): number {
    return this.#views.ints[this.#notice + place]!;
  }

  /** The tape of the last decode, valid until the core is called again: then {@link keep} must have copied it. */
  tape(): Tape {
    this.refresh();
    if (this.notice(Notice.Keys) > this.#keys.length) {
      this.#learnKeys();
      this.refresh();
    }
    while (this.notice(Notice.Templates) > this.#templates.length) {
      this.#templates.push(template(this.#core.template(this.#templates.length + 1)));
      this.refresh();
    }
    const { ints, floats, bigs, bytes } = this.#views;
    return {
      ints,
      floats,
      bigs,
      binary: bytes,
      latin: this.#latin(),
      wide: this.#wide(),
      keys: this.#keys,
      templates: this.#templates,
      rows: this.notice(Notice.Table) / 4,
      c: this.notice(Notice.Ints) / 4,
      j: this.notice(Notice.Floats) / 8,
      b: this.notice(Notice.Bigs) / 8,
      k: this.notice(Notice.Binary),
    };
  }

  /** Copies a tape of {@link tape} out of the memory, so that the core may be called. */
  keep(tape: Tape): void {
    const part = (place: number, size: number): [number, number] => {
      const start = this.notice(place) / size;
      return [start, start + this.notice(place + 1)];
    };
    const table = tape.ints.subarray(...part(Notice.Table, 4));
    const words = tape.ints.subarray(...part(Notice.Ints, 4));
    const ints = new Int32Array(table.length + words.length);
    ints.set(table);
    ints.set(words, table.length);
    tape.ints = ints;
    tape.floats = tape.floats.slice(...part(Notice.Floats, 8));
    tape.bigs = tape.bigs.slice(...part(Notice.Bigs, 8));
    tape.binary = tape.binary.slice(...part(Notice.Binary, 1));
    tape.rows = 0;
    tape.c = table.length;
    tape.j = 0;
    tape.b = 0;
    tape.k = 0;
  }

  #learnKeys(): void {
    for (const key of JSON.parse(this.#core.keys(this.#keys.length)) as string[]) {
      // As a property's name it is the engine's one copy of the string: objects get it without a look-up.
      this.#keys.push(Object.keys({ [key]: 0 })[0]!);
    }
  }

  #latin(): string {
    const from = this.notice(Notice.Latin);
    const length = this.notice(Notice.Latin + 1);
    return length === 0
      ? ""
      : this.latin1.read(this.#views.bytes, from, from + length, this.notice(Notice.Ascii) === 1);
  }

  #wide(): string {
    const from = this.notice(Notice.Wide) / 2;
    const length = this.notice(Notice.Wide + 1);
    return length === 0 ? "" : utf16(this.#views.units.subarray(from, from + length));
  }
}

/** UTF-16 units as a string. A byte order mark is data here: the heap may begin with one. */
export function utf16(units: Uint16Array): string {
  return units.length === 0 ? "" : new TextDecoder("utf-16le", { ignoreBOM: true }).decode(units);
}
