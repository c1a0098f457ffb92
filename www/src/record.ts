/** One record, whole. */

import type { ErrorSpace } from "kafkalens/inline";
import { button, copier, h } from "./dom.js";
import { type AskGuess, fieldsView } from "./fields.js";
import { base64 } from "./files.js";
import { frameSize } from "./frame.js";
import { hexView } from "./hex.js";
import { jsonView } from "./json.js";
import { callout } from "./problem.js";
import type { RecordDetail, SideDetail, SideName } from "./protocol.js";
import { type Readings, readingsView } from "./readings.js";

/** What the pane asks of the page. */
export interface Turning {
  previous: (() => void) | undefined;
  next: (() => void) | undefined;
  readings(side: SideName): Readings;
  guess(side: SideName): ReturnType<AskGuess>;
}

/** Fills the pane with a record. */
export function showRecord(pane: HTMLElement, record: RecordDetail, turning: Turning): void {
  pane.replaceChildren(
    title(record, turning),
    side("value", record, asking("value", turning), pane.clientWidth),
    side("key", record, asking("key", turning), pane.clientWidth),
    headers(record),
  );
  pane.scrollTop = 0;
  for (const mark of pane.querySelectorAll<HTMLElement>(".hex mark:first-of-type")) {
    const box = mark.closest<HTMLElement>(".hex")!;
    box.scrollTop = Math.max(0, mark.offsetTop - box.offsetTop - box.clientHeight / 2);
  }
}

/** What a side's parts ask of the page. */
interface Asking {
  readings: Readings;
  guess: AskGuess;
}

function asking(side: SideName, { readings, guess }: Turning): Asking {
  return { readings: readings(side), guess: () => guess(side) };
}

function title(record: RecordDetail, { previous, next }: Turning): HTMLElement {
  const turn = (label: string, name: string, go: (() => void) | undefined) =>
    button(label, () => go?.(), { "aria-label": name, title: name, disabled: go === undefined });
  return h(
    "header",
    {},
    h("h2", {}, record.topic ?? "A record without topic"),
    h("div", { class: "turn" }, turn("←", "Previous record", previous), turn("→", "Next record", next)),
    h("p", { class: "meta" }, `Partition ${record.partition ?? "?"}, offset ${record.offset}${time(record)}`),
    h(
      "p",
      { class: "meta" },
      copier("Copy the record’s JSON", () => record.text),
    ),
  );
}

function time({ timestamp, timestampType }: RecordDetail): string {
  if (timestamp === null || Number.isNaN(new Date(timestamp).getTime())) {
    return "";
  }
  const kind = timestampType === "LOG_APPEND_TIME" ? "appended" : "created";
  return `, ${kind} ${new Date(timestamp).toISOString().replace("T", " ").replace("Z", " UTC")}`;
}

function side(of: SideName, record: RecordDetail, { readings, guess }: Asking, width: number): HTMLElement {
  const name = of === "value" ? "Value" : "Key";
  const { json, bytes, error, tombstone, schema } = record[of];
  const about = [schema, bytes && `${bytes.length.toLocaleString("en")} bytes`].filter(Boolean).join(" · ");
  return h(
    "section",
    { class: "part", "aria-label": name },
    h(
      "div",
      { class: "part-title" },
      h("h3", {}, name),
      h("span", { class: "about" }, about),
      json !== undefined && copier("Copy JSON", () => json),
      bytes !== undefined && copier("Copy base64", () => base64(bytes)),
    ),
    error !== undefined && callout(error),
    tombstone !== undefined && h("p", { class: "tomb" }, meaning(tombstone, name)),
    bytes !== undefined && bytes.length > 0 && readingsView(name, readings, error !== undefined),
    bytes !== undefined && bytes.length > 0 && fieldsView(name, guess),
    json !== undefined && jsonView(json, `${name} as JSON`),
    ...hexViews(name, record[of], frameSize(record, of), width),
  );
}

/** The payload's bytes, and those of the body inside it where that is compressed. */
function hexViews(
  name: string,
  { bytes, body, error }: SideDetail,
  frame: number,
  width: number,
): HTMLElement[] {
  if (bytes === undefined) {
    return [];
  }
  if (bytes.length === 0) {
    return [h("p", { class: "tomb" }, "Zero bytes: empty, which is not the same as null.")];
  }
  const failed = (space: ErrorSpace | undefined) => (error?.space === space ? error?.byteOffset : undefined);
  const label = `Bytes of the ${name.toLowerCase()}`;
  const marks = { frame, error: failed(undefined) };
  const whole = hexView(bytes, marks, label, width);
  if (body === undefined) {
    return [whole];
  }
  return [
    whole,
    h("p", { class: "about" }, `Inflated, the body has ${body.length.toLocaleString("en")} bytes:`),
    hexView(body, { frame: 0, error: failed("body") }, `Inflated body of the ${name.toLowerCase()}`, width),
  ];
}

function meaning(tombstone: string, name: string): string {
  return tombstone === "null"
    ? `null: the event says so${name === "Value" ? ", a tombstone" : ""}.`
    : "absent: the event has no such property.";
}

function headers({ headers }: RecordDetail): HTMLElement {
  const rows = headers.map(({ name, value }) =>
    h("tr", {}, h("th", { scope: "row" }, name), h("td", {}, value === null ? "null" : headerText(value))),
  );
  return h(
    "section",
    { class: "part", "aria-label": "Headers" },
    h(
      "div",
      { class: "part-title" },
      h("h3", {}, "Headers"),
      h("span", { class: "about" }, headers.length === 0 ? "none" : ""),
    ),
    headers.length > 0 && h("table", { class: "headers" }, h("tbody", {}, ...rows)),
  );
}

/** A header's value as text where it is one, else as hex. */
function headerText(value: string): string {
  const bytes = Uint8Array.from(atob(value), (character) => character.charCodeAt(0));
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: bytes below a space are seldom text.
    if (!/[\0-\x08\x0e-\x1f]/.test(text)) {
      return text;
    }
  } catch {
    // Not text.
  }
  return `0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
