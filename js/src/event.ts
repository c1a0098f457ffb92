/** How an event comes to the core: as the bytes of its JSON text. */

import { bytesOf } from "./bytes.js";
import { DecodeError } from "./errors.js";

/**
 * The bytes of an event. An event object is written as JSON text, which keeps absent, null and empty apart; what it
 * means is for the core to say.
 */
export function eventBytes(event: unknown): Uint8Array {
  const bytes = bytesOf(event);
  if (bytes !== undefined) {
    return bytes;
  }
  return new TextEncoder().encode(typeof event === "string" ? event : jsonText(event));
}

function jsonText(event: unknown): string {
  try {
    return JSON.stringify(event) ?? "null";
  } catch (cause) {
    const message = "expected an event that JSON can hold, found a bigint, a cycle or the like in it";
    const hint = "pass the event as Lambda gives it";
    const document = { code: "EVENT_SHAPE", category: "event", message, hint, retryable: false };
    throw new DecodeError(document, { cause });
  }
}

/** The JSON text of a record. What JSON can't hold is no record: the core shall say so of this one alone. */
export function recordText(record: unknown): string {
  try {
    return JSON.stringify(record) ?? "null";
  } catch {
    return '"a record that JSON can\'t hold"';
  }
}
