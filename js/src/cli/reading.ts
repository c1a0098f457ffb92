/** Reading what is decoded: files, and standard input as it comes. */

import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { textOf } from "../unicode.js";
import { amount } from "./amounts.js";
import type { Progress } from "./progress.js";

const STEP = 1 << 20;

/** How much of the work on a file is done when it is read, and when it is decoded: the rest is writing. */
export const SHARES = { read: 0.1, decoded: 0.6 } as const;

/** The bytes of a file, or of standard input. */
export function bytes(name: string, progress?: Progress): Buffer {
  const file = name === "-" ? 0 : openSync(name, "r");
  try {
    const about = fstatSync(file);
    const size = about.isFile() ? about.size : undefined;
    const parts: Buffer[] = [];
    let read = 0;
    for (;;) {
      const part = Buffer.allocUnsafe(STEP);
      const length = readSync(file, part, 0, STEP, null);
      if (length === 0) {
        return Buffer.concat(parts);
      }
      parts.push(part.subarray(0, length));
      read += length;
      progress?.tell(`${amount(read)} read`, size === undefined ? undefined : (SHARES.read * read) / size);
    }
  } finally {
    if (file !== 0) {
      closeSync(file);
    }
  }
}

/** The text of a file, or of standard input. */
export function text(name: string, progress?: Progress): string {
  return textOf(bytes(name, progress));
}

/** What to tell of records that are written, and the share of the work. */
export function written(done: number, of: number): [what: string, share: number] {
  const [first, second] = [done, of].map((number) => number.toLocaleString("en"));
  return [
    `${first}/${second} ${of === 1 ? "record" : "records"}`,
    SHARES.decoded + ((1 - SHARES.decoded) * done) / of,
  ];
}
