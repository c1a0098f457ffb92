/** A reader over the tape that keeps its place: what both materializers read untyped values with. */

import { ROW, type Tape } from "../tape.js";
import { type Int64Mode, NO_TEXT, Tag } from "./shape.js";

/** An own property, whatever the name: `o["__proto__"] = v` would set the prototype instead. */
export function define(object: object, name: string, value: unknown): void {
  Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
}

/** Sets a property by a name that comes from data. */
export function put(object: Record<string, unknown>, name: string, value: unknown): void {
  if (name === "__proto__") {
    define(object, name, value);
  } else {
    object[name] = value;
  }
}

/** A 64-bit integer that came as a double. */
export function exactInteger(value: number, mode: Int64Mode): unknown {
  switch (mode) {
    case "bigint":
      return BigInt(value);
    case "string":
      return String(value);
    default:
      return value;
  }
}

/** A 64-bit integer beyond what a double holds. */
export function bigInteger(value: bigint, mode: Int64Mode): unknown {
  switch (mode) {
    case "number":
      return Number(value);
    case "string":
      return String(value);
    default:
      return value;
  }
}

/** Reads a tape from one place on. */
export class Cursor {
  tape: Tape;
  c = 0;
  j = 0;
  b = 0;
  p = 0;
  q = 0;
  k = 0;

  /** A cursor where a row of the table says, or nowhere yet. */
  constructor(tape: Tape, row?: number) {
    this.tape = tape;
    if (row !== undefined) {
      const { ints, rows } = tape;
      const at = rows + row * ROW;
      this.c = tape.c + ints[at + 2]!;
      this.j = tape.j + ints[at + 3]!;
      this.b = tape.b + ints[at + 4]!;
      this.p = ints[at + 5]!;
      this.q = ints[at + 6]!;
      this.k = tape.k + ints[at + 7]!;
    }
  }

  /** A word. */
  int(): number {
    return this.tape.ints[this.c++]!;
  }

  /** A double. */
  double(): number {
    return this.tape.floats[this.j++]!;
  }

  /** A signed integer of 64 bits. */
  long(mode: Int64Mode): unknown {
    const value = this.double();
    return Number.isNaN(value) ? bigInteger(this.tape.bigs[this.b++]!, mode) : exactInteger(value, mode);
  }

  /** An unsigned integer of 64 bits. */
  ulong(mode: Int64Mode): unknown {
    const value = this.double();
    return Number.isNaN(value)
      ? bigInteger(BigInt.asUintN(64, this.tape.bigs[this.b++]!), mode)
      : exactInteger(value, mode);
  }

  /** Text. */
  text(): string {
    return this.#text(this.int());
  }

  #text(n: number): string {
    if (n >= 0) {
      const start = this.p;
      this.p += n;
      return this.tape.latin.substring(start, this.p);
    }
    const start = this.q;
    this.q -= n + 1;
    return this.tape.wide.substring(start, this.q);
  }

  /** What is text as a rule. */
  likelyText(mode: Int64Mode): unknown {
    const n = this.int();
    return n === NO_TEXT ? this.any(mode) : this.#text(n);
  }

  /** What is a number as a rule. */
  likelyNumber(mode: Int64Mode): unknown {
    const value = this.double();
    return Number.isNaN(value) ? this.any(mode) : value;
  }

  /** What is a boolean as a rule. */
  likelyBoolean(mode: Int64Mode): unknown {
    const value = this.int();
    return value > 1 ? this.any(mode) : value === 1;
  }

  /** A map's key. */
  key(): string {
    const number = this.int();
    return number < 0 ? this.text() : this.tape.keys[number]!;
  }

  /** Bytes: a copy that pins nothing. */
  bytes(): Uint8Array {
    const start = this.k;
    this.k += this.int();
    return this.tape.binary.slice(start, this.k);
  }

  /** A value of no declared type, behind its tag. */
  any(mode: Int64Mode): unknown {
    const tag = this.int();
    switch (tag) {
      case Tag.Null:
        return null;
      case Tag.Boolean:
        return this.int() === 1;
      case Tag.Double:
        return this.double();
      case Tag.Long:
        return this.long(mode);
      case Tag.Digits:
        return bigInteger(BigInt(this.text()), mode);
      case Tag.String:
      case Tag.Symbol:
        return this.text();
      case Tag.Bytes:
        return this.bytes();
      case Tag.Array:
        return this.#items(mode);
      case Tag.Map:
        return this.#entries(mode);
      default:
        throw new TypeError("the tape holds an unknown tag");
    }
  }

  #items(mode: Int64Mode): unknown[] {
    const n = this.int();
    const items = new Array(n);
    for (let i = 0; i < n; i++) {
      items[i] = this.any(mode);
    }
    return items;
  }

  #entries(mode: Int64Mode): Record<string, unknown> {
    const n = this.int();
    const object: Record<string, unknown> = {};
    for (let i = 0; i < n; i++) {
      const name = this.key();
      put(object, name, this.any(mode));
    }
    return object;
  }
}
