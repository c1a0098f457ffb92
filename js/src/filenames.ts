/** Which files are schemas: by how their names end, and by their bytes where payloads have such names too. */

/** How names of Protobuf descriptor sets end: what users of protoc, buf, grpcurl and Bazel call them. */
export const DESCRIPTOR_ENDINGS: readonly string[] = [
  "fds",
  "desc",
  "ds",
  "protoset",
  "descriptor",
  "binpb",
  "pb",
  "bin",
];

/** Those of them that payloads have too. */
const PAYLOAD_ENDINGS: readonly string[] = ["binpb", "pb", "bin"];

/** What a schema file holds: Avro's JSON, .proto text, or a serialized `FileDescriptorSet`. */
export type SchemaFile = "avsc" | "proto" | "descriptors";

/** Which schema a file holds; undefined for what its name calls none, and for payloads. */
export function schemaFile(name: string, bytes: Uint8Array): SchemaFile | undefined {
  const found = schemaName(name);
  return found === "descriptors" && PAYLOAD_ENDINGS.includes(ending(name)) && !isDescriptorSet(bytes)
    ? undefined
    : found;
}

/** The same by the name alone, for a file that is known to be a schema. */
export function schemaName(name: string): SchemaFile | undefined {
  const found = ending(name);
  if (found === "avsc" || found === "proto") {
    return found;
  }
  return DESCRIPTOR_ENDINGS.includes(found) ? "descriptors" : undefined;
}

function ending(name: string): string {
  return /\.([^./\\]*)$/.exec(name)?.[1]?.toLowerCase() ?? "";
}

/** Whether bytes are a `FileDescriptorSet`: files one after the other (field 1), each with its name first, `….proto`. */
function isDescriptorSet(bytes: Uint8Array): boolean {
  let at = 0;
  while (at < bytes.length) {
    const file = field1(bytes, at);
    const name = file && field1(bytes, file.start);
    if (name === undefined || name.end > file!.end || !isProtoName(bytes.subarray(name.start, name.end))) {
      return false;
    }
    at = file!.end;
  }
  return at > 0;
}

function isProtoName(bytes: Uint8Array): boolean {
  return new TextDecoder().decode(bytes).endsWith(".proto");
}

/** Where the contents of a field of number 1 lie that has a length, if one begins there and ends in these bytes. */
function field1(bytes: Uint8Array, at: number): { start: number; end: number } | undefined {
  if (bytes[at] !== 0x0a) {
    return undefined;
  }
  let length = 0;
  // No file has a length of more than five bytes.
  for (let i = 0; i < 5; i++) {
    const byte = bytes[at + 1 + i] ?? 0x80;
    length += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) {
      const start = at + 2 + i;
      return start + length <= bytes.length ? { start, end: start + length } : undefined;
    }
  }
  return undefined;
}
