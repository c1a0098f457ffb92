/** `kafkalens check --strict`: where schemas depart from the specification although they are read. */

import { basename } from "node:path";
import type { Decoder } from "../api.js";
import type { Departure } from "../diagnosis.js";
import { createDecoderSync } from "../entry/node.js";
import { isDecodeError } from "../errors.js";
import { visibleLine } from "../visible.js";
import { readText } from "./files.js";
import type { Output } from "./output.js";

/** What a file was found to hold: departures, or why it can't be read as a schema. */
interface Finding {
  file: string;
  departures?: Departure[];
  error?: { code: string; message: string };
}

/** Checks each file, with the texts that they may refer to; gives the exit status. */
export function strict(
  files: readonly string[],
  references: readonly string[],
  format: "text" | "json",
  out: Output,
): number {
  const texts = references.map((file) => ({ name: file, schema: readText(file) }));
  const decoder = createDecoderSync();
  try {
    const found = files.map((file) => finding(decoder, file, texts));
    const all = [...ofReferences(references, found), ...found.map(own)];
    out.text(format === "json" ? `${JSON.stringify(all)}\n` : all.map((one) => told(one, out)).join(""));
    return Math.max(0, ...all.map(status));
  } finally {
    decoder.dispose();
  }
}

function finding(decoder: Decoder, file: string, references: { name: string; schema: string }[]): Finding {
  const schema = readText(file);
  try {
    return { file, departures: decoder.checkSchema({ type: "AVRO", schema, references }) };
  } catch (error) {
    if (isDecodeError(error)) {
      return { file, error: { code: error.code, message: error.message } };
    }
    throw error;
  }
}

/** What can't be read as a schema is wrong as an argument; departures are a verdict. */
function status({ departures }: Finding): 0 | 1 | 2 {
  if (departures === undefined) {
    return 2;
  }
  return departures.length === 0 ? 0 : 1;
}

/** What was found in the references, which every file that could be read tells alike. */
function ofReferences(references: readonly string[], found: readonly Finding[]): Finding[] {
  const departures = found.find((one) => one.departures !== undefined)?.departures;
  return departures === undefined
    ? []
    : references.map((file) => {
        const inside = departures.filter(({ reference }) => reference === file);
        return { file, departures: inside.map(({ path, message }) => ({ path, message })) };
      });
}

/** A file's finding without what is in its references. */
function own(found: Finding): Finding {
  return found.departures === undefined
    ? found
    : { ...found, departures: found.departures.filter(({ reference }) => reference === undefined) };
}

function told({ file, departures, error }: Finding, out: Output): string {
  const name = visibleLine(basename(file));
  if (departures === undefined) {
    return `${out.paint("red", `${name} can't be read`)}\n  ${error?.code}: ${visibleLine(error?.message ?? "")}\n`;
  }
  if (departures.length === 0) {
    return `${out.paint("bold", `${name} is by the specification`)}\n`;
  }
  const lines = departures.map(({ path, message }) => `  ${visibleLine(path)}: ${visibleLine(message)}\n`);
  return `${out.paint("red", `${name} departs from the specification`)}\n${lines.join("")}`;
}
