/** The configuration: one JSON document, the same names in every host. */

import { toBase64 } from "./base64.js";
import { configError } from "./errors.js";
import type { StandardSchema } from "./standard.js";

const HINT = "names and values are those of docs/options.md";
const CALL =
  "a builder such as `json` is called: `value: json()`; filter criteria are patterns; a function can be an `output`";

/** A named set of options that the others start from. */
export type Dialect = "plain" | "avro-json" | "protojson";

/** How the reference to the writer's schema is found. */
export type Framing =
  | "esm"
  | "none"
  | "confluent"
  | "glue"
  | "apicurio"
  | "apicurio-global"
  | "azure"
  | "cloudevents"
  | "single-object"
  | "ocf";

/** How 64-bit integers appear. */
export type Int64 = "bigint" | "number" | "auto" | "string";

/** How 64-bit integers appear, at some paths otherwise than in general. */
export interface Int64ByPath {
  /** Where no path says otherwise. Default that of the dialect. */
  default?: Int64;
  /**
   * By path in the decoded value, keys and values alike: `$.id`, `$["a.b"]`, `$.items[].id` for every item, `$.counts{}` for
   * every value of a map. A path that leads to no 64-bit integer changes nothing.
   */
  paths: { readonly [path: string]: Int64 };
}

/** A rule that is an error unless named in {@link Options.lenient}. */
export type LenientRule = "trailing-bytes" | "boolean" | "int-overflow" | "utf8" | "required";

/** What a decoded value looks like. What is absent follows the dialect. */
export interface Options {
  /** The set of options that the others start from. Default `"plain"`. */
  dialect?: Dialect;
  /**
   * 64-bit integers. `"bigint"` (default): always a bigint; `"number"`: a number, an error where it would be rounded;
   * `"auto"`: a number when exact, else a bigint; `"string"` (default of `protojson`): digits. By path as well.
   */
  int64?: Int64 | Int64ByPath;
  /**
   * Bytes in JSON text: `"base64"` (default), `"hex"`, or `"latin1"` (default of `avro-json`). In JavaScript bytes are
   * always a `Uint8Array`.
   */
  bytes?: "base64" | "hex" | "latin1";
  /**
   * Avro unions. `"plain"` (default): the branch's value; `"tagged"` (default of `avro-json`): `{ branch: value }`;
   * `"auto"`: tagged only where two branches could not be told apart.
   */
  unions?: "plain" | "tagged" | "auto";
  /** Decimals: exact decimal strings (`"string"`, default) or the underlying bytes (`"raw"`, default of `avro-json`). */
  decimals?: "string" | "raw";
  /**
   * Dates, times and timestamps. `"iso"` (default): ISO 8601 text; `"epoch"` (default of `avro-json`): the underlying
   * integer; `"date"`: a `Date` for date and timestamp-millis, ISO text for the others.
   */
  timestamps?: "iso" | "epoch" | "date";
  /** Field names: Protobuf's JSON name and Avro's declared one (`"json"`, default), or as named. */
  fieldNames?: "json" | "declared" | "camel" | "snake";
  /**
   * Absent Protobuf fields. `"include"` (default): those with implicit presence take their default; `"omit"` (default of
   * `protojson`): none; `"all"`: also scalars with explicit presence.
   */
  defaults?: "include" | "omit" | "all";
  /** Unknown Protobuf fields: dropped and counted (`"drop"`, default), or kept. */
  unknownFields?: "drop" | "keep";
  /**
   * A message index that disagrees with the configured message under a local schema: an error (`"verify"`), the
   * configured message with a counted warning (`"warn"`, default), or the configured message (`"ignore"`).
   */
  messageIndex?: "verify" | "warn" | "ignore";
  /** Rules that are not enforced. Default: none. */
  lenient?: readonly LenientRule[];
}

/** Bounds on what input may cost; the error that one causes names it. */
export interface Limits {
  /** Bytes of an event's text. Default 16 MiB. */
  eventBytes?: number;
  /** Records in an event. Default 10,000. */
  records?: number;
  /** Levels of records, arrays, maps and messages in one value. Default 100. */
  depth?: number;
  /** Items that take no bytes, and items made from defaults, in one value. Default 1,000,000. */
  items?: number;
  /** Bytes that a compressed body may inflate to. Default 16 MiB. */
  inflatedBytes?: number;
  /** Bytes that all compressed bodies of an event may inflate to. Default 128 MiB. */
  eventInflatedBytes?: number;
  /**
   * Bytes that the records of one chunk, at most 256, may be decoded to, looked at before each value. An event that isn't
   * decoded by chunks (one inside a message of a queue, say) counts as one chunk. Default 256 MiB.
   */
  outputBytes?: number;
  /** Bytes of one schema's text. Default 1 MiB. */
  schemaBytes?: number;
  /** Levels of nesting in a schema. Default 100. */
  schemaDepth?: number;
  /** Steps of one compiled plan. Default 200,000. */
  planSteps?: number;
}

