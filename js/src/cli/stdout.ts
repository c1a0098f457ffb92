/** Standard output: all that is written arrives, or the program is told why not. */

import { fstatSync, writeSync } from "node:fs";
import type { Streams } from "./terminal.js";

/** This process's standard output. What can't be written ends the program: `failed` says so. */
export function standardOutput(failed: (error: NodeJS.ErrnoException) => never): Streams["stdout"] {
  const { stdout } = process;
  stdout.on("error", failed);
  return isFile(stdout.fd) ? { write: (chunk) => whole(stdout.fd, chunk, failed) } : stdout;
}

function isFile(descriptor: number): boolean {
  return fstatSync(descriptor).isFile();
}

/** Node's own stream writes to a file once, and drops what a disk that is nearly full didn't take. */
function whole(
  descriptor: number,
  chunk: string | Uint8Array,
  failed: (error: NodeJS.ErrnoException) => never,
): void {
  const bytes = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
  try {
    for (let at = 0; at < bytes.length; ) {
      at += writeSync(descriptor, bytes, at);
    }
  } catch (error) {
    failed(error as NodeJS.ErrnoException);
  }
}
