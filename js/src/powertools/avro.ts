/** Avro, with the values that avro-js gives. */

import type { Options } from "../config.js";
import { isDecodeError } from "../errors.js";
import { put } from "../materialize/cursor.js";
import type { SideName } from "../side.js";
import { core, type Format, framed, type Read } from "./core.js";
import { KafkaConsumerDeserializationError, KafkaConsumerMissingSchemaError } from "./errors.js";
import type { AvroConfig } from "./types.js";

/** Tagged unions and raw logical types; integers as numbers, where those are exact; U+FFFD for what is no UTF-8. */
const VALUES: Options = { dialect: "avro-json", int64: "auto", lenient: ["utf8"] };

/** A side that holds Avro. */
export function avro(slot: SideName, config: AvroConfig): Format {
  const { schema } = config;
  if (!schema) {
    return () => () => {
      throw new KafkaConsumerMissingSchemaError("Schema string is required for avro deserialization");
    };
  }
  const writer = typeof schema === "string" ? schema : JSON.stringify(schema);
  const values = framed(slot, config, (framing) =>
    core(slot, () => ({ format: "avro", writer, framing: framing ?? "none", anyId: true }), VALUES),
  );
  const hasBytes = /"(?:bytes|fixed)"/.test(writer);
  return (records) => {
    const read = failing("Avro", values(records));
    return hasBytes ? (index) => withBuffers(read(index)) : read;
  };
}

/** The same, its errors of the class and with the beginning that Powertools gives them. */
export function failing(name: string, read: Read): Read {
  return (index) => {
    try {
      return read(index);
    } catch (cause) {
      const reason = isDecodeError(cause) ? `${cause.code}: ${cause.message}` : cause;
      throw new KafkaConsumerDeserializationError(`Failed to deserialize ${name} message: ${reason}`, {
        cause,
      });
    }
  };
}

/** The value with a `Buffer` for all bytes in it, over the same memory. */
export function withBuffers(value: unknown): unknown {
  if (value instanceof Uint8Array) {
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  for (const [name, held] of Object.entries(value)) {
    if (typeof held === "object" && held !== null) {
      put(value as Record<string, unknown>, name, withBuffers(held));
    }
  }
  return value;
}
