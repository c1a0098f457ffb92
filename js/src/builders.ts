/** Short forms for the sides of a configuration: each gives a part of the configuration's JSON document. */

import type {
  AvroSchema,
  AvroSide,
  BytesSide,
  ConnectSide,
  JsonSide,
  Output,
  PrimitiveSide,
  PrimitiveType,
  ProtobufSide,
  SideOptions,
  TextSide,
} from "./config.js";
import type { Typed } from "./typed.js";

/** What a builder takes where values stay as decoded. */
type Plain<S> = Omit<S, "format" | "output"> & { output?: never };

/** What a builder takes where values are made into something else. */
type Made<S, O> = Omit<S, "format" | "output"> & { output: O };

/** A side whose values are made into something else. */
type MadeSide<S, O> = Omit<S, "output"> & { readonly output: O };

/** What a builder takes where values are made into what the caller named. */
type MadeNamed<S, T> = Omit<S, "format" | "output"> & { output: Output<T> };

/** A side with its schemas as they are written. */
type Literal<W, R> = Omit<AvroSide, "writer" | "reader"> & { readonly writer: W; readonly reader: R };

/** What is selected of a side's values. */
interface Selection {
  readonly select: readonly string[];
}

/**
 * A side that holds Avro. Default: written and read by the schema that was added for the record's reference.
 *
 * Its values' type is the one named (`avro<Order>(…)`), which an `output` has to make; else that of `output`, else it follows
 * from a schema that is written out in the call, the reader's before the writer's; else it is unknown.
 */
export function avro<const W extends AvroSchema, const R extends AvroSchema>(
  options: Omit<Plain<AvroSide>, "writer" | "reader"> & { writer?: W; reader?: R } & Selection,
): Literal<W, R> & Selection;
export function avro<const W extends AvroSchema, const R extends AvroSchema>(
  options: Omit<Plain<AvroSide>, "writer" | "reader"> & { writer?: W; reader?: R },
): Literal<W, R>;
export function avro<T>(options?: Plain<AvroSide>): AvroSide & Typed<T>;
export function avro<O extends Output>(options: Made<AvroSide, O>): MadeSide<AvroSide, O>;
export function avro<T>(options: MadeNamed<AvroSide, T>): AvroSide & Typed<T>;
export function avro(options: Omit<AvroSide, "format"> = {}): AvroSide {
  return { format: "avro", ...options };
}

/**
 * A side that holds Protobuf. Default: read by the schema that was added for the record's reference, as the message that the
 * payload's index names.
 *
 * Its values' type is the one named (`protobuf<Order>(…)`), which an `output` has to make; else that of `output`, else unknown.
 */
export function protobuf<T>(options?: Plain<ProtobufSide>): ProtobufSide & Typed<T>;
export function protobuf<O extends Output>(options: Made<ProtobufSide, O>): MadeSide<ProtobufSide, O>;
export function protobuf<T>(options: MadeNamed<ProtobufSide, T>): ProtobufSide & Typed<T>;
export function protobuf(options: Omit<ProtobufSide, "format"> = {}): ProtobufSide {
  return { format: "protobuf", ...options };
}

/**
 * A side that holds JSON. Its values' type is the one named (`json<Order>()`), which an `output` has to make; else that of
 * `output`, else unknown.
 */
export function json<T>(options?: Plain<JsonSide>): JsonSide & Typed<T>;
export function json<O extends Output>(options: Made<JsonSide, O>): MadeSide<JsonSide, O>;
export function json<T>(options: MadeNamed<JsonSide, T>): JsonSide & Typed<T>;
export function json(options: Omit<JsonSide, "format"> = {}): JsonSide {
  return { format: "json", ...options };
}

/** A side that holds Kafka Connect's JSON envelope, `{ schema, payload }`: its values are the payloads. */
export function connect<T>(options?: Plain<ConnectSide>): ConnectSide & Typed<T>;
export function connect<O extends Output>(options: Made<ConnectSide, O>): MadeSide<ConnectSide, O>;
export function connect<T>(options: MadeNamed<ConnectSide, T>): ConnectSide & Typed<T>;
export function connect(options: Omit<ConnectSide, "format"> = {}): ConnectSide {
  return { format: "connect", ...options };
}

/** A side that holds text. Default: UTF-8. */
export function text(options?: Plain<TextSide>): TextSide;
export function text<O extends Output>(options: Made<TextSide, O>): MadeSide<TextSide, O>;
export function text(options: Omit<TextSide, "format"> = {}): TextSide {
  return { format: "text", ...options };
}

/** A side that is left as bytes, without what frames them. */
export function bytes(options?: Plain<BytesSide>): BytesSide;
export function bytes<O extends Output>(options: Made<BytesSide, O>): MadeSide<BytesSide, O>;
export function bytes(options: Omit<BytesSide, "format"> = {}): BytesSide {
  return { format: "bytes", ...options };
}

/** A side written by one of Kafka's own serializers, such as `primitive("int64")`. */
export function primitive<const T extends PrimitiveType>(
  type: T,
  options?: SideOptions & { output?: never },
): PrimitiveSide & { readonly type: T };
export function primitive<O extends Output>(
  type: PrimitiveType,
  options: Omit<SideOptions, "output"> & { output: O },
): MadeSide<PrimitiveSide, O>;
export function primitive(type: PrimitiveType, options: SideOptions = {}): PrimitiveSide {
  return { format: "primitive", type, ...options };
}
