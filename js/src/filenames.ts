/** Which files are schemas: by how their names end, else by their bytes. */

import { describedFile } from "./described.js";

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

/** Which schema a file holds: by its name, else by its bytes; undefined for payloads, events and the like. */
export function schemaFile(name: string, bytes: Uint8Array): SchemaFile | undefined {
  if (!PAYLOAD_ENDINGS.includes(ending(name))) {
    const found = schemaName(name);
    if (found !== undefined) {
      return found;
    }
  }
  // Messages of others begin with a text too, but not with the name of a .proto file.
  return describedFile(bytes)?.endsWith(".proto") ? "descriptors" : undefined;
}

/** The same by the name alone, for a file that can be nothing but a schema. */
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
