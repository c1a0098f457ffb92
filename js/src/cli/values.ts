/** JSON documents as values: integers keep all their digits. */

import { createDecoderSync } from "../entry/node.js";
import { compact, items } from "../rawjson.js";

/** The values of JSON documents, one after the other or line by line; an array of them is one value. */
export function documents(text: string): unknown[] {
  return decoded(isJson(text) ? [text] : text.split("\n").filter((line) => line.trim() !== ""));
}

/** The records of a text: JSON Lines, or an array. */
export function recordDocuments(text: string): unknown[] {
  const trimmed = text.trim();
  if (!trimmed.startsWith("[")) {
    return documents(trimmed);
  }
  // What is no JSON is read as a whole: the error then says where in it.
  return decoded(isJson(trimmed) ? items(compact(trimmed)) : [trimmed]);
}

function decoded(texts: readonly string[]): unknown[] {
  const decoder = createDecoderSync({ value: { format: "json" }, int64: "auto" });
  try {
    return texts.map((text) => {
      const result = decoder.decodePayload(new TextEncoder().encode(text));
      if (!result.ok) {
        throw result.error;
      }
      return result.value;
    });
  } finally {
    decoder.dispose();
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
