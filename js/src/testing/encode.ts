/** Plain values as payloads: what the side's configuration decodes to this value. */

import type { Decoder, ProtobufMessage } from "../api.js";
import { stringify } from "../canonical.js";
import type { AvroSchema, AvroSide, Config, Framing, ProtobufSide, SchemaDocument, Side } from "../config.js";
import { createDecoderSync } from "../entry/node.js";
import { split } from "../lambda/options.js";
import type { HandlerConfig } from "../lambda/types.js";
import { referenceOf } from "../registry/reference.js";
import type { SideName } from "../side.js";
import { type Datum, type Framed, frame } from "./frame.js";
import { Raw, Written } from "./payload.js";
import { primitiveBytes, textBytes } from "./primitive.js";
import type { Writing } from "./types.js";

/** What an event holds of one side of a record. */
export interface Encoded extends Framed {
  /** Beside the payload, under a mapping with a registry. */
  metadata?: { schemaId: string; dataFormat: string };
}

/** Ids for sides that configure none. */
const DEFAULT_IDS: Readonly<Partial<Record<Framing, string>>> = {
  glue: "glue:00000000-0000-4000-8000-000000000001",
  apicurio: "apicurio:content:1",
  "apicurio-global": "apicurio:global:1",
  azure: `azure:${"1".padStart(32, "0")}`,
};

/** What mappings call the formats that registries have schemas of. */
const FORMATS: Readonly<Partial<Record<Side["format"], string>>> = {
  avro: "AVRO",
  protobuf: "PROTOBUF",
  json: "JSON",
};

/** Encodes the sides of records under a decoder's configuration. */
export class Encoder {
  readonly #decoder: Decoder;

  /** Values are taken in the form that this configuration's decoder gives. */
  constructor(config: HandlerConfig) {
    const { decoding } = split(config);
    // What an encoder has no use for, a handler has: it is refused here as there.
    createDecoderSync(withoutSources(decoding)).dispose();
    // Where schemas come from and which records are kept means nothing to an encoder.
    const {
      key: _,
      value: __,
      topics: ___,
      schemas: ____,
      registries: _____,
      where: ______,
      ...options
    } = decoding;
    // Bytes are given as such, and written as base64 on the way to the core.
    this.#decoder = createDecoderSync({ ...options, bytes: "base64" });
  }

  /** One side of a record. */
  encode(slot: SideName, side: Side, value: unknown, writing: Writing, mapping?: "SOURCE" | "JSON"): Encoded {
    if (value instanceof Raw) {
      return { payload: value.bytes, headers: [] };
    }
    if (value instanceof Written) {
      return this.encode(slot, side, value.value, { ...writing, ...value.writing }, mapping);
    }
    const configured = Array.isArray(side.framing) ? side.framing[0]! : ((side.framing ?? "esm") as Framing);
    const reference = referenceFor(side, configured, writing);
    const registered = FORMATS[side.format];
    if (mapping !== undefined && registered === undefined) {
      // No registry knows it: the mapping leaves it as it is.
      return this.encode(slot, { ...side, framing: "none" }, value, writing);
    }
    if (mapping === "JSON") {
      return { payload: Buffer.from(stringify(value)), headers: [], metadata: metadata(reference, "JSON") };
    }
    const registry = reference.startsWith("glue:") ? "glue" : "confluent";
    // A mapping removes the prefix; what the serializer wrote behind it stays.
    const [written, framing] = mapping === undefined ? [configured, configured] : [registry, "esm" as const];
    const framed = frame(framing, this.#datum(slot, side, value, { ...writing }, written, reference));
    return mapping === undefined ? framed : { ...framed, metadata: metadata(reference, registered!) };
  }

  #datum(
    slot: SideName,
    side: Side,
    value: unknown,
    writing: Writing,
    framing: Framing,
    reference: string,
  ): Datum {
    const common = { side: slot, reference, writing };
    switch (side.format) {
      case "avro": {
        const schema = avroSchema(side, writing);
        const encode = (by: Framing) => this.#decoder.encode("AVRO", { ...schema, framing: by }, value);
        const text = typeof schema.schema === "string" ? schema.schema : JSON.stringify(schema.schema);
        return { ...common, ...indexed(encode, framing), avro: text };
      }
      case "protobuf": {
        const message = protobufMessage(side, writing);
        const encode = (by: Framing) => this.#decoder.encode("PROTOBUF", { ...message, framing: by }, value);
        return { ...common, ...indexed(encode, framing), avro: undefined };
      }
      default:
        return { ...common, bytes: schemaless(side, value), index: new Uint8Array(), avro: undefined };
    }
  }
}

/** A configuration whose schemas would be added. */
function withoutSources({ schemas: _, registries, ...config }: Config): Config {
  const names = Object.keys(registries ?? {}).map((name) => [name, {}] as const);
  return names.length === 0 ? config : { ...config, registries: Object.fromEntries(names) };
}

/** A datum, and apart from it what the framing's serializer writes before it. */
function indexed(encode: (framing: Framing) => Uint8Array, framing: Framing): Pick<Datum, "bytes" | "index"> {
  const whole = encode(framing);
  const bare = encode("none");
  // Confluent's serializers leave something out instead: the length of top-level bytes.
  return whole.length < bare.length
    ? { bytes: whole, index: new Uint8Array() }
    : { bytes: bare, index: whole.subarray(0, whole.length - bare.length) };
}

function avroSchema(side: AvroSide, { schema = side.writer, references }: Writing) {
  return { schema: present(schema), ...(references === undefined ? {} : { references }) };
}

function protobufMessage(side: ProtobufSide, writing: Writing): Exclude<ProtobufMessage, string> {
  const name = writing.message ?? side.message;
  const message = name === undefined ? {} : { message: name };
  if (writing.schema === undefined && side.files !== undefined) {
    const files = side.files.map(({ name, text }) => ({ name, schema: text }));
    return { schema: present(files.at(-1)).schema, references: files.slice(0, -1), ...message };
  }
  const set = side.descriptorSet;
  const local = set instanceof Uint8Array ? Buffer.from(set).toString("base64") : set;
  const references: SchemaDocument["references"] = writing.references ?? [];
  return { schema: present(writing.schema ?? local) as string, references, ...message };
}

function present<T extends AvroSchema | object>(schema: T | undefined): T {
  if (schema === undefined) {
    throw new TypeError(
      "expected a schema to write with, found none: give one in the side's configuration, or in the event's options",
    );
  }
  return schema;
}

/** What names the schema of a side. */
function referenceFor(side: Side, framing: Framing, { id }: Writing): string {
  const configured = "ids" in side ? side.ids?.[0] : undefined;
  const given = id ?? configured ?? DEFAULT_IDS[framing] ?? 1;
  const reference = referenceOf(given, framing);
  if (reference === undefined) {
    throw new TypeError(`expected an id such as 42, a UUID or a reference, found \`${given}\``);
  }
  return reference;
}

function metadata(reference: string, dataFormat: string): NonNullable<Encoded["metadata"]> {
  return { schemaId: reference.slice(reference.indexOf(":") + 1), dataFormat };
}

function schemaless(side: Side, value: unknown): Uint8Array {
  switch (side.format) {
    case "bytes":
      if (!(value instanceof Uint8Array)) {
        throw new TypeError("expected bytes, a Uint8Array, found another value");
      }
      return value;
    case "text":
      return textBytes(side, value);
    case "primitive":
      return primitiveBytes(side.type, value);
    default:
      return Buffer.from(stringify(value));
  }
}
