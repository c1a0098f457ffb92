/** Formats: how a side's payloads become values, by its configuration. */

import type { SideName } from "../side.js";
import { avro } from "./avro.js";
import { SchemaType } from "./constants.js";
import type { Format } from "./core.js";
import { KafkaConsumerDeserializationError, KafkaConsumerParserError } from "./errors.js";
import { json, text } from "./json.js";
import { protobuf } from "./protobuf.js";
import type { SchemaConfigValue, StandardSchema } from "./types.js";

/** The format of a side. Throws for a type that is none. */
export function format(slot: SideName, config: SchemaConfigValue | undefined): Format {
  const read = unchecked(slot, config);
  const schema = config?.parserSchema;
  if (!schema) {
    return read;
  }
  return (records) => {
    const value = read(records);
    return (index) => parsed(value(index), schema);
  };
}

function unchecked(slot: SideName, config: SchemaConfigValue | undefined): Format {
  switch (config?.type) {
    case SchemaType.JSON:
      return json(slot, config);
    case SchemaType.AVRO:
      return avro(slot, config);
    case SchemaType.PROTOBUF:
      return protobuf(slot, config);
  }
  // Whoever writes JavaScript may have configured anything.
  const type = (config as { type?: unknown } | undefined)?.type;
  if (type) {
    throw new KafkaConsumerDeserializationError(
      `Unsupported deserialization type: ${type}. Supported types are: json, avro, protobuf.`,
    );
  }
  return text(slot);
}

function parsed(value: unknown, schema: StandardSchema): unknown {
  const result = schema["~standard"].validate(value);
  if (result instanceof Promise) {
    throw new KafkaConsumerParserError("Schema parsing supports only synchronous validation");
  }
  if (result.issues) {
    throw new KafkaConsumerParserError("Schema validation failed", { cause: result.issues });
  }
  return result.value;
}
