/** Records that failed, told so that logs are safe to keep. */

import { isDecodeError } from "../errors.js";

/**
 * Why a record failed: it can't be read (`poison`); the function threw (`handler`); time was up (`deadline`); nothing was
 * wrong with it, but with what decodes it (`setup`): its schema could not be had, for example.
 */
export type FailureKind = "poison" | "handler" | "deadline" | "setup";

/** Where a record that failed stands. */
export interface FailedPlace {
  /** The record's key in the event's `records`, `topic-partition` as a rule. */
  readonly partitionKey: string;
  readonly topic: string | null;
  readonly partition: number | null;
  readonly offset: number | null;
}

/** A record that failed. */
export class RecordFailure implements FailedPlace {
  readonly kind: FailureKind;
  readonly partitionKey: string;
  readonly topic: string | null;
  readonly partition: number | null;
  readonly offset: number | null;
  readonly #error: unknown;

  constructor(kind: FailureKind, { partitionKey, topic, partition, offset }: FailedPlace, error?: unknown) {
    this.kind = kind;
    this.partitionKey = partitionKey;
    this.topic = topic;
    this.partition = partition;
    this.offset = offset;
    this.#error = error;
  }

  /** What was thrown. Not enumerable, so that logs don't show it: an exception of your own may quote the payload. */
  get error(): unknown {
    return this.#error;
  }

  /** A document for logs: it never holds payload, nor the text of an exception that isn't kafkalens' own. */
  toJSON(): object {
    const { kind, partitionKey, topic, partition, offset } = this;
    return {
      kind,
      partitionKey,
      topic,
      partition,
      offset,
      ...(this.#error === undefined ? {} : { error: told(this.#error) }),
    };
  }
}

/** One or more records failed: what a handler rejects with. */
export class BatchError extends Error {
  override readonly name = "BatchError";
  /** Whether trying again later may help: a schema registry was down, or time was up. */
  readonly retryable: boolean;
  readonly #failures: readonly RecordFailure[];

  constructor(failures: readonly RecordFailure[], records: number) {
    const [first] = failures;
    super(
      `${failures.length} of ${records} records failed${first === undefined ? "" : `, the first ${summary(first)}`}`,
    );
    this.retryable = failures.some(isRetryable);
    this.#failures = failures;
  }

  /** The records that failed, as far as the batch was worked through. */
  get failures(): readonly RecordFailure[] {
    return this.#failures;
  }
}

/** Whether trying a record again later may help. */
export function isRetryable({ kind, error }: RecordFailure): boolean {
  return kind === "deadline" || (isDecodeError(error) && error.retryable);
}

/** A failure in some words. */
function summary({ kind, partitionKey, offset, error }: RecordFailure): string {
  // Kafka's topics have letters, digits, dots, underscores and hyphens: what is something else came from outside.
  const where = `in ${partitionKey.replace(/[^\w.-]/g, "?")} at offset ${offset}`;
  if (kind === "deadline") {
    return `${where}: no time was left`;
  }
  return isDecodeError(error)
    ? `${where}: ${error.code}, ${error.message}`
    : `${where}: ${nameOf(error)} was thrown`;
}

/** An exception without its text: what it is, and where it was thrown. */
export function told(error: unknown): object {
  if (isDecodeError(error)) {
    return error.toJSON();
  }
  const code = (error as { code?: unknown } | null | undefined)?.code;
  const stack = error instanceof Error ? frames(error) : [];
  return { name: nameOf(error), ...(isWord(code) ? { code } : {}), stack };
}

function nameOf(error: unknown): string {
  const { name } = error instanceof Error ? error : { name: undefined };
  return isWord(name) ? name : "something that is no Error";
}

/** Names and codes of exceptions are words. Anything else may be data. */
function isWord(text: unknown): text is string {
  return typeof text === "string" && /^[A-Za-z_$][\w$.-]{0,63}$/.test(text);
}

/** The lines of a stack that name places in code. The exception's text stands before them, in lines of its own. */
function frames(error: Error): string[] {
  // A class may declare these anew, and put anything in their place.
  const { stack, message } = error as { stack?: unknown; message?: unknown };
  if (typeof stack !== "string") {
    return [];
  }
  const text = typeof message === "string" ? message : "";
  const after = Math.max(stack.indexOf(text), 0) + text.length;
  return stack
    .slice(after)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => /^at .+:\d+:\d+\)?$/.test(line));
}
