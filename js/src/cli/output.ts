/** Where the program writes, and how records look there. */

import type { Batch } from "../api.js";
import type { ErrorDocument } from "../core.js";
import { isDecodeError } from "../errors.js";
import { members } from "../rawjson.js";
import type { OutputFormat } from "./args.js";
import { around } from "./hex.js";
import { Table } from "./table.js";

/** The program's surroundings. */
export interface Output {
  /** Whether standard output is a terminal. */
  readonly terminal: boolean;
  /** Whether standard input is one. */
  readonly inputIsTerminal: boolean;
  /** Whether standard error is one. */
  readonly errorTerminal: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** Text in a colour, where colours are wanted. */
  paint(colour: "red" | "dim" | "bold", text: string): string;
  /** Writes to standard output. */
  text(text: string): void;
  /** Writes bytes to standard output. */
  bytes(bytes: Uint8Array): void;
  /** Writes a line to standard error. */
  problem(text: string): void;
  /** Draws a line on standard error over the one before; an empty one takes it away, as any other writing does. */
  status(text: string): void;
}

/** Writes the records of events. */
export interface Writer {
  /** The records of one event, each as its document's text, and the batch of them; `told` how many are done. */
  event(records: readonly string[], batch: () => Batch, told: (done: number) => void): void;
  /** The end of all; gives how many records failed. */
  end(): number;
}

/** Writes in a format. */
export function writer(format: OutputFormat, out: Output): Writer {
  return format === "table" ? new Table(out) : new Lines(out);
}

/** Lines that are written in one go. */
const AT_ONCE = 1000;

/** One line of JSON a record; what failed is told on standard error. */
class Lines implements Writer {
  readonly #out: Output;
  #failed = 0;

  constructor(out: Output) {
    this.#out = out;
  }

  event(records: readonly string[], batch: () => Batch, told: (done: number) => void): void {
    for (let from = 0; from < records.length; from += AT_ONCE) {
      const some = records.slice(from, from + AT_ONCE);
      this.#out.text(some.map((record) => `${record}\n`).join(""));
      some.forEach((text, i) => {
        this.#tell(view(text), from + i, batch);
      });
      told(from + some.length);
    }
  }

  #tell(record: RecordView, index: number, batch: () => Batch): void {
    const failures = failuresOf(record);
    this.#failed += failures.length > 0 ? 1 : 0;
    for (const { side, error } of failures) {
      this.#out.problem(`${place(record)} ${failure(side, error, batch, index).join("\n  ")}`);
    }
  }

  end(): number {
    return this.#failed;
  }
}

/** The parts of a record's document. */
export interface RecordView {
  topic: string | null;
  partition: number | null;
  offset: string;
  key: ReadonlyMap<string, string>;
  value: ReadonlyMap<string, string>;
}

/** Reads a record's document. */
export function view(text: string): RecordView {
  const record = members(text);
  const parse = <T>(name: string) => JSON.parse(record.get(name) ?? "null") as T;
  return {
    topic: parse<string | null>("topic"),
    partition: parse<number | null>("partition"),
    offset: record.get("offset") ?? "null",
    key: members(record.get("key")!),
    value: members(record.get("value")!),
  };
}

/** Which record it is. */
export function place({ topic, partition, offset }: RecordView): string {
  return `${visible(topic ?? "?")}-${partition ?? "?"}@${offset === "null" ? "?" : offset}`;
}

/** A side that failed. */
export interface Failure {
  side: "key" | "value";
  error: ErrorDocument;
}

/** What failed of a record. */
export function failuresOf(record: RecordView): Failure[] {
  return (["key", "value"] as const).flatMap((side) => {
    const error = record[side].get("error");
    return error === undefined ? [] : [{ side, error: JSON.parse(error) as ErrorDocument }];
  });
}

/** The lines that tell an error, with the bytes around it. */
export function failure(
  side: "key" | "value",
  error: ErrorDocument,
  batch: () => Batch,
  index: number,
): string[] {
  const lines = [`${side}: ${error.code}: ${visible(error.message)}`];
  lines.push(...(error.frame === undefined ? [] : visible(error.frame).split("\n")));
  // What the hint says of missing schemas is for programs; the command's end says it for its user.
  const hint = error.code === "SCHEMA_MISSING" ? undefined : error.hint;
  lines.push(...(hint === undefined ? [] : [`hint: ${visible(hint)}`]));
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
function bytesOf(batch: Batch, index: number, side: "key" | "value"): Uint8Array | undefined {
  try {
    return batch.at(index)?.bytes(side) ?? undefined;
  } catch (error) {
    if (isDecodeError(error)) {
      return undefined;
    }
    throw error;
  }
}

/** Text without what could steer a terminal or turn the writing round. */
export function visible(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  return text.replace(/[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, (unit) =>
    unit === "\n" ? "\n" : `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