/**
 * What makes a decoded value into another: a schema of zod, valibot, arktype or any library that keeps to Standard Schema;
 * a class, which gets the value as its only argument; or a function, which may be asynchronous.
 */
export type Output<T = unknown> = StandardSchema<T> | OutputClass<T> | OutputFunction<T>;

/** A class that is made of a decoded value. */
export type OutputClass<T> = new (value: never) => T;

/** A function that makes something of a decoded value. As a method's, its parameter may have the type that values have. */
export type OutputFunction<T> = { make(value: unknown): T | PromiseLike<T> }["make"];

/** What every side may say. */
export interface SideOptions {
  /**
   * What decoded values are made into or validated by: a Standard Schema (zod, valibot, arktype), a class or a function.
   * Default: they stay as decoded. Tombstones are left alone. What is refused is the record's error `OUTPUT_INVALID`.
   */
  output?: Output;
  /**
   * Where the schema's reference stands. `"esm"` (default): in the record's schema metadata where a registry-aware event
   * source mapping left some, else nowhere; `"none"`: nowhere; `"confluent"`, `"glue"`, `"apicurio"` (`"apicurio-global"`:
   * ids of four bytes are global ones), `"azure"`: where their serializers write it; `"cloudevents"`: beside the data of a
   * CloudEvent; for Avro `"single-object"` (Avro's own header of a fingerprint) and `"ocf"` (an object container file, which
   * holds its schema: the value is an array). Of a list a record is read by the first that it begins with.
   */
  framing?: Framing | readonly Framing[];
  /** Which of {@link Config.registries} the side's schemas are in. Default none: {@link Config.schemas} has them. */
  registry?: string;
}

/** For which references a local schema stands. */
export interface LocalSchemaOptions extends SideOptions {
  /**
   * The references that the local schema stands for: a Confluent id, a UUID, or a reference such as `"glue:UUID"`.
   * Default: none.
   */
  ids?: readonly (number | string)[];
  /** Whether the local schema stands for every reference. Default false. */
  anyId?: boolean;
}

/** An Avro schema: its JSON text, also as UTF-8 bytes, or the same parsed. */
export type AvroSchema = string | object;

/** For sides whose values have parts. */
export interface SelectOptions {
  /**
   * The paths of what is decoded: `"id"`, `"items[].sku"` of every item, `"counts{}"` of every value of a map. The rest is
   * passed over. Default everything.
   */
  select?: readonly string[];
}

/** A side that holds Avro. */
export interface AvroSide extends LocalSchemaOptions, SelectOptions {
  format: "avro";
  /** The schema that payloads are written with. Default: the one added for the record's reference. */
  writer?: AvroSchema;
  /** The schema to read as, by Avro's resolution rules. Default: as written. */
  reader?: AvroSchema;
}

/** A side that holds Protobuf. */
export interface ProtobufSide extends LocalSchemaOptions, SelectOptions {
  format: "protobuf";
  /** The message's full name, such as `"shop.Order"`. Default: the one that the payload's message index names. */
  message?: string;
  /** A serialized `FileDescriptorSet`, as bytes or base64. Absent: the schema added for the record's reference. */
  descriptorSet?: string | Uint8Array;
  /** .proto files in any order, the one that is meant last. Those of `google/protobuf` are built in. */
  files?: readonly ProtoFile[];
}

/** A .proto file. */
export interface ProtoFile {
  /** The name by which others import it. */
  name: string;
  /** Its text. */
  text: string;
}

/** A side that holds JSON. */
export interface JsonSide extends SideOptions, SelectOptions {
  format: "json";
}

/** A side that holds Kafka Connect's JSON envelope, `{ schema, payload }`: its payload, logical types included. */
export interface ConnectSide extends SideOptions, SelectOptions {
  format: "connect";
}

/** A side that holds text. */
export interface TextSide extends SideOptions {
  format: "text";
  /** The text's encoding. Default `"utf-8"`. */
  encoding?: "utf-8" | "utf-16" | "iso-8859-1";
}

/** A side that is left as bytes. */
export interface BytesSide extends SideOptions {
  format: "bytes";
}

/** The type of one of Kafka's own serializers. */
export type PrimitiveType = "int16" | "int32" | "int64" | "float" | "double" | "uuid";

/** A side written by one of Kafka's own serializers. */
export interface PrimitiveSide extends SideOptions {
  format: "primitive";
  /** The serializer's type. */
  type: PrimitiveType;
}

/** How a key or value is read. */
export type Side = AvroSide | ProtobufSide | JsonSide | ConnectSide | TextSide | BytesSide | PrimitiveSide;

/** How the two sides of a record are read; an absent one is UTF-8 text. */
export interface Sides {
  /** How keys are read. Default UTF-8 text. */
  key?: Side;
  /** How values are read. Default UTF-8 text. */
  value?: Side;
}

