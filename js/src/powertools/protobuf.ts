/** Protobuf: the framing is taken off here, a class of the user's decodes; or the core, by a descriptor set or .proto files. */

import type { Side } from "../config.js";
import { failing, withBuffers } from "./avro.js";
import { core, type Format, framed, type Slot, schemaId } from "./core.js";
import { KafkaConsumerMissingSchemaError } from "./errors.js";
import { messages } from "./messages.js";
import type { Framed, ProtobufConfig, ProtobufMessage } from "./types.js";

/** A side that holds Protobuf. */
export function protobuf(slot: Slot, config: ProtobufConfig<unknown>): Format {
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
function byClass(slot: Slot, schema: ProtobufMessage, framing: Framed["framing"]): Format {
  const indexed = messages(slot, framing ?? "esm");
  return (records) => {
    const read = indexed(records);
    const bytes = (index: number) => {
      const record = records[index]!;
      const bare = framing === undefined && schemaId(record, slot) == null;
      return bare ? Buffer.from(record[slot]!, "base64") : withBuffers(read(index));
    };
    return (index) => schema.decode(bytes(index) as Uint8Array);
  };
}

/** Messages that the core decodes. */
function byCore(
  slot: Slot,
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
