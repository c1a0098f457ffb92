/** The schema sources of a decoder: one, and several told apart by the prefix of a reference. */

import {
  type Config,
  isSource,
  type SchemaDocument,
  type SchemaSource,
  type Side,
  type Sides,
} from "../config.js";
import { configError } from "../errors.js";
import { Page, requireAllowed, rule } from "../rules.js";
import { sourceError } from "./errors.js";
import { parseReference } from "./reference.js";

/** What a side calls a schema that it brings itself. */
const LOCAL = ["writer", "descriptorSet", "files"] as const;

const SOURCE = rule("a schema source, an object with a function `fetch`", (value) =>
  isSource(value as object),
);

/** A function is no JSON, so that the core can't refuse it. */
const REGISTRY = rule("a schema source or `{}`", (value) => typeof value !== "function" || isSource(value));

/** Where each reference's schema comes from. */
export class Sources {
  readonly #schemas: SchemaSource | undefined;
  readonly #registries: ReadonlyMap<string, SchemaSource>;

  /** The sources of a configuration. Refuses a side that has a schema of its own for ids which a source answers for. */
  constructor(config: Config) {
    const { schemas } = config;
    requireAllowed("`schemas`", schemas, SOURCE, Page.Registries);
    this.#schemas = schemas;
    const registries = Object.entries(config.registries ?? {});
    for (const [, given] of registries) {
      requireAllowed("each of `registries`", given, REGISTRY, Page.Registries);
    }
    this.#registries = new Map(
      registries.flatMap(([name, given]) => (isSource(given) ? [[name, given]] : [])),
    );
    // What is no object is left for the core to refuse.
    for (const side of [config, ...Object.values(config.topics ?? {})].flatMap((sides: Sides | null) => [
      sides?.key,
      sides?.value,
    ])) {
      this.#requireOneWriter(side);
    }
  }

  #requireOneWriter(side: Side | undefined): void {
    const local = LOCAL.find((name) => (side as Record<string, unknown> | undefined)?.[name] !== undefined);
    if (local !== undefined && side!.framing !== "none" && this.#of(side!.registry) !== undefined) {
      throw configError(
        `expected the writer's schema from the schema source, found \`${local}\` beside it`,
        "leave it out; `reader` is the schema to read as, and `registry` names another source",
      );
    }
  }

  #of(registry: string | undefined): SchemaSource | undefined {
    return registry === undefined ? this.#schemas : this.#registries.get(registry);
  }

  /** Whether there is none. */
  get empty(): boolean {
    return this.#schemas === undefined && this.#registries.size === 0;
  }

  /** Fetches a schema; undefined where no source is there to ask. The registry is asked for its own reference. */
  async fetch(reference: string): Promise<SchemaDocument | undefined> {
    const { registry, scheme, id } = parseReference(reference) ?? {};
    const source = this.#of(registry);
    if (source === undefined) {
      return undefined;
    }
    const own = registry === undefined ? reference : `${scheme}:${id}`;
    const schema = await source.fetch(own);
    if (schema?.reference !== own) {
      const message = `expected the schema source to give ${own}, found another document`;
      throw sourceError("SOURCE_FAILED", message, "a document's `reference` is what was asked for", false);
    }
    return { ...schema, reference };
  }
}
