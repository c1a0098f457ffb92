/** How registries are reached over HTTP. */

/** The platform's `fetch`, or whatever takes an address where no types of a platform are at hand. */
export type Fetch = typeof globalThis extends { fetch: infer F }
  ? F
  : (address: string, init?: object) => Promise<unknown>;

/** How long to try. */
export interface RetryOptions {
  /** Milliseconds for one attempt, whether {@link HttpOptions.fetch} heeds its signal or not. Default 5,000. */
  timeout?: number;
  /** How often a failed attempt is repeated. Default 2. */
  retries?: number;
  /** Milliseconds of the first pause at most; each later one may be twice as long. Default 100. */
  pause?: number;
}

/**
 * Who asks: a user with a password, or a token, which a function may renew. Where all of it is undefined, as variables of an
 * environment are that are not set, nobody is named.
 */
export type Auth =
  | { username: string | undefined; password: string | undefined }
  | { token: string | undefined | (() => string | Promise<string>) };

/** How a registry is reached over HTTP. */
export interface HttpOptions extends RetryOptions {
  /** The registry's address, as text or a `URL`. A user and password in it are taken as {@link HttpOptions.auth}. */
  url: string | { readonly href: string };
  /** Basic or bearer authentication. Default none. */
  auth?: Auth;
  /** More headers, such as Confluent Cloud's `target-sr-cluster`: texts by name, `Headers` or pairs. */
  headers?: Readonly<Record<string, string>> | Iterable<readonly [name: string, value: string]>;
  /** What makes requests: one of your own brings client certificates or a proxy. Default the platform's `fetch`. */
  fetch?: Fetch;
}
