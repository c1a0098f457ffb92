/** Files that are schemas: what they hold and how they are used, or what is wrong with them. */

import type { Side } from "../config.js";
import { createDecoderSync } from "../entry/node.js";
import { type DecodeError, isDecodeError } from "../errors.js";
import type { SchemaFile } from "../filenames.js";
import { parsed } from "../parsed.js";
import { visibleLine } from "../visible.js";
import { count } from "./amounts.js";
import { protobufSchema } from "./files.js";
import type { Output } from "./output.js";
import { problem } from "./problems.js";
import { fileName, shellWord } from "./view.js";

/** What is told of a file, and the exit status that follows. */
export interface Told {
  lines: string[];
  status: 0 | 2;
}

const TITLES: Readonly<Record<SchemaFile, string>> = {
  avsc: "Avro schema",
  proto: "Protobuf schema",
  descriptors: "Protobuf descriptor set",
};

/** Tells of a file that is called a schema. */
export function schemaTold(kind: SchemaFile, name: string, text: string, out: Output): Told {
  const wrong = kind === "avsc" ? avroError(text) : protobufError(name);
  if (wrong !== undefined) {
    return { lines: [title(name, kind, out), `  ${problem(wrong)}`], status: 2 };
  }
  return kind === "avsc" ? avroTold(name, text, out) : protobufTold(kind, name, out);
}

/** Tells of a text that is an Avro schema although its name doesn't say so; undefined for any other. */
export function avroText(name: string, text: string, out: Output): Told | undefined {
  const { type } = (parsed(text) ?? {}) as { type?: unknown };
  return typeof type === "string" && avroError(text) === undefined ? avroTold(name, text, out) : undefined;
}

function avroError(text: string): DecodeError | undefined {
  return refused({ format: "avro", framing: "none", writer: text });
}

function protobufError(name: string): DecodeError | undefined {
  return refused({ format: "protobuf", framing: "confluent", ...protobufSchema(name), anyId: true });
}

/** What the core says against a schema. */
function refused(value: Side): DecodeError | undefined {
  try {
    createDecoderSync({ value }).dispose();
    return undefined;
  } catch (error) {
    if (isDecodeError(error)) {
      return error;
    }
    throw error;
  }
}

function avroTold(name: string, text: string, out: Output): Told {
  const lines = [
    title(name, "avsc", out, `, ${visibleLine(described(parsed(text) ?? text.trim()))}`),
    `  reads events so: kafkalens decode EVENT --value ${shellWord(`avro:${name}`)}`,
    `  the specification's names and defaults: kafkalens check --strict ${shellWord(name)}`,
  ];
  return { lines, status: 0 };
}

function protobufTold(kind: SchemaFile, name: string, out: Output): Told {
  const side = shellWord(`confluent+protobuf:${name}#MESSAGE`);
  const lines = [title(name, kind, out), `  reads events so: kafkalens decode EVENT --value ${side}`];
  return { lines, status: 0 };
}

function title(name: string, kind: SchemaFile, out: Output, more = ""): string {
  return out.paint("bold", `${fileName(name)}: ${TITLES[kind]}${more}`);
}

/** An Avro schema in a few words. */
function described(schema: unknown): string {
  if (typeof schema === "string") {
    return schema;
  }
  if (Array.isArray(schema)) {
    return `union of ${count(schema.length, "branch", "branches")}`;
  }
  const { type, name, namespace, fields } = schema as Record<string, unknown>;
  if (typeof type !== "string") {
    return described(type);
  }
  const full = typeof name === "string" ? [namespace, name].filter(Boolean).join(".") : "";
  const held = Array.isArray(fields) ? `, ${count(fields.length, "field")}` : "";
  return `${[type, full].filter(Boolean).join(" ")}${held}`;
}
