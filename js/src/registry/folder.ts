/** Schemas from a folder of files: for tests, for functions without a network, and for what a build fetched before. */

import { readdir, readFile, stat } from "node:fs/promises";
import { join, posix } from "node:path";
import type { SchemaDocument, SchemaSource } from "../config.js";
import { isDecodeError } from "../errors.js";
import { DESCRIPTOR_ENDINGS } from "../filenames.js";
import { NAME, Page, requireAllowed } from "../rules.js";
import { textOf } from "../unicode.js";
import { sourceError, systemCode } from "./errors.js";
import { parseReference } from "./reference.js";

/** A schema in a folder's `index.json`. */
interface Entry {
  file: string;
  references?: readonly { name: string; file: string }[];
}

/** How names of files end that hold a serialized `FileDescriptorSet`. */
const BINARY = DESCRIPTOR_ENDINGS.map((ending) => `.${ending}`);

/** What files are, by how their names end. */
const TYPES: Readonly<Record<string, SchemaDocument["type"]>> = {
  ".avsc": "AVRO",
  ".json": "JSON",
  ".proto": "PROTOBUF",
  ...Object.fromEntries(BINARY.map((ending) => [ending, "PROTOBUF" as const])),
};

/**
 * A folder of files as a schema source. A file's place is its reference with slashes, `confluent/42.avsc` or
 * `glue/UUID.proto`; or an `index.json` says it: `{ "confluent:42": "order.avsc" }`, or with the schemas that one refers
 * to, `{ "confluent:42": { "file": "order.avsc", "references": [{ "name": "shop.Item", "file": "item.avsc" }] } }`. The
 * folder is first read when a schema is asked for. Throws a `DecodeError` where the path is not a text.
 */
export function schemaFolder(path: string): SchemaSource {
  requireAllowed("the path of schemaFolder", path, { ...NAME, required: true }, Page.Registries);
  return new Folder(path);
}

class Folder implements SchemaSource {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  async fetch(reference: string): Promise<SchemaDocument> {
    try {
      return await this.#fetch(reference);
    } catch (thrown) {
      if (isDecodeError(thrown)) {
        throw thrown;
      }
      const [found, hint] = (await isThere(this.#path))
        ? [`a failure${systemCode(thrown)}`]
        : ["no such folder", "a relative path starts where the process was started: on Lambda in /var/task"];
      const message = `expected to read the schema ${reference} from its folder, found ${found}`;
      throw sourceError("SOURCE_FAILED", message, hint, false);
    }
  }

  async #fetch(reference: string): Promise<SchemaDocument> {
    const entry = (await this.#indexed(reference)) ?? (await this.#placed(reference));
    if (entry === undefined) {
      // Where there is no folder, nothing is wrong with the reference.
      await stat(this.#path);
      const message = `expected the schema ${reference} in the folder, found none`;
      const hint = "a file such as confluent/42.avsc holds it, or index.json names its file";
      throw sourceError("SOURCE_NOT_FOUND", message, hint);
    }
    const type = TYPES[posix.extname(entry.file)];
    if (type === undefined) {
      const message = `expected the file of ${reference} to end in one of ${Object.keys(TYPES).join(" ")}, found another`;
      throw sourceError("SOURCE_UNSUPPORTED", message);
    }
    const references = await Promise.all(
      (entry.references ?? []).map(async ({ name, file }) => ({ name, schema: await this.#text(file) })),
    );
    const more = references.length > 0 ? { references } : {};
    return { reference, type, schema: await this.#text(entry.file), ...more };
  }

  async #indexed(reference: string): Promise<Entry | undefined> {
    let text: string;
    try {
      text = textOf(await readFile(join(this.#path, "index.json")));
    } catch (thrown) {
      if (systemCode(thrown) === " (ENOENT)") {
        return undefined;
      }
      throw thrown;
    }
    const index = JSON.parse(text) as Record<string, string | Entry>;
    const entry = Object.hasOwn(index, reference) ? index[reference] : undefined;
    return typeof entry === "string" ? { file: entry } : entry;
  }

  async #placed(reference: string): Promise<Entry | undefined> {
    const parsed = parseReference(reference);
    const parts = parsed === undefined ? [] : [parsed.scheme, ...parsed.id.split(/[:/]/)];
    // A reference comes from a payload: it never leads out of the folder.
    if (parts.length === 0 || parts.some((part) => !/^[\w.-]+$/.test(part) || /^\.+$/.test(part))) {
      return undefined;
    }
    const name = parts.pop()!;
    const found = await listed(join(this.#path, ...parts));
    const file = found.find((file) => posix.parse(file).name === name && TYPES[posix.extname(file)]);
    return file === undefined ? undefined : { file: posix.join(...parts, file) };
  }

  async #text(file: string): Promise<string> {
    const bytes = await readFile(join(this.#path, file));
    return BINARY.includes(posix.extname(file)) ? bytes.toString("base64") : textOf(bytes);
  }
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (thrown) => systemCode(thrown) !== " (ENOENT)",
  );
}

async function listed(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (thrown) {
    if (systemCode(thrown) === " (ENOENT)") {
      return [];
    }
    throw thrown;
  }
}
