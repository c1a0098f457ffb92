/** Files that the arguments name. */

import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { ProtoFile, SchemaDocument } from "../config.js";
import { schemaName } from "../filenames.js";
import { imports } from "../proto.js";
import { textOf } from "../unicode.js";
import { UsageError } from "./args.js";
import { isPattern } from "./glob.js";
import { fileName } from "./view.js";

/** A .proto file, after those that it imports and that lie below its folder. */
function protoFiles(file: string): ProtoFile[] {
  const found = new Map<string, ProtoFile>();
  collect(dirname(file), basename(file), found);
  return [...found.values()].reverse();
}

function collect(folder: string, name: string, found: Map<string, ProtoFile>): void {
  const text = readText(join(folder, name));
  found.set(name, { name, text });
  for (const imported of imports(text)) {
    // What isn't there is built in, or the core says that it is missing.
    if (!found.has(imported) && existsSync(join(folder, imported))) {
      collect(folder, imported, found);
    }
  }
}

/** A Protobuf schema as a side takes it: .proto text with what it imports, else descriptors. */
export function protobufSchema(file: string): { files: ProtoFile[] } | { descriptorSet: string } {
  return schemaName(file) === "proto"
    ? { files: protoFiles(file) }
    : { descriptorSet: read(file).toString("base64") };
}

/** The same as a document of its own. */
export function protobufSource(file: string): Pick<SchemaDocument, "schema" | "references"> {
  const held = protobufSchema(file);
  if ("descriptorSet" in held) {
    return { schema: held.descriptorSet };
  }
  return {
    schema: held.files.at(-1)!.text,
    references: held.files.slice(0, -1).map(({ name, text }) => ({ name, schema: text })),
  };
}

/** The text of a file that the command needs. */
export function readText(file: string): string {
  return textOf(read(file));
}

/** A file that the command needs: without it, the command is wrong. */
export function read(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new UsageError(unreadable(file, error));
  }
}

/** The line that tells why a file could not be read. */
export function unreadable(file: string, error: unknown): string {
  return `${fileName(file)}: ${reason(file, error)}`;
}

function reason(file: string, error: unknown): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case "ENOENT":
    case "ENOTDIR":
      return isPattern(file) ? "no file matches" : "there is no such file";
    case "EISDIR":
      return "is a folder";
    case "EACCES":
      return "may not be read";
    default:
      return (error as Error).message;
  }
}
