/** What Kafka's own serializers write of text and primitives, and what they don't: that is refused, never changed. */

import type { PrimitiveType, TextSide } from "../config.js";
import { UUID } from "../registry/reference.js";

/** Text of one encoding. */
export function textBytes({ encoding = "utf-8" }: TextSide, value: unknown): Uint8Array {
  if (typeof value === "object") {
    refuse(`a text in ${encoding}`);
  }
  const text = String(value);
  switch (encoding) {
    case "utf-16":
      // As Java writes it: a byte order mark, and the higher byte first.
      return Buffer.from(`\ufeff${text}`, "utf16le").swap16();
    case "iso-8859-1":
      if (/[^\0-\xff]/.test(text)) {
        refuse("a text in iso-8859-1, of characters up to U+00FF");
      }
      return Buffer.from(text, "latin1");
    default:
      return Buffer.from(text);
  }
}

/** A primitive, its highest byte first. */
export function primitiveBytes(type: PrimitiveType, value: unknown): Uint8Array {
  const bytes = Buffer.alloc(8);
  switch (type) {
    case "int16":
      return bytes.subarray(0, bytes.writeInt16BE(Number(integer(type, 16, value))));
    case "int32":
      return bytes.subarray(0, bytes.writeInt32BE(Number(integer(type, 32, value))));
    case "int64":
      return bytes.subarray(0, bytes.writeBigInt64BE(integer(type, 64, value)));
    case "float":
      return bytes.subarray(0, bytes.writeFloatBE(float(value)));
    case "double":
      return bytes.subarray(0, bytes.writeDoubleBE(real(type, value)));
    case "uuid":
      return Buffer.from(uuid(value));
  }
}

/** An integer of so many bits: a number, a bigint, or the digits that `int64: "string"` gives. */
function integer(type: "int16" | "int32" | "int64", bits: number, value: unknown): bigint {
  const digits = type === "int64" && typeof value === "string" && /^-?\d{1,19}$/.test(value);
  if (typeof value === "bigint" || Number.isInteger(value) || digits) {
    const exact = BigInt(value as bigint | number | string);
    if (BigInt.asIntN(bits, exact) === exact) {
      return exact;
    }
  }
  return refuse(`an integer of ${bits} bits for ${type}`);
}

/** What JSON text has in the place of numbers that JSON lacks. */
const NAMED: readonly unknown[] = ["NaN", "Infinity", "-Infinity"];

function real(type: "float" | "double", value: unknown): number {
  if (typeof value === "number" || typeof value === "bigint" || NAMED.includes(value)) {
    const number = Number(value);
    // A bigint may be too large.
    if (typeof value !== "bigint" || Number.isFinite(number)) {
      return number;
    }
  }
  return refuse(`a number for ${type}`);
}

function float(value: unknown): number {
  const number = real("float", value);
  if (Number.isFinite(number) && !Number.isFinite(Math.fround(number))) {
    refuse("a number that fits a float");
  }
  return number;
}

function uuid(value: unknown): string {
  const fits = typeof value === "string" && UUID.test(value);
  return fits ? value : refuse("a UUID's text, of 36 characters, for uuid");
}

/** Names what was expected only: values are others' data. */
function refuse(expected: string): never {
  throw new TypeError(`expected ${expected}, found another value`);
}
