/** What the page knows: the event, the schemas, and how each side is read. */

import type {
  Config,
  Reading as Detected,
  ProtobufSide,
  ProtoFile,
  SchemaDocument,
  Side,
} from "kafkalens/inline";
import { imports } from "../../js/src/proto.js";
import { SIDES, type SideName } from "../../js/src/side.js";
import type { Inspection, Look } from "./protocol.js";

/** The formats that the sentence offers. */
export const FORMATS = [
  ["avro", "Avro"],
  ["protobuf", "Protobuf"],
  ["json", "JSON"],
  ["connect", "Connect’s JSON"],
  ["text", "text"],
  ["bytes", "bytes"],
  ["int16", "a 16-bit integer"],
  ["int32", "a 32-bit integer"],
  ["int64", "a 64-bit integer"],
  ["float", "a float"],
  ["double", "a double"],
  ["uuid", "a UUID"],
] as const;

/** The framings that the sentence offers. */
export const FRAMINGS = [
  ["none", "without a schema header"],
  ["confluent", "behind a Confluent header"],
  ["glue", "behind a Glue header"],
  ["esm", "as the record’s metadata says"],
  ["apicurio", "behind an Apicurio header"],
  ["apicurio-global", "behind an Apicurio header of a global id"],
  ["azure", "behind an Azure header"],
  ["cloudevents", "in a CloudEvent"],
  ["single-object", "as an Avro single object"],
  ["ocf", "as an Avro container file"],
] as const;

/** A format that the sentence offers. */
export type Format = (typeof FORMATS)[number][0];
/** A framing that the sentence offers. */
export type FramingName = (typeof FRAMINGS)[number][0];

/** How a side is read. */
export interface Reading {
  format: Format;
  framing: FramingName;
  /** The schema for every id; null: each record's own. */
  schema: Schema | null;
  /** A Protobuf message's full name; empty: the payload's index says. */
  message: string;
}

/** A schema that was given. */
export interface Schema {
  name: string;
  type: "AVRO" | "PROTOBUF";
  /** Text, or base64 of a descriptor set. */
  text: string;
  /** Whether it is .proto text. */
  proto: boolean;
  /** Whether it was pasted: then its name is one that the page gave it. */
  pasted: boolean;
  /** The references of records that it serves. */
  references: Set<string>;
}

/** Everything that decoding depends on. */
export interface Model {
  name: string;
  size: number;
  key: Reading;
  value: Reading;
  schemas: Schema[];
  dialect: NonNullable<Config["dialect"]>;
}

/** Before anything is given. */
export function emptyModel(): Model {
  const side = (): Reading => ({ format: "text", framing: "none", schema: null, message: "" });
  return { name: "", size: 0, key: side(), value: side(), schemas: [], dialect: "plain" };
}

/** Whether a format needs a schema. */
export function needsSchema({ format }: Reading): boolean {
  return format === "avro" || format === "protobuf";
}

/** Proposes how both sides are read. A schema that is at hand decides between formats. */
export function propose(model: Model, found: Inspection): void {
  for (const side of SIDES) {
    Object.assign(model[side], proposal(found[side], side, model.schemas));
  }
}

const FRAMED: Partial<Record<Look, FramingName>> = { confluent: "confluent", glue: "glue", metadata: "esm" };

function proposal(look: Look, side: SideName, schemas: readonly Schema[]): Omit<Reading, "message"> {
  const framing = FRAMED[look] ?? "none";
  const plain =
    look === "json" || look === "text" || look === "none" || (look === "binary" && side === "key");
  if (plain) {
    return { format: look === "json" ? "json" : look === "binary" ? "bytes" : "text", framing, schema: null };
  }
  const schema = side === "value" || framing !== "none" ? (schemas.at(-1) ?? null) : null;
  return { format: schema?.type === "PROTOBUF" ? "protobuf" : "avro", framing, schema };
}

/** Reads a side as one of its payload's readings says. */
export function take(side: Reading, { framing, format }: Detected): void {
  side.framing = FRAMINGS.find(([name]) => name === framing)?.[0] ?? side.framing;
  side.format = FORMATS.find(([name]) => name === format)?.[0] ?? side.format;
  side.schema = needsSchema(side) ? side.schema : null;
}

/** Uses a schema that was just given where one is wanted: for the values, unless these need none and the keys do. */
export function adopt(model: Model, schema: Schema): void {
  const wanting = (["value", "key"] as const).find(
    (side) => needsSchema(model[side]) && model[side].schema === null,
  );
  const side = model[wanting ?? "value"];
  side.format = schema.type === "AVRO" ? "avro" : "protobuf";
  side.schema = schema;
}

