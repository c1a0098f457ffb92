/** What records held before they were decoded. */

import type { Listed } from "./columns.js";
import type { Core, RawRecord } from "./core.js";
import { eventBytes } from "./event.js";

/** A way into the WebAssembly that stays open for as long as batches need it. */
export type Call = <T>(use: (core: Core) => T) => T;

/** The records of one event as they came. */
export interface RawRecords {
  /** A record: its fields are as documented where their type is, and else whatever the event has there. */
  record(index: number): RawRecord;
  /** The cluster, where the event names it. */
  source(index: number): string | undefined;
  /** A payload without its framing; undefined for a tombstone. Throws the core's error. */
  body(index: number, side: "key" | "value"): Uint8Array | undefined;
}

/** Those of an event object. */
export class ListedRecords implements RawRecords {
  readonly #event: { readonly eventSourceArn?: unknown; readonly bootstrapServers?: unknown };
  readonly #records: readonly unknown[];
  readonly #call: Call;

  constructor(event: object, { records }: Listed, call: Call) {
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

  body(index: number, side: "key" | "value"): Uint8Array | undefined {
    return bodyOf(this.record(index), side, this.#call);
  }
}

interface SourcedRecord {
  readonly source: string | null;
  readonly record: RawRecord;
}

/** Those of an event that came as text: read once more when first asked for. */
export class TextRecords implements RawRecords {
  /** The places in the event of the records that the criteria have kept; undefined where they are all there. */
  kept: readonly number[] | undefined;
  readonly #event: unknown;
  readonly #call: Call;
  #parsed: readonly SourcedRecord[] | undefined;

  constructor(event: unknown, call: Call) {
    this.#event = event;
    this.#call = call;
  }

  record(index: number): RawRecord {
    return this.#at(index)?.record ?? {};
  }

  source(index: number): string | undefined {
    return this.#at(index)?.source ?? undefined;
  }

  body(index: number, side: "key" | "value"): Uint8Array | undefined {
    return bodyOf(this.record(index), side, this.#call);
  }

  #at(index: number): SourcedRecord | undefined {
    this.#parsed ??= JSON.parse(this.#call((core) => core.rawRecords(eventBytes(this.#event)))) as [];
    return this.#parsed[this.kept === undefined ? index : this.kept[index]!];
  }
}

function bodyOf(record: RawRecord, side: "key" | "value", call: Call): Uint8Array | undefined {
  const text = JSON.stringify(record);
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
