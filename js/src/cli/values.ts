/** JSON documents as values: integers keep all their digits. */

import { createDecoderSync } from "../entry/node.js";
import { items } from "../rawjson.js";

/** The values of JSON documents, one after the other or line by line; an array of them is one value. */
export function documents(text: string): unknown[] {
  const decoder = createDecoderSync({ value: { format: "json" }, int64: "auto" });
  try {
    return texts(text).map((document) => {
      const result = decoder.decodePayload(new TextEncoder().encode(document));
      if (!result.ok) {
        throw result.error;
      }
      return result.value;
    });
  } finally {
    decoder.dispose();
  }
}

/** One document, or JSON Lines. */
function texts(text: string): string[] {
  try {
    JSON.parse(text);
    return [text];
  } catch {
    return text.split("\n").filter((line) => line.trim() !== "");
  }
}

/** The records of a text: JSON Lines, or an array. */
export function recordDocuments(text: string): unknown[] {
  return /^\s*\[/.test(text) ? documents(items(text).join("\n")) : documents(text);
}
