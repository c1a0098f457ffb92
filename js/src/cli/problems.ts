/** What errors are to those who called the program. */

import { type DecodeError, isDecodeError } from "../errors.js";
import { visibleLine } from "../visible.js";
import { UsageError } from "./args.js";
import { inCommands } from "./hints.js";

/** The lines that tell an error. */
export function problem({ code, message, byteOffset, hint, frame }: DecodeError): string {
  const place = byteOffset === undefined ? "" : ` (byte ${byteOffset})`;
  const lines = [`${code}: ${visibleLine(message)}${place}`, frame, hint && `hint: ${inCommands(hint)}`];
  return lines.filter(Boolean).join("\n").replaceAll("\n", "\n  ");
}

/** What to throw where the caller gave what was refused: how the program was called is wrong then. */
export function usage(error: unknown): unknown {
  return isDecodeError(error) ? new UsageError(problem(error)) : error;
}

/** What a call gives; undefined where it refuses what it was asked to read. */
export function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isDecodeError(error)) {
      return undefined;
    }
    throw error;
  }
}
