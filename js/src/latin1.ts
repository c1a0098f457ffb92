/** Text between strings and bytes, a byte a character. */

import type { Latin1 } from "./core.js";

const encoder = new TextEncoder();

/** For any platform: writes ASCII only. `TextDecoder` can't read it, since its "latin1" is windows-1252. */
export const portable: Latin1 = {
  read(bytes, from, to, ascii) {
    if (ascii) {
      return new TextDecoder().decode(bytes.subarray(from, to));
    }
    let text = "";
    for (let i = from; i < to; i += 0x2000) {
      const portion = bytes.subarray(i, Math.min(i + 0x2000, to));
      text += String.fromCharCode.apply(null, portion as unknown as number[]);
    }
    return text;
  },
  write(bytes, at, text) {
    const { read, written } = encoder.encodeInto(text, bytes.subarray(at, at + text.length));
    return read === text.length && written === read;
  },
};

/** Engines know of most strings that they have no such character, without looking at each. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: all of Latin-1 is meant
const BEYOND = /[^\x00-\xff]/;

type NodeGlobal = Pick<typeof import("node:buffer"), "Buffer">;

/**
 * Node's. The global is used on purpose: a `require` in the package's CommonJS file would break those who bundle it to an ES
 * module. It is asked for once, since it is a property with a getter.
 */
const { Buffer } = globalThis as Partial<NodeGlobal>;

/** By `Buffer` where there is one, which is faster. */
export const byBuffer: Latin1 =
  Buffer === undefined
    ? portable
    : {
        read: (bytes, from, to) => Buffer.prototype.latin1Slice.call(bytes, from, to),
        // What is beyond Latin-1 would be cut to it, without a word.
        write: (bytes, at, text) =>
          !BEYOND.test(text) &&
          Buffer.prototype.latin1Write.call(bytes, text, at, text.length) === text.length,
      };
