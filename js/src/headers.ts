/** A record's headers: in order, duplicates kept. */

import { fromBase64, toBase64 } from "./base64.js";
import { type Candidate, isWellFormed, PLAIN } from "./plain.js";

/** One header. */
export interface Header {
  /** The header's name. */
  readonly name: string;
  /** Its bytes; null where it has no value. */
  readonly bytes: Uint8Array | null;
  /** Its bytes as UTF-8 text, with U+FFFD for what is none; null where it has no value. */
  readonly text: string | null;
}

/** A record's headers in the order of the record. A name may come more than once. */
export interface RecordHeaders extends Iterable<Header> {
  /** How many headers there are. */
  readonly length: number;
  /** The last header of a name. */
  get(name: string): Header | undefined;
  /** All headers of a name, in order. */
  getAll(name: string): Header[];
  /** Whether there is a header of a name. */
  has(name: string): boolean;
  /** The headers with their bytes as base64, as every host prints them. */
  toJSON(): { name: string; value: string | null }[];
}

/** Headers as the core gives them. */
export type HeaderDocuments = readonly { readonly name: string; readonly value: string | null }[];

/** Names that are known to be well-formed text: an event's records share a few, and mostly have one. */
const wellFormed = new Set<string>();
let last = "";

/** How headers begin that framings read (`asks_for` in src/framing): the core must see them. */
const FRAMING = /^(?:__(?:key|value)_schema_id|apicurio\.|ce_|content-type)/i;

/**
 * Whether an event's headers are as documented, objects of names with lists of bytes, signed or not, and are none that
 * decoding depends on.
 */
export function encodableHeaders(headers: unknown): headers is readonly object[] | null | undefined {
  if (headers == null) {
    return true;
  }
  if (!Array.isArray(headers)) {
    return false;
  }
  for (let i = 0; i < headers.length; i++) {
    const header = headers[i] as Candidate | null | undefined;
    if (typeof header !== "object" || header === null) {
      return false;
    }
    const { __proto__ } = header;
    if (__proto__ !== PLAIN) {
      return false;
    }
    for (const name in header) {
      if (!isName(name) || !isBytes(header[name])) {
        return false;
      }
    }
  }
  return true;
}

function isName(name: string): boolean {
  if (name === last) {
    return true;
  }
  if (wellFormed.has(name)) {
    last = name;
    return true;
  }
  if (!isWellFormed(name) || FRAMING.test(name)) {
    return false;
  }
  if (wellFormed.size < 100) {
    wellFormed.add(name);
  }
  return true;
}

function isBytes(value: unknown): boolean {
  if (value === null) {
    return true;
  }
  if (!Array.isArray(value)) {
    return false;
  }
  for (let i = 0; i < value.length; i++) {
    const byte: unknown = value[i];
    if (typeof byte !== "number" || (byte | 0) !== byte || byte < -128 || byte > 255) {
      return false;
    }
  }
  return true;
}

/** An event's own headers as the core gives them. */
export function headerDocuments(headers: readonly object[]): HeaderDocuments {
  return headers.flatMap((header) =>
    Object.entries(header as Record<string, number[] | null>).map(([name, bytes]) => ({
      name,
      // Bytes below 0 are those of Java.
      value: bytes === null ? null : toBase64(Uint8Array.from(bytes)),
    })),
  );
}

class LazyHeader implements Header {
  readonly name: string;
  readonly #value: string | null;
  #bytes: Uint8Array | null | undefined;

  constructor({ name, value }: { readonly name: string; readonly value: string | null }) {
    this.name = name;
    this.#value = value;
  }

  get bytes(): Uint8Array | null {
    this.#bytes ??= this.#value === null ? null : (fromBase64(this.#value) ?? null);
    return this.#bytes;
  }

  get text(): string | null {
    const { bytes } = this;
    return bytes === null ? null : new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  }

  toJSON(): { name: string; value: string | null } {
    return { name: this.name, value: this.bytes === null ? null : toBase64(this.bytes) };
  }
}

/** Headers over what the core gave. */
export class HeaderList implements RecordHeaders {
  readonly #headers: readonly LazyHeader[];

  constructor(documents: HeaderDocuments) {
    this.#headers = documents.map((document) => new LazyHeader(document));
  }

  get length(): number {
    return this.#headers.length;
  }

  get(name: string): Header | undefined {
    return this.getAll(name).at(-1);
  }

  getAll(name: string): Header[] {
    return this.#headers.filter((header) => header.name === name);
  }

  has(name: string): boolean {
    return this.#headers.some((header) => header.name === name);
  }

  [Symbol.iterator](): Iterator<Header> {
    return this.#headers[Symbol.iterator]();
  }

  toJSON(): { name: string; value: string | null }[] {
    return this.#headers.map((header) => header.toJSON());
  }
}
