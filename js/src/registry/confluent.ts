/** Confluent's schema registry, and those that answer as it does (Redpanda, Karapace, Apicurio's ccompat). */

import type { SchemaDocument, SchemaSource } from "../config.js";
import { checked, FUNCTION, Page, type Rules, TEXT, words } from "../rules.js";
import { CACHE_RULES, CachedSource, type CacheOptions } from "./cache.js";
import { type DescriptorFile, descriptorSet } from "./descriptors.js";
import { sourceError, unsupported } from "./errors.js";
import { Http, type Kind } from "./http.js";
import { HTTP_RULES } from "./http-rules.js";
import type { HttpOptions } from "./options.js";
import { parseReference, parseSubject } from "./reference.js";
import { newReferences } from "./references.js";
import { type SubjectContext, type SubjectNaming, subjectName } from "./subject.js";

/** How a Confluent registry is reached. */
export interface ConfluentOptions extends HttpOptions, CacheOptions {
  /** The context in which ids are looked up, such as `".staging"`. Default the registry's own. */
  context?: string;
  /** How subjects are named. Default `"topic"`. */
  subjectNaming?: SubjectNaming;
}

/** A Confluent registry as schema source: `confluent:ID`, `guid:UUID` and `subject:NAME/VERSION`. */
export interface ConfluentRegistry extends SchemaSource {
  /** The subject that holds the schemas of a topic's side. */
  subject(context: SubjectContext): string;
  /** The versions of a subject, lowest first. */
  versions(subject: string): Promise<number[]>;
  /** The schema that a subject has now: never from the cache. */
  latest(subject: string): Promise<SchemaDocument>;
}

/** A schema as the registry's answers hold it. */
interface Registered {
  schema: string;
  schemaType?: string;
  references?: readonly { name: string; subject: string; version: number }[] | null;
  id?: number;
  deleted?: boolean;
  ruleSet?: unknown;
}

const KIND: Kind = {
  name: "Confluent schema registry",
  accept: "application/vnd.schemaregistry.v1+json, application/json",
  isOwn: (body) => typeof (body as { error_code?: unknown } | undefined)?.error_code === "number",
};

const RULES: Rules<ConfluentOptions> = {
  ...HTTP_RULES,
  ...CACHE_RULES,
  context: TEXT,
  subjectNaming: words(["topic", "record", "topic-record"], FUNCTION),
};

/** A Confluent registry as a schema source. Throws a `DecodeError` where an option is not valid. */
export function confluentRegistry(options: ConfluentOptions): ConfluentRegistry {
  return new Confluent(checked("confluentRegistry", options, RULES, Page.Registries));
}

class Confluent extends CachedSource implements ConfluentRegistry {
  readonly #http: Http;
  readonly #context: string | undefined;
  readonly #naming: SubjectNaming;

  constructor(options: ConfluentOptions) {
    super((reference) => this.#load(reference), options);
    this.#http = new Http(options, KIND);
    this.#context =
      options.context === undefined ? undefined : `:.${options.context.replace(/^[:.]+|:$/g, "")}:`;
    this.#naming = options.subjectNaming ?? "topic";
  }

  subject(context: SubjectContext): string {
    return `${this.#context ?? ""}${subjectName(this.#naming, context)}`;
  }

  async versions(subject: string): Promise<number[]> {
    const what = `the versions of the subject ${subject}`;
    const body = await this.#http.json(`/subjects/${encodeURIComponent(subject)}/versions`, what);
    if (!Array.isArray(body) || !body.every((version) => Number.isSafeInteger(version))) {
      throw this.#http.notRegistry(what);
    }
    return body.sort((a, b) => a - b);
  }

  async latest(subject: string): Promise<SchemaDocument> {
    const what = `the latest schema of the subject ${subject}`;
    const found = await this.#get(versionPath(subject, "latest"), what);
    return this.#document(`confluent:${found.id ?? 0}`, found, versionPath(subject, "latest"), what);
  }

  async #load(reference: string): Promise<SchemaDocument> {
    const path = this.#path(reference);
    if (path === undefined) {
      const hint = "the forms are confluent:ID, guid:UUID and subject:NAME/VERSION";
      throw unsupported(reference, "a Confluent registry", hint);
    }
    const what = `the schema ${reference}`;
    return this.#document(reference, await this.#get(path, what), path, what);
  }

