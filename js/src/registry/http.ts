/** Asking a registry over HTTP. */

import type { DecodeError } from "../errors.js";
import { parsed } from "../parsed.js";
import { addressOf, userOf } from "./address.js";
import { authorization, present } from "./auth.js";
import type { CacheOptions } from "./cache.js";
import { type SourceCode, sourceError, systemCode } from "./errors.js";
import type { Auth, HttpOptions } from "./options.js";
import { type Attempt, deadline, retryAfter, retrying, unless } from "./retry.js";
import { Slots } from "./slots.js";

/** A response whose status is 200. */
export interface Answer {
  text: string;
  headers: Headers;
}

/** What kind of registry it is: words for messages, and how it says that something is not there. */
export interface Kind {
  /** Its name in messages. */
  name: string;
  /** What it is asked for. */
  accept: string;
  /** Whether a 404 with this JSON body is the registry's own answer. */
  isOwn(body: unknown): boolean;
}

/** Bytes of a response that are read: more is no schema. */
const LARGEST = 16 * 1024 * 1024;

const NETWORK =
  "in a VPC the function needs a route to the registry (NAT or an endpoint), a security group that lets it out, and a name that resolves";

/** A registry at an address. */
export class Http {
  readonly #base: string;
  readonly #host: string;
  readonly #kind: Kind;
  readonly #options: HttpOptions;
  readonly #auth: Auth | undefined;
  readonly #slots: Slots;

  /** The one that checked options tell. */
  constructor(options: HttpOptions & CacheOptions, kind: Kind) {
    const url = addressOf(options.url)!;
    this.#auth = present(options.auth) ?? userOf(url);
    this.#base = `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
    this.#host = url.host;
    this.#kind = kind;
    this.#options = options;
    this.#slots = new Slots(options.parallel);
  }

  /** Gets a path, whose parts the caller has encoded. `what` stands in messages. */
  get(path: string, what: string): Promise<Answer> {
    return retrying(this.#options, () => this.#slots.run(() => this.#attempt(path, what)));
  }

  /** Gets JSON. */
  async json(path: string, what: string): Promise<unknown> {
    const { text } = await this.get(path, what);
    const body = parsed(text);
    if (body === undefined) {
      throw this.notRegistry(what, "an answer that is not JSON");
    }
    return body;
  }

  async #attempt(path: string, what: string): Promise<Attempt<Answer>> {
    const { timeout = 5_000 } = this.#options;
    const { signal, stop } = deadline(timeout);
    try {
      const headers = await this.#headers(what, signal);
      return await unless(signal, this.#ask(path, headers, signal, what)).catch((thrown) =>
        this.#unreached(thrown, signal.aborted, what, timeout),
      );
    } finally {
      stop();
    }
  }

  async #ask(path: string, headers: Headers, signal: AbortSignal, what: string): Promise<Attempt<Answer>> {
    const ask = this.#options.fetch ?? fetch;
    const response = await ask(`${this.#base}${path}`, { headers, signal });
    const text = await limited(response, signal);
    if (response.status === 200 && text !== undefined) {
      return { done: true, value: { text, headers: response.headers } };
    }
    return this.#refusal(response, text ?? "", what);
  }

  async #headers(what: string, signal: AbortSignal): Promise<Headers> {
    try {
      const headers = new Headers(this.#options.headers as HeadersInit);
      if (!headers.has("accept")) {
        headers.set("accept", this.#kind.accept);
      }
      if (this.#auth !== undefined) {
        headers.set("authorization", await unless(signal, authorization(this.#auth)));
      }
      return headers;
    } catch (thrown) {
      const found = `no credentials that can be sent${systemCode(thrown)}`;
      const hint =
        "the function that gives the token failed, gave none or took too long, or a line breaks in it";
      throw this.#error("SOURCE_UNAUTHORIZED", what, found, hint);
    }
  }

  #unreached(thrown: unknown, late: boolean, what: string, timeout: number): Attempt<Answer> {
    const error = late
      ? this.#error("SOURCE_TIMEOUT", what, `no answer in ${timeout} ms`, NETWORK)
      : this.#error("SOURCE_UNAVAILABLE", what, `no connection${systemCode(thrown)}`, NETWORK);
    return { done: false, error, again: true };
  }

  #refusal(response: Response, text: string, what: string): Attempt<Answer> {
    const { status } = response;
    const body = parsed(text);
    const code = (body as { error_code?: unknown } | undefined)?.error_code;
    const found = `status ${status}${typeof code === "number" ? `, error code ${code}` : ""}`;
    if (status === 429 || status >= 500) {
      const after = retryAfter(response.headers.get("retry-after"));
      const error = this.#error("SOURCE_UNAVAILABLE", what, found);
      return { done: false, error, again: true, ...(after === undefined ? {} : { after }) };
    }
    return { done: false, error: this.#refused(status, body, code, what, found), again: false };
  }

  #refused(status: number, body: unknown, code: unknown, what: string, found: string): DecodeError {
    if (status === 401) {
      const hint = "check the user and password or the token that the source is configured with";
      return this.#error("SOURCE_UNAUTHORIZED", what, found, hint);
    }
    if (status === 403) {
      const hint = "these credentials may not read this schema: grant read access to its subject or artifact";
      return this.#error("SOURCE_FORBIDDEN", what, found, hint);
    }
    if (status === 404 && this.#kind.isOwn(body)) {
      const gone = typeof code === "number" && code >= 40404 && code <= 40407;
      const other = "the record may be of another registry or context, or the schema may have been deleted";
      return this.#error("SOURCE_NOT_FOUND", what, found, gone ? "the schema is deleted; restore it" : other);
    }
    if (status === 200 || status === 404) {
      return this.notRegistry(
        what,
        status === 200 ? "an answer that is too large" : `${found} without its error code`,
      );
    }
    return this.#error("SOURCE_FAILED", what, found, undefined, false);
  }

  /** The error for an answer that no registry gives. */
  notRegistry(what: string, found = "JSON of another shape"): DecodeError {
    const hint = `the address may be of another server, or lack a path: it is that of a ${this.#kind.name}`;
    return this.#error("SOURCE_NOT_REGISTRY", what, found, hint);
  }

  #error(code: SourceCode, what: string, found: string, hint?: string, retryable?: boolean): DecodeError {
    const message = `expected ${what} from the ${this.#kind.name} at ${this.#host}, found ${found}`;
    return sourceError(code, message, hint, retryable);
  }
}

/** A body's text; undefined where it is too large. What nobody waits for any more is not read on. */
async function limited(response: Response, signal: AbortSignal): Promise<string | undefined> {
  const reader = response.body?.getReader();
  if (reader === undefined) {
    return response.text();
  }
  const drop = () => void reader.cancel().catch(() => {});
  signal.aborted ? drop() : signal.addEventListener("abort", drop);
  const decoder = new TextDecoder();
  let text = "";
  for (let size = 0; ; ) {
    const { done, value } = await reader.read();
    if (done) {
      return text + decoder.decode();
    }
    size += value.byteLength;
    if (size > LARGEST) {
      await reader.cancel();
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
}
