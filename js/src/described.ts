/** Whether bytes are Protobuf descriptors, by their own fields: the ending of a file's name says little. */

import { utf8 } from "./unicode.js";

/** A field of the wire format: the bytes of one that has a length. */
interface Field {
  number: number;
  bytes: Uint8Array | undefined;
}

/**
 * The name of the first file that a `FileDescriptorSet` or a single `FileDescriptorProto` describes; undefined for other
 * bytes. A name is the first field of a file, and files are the only field of a set
 * (https://github.com/protocolbuffers/protobuf/blob/main/src/google/protobuf/descriptor.proto).
 */
export function describedFile(bytes: Uint8Array): string | undefined {
  const set = fields(bytes) ?? [];
  const names = set.map((file) => (file.number === 1 ? nameIn(file.bytes) : undefined));
  return names.length > 0 && names.every((name) => name !== undefined) ? names[0] : nameIn(bytes);
}

/** A file's own name. */
function nameIn(file: Uint8Array | undefined): string | undefined {
  const [first] = (file && fields(file)) ?? [];
  return first?.number === 1 && first.bytes !== undefined ? utf8(first.bytes) : undefined;
}

/** The fields of a message; undefined for bytes that are none. */
function fields(bytes: Uint8Array): Field[] | undefined {
  const found: Field[] = [];
  for (let at = 0; at < bytes.length; ) {
    const tag = varint(bytes, at);
    const wire = tag.value & 7;
    const length = wire === 2 ? varint(bytes, tag.end) : undefined;
    const from = length?.end ?? tag.end;
    const end = wire === 0 ? varint(bytes, from).end : from + (length?.value ?? FIXED[wire] ?? Number.NaN);
    if (!(tag.value > 7 && end <= bytes.length)) {
      return undefined;
    }
    found.push({ number: tag.value >>> 3, bytes: length && bytes.subarray(from, end) });
    at = end;
  }
  return found;
}

/** The bytes of wire types that always have as many. */
const FIXED: Readonly<Record<number, number>> = { 1: 8, 5: 4 };

/** A varint, exact up to 53 bits; one that doesn't end does so nowhere. */
function varint(bytes: Uint8Array, from: number): { value: number; end: number } {
  let value = 0;
  for (let at = from; at < Math.min(bytes.length, from + 10); at++) {
    value += (bytes[at]! & 0x7f) * 2 ** (7 * (at - from));
    if (bytes[at]! < 0x80) {
      return { value, end: at + 1 };
    }
  }
  return { value, end: Number.NaN };
}
