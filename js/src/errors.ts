/** Errors with stable codes, the same in every host. */

import type { ErrorDocument } from "./core.js";
import type { SideName } from "./side.js";
import type { Issue } from "./standard.js";

/** What kind of thing went wrong. */
export type ErrorCategory =
  | "event"
  | "base64"
  | "framing"
  | "schema"
  | "decode"
  | "limit"
  | "output"
  | "source";

/** What {@link DecodeError.byteOffset} counts in. */
export type ErrorSpace = "payload" | "body" | "base64" | "event" | "schema";

/** What an error came from. */
interface ErrorOrigin {
  readonly cause?: unknown;
  readonly issues?: readonly Issue[];
  readonly thrown?: unknown;
}

/** What an error's document has, in the order of every host. */
const PARTS = [
  "code",
  "category",
  "side",
  "topic",
  "partition",
  "offset",
  "path",
  "byteOffset",
  "space",
  "message",
  "hint",
  "frame",
  "retryable",
] as const satisfies readonly (keyof ErrorDocument)[];

const BRAND = Symbol.for("kafkalens.DecodeError");

/**
 * Why an event, a record or one of its sides could not be decoded.
 *
 * Neither message nor hint ever holds payload or schema text, so that it is safe to log.
 */
export class DecodeError extends Error {
  override readonly name = "DecodeError";
  /** Stable code such as `AVRO_TRUNCATED`; docs/errors.md has an anchor for each. */
  readonly code: string;
  /** What kind of thing went wrong. */
  readonly category: ErrorCategory;
  /** Which part of the record. */
  readonly side: SideName | "header" | undefined;
  /** The record's topic. */
  readonly topic: string | undefined;
  /** The record's partition. */
  readonly partition: number | undefined;
  /** The record's offset. */
  readonly offset: number | undefined;
  /** Where in the value, such as `$.items[2].price`. Names from a schema appear; names from data do not. */
  readonly path: string | undefined;
  /** The failing byte, counted in {@link DecodeError.space}. */
  readonly byteOffset: number | undefined;
  /** What {@link DecodeError.byteOffset} counts in. */
  readonly space: ErrorSpace;
  /** What usually causes it and what to do, where a rule knows. */
  readonly hint: string | undefined;
  /** Source lines of a schema error, kept apart from the message. */
  readonly frame: string | undefined;
  /** Whether trying again later may succeed (a registry that timed out). */
  readonly retryable: boolean;
  readonly #issues: readonly Issue[];
  readonly #thrown: unknown;

  /** An error from the document that every host prints. */
  constructor(document: ErrorDocument, { cause, issues = [], thrown }: ErrorOrigin = {}) {
    super(document.message, cause === undefined ? undefined : { cause });
    this.#issues = issues;
    this.#thrown = thrown;
    this.code = document.code;
    this.category = document.category as ErrorCategory;
    this.side = document.side;
    this.topic = document.topic;
    this.partition = document.partition;
    this.offset = document.offset;
    this.path = document.path;
    this.byteOffset = document.byteOffset;
    this.space = (document.space ?? "payload") as ErrorSpace;
    this.hint = document.hint;
    this.frame = document.frame;
    this.retryable = document.retryable;
  }

  /**
   * What a validator said (`OUTPUT_INVALID`). Its texts may quote the value: they are no part of the error's document, nor of
   * what `console.log` shows of it.
   */
  get issues(): readonly Issue[] {
    return this.#issues;
  }

  /** What an `output` threw (`OUTPUT_INVALID`). It is kept out of logs as {@link DecodeError.issues} are. */
  get thrown(): unknown {
    return this.#thrown;
  }

  /** The error's document: the same names, in the same order, as in every host. */
  toJSON(): ErrorDocument {
    const parts = PARTS.map((name) => [name, this[name]] as const);
    const present = parts.filter(
      ([name, value]) => value !== undefined && !(name === "space" && value === "payload"),
    );
    return Object.fromEntries(present) as unknown as ErrorDocument;
  }
}

Object.defineProperty(DecodeError.prototype, BRAND, { value: true });
// Each subpath has a copy of this class: `instanceof` holds across them.
Object.defineProperty(DecodeError, Symbol.hasInstance, { value: isDecodeError });

/** Whether something is a {@link DecodeError}, of this copy of the package or of another. */
export function isDecodeError(thing: unknown): thing is DecodeError {
  return typeof thing === "object" && thing !== null && (thing as { [BRAND]?: unknown })[BRAND] === true;
}

/** A configuration that only this host can refuse. */
export function configError(message: string, hint: string): DecodeError {
  return new DecodeError({ code: "CONFIG_INVALID", category: "schema", message, hint, retryable: false });
}

/** A fault in kafkalens itself. */
export function internalError(cause: unknown): DecodeError {
  return new DecodeError(
    {
      code: "INTERNAL",
      category: "output",
      message: "expected this not to happen, found it did",
      hint: "please report it",
      retryable: false,
    },
    { cause },
  );
}
