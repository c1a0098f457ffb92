/** JSON text of what a user holds, and the one form in which values of all hosts can be compared. */

import { toBase64 } from "./base64.js";

/** A method by which an object gives its own JSON text, where `toJSON` could not keep integers exact. */
export const DOCUMENT: unique symbol = Symbol("kafkalens.document");

/**
 * JSON text of decoded values: integers exact (a bigint as its digits), bytes as base64, numbers that JSON lacks as
 * `"NaN"`, `"Infinity"`, `"-Infinity"`, negative zero as `-0`. Otherwise as `JSON.stringify`.
 */
export function stringify(value: unknown): string {
  return write(value, Object.keys) ?? "null";
}

/**
 * The canonical form of a value: RFC 8785 (names sorted by UTF-16 code units, ECMAScript's numbers), with integers beyond
 * 2^53 as their digits, `-0` kept, bytes as base64 and numbers that JSON lacks as strings. Values are the same when their
 * canonical forms are equal.
 */
export function canonicalJson(value: unknown): string {
  // The default order of `sort` is that of UTF-16 code units.
  return write(value, (object) => Object.keys(object).sort()) ?? "null";
}

type Names = (object: object) => string[];

/** The JSON text, or undefined for what JSON leaves out. */
function write(value: unknown, names: Names): string | undefined {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value);
    case "number":
      return writeNumber(value);
    case "bigint":
      return value.toString();
    case "boolean":
      return value ? "true" : "false";
    case "object":
      return value === null ? "null" : writeObject(value, names);
    default:
      return undefined;
  }
}

function writeNumber(value: number): string {
  if (!Number.isFinite(value)) {
    return `"${value}"`;
  }
  return Object.is(value, -0) ? "-0" : String(value);
}

function writeObject(value: object, names: Names): string | undefined {
  if (value instanceof Uint8Array) {
    return `"${toBase64(value)}"`;
  }
  if (Array.isArray(value)) {
    // Not by `map`, which leaves holes.
    return `[${Array.from(value, (item) => write(item, names) ?? "null").join(",")}]`;
  }
  const own = value as { [DOCUMENT]?: () => unknown; toJSON?: unknown };
  if (typeof own[DOCUMENT] === "function") {
    return write(own[DOCUMENT](), names);
  }
  // Decoded objects may have a field of this name; only a function is the protocol of JSON.stringify.
  if (typeof own.toJSON === "function") {
    return write(own.toJSON(), names);
  }
  return writeEntries(value as Record<string, unknown>, names);
}

function writeEntries(object: Record<string, unknown>, names: Names): string {
  const entries: string[] = [];
  for (const name of names(object)) {
    const text = write(object[name], names);
    if (text !== undefined) {
      entries.push(`${JSON.stringify(name)}:${text}`);
    }
  }
  return `{${entries.join(",")}}`;
}

/**
 * A value as `JSON.stringify` takes it: bytes as base64, numbers that JSON lacks as strings, a bigint as a number where
 * that is exact and else as a string of its digits. ({@link stringify} needs no such choice.)
 */
export function jsonSafe(value: unknown): unknown {
  if (typeof value === "bigint") {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : String(value);
  }
  if (typeof value === "number") {
    return Number.isFinite(value) ? value : String(value);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  if (value instanceof Uint8Array) {
    return toBase64(value);
  }
  if (Array.isArray(value)) {
    return value.map(jsonSafe);
  }
  // `fromEntries` defines own properties, `__proto__` included.
  return value instanceof Date
    ? value
    : Object.fromEntries(Object.entries(value).map(([name, held]) => [name, jsonSafe(held)]));
}
