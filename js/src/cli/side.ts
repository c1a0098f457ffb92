/** Sides as the command line writes them: `[FRAMING+]FORMAT[:FILE[@ID][#MESSAGE]]`. */

import { existsSync } from "node:fs";
import type { Framing, PrimitiveType, SchemaDocument, Side } from "../config.js";
import { referenceOf } from "../registry/reference.js";
import { UsageError } from "./args.js";
import { protobufSchema, protobufSource, readText } from "./files.js";

const FRAMINGS: readonly Framing[] = [
  "esm",
  "none",
  "confluent",
  "glue",
  "apicurio",
  "apicurio-global",
  "azure",
  "cloudevents",
  "single-object",
  "ocf",
];
const PRIMITIVES: readonly PrimitiveType[] = ["int16", "int32", "int64", "float", "double", "uuid"];
const ENCODINGS = ["utf-8", "utf-16", "iso-8859-1"] as const;
const FORMATS = ["avro", "protobuf", "json", "connect", "text", "bytes", ...ENCODINGS, ...PRIMITIVES];

/** A side's configuration, and the schemas that serve one id each. */
export interface SideArguments {
  side: Side;
  schemas: SchemaDocument[];
}

interface Parsed {
  text: string;
  framing: Framing | undefined;
  format: string;
  file: string | undefined;
  id: string | undefined;
  message: string | undefined;
}

/** The side that the flags of one name give; several give a schema for one id each. */
export function side(flag: string, texts: readonly string[], reader?: string): SideArguments {
  const all = texts.map((text) => parse(flag, text));
  const [first, ...others] = all as [Parsed, ...Parsed[]];
  for (const other of others) {
    if (other.framing !== first.framing || other.format !== first.format) {
      throw new UsageError(`--${flag}: \`${first.text}\` and \`${other.text}\` differ in framing or format`);
    }
  }
  const lacksId = others.length > 0 && all.find(({ id }) => id === undefined);
  if (lacksId) {
    throw new UsageError(`--${flag}: of several, each needs its id: \`${lacksId.text}@ID\``);
  }
  const byId = first.id !== undefined;
  return {
    side: configuration(flag, first, byId, reader),
    schemas: byId ? all.map((one) => document(one)) : [],
  };
}

function parse(flag: string, text: string): Parsed {
  const [, framing, format, rest] = /^(?:([^+:]*)\+)?([^:+]*)(?::(.*))?$/s.exec(text) ?? [];
  if (format === undefined || !FORMATS.includes(format)) {
    const known = FORMATS.join(", ");
    throw new UsageError(`--${flag} ${text}: expected a format of ${known}, found \`${format ?? text}\``);
  }
  if (framing !== undefined && !FRAMINGS.includes(framing as Framing)) {
    const known = FRAMINGS.join(", ");
    throw new UsageError(`--${flag} ${text}: expected a framing of ${known}, found \`${framing}\``);
  }
  if (rest !== undefined && format !== "avro" && format !== "protobuf") {
    throw new UsageError(`--${flag} ${text}: the format ${format} takes no schema`);
  }
  return { text, framing: framing as Framing | undefined, format, ...place(rest) };
}

/** A file, and the id and message after its name. A file that has such a name as a whole is meant as a whole. */
function place(rest: string | undefined): Pick<Parsed, "file" | "id" | "message"> {
  if (rest === undefined || rest === "" || existsSync(rest)) {
    return { file: rest === "" ? undefined : rest, id: undefined, message: undefined };
  }
  let file = rest;
  const take = (mark: string): string | undefined => {
    const at = file.lastIndexOf(mark);
    // A mark before a slash belongs to a folder's name.
    if (at < 0 || file.indexOf("/", at) >= 0) {
      return undefined;
    }
    const found = file.slice(at + 1);
    file = file.slice(0, at);
    return found;
  };
  // Either may come first.
  const idLast = file.lastIndexOf("@") > file.lastIndexOf("#");
  let id = idLast ? take("@") : undefined;
  const message = take("#");
  id ??= take("@");
  return { file: file === "" ? undefined : file, id, message };
}

function configuration(flag: string, parsed: Parsed, byId: boolean, reader: string | undefined): Side {
  const { format, framing, file, message } = parsed;
  if (reader !== undefined && format !== "avro") {
    throw new UsageError(`--${flag}-reader: only Avro has a reader's schema`);
  }
  const framed = framing === undefined ? {} : { framing };
  const local = file !== undefined && !byId;
  switch (format) {
    case "avro":
      return {
        format,
        ...framed,
        ...(local ? { writer: readText(file), anyId: true } : {}),
        ...(reader === undefined ? {} : { reader: readText(reader) }),
      };
    case "protobuf":
      return {
        format,
        ...framed,
        ...(message === undefined ? {} : { message }),
        ...(local ? { ...protobufSchema(file), anyId: true } : {}),
      };
    case "json":
    case "connect":
    case "text":
    case "bytes":
      return { format, ...framed };
    default: {
      const encoding = ENCODINGS.find((one) => one === format);
      return encoding === undefined
        ? { format: "primitive", type: format as PrimitiveType, ...framed }
        : { format: "text", encoding, ...framed };
    }
  }
}

function document({ text, framing, format, file, id }: Parsed): SchemaDocument {
  if (file === undefined) {
    throw new UsageError(`${text}: expected a file before the id`);
  }
  const reference = referenceOf(id!, framing);
  if (reference === undefined) {
    throw new UsageError(`expected an id such as 42, a UUID or confluent:42, found \`${id}\``);
  }
  return format === "avro"
    ? { reference, type: "AVRO", schema: readText(file) }
    : { reference, type: "PROTOBUF", ...protobufSource(file) };
}
