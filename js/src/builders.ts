/** Short forms for the sides of a configuration: each gives a part of the configuration's JSON document. */

import type {
  AvroSide,
  BytesSide,
  FramingOptions,
  JsonSide,
  PrimitiveSide,
  PrimitiveType,
  ProtobufSide,
  TextSide,
} from "./config.js";

/** A side that holds Avro. Without `writer`, the schema is the one added for the record's reference. */
export function avro(options: Omit<AvroSide, "format"> = {}): AvroSide {
  return { format: "avro", ...options };
}

/** A side that holds Protobuf. Without `descriptorSet`, the schema is the one added for the record's reference. */
export function protobuf(options: Omit<ProtobufSide, "format"> = {}): ProtobufSide {
  return { format: "protobuf", ...options };
}

/** A side that holds JSON. */
export function json(options: Omit<JsonSide, "format"> = {}): JsonSide {
  return { format: "json", ...options };
}

/** A side that holds text, UTF-8 unless `encoding` says otherwise. */
export function text(options: Omit<TextSide, "format"> = {}): TextSide {
  return { format: "text", ...options };
}

/** A side that is left as bytes. */
export function bytes(options: Omit<BytesSide, "format"> = {}): BytesSide {
  return { format: "bytes", ...options };
}

/** A side written by one of Kafka's own serializers. */
export function primitive(type: PrimitiveType, options: FramingOptions = {}): PrimitiveSide {
  return { format: "primitive", type, ...options };
}
