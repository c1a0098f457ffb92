/** What records held before they were decoded. */

import type { EventRecords } from "./columns.js";
import type { Core, RawRecord } from "./core.js";
import { recordText } from "./event.js";
import type { SideName } from "./side.js";
import { LISTED, ODD, Word } from "./words.js";

/** A way into the WebAssembly that stays open for as long as batches need it. */
export type Call = <T>(use: (core: Core) => T) => T;

/** The records of one event as they came. */
export interface RawRecords {
  /** A record: its fields are as documented where their type is, and else whatever the event has there. */
  record(index: number): RawRecord;
  /** The cluster, where the event names it. */
  source(index: number): string | undefined;
  /** A payload without its framing; undefined for a tombstone. Throws the core's error. */
  body(index: number, side: SideName): Uint8Array | undefined;
}

/** Those of an event object. */
export class ObjectRecords implements RawRecords {
  readonly #event: { readonly eventSourceArn?: unknown; readonly bootstrapServers?: unknown };
  readonly #records: readonly unknown[];
  readonly #call: Call;

  constructor(event: object, { records }: EventRecords, call: Call) {
    this.#event = event;
    this.#records = records;
    this.#call = call;
  }

  record(index: number): RawRecord {
    const record = this.#records[index];
    return typeof record === "object" && record !== null ? (record as RawRecord) : {};
  }

  source(): string | undefined {
    const { eventSourceArn: arn, bootstrapServers: servers } = this.#event;
    if (typeof arn === "string") {
      return arn;
    }
    return typeof servers === "string" ? sorted(servers) : undefined;
  }

  body(index: number, side: SideName): Uint8Array | undefined {
    return bodyOf(this.record(index), side, this.#call);
  }
}

const DECODER = new TextDecoder();

interface SourcedRecord {
  readonly source: string | null;
  readonly record: RawRecord;
}

/** Those of an event that came as text: read once more when they are asked for. */
export class TextRecords implements RawRecords {
  /** The event's text, which nobody else changes. */
  readonly text: Uint8Array;
  /** What the core has listed of the records. */
  words: Int32Array = new Int32Array();
  readonly #call: Call;
  readonly #read: (RawRecord | undefined)[] = [];
  #all: readonly SourcedRecord[] | undefined;

  constructor(text: Uint8Array, call: Call) {
    this.text = text;
    this.#call = call;
  }

  record(index: number): RawRecord {
    this.#read[index] ??= this.#own(index) ?? this.#at(index)?.record ?? {};
    return this.#read[index]!;
  }

  /** A record that is as Lambda writes them: its own text tells. */
  #own(index: number): RawRecord | undefined {
    const at = index * LISTED;
    if (this.words[at + Word.Key] === ODD) {
      return undefined;
    }
    const start = this.words[at + Word.Start]!;
    return JSON.parse(DECODER.decode(this.text.subarray(start, start + this.words[at + Word.Length]!)));
  }

  source(index: number): string | undefined {
    return this.#at(index)?.source ?? undefined;
  }

  body(index: number, side: SideName): Uint8Array | undefined {
    return bodyOf(this.record(index), side, this.#call);
  }

  #at(index: number): SourcedRecord | undefined {
    this.#all ??= JSON.parse(this.#call((core) => core.rawRecords(this.text))) as [];
    return this.#all[this.words[index * LISTED + Word.Number]!];
  }
}

function bodyOf(record: RawRecord, side: SideName, call: Call): Uint8Array | undefined {
  const text = recordText(record);
  return call((core) => core.body(text, side));
}

/** Brokers come in any order: sorted, they name the cluster the same way each time. */
function sorted(servers: string): string {
  return servers
    .split(",")
    .map((server) => server.trim())
    .sort()
    .join(",");
}
