/**
 * How many bytes message indexes take, where no schema at hand says which message they name. The rule is the core's
 * (src/format/protobuf/index.rs) and has no memory: a record is never read by what came before it.
 */

/** How Confluent's indexes may be written: zig-zag; by old clients without; and the path `[0]` in two bytes instead of one. */
const FORMS = ["canonical", "unsigned", "written out"] as const;

/** Confluent's: their count and the indexes. Throws where no form fits. */
export function confluentIndexes(bytes: Uint8Array): number {
  for (const form of FORMS) {
    const length = path(bytes, form);
    if (length !== undefined) {
      return length;
    }
  }
  throw new RangeError("expected Confluent's message indexes at byte 0, found none");
}

/** Glue's: one varint. Throws where there is none. */
export function glueIndex(bytes: Uint8Array): number {
  const read = varint(bytes, 0);
  if (read === undefined) {
    throw new RangeError("expected Glue's message index at byte 0, found none");
  }
  return read.end;
}

function path(bytes: Uint8Array, form: (typeof FORMS)[number]): number | undefined {
  const zigzag = form !== "unsigned";
  const count = number(bytes, 0, zigzag);
  // An index takes a byte at least: no count from outside is a reason to loop.
  if (count === undefined || count.value > bytes.length - count.end) {
    return undefined;
  }
  let { end } = count;
  let last: number | undefined;
  for (let i = 0; i < count.value; i++) {
    const index = number(bytes, end, zigzag);
    if (index === undefined) {
      return undefined;
    }
    ({ end } = index);
    last = index.value;
  }
  const writtenOut = count.value === 1 && last === 0;
  return zigzag && writtenOut !== (form === "written out") ? undefined : end;
}

/** A count or index: not negative, of 31 bits, in its shortest form. */
function number(bytes: Uint8Array, at: number, zigzag: boolean): { value: number; end: number } | undefined {
  const read = varint(bytes, at);
  if (read === undefined || (read.end - at > 1 && bytes[read.end - 1] === 0)) {
    return undefined;
  }
  const value = zigzag ? (read.value % 2 === 0 ? read.value / 2 : -1) : read.value;
  return value >= 0 && value < 2 ** 31 ? { value, end: read.end } : undefined;
}

/** A varint; inexact beyond what an index can be. */
function varint(bytes: Uint8Array, at: number): { value: number; end: number } | undefined {
  let value = 0;
  for (let i = 0; i < 10 && at + i < bytes.length; i++) {
    const byte = bytes[at + i]!;
    value += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) {
      return { value, end: at + i + 1 };
    }
  }
  return undefined;
}
