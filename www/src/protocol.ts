/** What the page and its worker say to each other. */

import type { Config, Envelope, ErrorDocument, Guess, Reading, SchemaDocument } from "kafkalens/inline";
import type { SideName } from "../../js/src/side.js";

/** To the worker. Each message has an answer of the same number. */
export type Request =
  | { kind: "inspect"; event: string }
  /** Without a text: of the event that is inspected. */
  | { kind: "envelope"; event?: string }
  | { kind: "decode"; config: Config; schemas: readonly SchemaDocument[] }
  | { kind: "find"; text: string }
  | { kind: "record"; index: number }
  | { kind: "detect"; index: number; side: SideName }
  | { kind: "guess"; index: number; side: SideName };

/** From the worker. */
export type Answer =
  | { kind: "inspected"; found: Inspection }
  | { kind: "envelope"; envelope: Envelope }
  | { kind: "decoded"; result: Decoded }
  | { kind: "found"; indexes: number[] }
  | { kind: "record"; record: RecordDetail }
  | { kind: "detected"; readings: Reading[] }
  | { kind: "guessed"; found: Guess }
  | { kind: "failed"; error: ErrorDocument };

/** What an event's payloads look like, before anything is known of them. */
export interface Inspection {
  records: number;
  key: Look;
  value: Look;
}

/** What the first payloads of a side look like. */
export type Look = "metadata" | "confluent" | "glue" | "json" | "text" | "binary" | "none";

/** A decoded event. */
export interface Decoded {
  rows: Row[];
  missing: string[];
  /** Schemas that were refused, by reference. */
  refused: { reference: string; error: ErrorDocument }[];
}

/** What became of a record. */
export type Status = "ok" | "tombstone" | "failed";

/** A record in the table. */
export interface Row {
  /** Topic and partition. */
  partition: string;
  /** As its digits. */
  offset: string;
  /** The beginning of the key. */
  key: string;
  /** The beginning of the value. */
  value: string;
  schema: string;
  status: Status;
  /** The codes of its errors. */
  codes: string[];
  /** The first error's message. */
  message: string;
}

/** One side of the record that is looked at. */
export interface SideDetail {
  /** The value as JSON text, in lines. */
  json?: string;
  tombstone?: string;
  error?: ErrorDocument;
  schema?: string;
  /** The framing by which it was read. */
  framing?: string;
  /** The payload. */
  bytes?: Uint8Array;
  /** What it holds, where it came compressed. */
  body?: Uint8Array;
}

/** The record that is looked at. */
export interface RecordDetail {
  topic: string | null;
  partition: number | null;
  /** As its digits. */
  offset: string;
  timestamp: number | null;
  timestampType: string | null;
  headers: { name: string; value: string | null }[];
  key: SideDetail;
  value: SideDetail;
  /** The record's document, as every host prints it. */
  text: string;
}
