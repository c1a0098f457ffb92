/** The numbered fields of a Protobuf message that was read without its schema. */

import type { FieldReading, GuessedField } from "../diagnosis.js";
import { visibleLine } from "../visible.js";
import type { Output } from "./output.js";

/** How much of a value a line shows: of the likeliest reading, and of each other one. */
const SHOWN = 60;
const BESIDE = 20;

/** The lines of a field: its likeliest reading, and the others beside it. */
export function fieldLines({ number, readings }: GuessedField, indent: string, out: Output): string[] {
  const [likely, ...others] = readings;
  if (likely === undefined) {
    return [];
  }
  const or = others.map((reading) => `or ${reading.as}${shown(reading, BESIDE)}`).join(", ");
  const line = `${indent}${number}: ${likely.as}${shown(likely)}`;
  const inner =
    likely.as === "message" || likely.as === "group"
      ? likely.value.flatMap((field) => fieldLines(field, `${indent}  `, out))
      : [];
  return [or === "" ? line : `${line}  ${out.paint("dim", or)}`, ...inner];
}

function shown({ as, value, truncated }: FieldReading, most = SHOWN): string {
  if (as === "message" || as === "group") {
    return "";
  }
  const text = as === "string" ? JSON.stringify(value) : Array.isArray(value) ? value.join(" ") : `${value}`;
  const cut = text.length > most || truncated === true;
  return ` ${visibleLine(text.slice(0, most))}${cut ? "…" : ""}`;
}
