/** What goes wrong between a decoder and where its schemas live. Nothing of a response, a URL's secrets or a header is told. */

import { DecodeError, isDecodeError } from "../errors.js";

/** The codes of schema sources; docs/errors.md tells each. */
export type SourceCode =
  | "SOURCE_UNAUTHORIZED"
  | "SOURCE_FORBIDDEN"
  | "SOURCE_NOT_FOUND"
  | "SOURCE_TIMEOUT"
  | "SOURCE_UNAVAILABLE"
  | "SOURCE_NOT_REGISTRY"
  | "SOURCE_SCHEMA_STATUS"
  | "SOURCE_UNSUPPORTED"
  | "SOURCE_FAILED";

/** Those after which trying again later may succeed, when whoever runs the registry has seen to it. */
const RETRYABLE: ReadonlySet<SourceCode> = new Set<SourceCode>([
  "SOURCE_UNAUTHORIZED",
  "SOURCE_FORBIDDEN",
  "SOURCE_TIMEOUT",
  "SOURCE_UNAVAILABLE",
  "SOURCE_FAILED",
]);

/** An error of a source; its message is `expected …, found …`. */
export function sourceError(
  code: SourceCode,
  message: string,
  hint?: string,
  retryable = RETRYABLE.has(code),
): DecodeError {
  const about = hint === undefined ? {} : { hint };
  return new DecodeError({ code, category: "source", message, ...about, retryable });
}

/** The error for a reference that is not of a registry of this kind. */
export function unsupported(reference: string, expected: string, hint: string): DecodeError {
  const message = `expected a reference to ${expected}, found ${reference}`;
  return sourceError("SOURCE_UNSUPPORTED", message, hint);
}

/** What a source threw, as an error with a code. Of a foreign error nothing but a system code is told. */
export function asSourceError(thrown: unknown, reference: string): DecodeError {
  if (isDecodeError(thrown)) {
    return thrown;
  }
  return sourceError(
    "SOURCE_FAILED",
    `expected the schema ${reference} from the schema source, found that it failed${systemCode(thrown)}`,
  );
}

/** The system's name for a network failure, such as ` (ECONNREFUSED)`: never a message, which may quote a header. */
export function systemCode(thrown: unknown): string {
  for (let error = thrown, depth = 0; typeof error === "object" && error !== null && depth < 5; depth++) {
    const { code } = error as { code?: unknown };
    if (typeof code === "string" && /^[A-Z][A-Z0-9_]{2,40}$/.test(code)) {
      return ` (${code})`;
    }
    const { cause, errors } = error as { cause?: unknown; errors?: unknown };
    error = Array.isArray(errors) ? errors[0] : cause;
  }
  return "";
}
