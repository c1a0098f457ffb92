/** What Find looks through: everything of a record that the page shows. */

import type { ErrorDocument } from "kafkalens/inline";
import { fromBase64 } from "../../js/src/base64.js";
import { members } from "../../js/src/rawjson.js";
import { SIDES } from "../../js/src/side.js";
import { visible } from "../../js/src/visible.js";
import type { RecordDetail } from "./protocol.js";
import { cell, names } from "./row.js";
import { hexOf, plainText } from "./text.js";

/** Searches the documents of records. */
export class Search {
  readonly #records: readonly string[];
  /** What is searched of each record: made when something is sought for the first time. */
  #texts: readonly string[] | undefined;

  constructor(records: readonly string[]) {
    this.#records = records;
  }

  /** The places of the records that hold a text, in whatever case. */
  find(text: string): number[] {
    this.#texts ??= this.#records.map((record) => comparable(everything(record)));
    const wanted = comparable(text);
    return this.#texts.flatMap((held, index) => (held.includes(wanted) ? [index] : []));
  }
}

function comparable(text: string): string {
  return visible(text).toLowerCase();
}

function everything(text: string): string {
  const record = members(text);
  const { partition, offset } = names(record);
  const sides = SIDES.map((name) => ofSide(members(record.get(name)!)));
  const headers = JSON.parse(record.get("headers") ?? "null") as RecordDetail["headers"] | null;
  const ofHeaders = (headers ?? []).map(({ name, value }) => `${name} ${headerText(value)}`);
  return [`${partition} @ ${offset}`, ...sides, ...ofHeaders].join("\n");
}

function ofSide(side: ReadonlyMap<string, string>): string {
  const schema = side.get("schema");
  const error = side.get("error");
  return [
    error === undefined ? cell(side) : ofError(JSON.parse(error) as ErrorDocument),
    schema === undefined ? "" : (JSON.parse(schema) as string),
  ].join("\n");
}

function ofError({ code, message, path, hint }: ErrorDocument): string {
  return [code, message, path, hint].filter(Boolean).join("\n");
}

/** A header's value as text where it is one, else as hex. */
export function headerText(value: string | null): string {
  const bytes = value === null ? undefined : fromBase64(value);
  return bytes === undefined ? "null" : (plainText(bytes) ?? hexOf(bytes));
}
