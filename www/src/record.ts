/** One record, whole. */

import type { ErrorSpace } from "kafkalens/inline";
import { toBase64 } from "../../js/src/base64.js";
import type { SideName } from "../../js/src/side.js";
import { button, copier, h, saver } from "./dom.js";
import { type AskGuess, fieldsView } from "./fields.js";
import { frameSize } from "./frame.js";
import { headersView } from "./headers.js";
import { hexView } from "./hex.js";
import { jsonView } from "./json.js";
import { callout } from "./problem.js";
import type { RecordDetail, SideDetail } from "./protocol.js";
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
    headersView(record.headers),
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
  const turn = (label: string, name: string, key: string, go: (() => void) | undefined) =>
    button(label, () => go?.(), {
      "aria-label": name,
      "aria-keyshortcuts": key,
      title: `${name} (key ${key})`,
      disabled: go === undefined,
    });
  return h(
    "header",
    {},
    h("h2", {}, record.topic ?? "A record without topic"),
    h(
      "div",
      { class: "turn" },
      turn("←", "Previous record", "[", previous),
      turn("→", "Next record", "]", next),
    ),
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
      bytes !== undefined && copier("Copy base64", () => toBase64(bytes)),
      bytes !== undefined && saver("Save bytes", fileName(record, of), bytes),
    ),
    error !== undefined && callout(error),
    tombstone !== undefined && h("p", { class: "tomb" }, meaning(tombstone, name)),
    bytes !== undefined && bytes.length > 0 && readingsView(name, readings, error !== undefined),
    bytes !== undefined && bytes.length > 0 && fieldsView(name, guess),
    json !== undefined && jsonView(json, `${name} as JSON`),
    ...hexViews(name, record[of], frameSize(record, of), width),
  );
}

/** A name for the file of a payload, of letters that any system takes. */
function fileName({ topic, partition, offset }: RecordDetail, side: SideName): string {
  return `${topic ?? "record"}-${partition ?? "x"}-${offset}-${side}.bin`.replace(/[^\w.-]/g, "_");
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
