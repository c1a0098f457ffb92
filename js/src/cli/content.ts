/** A payload as far as it can be shown without being decoded in earnest: text, numbered fields, or hex. */

import type { Decoder } from "../api.js";
import type { Reading } from "../diagnosis.js";
import { visible } from "../visible.js";
import { count } from "./amounts.js";
import { fieldLines } from "./fields.js";
import { hexLines } from "./hex.js";
import type { Output } from "./output.js";
import { readable } from "./problems.js";

/** What is shown of a text. */
const MOST_TEXT = 400;
/** What is shown of bytes. */
const MOST_BYTES = 64;
/** What is shown of a message's fields. */
const MOST_FIELDS = 40;

/** What fields are guessed with. */
interface Guesser {
  decoder: Decoder;
  out: Output;
}

/** Formats whose payload is text. */
const TEXTS = ["json", "connect", "text"];

/** The lines that show a payload by its likeliest reading. */
export function contentLines(bytes: Uint8Array, reading: Reading | undefined, guesser: Guesser): string[] {
  if (reading?.format === "protobuf") {
    const fields = guessed(bytes, guesser);
    if (fields !== undefined) {
      return fields;
    }
  }
  if (reading !== undefined && isText(reading)) {
    return textLines(new TextDecoder().decode(bytes));
  }
  const shown = hexLines(bytes.subarray(0, MOST_BYTES));
  return bytes.length > MOST_BYTES ? [...shown, `… ${count(bytes.length - MOST_BYTES, "byte")} more`] : shown;
}

/** Whether a payload is text as it stands. */
export function isText({ framing, format }: Reading): boolean {
  return framing === "none" && TEXTS.includes(format ?? "");
}

/** Text, cut where it is long. */
export function textLines(text: string): string[] {
  const cut = text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}…` : text;
  return visible(cut).split("\n");
}

function guessed(bytes: Uint8Array, { decoder, out }: Guesser): string[] | undefined {
  const fields = readable(() => decoder.guess(bytes).fields);
  return fields?.flatMap((field) => fieldLines(field, "", out)).slice(0, MOST_FIELDS);
}
