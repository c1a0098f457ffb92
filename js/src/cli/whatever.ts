/** Files that are no events: schemas, and payloads by themselves. */

import { basename } from "node:path";
import { createDecoderSync } from "../entry/node.js";
import { isDecodeError } from "../errors.js";
import { protoFiles } from "./files.js";
import type { Output } from "./output.js";
import { problem } from "./setup.js";
import { visible } from "./view.js";

/** The lines that tell of a schema; undefined for what is none. */
export function schemaLines(name: string, text: string, out: Output): string[] | undefined {
  return name.endsWith(".proto") ? protoLines(name, out) : avroLines(name, text, out);
}

function protoLines(name: string, out: Output): string[] {
  const title = out.paint("bold", `${visible(name)}: Protobuf schema`);
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
  const held = Array.isArray(fields) ? `, ${fields.length} fields` : "";
  const title = `${visible(name)}: Avro schema, ${visible([String(type), full].filter(Boolean).join(" "))}${held}`;
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

/** A payload by itself, as an event with one record. Text that is base64 or hex stands for its bytes. */
export function alone(bytes: Buffer): { event: string; what: string } {
  const { payload, what } = unwrapped(bytes);
  const record = {
    topic: "payload",
    partition: 0,
    offset: 0,
    timestamp: 0,
    timestampType: "CREATE_TIME",
    headers: [],
    value: payload.toString("base64"),
  };
  return { event: JSON.stringify({ records: { "payload-0": [record] } }), what };
}

function unwrapped(bytes: Buffer): { payload: Buffer; what: string } {
  const text = bytes.toString("latin1").replace(/\s+/g, "");
  const told = (payload: Buffer, form: string) => ({
    payload,
    what: `a payload${form}, ${payload.length} bytes`,
  });
  if (/^(?:[0-9a-f]{2}){4,}$/i.test(text)) {
    return told(Buffer.from(text, "hex"), " in hex");
  }
  if (text.length % 4 === 0 && /^[A-Za-z0-9+/]{8,}={0,2}$/.test(text)) {
    return told(Buffer.from(text, "base64"), " in base64");
  }
  return told(bytes, "");
}
