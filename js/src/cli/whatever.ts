/** Files that are no events: schemas, and payloads by themselves. */

import { basename } from "node:path";
import { eventOf, unwrapped } from "../alone.js";
import { createDecoderSync } from "../entry/node.js";
import { isDecodeError } from "../errors.js";
import { count } from "./amounts.js";
import { protoFiles } from "./files.js";
import type { Output } from "./output.js";
import { problem } from "./setup.js";
import { fileName, visible } from "./view.js";

/** The lines that tell of a schema; undefined for what is none. */
export function schemaLines(name: string, text: string, out: Output): string[] | undefined {
  return name.endsWith(".proto") ? protoLines(name, out) : avroLines(name, text, out);
}

function protoLines(name: string, out: Output): string[] {
  const title = out.paint("bold", `${fileName(name)}: Protobuf schema`);
  try {
    createDecoderSync({
      value: { format: "protobuf", framing: "confluent", files: protoFiles(name), anyId: true },
    }).dispose();
  } catch (error) {
    if (isDecodeError(error)) {
      return [title, `  ${problem(error)}`];
    }
    throw error;
  }
  return [
    title,
    `  reads events so: kafkalens decode EVENT --value 'confluent+protobuf:${visible(name)}#MESSAGE'`,
  ];
}

function avroLines(name: string, text: string, out: Output): string[] | undefined {
  const schema = avroSchema(text);
  if (schema === undefined) {
    return undefined;
  }
  const { type, name: record, namespace, fields } = schema;
  const full = typeof record === "string" ? [namespace, record].filter(Boolean).join(".") : "";
  const held = Array.isArray(fields) ? `, ${count(fields.length, "field")}` : "";
  const title = `${fileName(name)}: Avro schema, ${visible([String(type), full].filter(Boolean).join(" "))}${held}`;
  return [
    out.paint("bold", title),
    `  reads events so: kafkalens decode EVENT --value avro:${visible(name)}`,
    `  the specification's names and defaults: kafkalens check --strict ${visible(basename(name))}`,
  ];
}

/** A schema's JSON object, if the core takes it for one. */
function avroSchema(text: string): Record<string, unknown> | undefined {
  try {
    const schema = JSON.parse(text) as Record<string, unknown>;
    if (typeof schema?.type !== "string") {
      return undefined;
    }
    createDecoderSync({ value: { format: "avro", framing: "none", writer: text } }).dispose();
    return schema;
  } catch {
    return undefined;
  }
}

/** A payload by itself, as an event with one record, and what it is. */
export function alone(bytes: Uint8Array): { event: string; what: string } {
  const { payload, form } = unwrapped(bytes);
  return { event: eventOf(payload), what: `a payload${form}, ${count(payload.length, "byte")}` };
}
