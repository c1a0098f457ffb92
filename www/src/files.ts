/** What was opened, dropped or pasted: which of it are schemas, and which are events. */

import { eventOf, unwrapped } from "../../js/src/alone.js";
import { fromBase64, toBase64 } from "../../js/src/base64.js";
import { describedFile } from "../../js/src/described.js";
import { parsed } from "../../js/src/parsed.js";
import { strictTextOf, utf8 } from "../../js/src/unicode.js";
import type { Schema } from "./model.js";

/** Why a file was not taken, in words for its user. */
export class Refused extends Error {}

/** An event, and the file that it is from. */
export interface EventFile {
  name: string;
  text: string;
}

/** What a file is. A payload by itself is an event of one record, made here. */
export type Opened =
  | { kind: "event"; event: EventFile }
  | { kind: "payload"; event: EventFile }
  | { kind: "schema"; schema: Schema };

/** Reads a file that may be anything. What is no text and no schema is a payload. */
export async function open(file: File): Promise<Opened> {
  const bytes = await content(file);
  const text = utf8(bytes) ?? documents(strictTextOf(bytes));
  const schema = surely(file.name, bytes, text);
  if (schema !== undefined) {
    return { kind: "schema", schema };
  }
  return text === undefined
    ? { kind: "payload", event: payloadFile(file.name, bytes) }
    : { kind: "event", event: { name: file.name, text } };
}

/** Reads a file that was given as a schema: it is one, or refused. */
export async function openSchema(file: File): Promise<Opened> {
  const bytes = await content(file);
  const text = strictTextOf(bytes);
  const schema = surely(file.name, bytes, text) ?? descriptors(file.name, bytes) ?? perhaps(file.name, text);
  if (schema === undefined) {
    throw new Refused(
      `${file.name} is no schema: neither an Avro schema (JSON), nor .proto text, nor a Protobuf descriptor set.`,
    );
  }
  return { kind: "schema", schema };
}

/** UTF-16 that holds JSON or .proto text: a payload may begin with the same two bytes. */
function documents(text: string | undefined): string | undefined {
  return text?.includes("{") ? text : undefined;
}

/** A payload by itself, as an event of one record. */
export function payloadFile(name: string, bytes: Uint8Array): EventFile {
  const { payload, form } = unwrapped(bytes);
  return { name: `${name}, a payload${form}`, text: eventOf(payload) };
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
  const found = perhaps("", text);
  if (found === undefined) {
    throw new Refused(
      "This is neither an Avro schema (JSON), nor .proto text, nor base64 of a descriptor set.",
    );
  }
  return { ...found, name: pastedName(found, count), pasted: true };
}

function pastedName({ type, text, proto }: Schema, count: number): string {
  if (type === "PROTOBUF") {
    return proto ? `schema-${count}.proto` : `Descriptor set ${count}`;
  }
  const name = /"name"\s*:\s*"([^"]{1,60})"/.exec(text)?.[1] ?? "Schema";
  return `${name}, pasted ${count}`;
}

/** What can be nothing but a schema: by its content, or by the ending of a schema's text. */
function surely(name: string, bytes: Uint8Array, text: string | undefined): Schema | undefined {
  if (text !== undefined && /\.proto$/i.test(name)) {
    return schema(name, "PROTOBUF", text, true);
  }
  if (text !== undefined && (/\.avsc$/i.test(name) || isAvro(text))) {
    return schema(name, "AVRO", text);
  }
  // Other messages may look the same, but for this ending.
  return describedFile(bytes)?.endsWith(".proto") ? descriptors(name, bytes) : undefined;
}

/** What is a schema where it was given as one. */
function perhaps(name: string, text = ""): Schema | undefined {
  const held = text.trim();
  if (/^\s*(syntax|edition|package|message|enum|import)\b/m.test(held) && !/^[{["]/.test(held)) {
    return schema(name, "PROTOBUF", text, true);
  }
  const bytes = fromBase64(held.replace(/\s/g, ""));
  return (bytes && descriptors(name, bytes)) ?? (mayBeAvro(held) ? schema(name, "AVRO", held) : undefined);
}

function descriptors(name: string, bytes: Uint8Array): Schema | undefined {
  return describedFile(bytes) === undefined ? undefined : schema(name, "PROTOBUF", toBase64(bytes));
}

function schema(name: string, type: Schema["type"], text: string, proto = false): Schema {
  return { name, type, text, proto, pasted: false, references: new Set() };
}

const AVRO_TYPES = /^(record|error|enum|fixed|array|map|null|boolean|int|long|float|double|bytes|string)$/;

/** Whether a text is an Avro schema by its own words: events are objects and lists too. */
function isAvro(text: string): boolean {
  return isSchema(parsed(text));
}

function isSchema(held: unknown): boolean {
  if (Array.isArray(held)) {
    return held.length > 0 && held.every((branch) => typeof branch === "string" || isSchema(branch));
  }
  const type = (held as { type?: unknown } | null)?.type;
  return typeof type === "string" ? AVRO_TYPES.test(type) : Array.isArray(type);
}

/** Whether a text has the form of an Avro schema: a name, a union, or an object with a type. The core says what is wrong with it. */
function mayBeAvro(text: string): boolean {
  const held = parsed(text);
  return typeof held === "string" || Array.isArray(held) || (isObject(held) && "type" in held);
}

function isObject(held: unknown): held is object {
  return typeof held === "object" && held !== null;
}
