/** What payloads look like: a proposal for the page's sentence, which its user reads and changes. Decoding never asks. */

import type { Look } from "./protocol.js";
import { plainText } from "./text.js";

/** What most of these payloads look like: a few damaged ones change nothing. */
export function look(payloads: readonly Uint8Array[]): Look {
  const votes = new Map<Look, number>();
  for (const bytes of payloads) {
    const one = lookOf(bytes);
    votes.set(one, (votes.get(one) ?? 0) + 1);
  }
  const [most] = [...votes].sort(([, a], [, b]) => b - a);
  return most?.[0] ?? "none";
}

function lookOf(bytes: Uint8Array): Look {
  // A Glue header: version 3, compression 0 or 5, a UUID.
  if (bytes.length >= 18 && bytes[0] === 3 && (bytes[1] === 0 || bytes[1] === 5)) {
    return "glue";
  }
  // Confluent's prefix: a zero byte and four of an id.
  if (bytes.length >= 5 && bytes[0] === 0) {
    return "confluent";
  }
  if (isJson(bytes)) {
    return "json";
  }
  return plainText(bytes) === undefined ? "binary" : "text";
}

function isJson(bytes: Uint8Array): boolean {
  const held = plainText(bytes);
  // A bare number or word is as likely a text.
  if (held === undefined || !/^\s*[[{"]/.test(held)) {
    return false;
  }
  try {
    JSON.parse(held);
    return true;
  } catch {
    return false;
  }
}
