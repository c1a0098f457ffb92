/** How an event comes to the core: as the bytes of its JSON text. */

/**
 * The bytes of an event. An event object is written as JSON text, which keeps absent, null and empty apart; what it
 * means is for the core to say.
 */
export function eventBytes(event: unknown): Uint8Array {
  if (event instanceof Uint8Array) {
    return event;
  }
  const text = typeof event === "string" ? event : (JSON.stringify(event) ?? "null");
  return new TextEncoder().encode(text);
}
