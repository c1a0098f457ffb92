/** Protobuf: the framing is taken off here, a class of the user's decodes; or the core, by a descriptor set or .proto files. */

import type { Side } from "../config.js";
import type { SideName } from "../side.js";
import { failing, withBuffers } from "./avro.js";
import { core, type Format, framed, schemaId } from "./core.js";
import { KafkaConsumerMissingSchemaError } from "./errors.js";
import { messages } from "./messages.js";
import type { Framed, ProtobufConfig, ProtobufMessage } from "./types.js";

/** A side that holds Protobuf. */
export function protobuf(slot: SideName, config: ProtobufConfig<unknown>): Format {
  const { schema } = config;
  if (!schema) {
    return () => () => {
      throw new KafkaConsumerMissingSchemaError("Schema string is required for protobuf deserialization");
    };
  }
  const values = framed(slot, config, (framing) =>
    isMessage(schema) ? byClass(slot, schema, framing) : byCore(slot, schema, framing),
  );
  return (records) => failing("Protobuf", values(records));
}

function isMessage(schema: object): schema is ProtobufMessage {
  return typeof (schema as { decode?: unknown }).decode === "function";
}

/** Messages that a class decodes from bytes. */
function byClass(slot: SideName, schema: ProtobufMessage, framing: Framed["framing"]): Format {
  const indexed = messages(slot, framing ?? "esm");
  return (records) => {
    const read = indexed(records);
    return (index) => {
      const record = records[index]!;
      if (framing !== undefined || schemaId(record, slot) != null) {
        return schema.decode(withBuffers(read(index)) as Uint8Array);
      }
      const bytes = Buffer.from(record[slot]!, "base64");
      // Powertools gives the length too where it takes nothing off.
      return schema.decode(bytes, bytes.length);
    };
  };
}

/** Messages that the core decodes. */
function byCore(
  slot: SideName,
  schema: Exclude<ProtobufConfig<unknown>["schema"], ProtobufMessage>,
  framing: Framed["framing"] = undefined,
): Format {
  const side = (): Side => ({ ...schema, format: "protobuf", framing: framing ?? "esm", anyId: true });
  const values = core(slot, side, { int64: "auto" });
  return (records) => {
    const read = values(records);
    return (index) => withBuffers(read(index));
  };
}
