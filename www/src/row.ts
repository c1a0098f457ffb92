/** A record's document as a row of the table. */

import type { ErrorDocument } from "kafkalens/inline";
import { members, placeOf } from "../../js/src/rawjson.js";
import type { Row } from "./protocol.js";

/** How much of a key or value a row has. */
const PREVIEW = 400;

/** The row of a record. */
export function row(text: string): Row {
  const record = members(text);
  const key = members(record.get("key")!);
  const value = members(record.get("value")!);
  const errors = [value, key]
    .flatMap((side) => side.get("error") ?? [])
    .map((error) => JSON.parse(error) as ErrorDocument);
  const schemas = [value, key]
    .flatMap((side) => side.get("schema") ?? [])
    .map((schema) => JSON.parse(schema) as string);
  return {
    ...names(record),
    key: cell(key).slice(0, PREVIEW),
    value: cell(value).slice(0, PREVIEW),
    schema: schemas[0] ?? "",
    status: errors.length > 0 ? "failed" : value.has("tombstone") ? "tombstone" : "ok",
    codes: errors.map((error) => error.code),
    message: errors[0]?.message ?? "",
  };
}

/** What a record is called: its partition, and its offset there. */
export function names(record: ReadonlyMap<string, string>): Pick<Row, "partition" | "offset"> {
  const { topic, partition, offset } = placeOf(record);
  return {
    partition: `${topic ?? "?"}-${partition ?? "?"}`,
    offset: offset === "null" ? "?" : offset,
  };
}

/** A key or value as a row shows it. */
export function cell(side: ReadonlyMap<string, string>): string {
  const tombstone = side.get("tombstone");
  return tombstone === undefined ? (side.get("value") ?? "✕") : (JSON.parse(tombstone) as string);
}
