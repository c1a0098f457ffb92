/** The payloads of an event as they came, for showing the bytes around an error. */

import type { Batch, Decoder } from "./api.js";
import type { Config } from "./config.js";
import { isDecodeError } from "./errors.js";

const BYTES = { format: "bytes", framing: "none" } as const;

/** A configuration that leaves both sides as bytes. */
export const PAYLOADS: Config = { key: BYTES, value: BYTES };

/** The bytes of each record's sides, by a decoder with the configuration {@link PAYLOADS}. */
export function payloads(decoder: Decoder, event: string): Batch {
  // Metadata that says JSON would have its way over the configuration. Its names are hidden from the core; no payload is
  // changed by this, since no base64 text has the length of such a name.
  return decoder.decodeEvent(event.replace(/"(key|value)SchemaMetadata(?=\\?")/g, '"$1Hidden'));
}

/** One side's bytes; undefined for a tombstone, or where the event holds none that can be read. */
export function payload(
  batch: Pick<Batch, "at">,
  index: number,
  side: "key" | "value",
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