  #path(reference: string): string | undefined {
    const { scheme, id } = parseReference(reference) ?? {};
    const subject = scheme === "subject" ? parseSubject(id!) : undefined;
    // An id outside the default context is found with a subject that names the context.
    const context = this.#context === undefined ? "" : `?subject=${encodeURIComponent(this.#context)}`;
    if (subject !== undefined) {
      return versionPath(subject.name, subject.version);
    }
    if (scheme === "confluent" && /^\d+$/.test(id!)) {
      return `/schemas/ids/${id}${context}`;
    }
    return scheme === "guid" ? `/schemas/guids/${encodeURIComponent(id!)}` : undefined;
  }

  async #get(path: string, what: string): Promise<Registered> {
    const body = (await this.#http.json(path, what)) as Registered | null;
    if (typeof body?.schema !== "string") {
      throw this.#http.notRegistry(what);
    }
    return body;
  }

  async #document(reference: string, found: Registered, path: string, what: string): Promise<SchemaDocument> {
    const type = (found.schemaType ?? "AVRO").toUpperCase();
    if (type !== "AVRO" && type !== "PROTOBUF" && type !== "JSON") {
      throw sourceError(
        "SOURCE_UNSUPPORTED",
        `expected ${what} to be Avro, Protobuf or JSON, found another type`,
      );
    }
    const status = {
      ...(found.deleted === true ? { status: "DELETED" } : {}),
      ...(found.ruleSet == null ? {} : { ruleSet: found.ruleSet }),
    };
    const set = type === "PROTOBUF" ? await this.#descriptors(path, what) : undefined;
    if (set !== undefined) {
      return { reference, type, schema: set, ...status };
    }
    const references = await this.#references(found, what, (path, about) => this.#get(path, about));
    const list = references.map(({ name, schema }) => ({ name, schema }));
    return {
      reference,
      type,
      schema: found.schema,
      ...(list.length > 0 ? { references: list } : {}),
      ...status,
    };
  }

  /** The descriptors of a Protobuf schema and all that it imports; undefined where the registry can't give them. */
  async #descriptors(path: string, what: string): Promise<string | undefined> {
    const serialized = (of: string, about: string) => this.#get(withFormat(of), about);
    const own = await serialized(path, what);
    const files: DescriptorFile[] = (await this.#references(own, what, serialized)).map(
      ({ name, schema }) => ({ name, proto: schema }),
    );
    return descriptorSet([...files, { name: "registered.proto", proto: own.schema }]);
  }

  /** A subject that a schema of this context names is of this context, unless it says otherwise. */
  #qualified(subject: string): string {
    return subject.startsWith(":.") ? subject : `${this.#context ?? ""}${subject}`;
  }

  /** The schemas that one refers to, directly or not, each after those that it refers to itself. */
  async #references(
    of: Registered,
    what: string,
    get: (path: string, what: string) => Promise<Registered>,
    known: Set<string> = new Set(),
  ): Promise<{ name: string; schema: string }[]> {
    const fresh = newReferences(of.references ?? [], known, what);
    const found = await Promise.all(
      fresh.map(async ({ name, subject, version }) => {
        const path = versionPath(this.#qualified(subject), String(version));
        const schema = await get(path, `a schema that ${what} refers to`);
        const below = await this.#references(schema, what, get, known);
        return [...below, { name, schema: schema.schema }];
      }),
    );
    return found.flat();
  }
}

function versionPath(subject: string, version: string): string {
  return `/subjects/${encodeURIComponent(subject)}/versions/${encodeURIComponent(version)}`;
}

/** `format=serialized` gives Protobuf files as descriptors; a registry that doesn't know it gives their text. */
function withFormat(path: string): string {
  return `${path}${path.includes("?") ? "&" : "?"}format=serialized`;
}
