/** Bytes in the forms in which callers have them. */

import { fromBase64 } from "./base64.js";

/** A payload: its bytes, or their base64. */
export type Payload = Uint8Array | ArrayBuffer | ArrayBufferView | string;

/** The bytes that something is, not copied; undefined where it is none. */
export function bytesOf(given: unknown): Uint8Array | undefined {
  if (given instanceof Uint8Array) {
    return given;
  }
  if (ArrayBuffer.isView(given)) {
    return new Uint8Array(given.buffer, given.byteOffset, given.byteLength);
  }
  return given instanceof ArrayBuffer ? new Uint8Array(given) : undefined;
}

/** The bytes of a payload; undefined for a text that is no base64. */
export function payloadBytes(payload: Payload): Uint8Array | undefined {
  const bytes = typeof payload === "string" ? fromBase64(payload) : bytesOf(payload);
  if (bytes === undefined && typeof payload !== "string") {
    throw new TypeError("expected a payload as bytes or base64 text, found neither");
  }
  return bytes;
}
