/** Where commands fetch schemas: a folder, then the registry whose reference it is. */

import { createRequire } from "node:module";
import type { SchemaSource } from "../config.js";
import { isDecodeError } from "../errors.js";
import { ADDRESS } from "../registry/address.js";
import { apicurioRegistry } from "../registry/apicurio.js";
import { confluentRegistry } from "../registry/confluent.js";
import { sourceError } from "../registry/errors.js";
import { schemaFolder } from "../registry/folder.js";
import { glueRegistry } from "../registry/glue.js";
import { parseReference } from "../registry/reference.js";
import { Page, requireAllowed } from "../rules.js";
import { UsageError } from "./args.js";
import { usage } from "./problems.js";

/** The options that say where schemas are. */
export interface SourceArguments {
  registry?: string | undefined;
  glue?: string | undefined;
  "schema-dir"?: string | undefined;
}

/** The schemes of references by the kind of registry that has them. */
const GLUE = ["glue"];
const CONFLUENT = ["confluent", "guid", "subject"];
const APICURIO = ["apicurio"];

/** The source that was asked for. */
export function schemaSource(given: SourceArguments): SchemaSource | undefined {
  const sources = all(given);
  return sources.length === 0 ? undefined : { fetch: (reference) => first(sources, reference) };
}

/** A source, and which references it is asked for. */
type Source = readonly [schemes: readonly string[] | undefined, source: SchemaSource];

function all({ registry, glue, "schema-dir": folder }: SourceArguments): Source[] {
  const sources: Source[] = [];
  try {
    if (folder !== undefined) {
      sources.push([undefined, schemaFolder(folder)]);
    }
    if (registry !== undefined) {
      const options = reached(registry);
      sources.push([CONFLUENT, confluentRegistry(options)]);
      sources.push([APICURIO, apicurioRegistry(options)]);
    }
    if (glue !== undefined) {
      requireSdk();
      sources.push([GLUE, glueRegistry({ region: glue })]);
    }
  } catch (error) {
    throw usage(error);
  }
  return sources;
}

/** What `--glue` needs and the package doesn't bring. */
function requireSdk(): void {
  const sdk = "@aws-sdk/client-glue";
  try {
    createRequire(import.meta.url).resolve(sdk);
  } catch {
    throw new UsageError(
      `--glue: expected the package ${sdk} beside kafkalens, found none: npx --package kafkalens --package ${sdk} kafkalens …`,
    );
  }
}

/** How a registry is reached. The token that it may want is no argument, which would stand in the list of processes. */
export function reached(url: string): { url: string; auth: { token: string | undefined } } {
  requireAllowed("`--registry`", url, ADDRESS, Page.Registries);
  return { url, auth: { token: process.env.KAFKALENS_REGISTRY_TOKEN } };
}

async function first(sources: readonly Source[], reference: string) {
  const { scheme = "" } = parseReference(reference) ?? {};
  const asked = sources.filter(([schemes]) => schemes === undefined || schemes.includes(scheme));
  for (const [i, [, source]] of asked.entries()) {
    try {
      return await source.fetch(reference);
    } catch (error) {
      const elsewhere = isDecodeError(error) && error.code === "SOURCE_NOT_FOUND" && i < asked.length - 1;
      if (!elsewhere) {
        throw error;
      }
    }
  }
  const message = `expected a source for the schema ${reference}, found none among those given`;
  throw sourceError("SOURCE_UNSUPPORTED", message, "give --glue REGION, --registry URL or --schema-dir DIR");
}
