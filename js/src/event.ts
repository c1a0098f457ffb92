/** How an event comes to the core: as the bytes of its JSON text. */

import { bytesOf } from "./bytes.js";

/**
 * The bytes of an event. An event object is written as JSON text, which keeps absent, null and empty apart; what it
 * means is for the core to say.
 */
export function eventBytes(event: unknown): Uint8Array {
  const bytes = bytesOf(event);
  if (bytes !== undefined) {
    return bytes;
  }
  const text = typeof event === "string" ? event : (JSON.stringify(event) ?? "null");
  return new TextEncoder().encode(text);
}
