/** Apicurio Registry, by its own API, version 2 or 3. */

import type { SchemaDocument, SchemaSource } from "../config.js";
import { checked, Page, type Rules, rule, words } from "../rules.js";
import { CACHE_RULES, CachedSource, type CacheOptions } from "./cache.js";
import { sourceError, unsupported } from "./errors.js";
import { type Answer, Http, type Kind } from "./http.js";
import { HTTP_RULES } from "./http-rules.js";
import type { HttpOptions } from "./options.js";
import { parseReference } from "./reference.js";
import { newReferences } from "./references.js";

/** How an Apicurio registry is reached. */
export interface ApicurioOptions extends HttpOptions, CacheOptions {
  /** The version of its API. Default the one that the address names (`/apis/registry/v2`), else 3. */
  apiVersion?: 2 | 3;
  /** What `confluent:ID` means, since its framing says no more than a number. Default `"content"`, Apicurio 3's default. */
  confluentId?: "content" | "global";
}

/** A reference from one artifact to another. */
interface ArtifactReference {
  groupId?: string | null;
  artifactId: string;
  version: string;
  name: string;
}

const KIND: Kind = {
  name: "Apicurio registry",
  accept: "application/json, */*",
  isOwn: (body) => {
    const { error_code, status, title, name } = (body ?? {}) as Record<string, unknown>;
    const counted = typeof error_code === "number" || typeof status === "number";
    return counted && (typeof name === "string" || typeof title === "string");
  },
};

const RULES: Rules<ApicurioOptions> = {
  ...HTTP_RULES,
  ...CACHE_RULES,
  apiVersion: rule("2 or 3", (value) => value === 2 || value === 3),
  confluentId: words(["content", "global"]),
};

/**
 * An Apicurio registry as a schema source: `apicurio:content:ID`, `apicurio:global:ID` and `confluent:ID`. Throws a
 * `DecodeError` where an option is not valid.
 */
export function apicurioRegistry(options: ApicurioOptions): SchemaSource {
  return new Apicurio(checked("apicurioRegistry", options, RULES, Page.Registries));
}

class Apicurio extends CachedSource {
  readonly #http: Http;
  readonly #api: string;
  readonly #version: 2 | 3;
  readonly #confluentId: "content" | "global";

  constructor(options: ApicurioOptions) {
    super((reference) => this.#load(reference), options);
    const named = /\/apis\/registry\/v([23])\/?$/.exec(String(options.url));
    this.#version = options.apiVersion ?? (named?.[1] === "2" ? 2 : 3);
    this.#api = named === null ? `/apis/registry/v${this.#version}` : "";
    this.#confluentId = options.confluentId ?? "content";
    this.#http = new Http(options, KIND);
  }

  async #load(reference: string): Promise<SchemaDocument> {
    const path = this.#path(reference);
    if (path === undefined) {
      const hint = "the forms are apicurio:content:ID, apicurio:global:ID and confluent:ID";
      throw unsupported(reference, "an Apicurio registry", hint);
    }
    const what = `the schema ${reference}`;
    const [content, references] = await Promise.all([
      this.#http.get(path, what),
      this.#references(path, what, new Set()),
    ]);
    const type = typeOf(content);
    if (type === undefined) {
      throw sourceError(
        "SOURCE_UNSUPPORTED",
        `expected ${what} to be Avro, Protobuf or JSON, found another type`,
      );
    }
    const more = references.length > 0 ? { references } : {};
    return { reference, type, schema: content.text, ...more };
  }

  #path(reference: string): string | undefined {
    const { scheme, id } = parseReference(reference) ?? {};
    const found =
      scheme === "apicurio"
        ? /^(content|global):(\d+)$/.exec(id!)
        : /^(content|global):(\d+)$/.exec(scheme === "confluent" ? `${this.#confluentId}:${id}` : "");
    return found === null ? undefined : `${this.#api}/ids/${found[1]}Ids/${found[2]}`;
  }

  /** The schemas that one refers to, directly or not, each after those that it refers to itself. */
  async #references(
    path: string,
    what: string,
    known: Set<string>,
  ): Promise<{ name: string; schema: string }[]> {
    const body = await this.#http.json(`${path}/references`, what);
    if (!Array.isArray(body)) {
      throw this.#http.notRegistry(what);
    }
    const fresh = newReferences(body as ArtifactReference[], known, what);
    const about = `a schema that ${what} refers to`;
    const found = await Promise.all(
      fresh.map(async (reference) => {
        const at = this.#artifact(reference);
        const content = this.#version === 3 ? `${at}/content` : at;
        const [{ text }, below] = await Promise.all([
          this.#http.get(content, about),
          this.#references(at, what, known),
        ]);
        return [...below, { name: reference.name, schema: text }];
      }),
    );
    return found.flat();
  }

  #artifact({ groupId, artifactId, version }: ArtifactReference): string {
    const [group, artifact, at] = [groupId ?? "default", artifactId, version].map(encodeURIComponent);
    return `${this.#api}/groups/${group}/artifacts/${artifact}/versions/${at}`;
  }
}

/** The type that the registry tells, or else the one that the text shows. */
function typeOf({ text, headers }: Answer): SchemaDocument["type"] | undefined {
  const told = headers.get("x-registry-artifacttype")?.toUpperCase();
  if (told !== undefined) {
    return told === "AVRO" || told === "PROTOBUF" || told === "JSON" ? told : undefined;
  }
  let schema: unknown;
  try {
    schema = JSON.parse(text);
  } catch {
    return /\b(?:syntax|edition|message|enum|package)\b/.test(text) ? "PROTOBUF" : undefined;
  }
  return isAvro(schema) ? "AVRO" : "JSON";
}

const AVRO_TYPES = /^(?:record|error|enum|fixed|map|null|int|long|float|double|bytes)$/;

/** Whether a parsed schema is Avro's: its complex types are words that JSON Schema doesn't have, or have `items` and no keyword. */
function isAvro(schema: unknown): boolean {
  if (typeof schema !== "object" || schema === null) {
    return typeof schema === "string";
  }
  const { type, $schema } = schema as { type?: unknown; $schema?: unknown };
  return (
    Array.isArray(schema) || ($schema === undefined && typeof type === "string" && AVRO_TYPES.test(type))
  );
}
