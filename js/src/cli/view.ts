/** How records and their errors look to people. */

import type { Batch, DecodedRecord } from "../api.js";
import type { ErrorDocument } from "../core.js";
import { members, placeOf } from "../rawjson.js";
import { SIDES, type SideName } from "../side.js";
import { visible, visibleLine } from "../visible.js";
import { around } from "./hex.js";
import { inCommands } from "./hints.js";
import { readable } from "./problems.js";

/** The parts of a record's document. */
export interface RecordView {
  topic: string | null;
  partition: number | null;
  offset: string | null;
  key: ReadonlyMap<string, string>;
  value: ReadonlyMap<string, string>;
}

/** Reads a record's document. */
export function view(text: string): RecordView {
  const record = members(text);
  const { topic, partition, offset } = placeOf(record);
  return {
    topic,
    partition,
    offset: offset === "null" ? null : offset,
    key: members(record.get("key")!),
    value: members(record.get("value")!),
  };
}

/** What a record is called. */
export function recordName({ topic, partition, offset }: DecodedRecord | RecordView): string {
  return `${visibleLine(topic ?? "?")}-${partition ?? "?"}@${offset ?? "?"}`;
}

/** A side that failed. */
export interface Failure {
  side: SideName;
  error: ErrorDocument;
}

/** What failed of a record. */
export function failuresOf(record: RecordView): Failure[] {
  return SIDES.flatMap((side) => {
    const error = record[side].get("error");
    return error === undefined ? [] : [{ side, error: JSON.parse(error) as ErrorDocument }];
  });
}

/** The lines that tell an error, with the bytes around it. */
export function failure(side: SideName, error: ErrorDocument, batch: () => Batch, index: number): string[] {
  const lines = [`${side}: ${error.code}: ${visibleLine(error.message)}`];
  lines.push(...(error.frame === undefined ? [] : visible(error.frame).split("\n")));
  // What the hint says of missing schemas is for programs; the command's end says it for its user.
  const hint = error.code === "SCHEMA_MISSING" ? undefined : error.hint;
  lines.push(...(hint === undefined ? [] : [`hint: ${visibleLine(inCommands(hint))}`]));
  const bytes = error.space === undefined ? bytesOf(batch(), index, side) : undefined;
  if (error.byteOffset !== undefined) {
    lines.push(
      ...(bytes === undefined
        ? [`byte ${error.byteOffset} of the ${error.space}`]
        : around(bytes, error.byteOffset)),
    );
  }
  return lines;
}

/** A payload as it came; nothing where the event holds none that can be read. */
function bytesOf(batch: Batch, index: number, side: SideName): Uint8Array | undefined {
  return readable(() => batch.at(index)?.bytes(side) ?? undefined);
}

/** What a file is called. */
export function fileName(name: string): string {
  return name === "-" ? "standard input" : name === "" ? '""' : visibleLine(name);
}

/** A word of a command as a shell takes it. */
export function shellWord(word: string): string {
  return /^[\w./@:+,=-]+$/.test(word) ? word : `'${visibleLine(word).replaceAll("'", "'\\''")}'`;
}
