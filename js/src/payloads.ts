/**
 * The payloads of an event as they came, for showing the bytes around an error. The page has decoders of the built package,
 * the command line has its own: their classes have private parts, so only what is used of them is asked for.
 */

import type { Config } from "./config.js";
import { isDecodeError } from "./errors.js";
import type { SideName } from "./side.js";

const BYTES = { format: "bytes", framing: "none" } as const;

/** A configuration that leaves both sides as bytes. */
export const PAYLOADS: Config = { key: BYTES, value: BYTES };

/** The bytes of each record's sides, by a decoder with the configuration {@link PAYLOADS}. */
export function payloads<B>(decoder: { decodeEvent(event: string): B }, event: string): B {
  // Metadata that says JSON would have its way over the configuration. Its names are hidden from the core; no payload is
  // changed by this, since no base64 text has the length of such a name.
  return decoder.decodeEvent(event.replace(/"(key|value)SchemaMetadata(?=\\*")/g, '"$1Hidden'));
}

/** One side's bytes; undefined for a tombstone, or where the event holds none that can be read. */
export function payload(
  batch: { at(index: number): { key: unknown; value: unknown } | undefined },
  index: number,
  side: SideName,
): Uint8Array | undefined {
  try {
    const value = batch.at(index)?.[side];
    return value instanceof Uint8Array ? value : undefined;
  } catch (error) {
    if (isDecodeError(error)) {
      return undefined;
    }
    throw error;
  }
}
