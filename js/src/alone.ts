/** Payloads by themselves, as they were saved from a topic or a log. */

import { fromBase64, toBase64 } from "./base64.js";
import { textOf } from "./unicode.js";

/** A payload, and what it was written in. */
export interface Unwrapped {
  payload: Uint8Array;
  form: "" | " in hex" | " in base64";
}

/** The payload that a file holds. Text that is base64 or hex stands for its bytes. */
export function unwrapped(bytes: Uint8Array): Unwrapped {
  const text = textOf(bytes).replace(/\s+/g, "");
  if (/^(?:[0-9a-f]{2}){4,}$/i.test(text)) {
    return { payload: fromHex(text), form: " in hex" };
  }
  const payload = text.length % 4 === 0 && text.length >= 8 ? fromBase64(text) : undefined;
  return payload === undefined ? { payload: bytes, form: "" } : { payload, form: " in base64" };
}

function fromHex(text: string): Uint8Array {
  return Uint8Array.from({ length: text.length / 2 }, (_, i) =>
    Number.parseInt(text.slice(2 * i, 2 * i + 2), 16),
  );
}

/** An event with one record, whose value is a payload. */
export function eventOf(payload: Uint8Array): string {
  const record = {
    topic: "payload",
    partition: 0,
    offset: 0,
    timestamp: 0,
    timestampType: "CREATE_TIME",
    headers: [],
    value: toBase64(payload),
  };
  return JSON.stringify({ records: { "payload-0": [record] } });
}
