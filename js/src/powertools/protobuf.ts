/** Protobuf: the framing is taken off here, a class of the user's decodes; or the core, by a descriptor set or .proto files. */

import type { Side } from "../config.js";
import { failing, withBuffers } from "./avro.js";
import { core, type Format, framed, type Slot, schemaId } from "./core.js";
import { KafkaConsumerMissingSchemaError } from "./errors.js";
import { confluentIndexes, glueIndex } from "./message-index.js";
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
  const decode = (bytes: Uint8Array, indexed: Framed["framing"]) =>
    schema.decode(bytes.subarray(indexLength(bytes, indexed)));
  if (framing === undefined) {
    return (records) => (index) => {
      const record = records[index]!;
      return decode(Buffer.from(record[slot]!, "base64"), registry(schemaId(record, slot)));
    };
  }
  const bytes = core(slot, () => ({ format: "bytes", framing }), {});
  return (records) => {
    const read = bytes(records);
    return (index) => decode(withBuffers(read(index)) as Uint8Array, framing);
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

/** Whose schema it is: ids of Confluent's have ten digits at most, Glue's are UUIDs. */
function registry(id: string | null | undefined): Framed["framing"] {
  return id == null ? undefined : id.length > 10 ? "glue" : "confluent";
}

function indexLength(bytes: Uint8Array, registry: Framed["framing"]): number {
  switch (registry) {
    case "confluent":
      return confluentIndexes(bytes);
    case "glue":
      return glueIndex(bytes);
    default:
      return 0;
  }
}
