/** The AWS Glue Schema Registry, through the AWS SDK that the function has anyway. */

import type { SchemaDocument, SchemaSource } from "../config.js";
import { configError, type DecodeError } from "../errors.js";
import { checked, NAME, Page, type Rules, rule, TIMEOUT, whole } from "../rules.js";
import { ADDRESS } from "./address.js";
import { CACHE_RULES, CachedSource, type CacheOptions } from "./cache.js";
import { type SourceCode, sourceError, systemCode, unsupported } from "./errors.js";
import { parseReference, UUID } from "./reference.js";
import { deadline, unless } from "./retry.js";
import { Slots } from "./slots.js";

/** What is used of the SDK's `GlueClient`. */
export interface GlueClientLike {
  /** Sends a command. */
  send(command: object, options?: object): Promise<unknown>;
}

/** How the Glue Schema Registry is reached. */
export interface GlueOptions extends CacheOptions {
  /** A `GlueClient` of your own. Default one made for {@link GlueOptions.region}. */
  client?: GlueClientLike;
  /** The region. Default that of the function. */
  region?: string;
  /** An address other than the region's, such as that of a VPC endpoint. */
  endpoint?: string;
  /** Milliseconds for a schema, with the SDK's own retries. Default 5,000. */
  timeout?: number;
  /** How often the SDK repeats a failed attempt, where it makes the client here. Default 2. */
  retries?: number;
}

/** What the SDK answers. */
interface SchemaVersion {
  SchemaDefinition?: string;
  DataFormat?: string;
  Status?: string;
}

const NETWORK =
  "a function in a VPC needs a route to Glue: an interface endpoint (com.amazonaws.REGION.glue) whose security group lets it in, or NAT";

const RIGHTS =
  "the function's role needs glue:GetSchemaVersion; Glue checks it on the registry, the schema and, without a name, on `*`";

const RULES: Rules<GlueOptions> = {
  ...CACHE_RULES,
  client: rule("a client with a function `send`", isClient),
  region: NAME,
  endpoint: ADDRESS,
  timeout: TIMEOUT,
  retries: whole(0),
};

function isClient(value: unknown): boolean {
  return typeof (value as Partial<GlueClientLike> | null)?.send === "function";
}

/** The Glue Schema Registry as a schema source: `glue:UUID`. Throws a `DecodeError` where an option is not valid. */
export function glueRegistry(options: GlueOptions = {}): SchemaSource {
  return new Glue(checked("glueRegistry", options, RULES, Page.Registries));
}

class Glue extends CachedSource {
  readonly #options: GlueOptions;
  readonly #slots: Slots;
  #client: Promise<GlueClientLike> | undefined;

  constructor(options: GlueOptions) {
    super((reference) => this.#load(reference), options);
    this.#options = options;
    this.#slots = new Slots(options.parallel);
  }

  async #load(reference: string): Promise<SchemaDocument> {
    const { scheme, id } = parseReference(reference) ?? {};
    if (scheme !== "glue" || !UUID.test(id!)) {
      throw unsupported(reference, "a Glue schema version", "the form is glue:UUID");
    }
    return document(reference, await this.#slots.run(() => this.#get(reference, id!.toLowerCase())));
  }

  async #get(reference: string, SchemaVersionId: string): Promise<SchemaVersion> {
    const { GetSchemaVersionCommand } = await sdk();
    const { timeout = 5_000 } = this.#options;
    const { signal: abortSignal, stop } = deadline(timeout);
    try {
      this.#client ??= this.#connect();
      const client = await this.#client;
      const sent = client.send(new GetSchemaVersionCommand({ SchemaVersionId }), { abortSignal });
      return (await unless(abortSignal, sent)) as SchemaVersion;
    } catch (thrown) {
      throw refusal(thrown, abortSignal.aborted, reference, timeout);
    } finally {
      stop();
    }
  }

  async #connect(): Promise<GlueClientLike> {
    const { client, region, endpoint, retries = 2 } = this.#options;
    if (client !== undefined) {
      return client;
    }
    const { GlueClient } = await sdk();
    const place = {
      ...(region === undefined ? {} : { region }),
      ...(endpoint === undefined ? {} : { endpoint }),
    };
    return new GlueClient({ ...place, maxAttempts: retries + 1 }) as GlueClientLike;
  }
}

async function sdk() {
  try {
    return await import("@aws-sdk/client-glue");
  } catch {
    throw configError(
      "expected the package @aws-sdk/client-glue beside kafkalens/glue, found none",
      "Lambda's Node.js runtimes bring it; elsewhere: npm install @aws-sdk/client-glue",
    );
  }
}

function document(reference: string, version: SchemaVersion): SchemaDocument {
  const { SchemaDefinition: schema, DataFormat: type, Status: status } = version;
  if (status === "FAILURE" || status === "PENDING") {
    const message = `expected the schema ${reference} to be AVAILABLE, found the status ${status}`;
    const failed =
      "Glue refused this version, for its compatibility mode or otherwise: producers can't have used it";
    const pending = "Glue is still checking this version";
    throw sourceError(
      "SOURCE_SCHEMA_STATUS",
      message,
      status === "FAILURE" ? failed : pending,
      status === "PENDING",
    );
  }
  if (typeof schema !== "string" || (type !== "AVRO" && type !== "PROTOBUF" && type !== "JSON")) {
    const message = `expected the schema ${reference} from the Glue Schema Registry, found an answer without one`;
    throw sourceError("SOURCE_NOT_REGISTRY", message, "the endpoint may be of another service");
  }
  return { reference, type, schema, ...(status === undefined ? {} : { status }) };
}

const UNAUTHORIZED =
  /^(?:UnrecognizedClient|InvalidSignature|ExpiredToken|InvalidClientTokenId|IncompleteSignature|MissingAuthenticationToken|CredentialsProvider|TokenProvider)/;
const BUSY = /^(?:Throttling|TooManyRequests|RequestLimitExceeded|InternalService|ServiceUnavailable)/;

function refusal(thrown: unknown, late: boolean, reference: string, timeout: number): DecodeError {
  const { name, $metadata } = (thrown ?? {}) as { name?: unknown; $metadata?: { httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode ?? 0;
  const kind = typeof name === "string" && /^[A-Za-z]{3,60}$/.test(name) ? name : "an error";
  const error = (code: SourceCode, found: string, hint?: string, retryable?: boolean) =>
    sourceError(
      code,
      `expected the schema ${reference} from the Glue Schema Registry, found ${found}`,
      hint,
      retryable,
    );
  if (late) {
    return error("SOURCE_TIMEOUT", `no answer in ${timeout} ms`, NETWORK);
  }
  if (kind === "EntityNotFoundException") {
    return error("SOURCE_NOT_FOUND", kind, "the record may be of another account or region");
  }
  if (/^AccessDenied/.test(kind)) {
    return error("SOURCE_FORBIDDEN", kind, RIGHTS);
  }
  if (UNAUTHORIZED.test(kind)) {
    return error("SOURCE_UNAUTHORIZED", kind, "the AWS credentials are missing, wrong or expired");
  }
  if (BUSY.test(kind) || status === 429 || status >= 500) {
    return error("SOURCE_UNAVAILABLE", kind);
  }
  if (status === 0) {
    return error("SOURCE_UNAVAILABLE", `no connection${systemCode(thrown)}`, NETWORK);
  }
  if (status === 404 || kind === "SyntaxError") {
    return error("SOURCE_NOT_REGISTRY", `status ${status}`, "the endpoint may be of another service");
  }
  return error("SOURCE_FAILED", kind, undefined, false);
}
