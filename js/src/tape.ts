/** The tape: what the core decoded, copied out of WebAssembly memory once per call. */

import type { Core, CoreInstance, Platform } from "./core.js";
import { type Materializer, template } from "./materialize/index.js";
import type { Shape } from "./materialize/shape.js";

/** Typed slots and text heaps; which is read next follows from the plan's shape. */
export interface Tape {
  /** Small integers, lengths, counts, branches, tags. */
  readonly ints: Int32Array;
  /** Floats, and 64-bit integers that a double holds exactly; NaN in such a place sends to {@link bigs}. */
  readonly floats: Float64Array;
  /** The other 64-bit integers. */
  readonly bigs: BigInt64Array;
  /** The characters of strings that are all Latin-1. */
  readonly latin: string;
  /** The UTF-16 units of the other strings. */
  readonly wide: string;
  /** Bytes. */
  readonly binary: Uint8Array;
  /** Map keys by number. Grows with later decodes; what is there stays. */
  readonly keys: readonly string[];
  /** The materializers of the templates that JSON documents have taught; they number them from 1. Grows likewise. */
  readonly templates: readonly Materializer[];
}

/** What an instance has handed over once and for all, and adds to. */
export interface Known {
  readonly keys: string[];
  readonly templates: Materializer[];
}

/** A decoded batch: its tape, and a table that says where each side begins. */
export interface Snapshot {
  readonly tape: Tape;
  /** {@link ROW} words for each side: status, plan, the six cursors in the order of {@link Tape}, and the reference. */
  readonly table: Int32Array;
}

/** Words in a row of the table. */
export const ROW = 9;

/** What became of a side: the first word of its row. */
export const Status = { Value: 0, Absent: 1, Null: 2, Failed: 3 } as const;

/** Copies the tape and the table of the last decode. What is `known` gets what is new. */
export function snapshot(
  instance: CoreInstance,
  core: Core,
  platform: Platform,
  { keys, templates }: Known,
): Snapshot {
  const views = core.views();
  if (views[14]! > keys.length) {
    for (const key of JSON.parse(core.keys(keys.length)) as string[]) {
      // As a property's name it is the engine's one copy of the string: objects get it without a look-up.
      keys.push(Object.keys({ [key]: 0 })[0]!);
    }
  }
  while (views[15]! > templates.length) {
    templates.push(template(JSON.parse(core.template(templates.length + 1)) as Shape));
  }
  const { buffer } = instance.memory;
  const at = (i: number): [number, number] => [views[2 * i] ?? 0, views[2 * i + 1] ?? 0];
  const latin1 = platform.latin1 ?? portableLatin1;
  return {
    table: new Int32Array(buffer, ...at(0)).slice(),
    tape: {
      ints: new Int32Array(buffer, ...at(1)).slice(),
      floats: new Float64Array(buffer, ...at(2)).slice(),
      bigs: new BigInt64Array(buffer, ...at(3)).slice(),
      latin: latin1(new Uint8Array(buffer, ...at(4))),
      wide: utf16(new Uint16Array(buffer, ...at(5))),
      binary: new Uint8Array(buffer, ...at(6)).slice(),
      keys,
      templates,
    },
  };
}

/**
 * Latin-1 bytes as a string, by Node's `Buffer` where there is one. The global is used on purpose: a `require` in the
 * package's CommonJS file would break those who bundle it to an ES module.
 */
export function bufferLatin1(bytes: Uint8Array): string {
  const { Buffer } = globalThis as { Buffer?: typeof import("node:buffer").Buffer };
  return Buffer === undefined
    ? portableLatin1(bytes)
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
}

/** Latin-1 bytes as a string, in portions that fit an argument list. */
export function portableLatin1(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += 0x2000) {
    text += String.fromCharCode.apply(null, bytes.subarray(i, i + 0x2000) as unknown as number[]);
  }
  return text;
}

/** UTF-16 units as a string. A byte order mark is data here: the heap may begin with one. */
export function utf16(units: Uint16Array): string {
  return units.length === 0 ? "" : new TextDecoder("utf-16le", { ignoreBOM: true }).decode(units);
}
