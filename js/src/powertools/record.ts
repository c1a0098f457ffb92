/** A record as handlers get it: a plain object whose own accessors make key, value and headers when first read. */

import { once } from "../once.js";
import type { ConsumerRecord, Record } from "./types.js";

/** The record of an event, with what reads its sides. */
export function consumerRecord<K, V>(
  record: Record,
  readKey: () => unknown,
  readValue: () => unknown,
): ConsumerRecord<K, V> {
  const { key, value, headers, valueSchemaMetadata, keySchemaMetadata, ...rest } = record;
  const madeKey = once(() => (key === "" ? undefined : key == null ? key : readKey()));
  const madeValue = once(() => (value == null ? value : readValue()));
  const madeHeaders = once(() => texts(headers));
  // Spreading and JSON.stringify see own properties in this order.
  return {
    ...rest,
    originalKey: key,
    originalValue: value,
    originalHeaders: headers,
    valueSchemaMetadata,
    keySchemaMetadata,
    get key() {
      return madeKey() as K;
    },
    get value() {
      return madeValue() as V;
    },
    get headers() {
      return madeHeaders();
    },
  } as ConsumerRecord<K, V>;
}

/** Headers as text, null where one has no value. */
function texts(headers: Record["headers"] | undefined): { [name: string]: string }[] | null | undefined {
  return (
    headers?.map((header) =>
      Object.fromEntries(Object.entries(header).map(([name, bytes]) => [name, headerText(bytes)])),
    ) ?? (headers as null | undefined)
  );
}

function headerText(bytes: readonly number[] | null): string {
  // The type that handlers know has no null.
  return bytes === null ? (null as unknown as string) : Buffer.from(bytes).toString("utf8");
}
