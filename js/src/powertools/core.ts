/** Sides that the core reads: one decoder for a configuration, one batch for an event, each when first needed. */

import type { Batch } from "../api.js";
import type { Options, Side } from "../config.js";
import { createDecoderSync } from "../entry/node.js";
import { once } from "../once.js";
import type { SideName } from "../side.js";
import type { Framed, Record } from "./types.js";

/** Gives a side of the record at a place, or throws why it can't be had. */
export type Read = (index: number) => unknown;

/** How the records of an event are read. */
export type Format = (records: readonly Record[]) => Read;

/** How the other side is read. */
export const LEFT = { format: "bytes", framing: "none" } as const;

/** A format of the core. `side` is asked for when a record is first read; what is wrong with it is thrown then. */
export function core(slot: SideName, side: () => Side, options: Options): Format {
  const decoder = once(() => createDecoderSync({ ...options, key: LEFT, value: LEFT, [slot]: side() }));
  return (records) => {
    const batch = once<Batch>(() => decoder().decodeEvent(event(records, slot)));
    return (index) => batch().at(index)![slot];
  };
}

/**
 * A format for payloads that something precedes. The event source mapping removes that where a registry is configured
 * for it, and then says so by the schema's id.
 */
export function framed(
  slot: SideName,
  { framing }: Framed,
  format: (framing: Framed["framing"]) => Format,
): Format {
  const bare = format(undefined);
  if (framing === undefined) {
    return bare;
  }
  const whole = format(framing);
  return (records) => {
    const [readBare, readWhole] = [bare(records), whole(records)];
    return (index) => (schemaId(records[index]!, slot) == null ? readWhole(index) : readBare(index));
  };
}

/** The schema's id in a record's metadata. */
export function schemaId(record: Record, slot: SideName): string | null | undefined {
  return record[`${slot}SchemaMetadata`]?.schemaId;
}

/** The event with that one side of its records. A broken record is told by its own payload, so the rest is made whole. */
export function event(records: readonly Record[], slot: SideName): object {
  const plain = records.map((record) => ({
    topic: typeof record.topic === "string" ? record.topic : "",
    partition: Number.isSafeInteger(record.partition) ? record.partition : 0,
    offset: Number.isSafeInteger(record.offset) ? record.offset : 0,
    timestamp: 0,
    timestampType: "CREATE_TIME",
    headers: [],
    [slot]: record[slot],
    // What is configured is decoded, whatever the metadata calls it.
    [`${slot}SchemaMetadata`]: registered(schemaId(record, slot)),
  }));
  return { records: { "": plain } };
}

/** Metadata that names the registry. Any text may be an id: over ten characters it is taken for Glue's, as ever. */
function registered(id: string | null | undefined): { schemaId: string } | null {
  return id == null ? null : { schemaId: id.length > 10 ? GLUE : CONFLUENT };
}

const CONFLUENT = "1";
const GLUE = "00000000-0000-0000-0000-000000000000";