/** A schema as a registry gives it. */
export interface SchemaDocument {
  /** What records name it by, such as `"confluent:42"`. */
  reference: string;
  /** The kind of schema. */
  type: "AVRO" | "PROTOBUF" | "JSON";
  /** The schema's text; of Protobuf .proto text or a base64 `FileDescriptorSet`. */
  schema: string;
  /** The schemas that it refers to. */
  references?: readonly { name: string; schema: string }[];
  /** What the registry says of it where it says so: Glue's `"AVAILABLE"`, `"FAILURE"` or `"DELETING"`, `"DELETED"` of Confluent's. */
  status?: string;
  /** The rules of a Confluent data contract: what they encrypt is reported. */
  ruleSet?: unknown;
}

/** Where missing schemas come from: a registry (`kafkalens/confluent`, `/glue`, `/apicurio`, `/folder`) or your own. */
export interface SchemaSource {
  /**
   * Fetches the schema of a reference such as `"glue:UUID"`. What it throws becomes the error of the records that need
   * the schema: a `DecodeError` as it is, anything else as `SOURCE_FAILED`.
   */
  fetch(reference: string): Promise<SchemaDocument>;
}

/** The configuration of a decoder. Names that are not known are errors. */
export interface Config extends Sides, Options {
  /** Topics that are read otherwise than the rest. Default none. */
  topics?: { readonly [topic: string]: Sides };
  /** Bounds on what input may cost. Default those of {@link Limits}. */
  limits?: Limits;
  /**
   * Which records an event is left with: filter criteria as an event source mapping takes them, a pattern or
   * `{ Filters: [{ Pattern }] }`, as JSON or as its text. The others are dropped before anything is made of them. A record
   * that can't be decoded, so far as the criteria ask for it, is kept with its error. Default: all records are left.
   */
  where?: object | string;
  /** Where `prepare` and `decode` fetch missing schemas. Default nowhere. Not for `createDecoderSync`. */
  schemas?: SchemaSource;
  /**
   * Registries by name, for sides whose `registry` is one of them: their references are told apart by it, as in
   * `eu/confluent:42`. Each is a source, which is asked without that prefix, and not for `createDecoderSync`; or `{}`, where
   * the schemas are added by `addSchema`. Default none.
   */
  registries?: { readonly [name: string]: SchemaSource | Readonly<Record<string, never>> };
}

/** Refuses what is no configuration at all. */
export function requireConfig(config: unknown): void {
  if (typeof config !== "object" || config === null || Symbol.iterator in config) {
    throw configError("expected the configuration as an object, found something else", HINT);
  }
}

/** The configuration as the core takes it: without what only JavaScript has, bytes as the text that they are or as base64. */
export function configText(config: Config): string {
  const { schemas: _, topics, registries, ...rest } = config;
  const document = {
    ...rest,
    ...sidesText(rest),
    ...(topics === undefined
      ? {}
      : { topics: mapped(topics, (sides) => ({ ...sides, ...sidesText(sides) })) }),
    ...(registries === undefined
      ? {}
      : { registries: mapped(registries, (given) => (isSource(given) ? {} : given)) }),
  };
  return JSON.stringify(document, asText);
}

/** An object with what it holds in another form; what is no object, there or inside, is left for the core to refuse. */
function mapped<T>(object: { readonly [name: string]: T }, form: (held: T) => unknown): unknown {
  return isObject(object)
    ? Object.fromEntries(
        Object.entries(object).map(([name, held]) => [name, isObject(held) ? form(held) : held]),
      )
    : object;
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function sidesText({ key, value }: Sides): Sides {
  return {
    ...(key === undefined ? {} : { key: withoutOutput(key) }),
    ...(value === undefined ? {} : { value: withoutOutput(value) }),
  };
}

/** Whether a registry is a source, or only a name. */
export function isSource(registry: object | undefined): registry is SchemaSource {
  return typeof (registry as Partial<SchemaSource> | undefined)?.fetch === "function";
}

/**
 * Replaces bytes, before `Buffer`'s own `toJSON` is seen (`this` is the object that holds them), and refuses what JSON would
 * leave out. Schemas are text, also where a file was read without an encoding.
 */
function asText(this: unknown, name: string, value: unknown): unknown {
  const held = (this as Record<string, unknown>)[name];
  if (held instanceof Uint8Array) {
    return name === "descriptorSet" ? toBase64(held) : new TextDecoder().decode(held);
  }
  if (typeof held === "function" || typeof held === "symbol") {
    throw configError(`expected a value that JSON has as \`${name}\`, found a ${typeof held}`, CALL);
  }
  return value;
}

/** A side without what only JavaScript has; what is no side is left for the core to refuse. */
function withoutOutput<S extends Side | undefined>(side: S): S {
  if (typeof side !== "object" || side === null || Array.isArray(side)) {
    return side;
  }
  const { output: _, ...rest } = side;
  return rest as unknown as S;
}
