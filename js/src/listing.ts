/**
 * The records of an event's text as the core lists them: words that say which they are, and where in the text what is needed
 * of each stands. A chunk's go back to the core with the part of the text that they tell of.
 */

import type { Contexts } from "./contexts.js";
import type { Core } from "./core.js";
import { Notice, type TapeReader } from "./reader.js";
import { CHUNK, LISTED, Word } from "./words.js";

/** Bytes of the text after which a chunk ends. */
const CHUNK_BYTES = 96 << 10;

/** What the core lists. */
export interface Listing {
  /** The event's text. */
  readonly text: Uint8Array;
  /** {@link LISTED} of each record. */
  readonly words: Int32Array;
  /** What records have in common, as JSON texts, by the number that their words name it by. */
  readonly contexts: readonly string[];
  /** Where chunks begin, and where the last one ends. */
  readonly bounds: readonly number[];
}

/** Where chunks of records begin and end. */
export function chunkBounds(words: Int32Array): number[] {
  const count = words.length / LISTED;
  const bounds = [0];
  let first = 0;
  for (let i = 1; i < count; i++) {
    if (i === first + CHUNK || end(words, i) - words[first * LISTED + Word.Start]! > CHUNK_BYTES) {
      bounds.push(i);
      first = i;
    }
  }
  if (count > 0) {
    bounds.push(count);
  }
  return bounds;
}

/** Where a record's text ends. */
function end(words: Int32Array, record: number): number {
  const at = record * LISTED;
  return words[at + Word.Start]! + words[at + Word.Length]!;
}

/** Hands chunks of listed records back to one core. */
export class Gatherer {
  readonly #core: Core;
  readonly #reader: TapeReader;
  readonly #contexts: Contexts;
  /** How many bytes of text the core has been asked to hold. */
  #room = 0;

  constructor(core: Core, reader: TapeReader, contexts: Contexts) {
    this.#core = core;
    this.#reader = reader;
    this.#contexts = contexts;
  }

  /** Writes the records of a chunk into the core's memory; whether the core takes them. */
  write(listing: Listing, from: number, to: number): boolean {
    const words = listing.words.slice(from * LISTED, to * LISTED);
    this.#number(words, listing.contexts);
    const start = words[Word.Start]!;
    const text = listing.text.subarray(start, end(words, to - from - 1));
    if (text.length > this.#room) {
      this.#room = text.length;
      this.#core.roomToGather(text.length);
    }
    const { ints, bytes } = this.#reader.refresh();
    ints.set(words, this.#reader.notice(Notice.Gather) / 4);
    bytes.set(text, this.#reader.notice(Notice.Part));
    return this.#core.gather(to - from, start);
  }

  /** Puts the core's numbers of contexts in the place of the list's. */
  #number(words: Int32Array, contexts: readonly string[]): void {
    let last = -1;
    let number = -1;
    for (let at = Word.Context; at < words.length; at += LISTED) {
      const context = words[at]!;
      if (context !== last) {
        last = context;
        number = this.#contexts.number(contexts[context]!);
      }
      words[at] = number;
    }
  }
}
