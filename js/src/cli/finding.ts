/** What an event is found to be, and how its payloads may be read. */

import type { Decoder } from "../api.js";
import type { Envelope, Reading } from "../diagnosis.js";
import type { SideName } from "../side.js";
import { visibleLine } from "../visible.js";
import { count } from "./amounts.js";
import type { Output } from "./output.js";
import { firstOf, type Records } from "./setup.js";
import { fileName } from "./view.js";

/** What is told of one event. */
export interface Finding {
  event: string;
  envelope: Envelope;
  sides: Found[];
}

/** The readings of one payload. */
export interface Found {
  side: SideName;
  record: number;
  readings: Reading[];
}

/** The readings of both sides of a record: of that place, or of the first that has each. */
export function sidesOf(event: string, decoder: Decoder, records: Records, place?: number): Found[] {
  return (["value", "key"] as const).flatMap((side): Found[] => {
    const record = place ?? firstOf(records, side);
    if (record === undefined || record >= records.length) {
      return [];
    }
    const readings = decoder.detect(event, side, record);
    // Where there is no payload, nothing can be told of it.
    return readings.length === 0 ? [] : [{ side, record, readings }];
  });
}

/** The line that says what an event is. */
export function headline(event: string, { kind, records }: Envelope, out: Output): string {
  return out.paint("bold", `${fileName(event)}: ${kind}, ${count(records, "record")}`);
}

/** The commands that read records which are only named. */
export function commandLines({ parts }: Envelope): string[] {
  const commands = parts.flatMap(({ partitions }) => partitions.flatMap(({ command }) => command ?? []));
  return commands.length === 0
    ? []
    : [
        "  the records are only named; these read them:",
        ...commands.map((command) => `    ${visibleLine(command)}`),
      ];
}

/** What a reading is called: as a side of the command line, where the format is known. */
export function nameOf({ framing, format }: Reading): string {
  return [framing === "none" ? "" : framing, format ?? "?"].filter(Boolean).join("+");
}

/** The lines of a reading: how likely, what, and why. */
export function readingLines(reading: Reading): string[] {
  const percent = Math.round(reading.confidence * 100).toString();
  const named = reading.schema === undefined ? "" : `  ${visibleLine(reading.schema)}`;
  return [
    `    ${percent.padStart(3)} %  ${nameOf(reading)}${named}`,
    `           ${visibleLine(reading.reason)}`,
  ];
}
