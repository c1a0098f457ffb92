/** The wrapper of handlers. */

import { once } from "../once.js";
import type { Read } from "./core.js";
import { KafkaConsumerError } from "./errors.js";
import { format } from "./format.js";
import { consumerRecord } from "./record.js";
import type { ConsumerRecords, Context, MSKEvent, Record, SchemaConfig } from "./types.js";

/**
 * A Lambda handler that calls yours with the records of a Kafka event in one list, their keys and values decoded when
 * first read. A bad record throws from its own `key` or `value` only. Rejects with a {@link KafkaConsumerError} for what
 * is no Kafka event, and with a `KafkaConsumerDeserializationError` for a `type` that there isn't.
 *
 * ```ts
 * import { kafkaConsumer, SchemaType } from "kafkalens/powertools";
 *
 * export const handler = kafkaConsumer<string, { id: number }>(
 *   async (event) => {
 *     for (const { key, value } of event.records) {
 *       console.log(key, value.id);
 *     }
 *   },
 *   { value: { type: SchemaType.JSON } },
 * );
 * ```
 */
export function kafkaConsumer<K, V>(
  handler: (event: ConsumerRecords<K, V>, context: Context) => Promise<unknown>,
  config?: SchemaConfig,
): (event: MSKEvent, context: Context) => Promise<unknown> {
  const formats = once(() => [format("key", config?.key), format("value", config?.value)] as const);
  return async (event, context) => {
    requireEvent(event);
    const records: Record[] = Object.values(event.records).flat();
    // Without a record nobody asks what its format is.
    const [key, value]: readonly Read[] = records.length === 0 ? [] : formats().map((open) => open(records));
    const decoded = records.map((record, i) =>
      consumerRecord<K, V>(
        record,
        () => key!(i),
        () => value!(i),
      ),
    );
    return handler({ ...event, records: decoded }, context);
  };
}

function requireEvent(event: unknown): asserts event is MSKEvent {
  if (!isObject(event) || !isObject(event.records) || !Object.values(event.records).every(Array.isArray)) {
    throw new KafkaConsumerError(
      'Event is not a valid MSKEvent. Expected an object with a "records" property.',
    );
  }
}

function isObject(value: unknown): value is { [name: string]: unknown } {
  return Object.prototype.toString.call(value) === "[object Object]";
}
