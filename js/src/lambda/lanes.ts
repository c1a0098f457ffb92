/** The records of a batch in the order in which they are worked on. */

import type { Batch } from "../api.js";
import type { LazyRecord } from "../record.js";
import type { FailedPlace } from "./failure.js";

/** A record and the name under which its failure is reported. */
export interface Item<K, V> {
  readonly record: LazyRecord<K, V>;
  readonly place: FailedPlace;
}

/** Records that are worked on one after the other. */
export type Lane<K, V> = Item<K, V>[];

/** A lane for each partition or, where order has no meaning, for each record. */
export function lanes<K, V>(batch: Batch<K, V>, event: unknown, mode: "stream" | "queue"): Lane<K, V>[] {
  const names = groupNames(event, batch.length);
  const byName = new Map<string, Lane<K, V>>();
  const all: Lane<K, V>[] = [];
  let index = 0;
  for (const record of batch as Iterable<LazyRecord<K, V>>) {
    const { topic, partition, offset } = record;
    const partitionKey = names?.[index] ?? `${topic}-${partition}`;
    const item = { record, place: { partitionKey, topic, partition, offset } };
    const lane = mode === "stream" ? byName.get(partitionKey) : undefined;
    if (lane === undefined) {
      const made = [item];
      byName.set(partitionKey, made);
      all.push(made);
    } else {
      lane.push(item);
    }
    index++;
  }
  return all;
}

/** The key of `records` under which each record of an event object stands: failures are reported by it. */
function groupNames(event: unknown, length: number): string[] | undefined {
  const records = (event as { records?: unknown } | null | undefined)?.records;
  if (typeof records !== "object" || records === null) {
    return undefined;
  }
  const names = Object.entries(records).flatMap(([name, list]) =>
    Array.isArray(list) ? list.map(() => name) : [],
  );
  return names.length === length ? names : undefined;
}
