/** The numbered fields of a Protobuf message that was read without its schema. */

import type { FieldReading, GuessedField } from "../diagnosis.js";
import { type Output, visible } from "./output.js";

/** How much of a value a line shows. */
const SHOWN = 60;

/** The lines of a field: its likeliest reading, and the others beside it. */
export function fieldLines({ number, readings }: GuessedField, indent: string, out: Output): string[] {
  const [likely, ...others] = readings;
  if (likely === undefined) {
    return [];
  }
  const or = others.map((reading) => `or ${reading.as}${shown(reading)}`).join(", ");
  const line = `${indent}${number}: ${likely.as}${shown(likely)}`;
  const inner =
    likely.as === "message" || likely.as === "group"
      ? likely.value.flatMap((field) => fieldLines(field, `${indent}  `, out))
      : [];
  return [or === "" ? line : `${line}  ${out.paint("dim", or)}`, ...inner];
}

function shown({ as, value, truncated }: FieldReading): string {
  if (as === "message" || as === "group") {
    return "";
  }
  const text = as === "string" ? JSON.stringify(value) : Array.isArray(value) ? value.join(" ") : `${value}`;
  const cut = text.length > SHOWN || truncated === true;
  return ` ${visible(text.slice(0, SHOWN))}${cut ? "…" : ""}`;
}