/** Adds a schema. A file that was there before, of those in `held`, was edited: what it served the new one serves. */
export function addSchema(model: Model, schema: Schema, held: readonly Schema[]): void {
  const old = former(
    schema,
    held.filter((other) => model.schemas.includes(other)),
  );
  if (old === undefined) {
    model.schemas = [...model.schemas, schema];
    return;
  }
  schema.references = old.references;
  model.schemas = [...model.schemas.filter((other) => other !== old), schema];
  exchange(model, old, schema);
}

/** The same file, as it was before. Files of one name may come from several folders: text or package tell them apart. */
function former(schema: Schema, held: readonly Schema[]): Schema | undefined {
  if (schema.pasted) {
    return undefined;
  }
  const namesakes = held.filter(({ name, pasted }) => !pasted && name === schema.name);
  const alike = namesakes.filter((other) => packageOf(other) === packageOf(schema));
  return alike.find(({ text }) => text === schema.text) ?? (alike.length === 1 ? alike[0] : undefined);
}

/** Removes a schema. */
export function removeSchema(model: Model, schema: Schema): void {
  model.schemas = model.schemas.filter((other) => other !== schema);
  exchange(model, schema, null);
}

function exchange(model: Model, old: Schema, schema: Schema | null): void {
  for (const side of [model.key, model.value]) {
    side.schema = side.schema === old ? schema : side.schema;
  }
}

/** The configuration, and the schemas that serve one reference each. */
export function configuration(model: Model): { config: Config; schemas: SchemaDocument[] } {
  const schemas = model.schemas.flatMap((schema) =>
    [...schema.references].map((reference) => document(schema, reference, model.schemas)),
  );
  const side = (name: SideName) => sideConfig(model[name], model.schemas);
  return { config: { key: side("key"), value: side("value"), dialect: model.dialect }, schemas };
}

function document(schema: Schema, reference: string, all: readonly Schema[]): SchemaDocument {
  const { type, text, proto } = schema;
  const others = proto ? imported(schema, all) : [];
  const references = others.map((file) => ({ name: file.name, schema: file.text }));
  return { reference, type, schema: text, references };
}

function sideConfig({ format, framing, schema, message }: Reading, all: readonly Schema[]): Side {
  switch (format) {
    case "avro":
      return { format, framing, ...(schema?.type === "AVRO" ? { writer: schema.text, anyId: true } : {}) };
    case "protobuf":
      return {
        format,
        framing,
        ...(message === "" ? {} : { message }),
        ...(schema?.type === "PROTOBUF" ? { ...local(schema, all), anyId: true } : {}),
      };
    case "json":
    case "connect":
    case "text":
    case "bytes":
      return { format, framing };
    default:
      return { format: "primitive", type: format, framing };
  }
}

function local(schema: Schema, all: readonly Schema[]): Pick<ProtobufSide, "files" | "descriptorSet"> {
  const { name, text, proto } = schema;
  return proto ? { files: [...imported(schema, all), { name, text }] } : { descriptorSet: text };
}

/** The other .proto files, by the names under which they are imported: a browser tells no folders. */
function imported(schema: Schema, all: readonly Schema[]): ProtoFile[] {
  const files = all.filter(({ proto }) => proto);
  const names = files.flatMap(({ text }) => imports(text));
  const found = new Map<string, string>();
  for (const other of files) {
    const name = importedAs(other, names, files);
    if (other !== schema && name !== schema.name && !found.has(name)) {
      found.set(name, other.text);
    }
  }
  return [...found].map(([name, text]) => ({ name, text }));
}

/** Of several files of a name, each stands in the folder that its package names, as is the custom. */
function importedAs(file: Schema, names: readonly string[], files: readonly Schema[]): string {
  const wanted = names.filter((name) => name.split("/").at(-1) === file.name);
  const path = ["", ...packageOf(file).split("."), file.name]
    .filter((part, i) => i === 0 || part !== "")
    .join("/");
  const fitting = wanted.find((name) => path.endsWith(`/${name}`) || `/${name}`.endsWith(path));
  const alone = files.filter(({ name }) => name === file.name).length === 1;
  return fitting ?? (alone ? wanted[0] : undefined) ?? file.name;
}

/** The package of .proto text. */
function packageOf({ proto, text }: Schema): string {
  return (proto && /^\s*package\s+([\w.]+)/m.exec(text)?.[1]) || "";
}
