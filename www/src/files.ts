/** Files that were opened or dropped: which are schemas, and which are events. */

import type { Schema } from "./model.js";

/** Why a file was not taken, in words for its user. */
export class Refused extends Error {}

/** What a file is. */
export type Opened = { kind: "event"; name: string; text: string } | { kind: "schema"; schema: Schema };

/** Reads a file. An `.avsc` file is a schema, also where it could be an event; so is a descriptor set, by its bytes. */
export async function open(file: File): Promise<Opened> {
  const bytes = await content(file);
  const text = utf8(bytes);
  if (/\.(fds|desc|ds|protoset|pb|bin)$/i.test(file.name) || text === undefined) {
    if (bytes[0] !== 0x0a) {
      throw new Refused(`${file.name} is neither text nor a Protobuf descriptor set.`);
    }
    return { kind: "schema", schema: schema(file.name, "PROTOBUF", base64(bytes)) };
  }
  if (/\.proto$/i.test(file.name)) {
    return { kind: "schema", schema: schema(file.name, "PROTOBUF", text, true) };
  }
  return /\.avsc$/i.test(file.name) || isAvro(text)
    ? { kind: "schema", schema: schema(file.name, "AVRO", text) }
    : { kind: "event", name: file.name, text };
}

async function content(file: File): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    // A folder is dropped as a file too, of which only this tells it.
    throw new Refused(`${file.name} can’t be read. If it is a folder, give the files in it.`);
  }
}

/** A schema that was pasted. The count tells it from others: versions of a schema have the same name within. */
export function pastedSchema(text: string, count: number): Schema {
  return { ...pastedAs(text, count), pasted: true };
}

function pastedAs(text: string, count: number): Schema {
  if (/^\s*(syntax|edition|package|message|enum|import)\b/m.test(text) && !/^\s*[{["]/.test(text)) {
    return schema(`schema-${count}.proto`, "PROTOBUF", text, true);
  }
  const held = text.trim();
  const name = /"name"\s*:\s*"([^"]{1,60})"/.exec(held)?.[1] ?? "Schema";
  if (/^[A-Za-z0-9+/\s]+=*$/.test(held) && held.startsWith("C")) {
    return schema(`Descriptor set ${count}`, "PROTOBUF", held.replace(/\s/g, ""));
  }
  try {
    JSON.parse(held);
  } catch {
    throw new Refused(
      "This is neither an Avro schema (JSON), nor .proto text, nor base64 of a descriptor set.",
    );
  }
  return schema(`${name}, pasted ${count}`, "AVRO", held);
}

function schema(name: string, type: Schema["type"], text: string, proto = false): Schema {
  return { name, type, text, proto, pasted: false, references: new Set() };
}

const AVRO_TYPES = /^(record|error|enum|fixed|array|map|null|boolean|int|long|float|double|bytes|string)$/;

/** Whether a text is an Avro schema by its own words: events are objects and lists too. */
function isAvro(text: string): boolean {
  try {
    return isSchema(JSON.parse(text));
  } catch {
    return false;
  }
}

function isSchema(held: unknown): boolean {
  if (Array.isArray(held)) {
    return held.length > 0 && held.every((branch) => typeof branch === "string" || isSchema(branch));
  }
  const type = (held as { type?: unknown } | null)?.type;
  return typeof type === "string" ? AVRO_TYPES.test(type) : Array.isArray(type);
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Bytes as base64. */
export function base64(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += 0x2000) {
    text += String.fromCharCode(...bytes.subarray(i, i + 0x2000));
  }
  return btoa(text);
}
