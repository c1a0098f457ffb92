/** A payload as far as it can be shown without being decoded in earnest: text, numbered fields, or hex. */

import type { Decoder } from "../api.js";
import type { FieldReading, GuessedField, Reading } from "../diagnosis.js";
import { isDecodeError } from "../errors.js";
import { hexLines } from "./hex.js";
import { visible } from "./output.js";

/** What is shown of a text. */
const MOST_TEXT = 400;
/** What is shown of bytes. */
const MOST_BYTES = 64;
/** What is shown of a message's fields. */
const MOST_FIELDS = 40;

/** Formats whose payload is text. */
const TEXTS = ["json", "connect", "text"];

/** The lines that show a payload by its likeliest reading. */
export function contentLines(bytes: Uint8Array, reading: Reading | undefined, decoder: Decoder): string[] {
  if (reading?.format === "protobuf") {
    const fields = guessed(bytes, decoder);
    if (fields !== undefined) {
      return fields;
    }
  }
  if (reading !== undefined && isText(reading)) {
    return textLines(new TextDecoder().decode(bytes));
  }
  const shown = hexLines(bytes.subarray(0, MOST_BYTES));
  return bytes.length > MOST_BYTES ? [...shown, `… ${bytes.length - MOST_BYTES} bytes more`] : shown;
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

function guessed(bytes: Uint8Array, decoder: Decoder): string[] | undefined {
  try {
    return fieldLines(decoder.guess(bytes).fields).slice(0, MOST_FIELDS);
  } catch (error) {
    if (isDecodeError(error)) {
      return undefined;
    }
    throw error;
  }
}

/** Fields by their numbers, each with its likeliest value. */
function fieldLines(fields: readonly GuessedField[]): string[] {
  return fields.flatMap(({ number, readings }) => {
    const [reading] = readings;
    if (reading === undefined) {
      return [];
    }
    if (reading.as === "message" || reading.as === "group") {
      return [`${number}: ${reading.as}`, ...fieldLines(reading.value).map((line) => `  ${line}`)];
    }
    return [`${number}: ${reading.as} ${valueText(reading)}`];
  });
}

function valueText({ value, truncated }: FieldReading): string {
  const text = visible(JSON.stringify(value));
  return truncated === true || text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}…` : text;
}
