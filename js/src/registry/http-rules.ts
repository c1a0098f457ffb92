/** What the options of registries over HTTP may be. */

import { DURATION, FUNCTION, kindOf, type Rule, type Rules, TIMEOUT, whole } from "../rules.js";
import { ADDRESS } from "./address.js";
import { AUTH } from "./auth.js";
import type { HttpOptions } from "./options.js";

const HEADERS: Rule = { expected: "names with texts, as `new Headers()` takes them", fault };

function fault(headers: unknown): string | undefined {
  if (typeof headers !== "object" || headers === null) {
    return kindOf(headers);
  }
  if (Symbol.iterator in headers && "next" in headers) {
    return "an iterator, which gives them once";
  }
  // The platform would send the word `undefined`.
  const texts =
    Symbol.iterator in headers ? [...(headers as Iterable<unknown>)].flat() : Object.values(headers);
  if (!texts.every((text) => typeof text === "string")) {
    return "one that is no string";
  }
  try {
    new Headers(headers as HeadersInit);
    return undefined;
  } catch {
    return "what no header may be";
  }
}

/** What {@link HttpOptions} may be. */
export const HTTP_RULES: Rules<HttpOptions> = {
  url: { ...ADDRESS, required: true },
  auth: AUTH,
  headers: HEADERS,
  fetch: FUNCTION,
  timeout: TIMEOUT,
  retries: whole(0),
  pause: DURATION,
};
