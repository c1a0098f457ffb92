/** What decoded values are made into: validated by a schema, or passed to a class or a function. */

import type { Result } from "./api.js";
import type { Config, Output, Side, Sides } from "./config.js";
import { configError, DecodeError, isDecodeError } from "./errors.js";
import type { SideName } from "./side.js";
import { type Issue, isStandardSchema, type StandardSchema } from "./standard.js";

/** Where a value stands. */
export interface ValuePlace {
  readonly topic: string | null;
  readonly partition?: number | null;
  readonly offset?: number | null;
}

/** What a value became, or why it didn't. */
export type Made = { readonly value: unknown } | { readonly error: DecodeError };

/** Makes a value of a decoded one, and never throws. */
export type Convert = (value: unknown, place: ValuePlace) => Made | Promise<Made>;

/** The outputs of a configuration, by topic and side. */
export class Outputs {
  readonly #all: Converts;
  readonly #topics = new Map<string, Converts>();

  private constructor(config: Config) {
    this.#all = converts(config);
    for (const [topic, sides] of Object.entries(config.topics ?? {})) {
      // A topic's sides stand beside the others: one that it lacks is that of all topics.
      this.#topics.set(topic, { ...this.#all, ...converts(sides ?? {}) });
    }
  }

  /** The outputs that a configuration has, if it has any. */
  static of(config: Config): Outputs | undefined {
    // What is no object is left for the core to refuse.
    const sides: (Sides | null)[] = [config, ...Object.values(config.topics ?? {})];
    return sides.some((one) => one?.key?.output !== undefined || one?.value?.output !== undefined)
      ? new Outputs(config)
      : undefined;
  }

  /** What a side's values become; undefined where they stay as decoded. */
  get(topic: string | null, side: SideName): Convert | undefined {
    return (this.#topics.get(topic ?? "") ?? this.#all)[side];
  }
}

interface Converts {
  readonly key?: Convert | undefined;
  readonly value?: Convert | undefined;
}

function converts({ key, value }: Sides): Converts {
  return {
    ...(key === undefined ? {} : { key: converted(key, "key") }),
    ...(value === undefined ? {} : { value: converted(value, "value") }),
  };
}

function converted({ output }: Side, side: SideName): Convert | undefined {
  if (output === undefined) {
    return undefined;
  }
  const make = maker(output);
  return (value, place) => {
    const failed = (thrown: unknown): Made => ({ error: outputError(thrown, side, place) });
    try {
      const made = make(value);
      return isPromise(made) ? Promise.resolve(made).then((value) => ({ value }), failed) : { value: made };
    } catch (thrown) {
      return failed(thrown);
    }
  };
}

/** What an output gave, as the result of a value that is asked for by itself. */
export function madeResult(made: Made | Promise<Made>, side: SideName, place: ValuePlace): Result<unknown> {
  if (isPromise(made)) {
    return { ok: false, error: asyncError(side, place) };
  }
  return "error" in made ? { ok: false, error: made.error } : { ok: true, value: made.value };
}

class Refused {
  readonly issues: readonly Issue[];

  constructor(issues: readonly Issue[]) {
    this.issues = issues;
  }
}

function maker(output: Output): (value: unknown) => unknown {
  if (isStandardSchema(output)) {
    return (value) => {
      const verdict = output["~standard"].validate(value);
      return isPromise(verdict) ? verdict.then(verdictValue) : verdictValue(verdict);
    };
  }
  if (typeof output !== "function") {
    throw configError(
      "expected `output` to be a Standard Schema, a class or a function, found something else",
      "schemas of zod 3.24, valibot 1 and arktype 2, or later versions, have the property `~standard`",
    );
  }
  return isClass(output)
    ? (value) => new (output as new (value: unknown) => unknown)(value)
    : (output as (value: unknown) => unknown);
}

function verdictValue(verdict: Awaited<ReturnType<StandardSchema["~standard"]["validate"]>>): unknown {
  if (verdict.issues !== undefined) {
    throw new Refused(verdict.issues);
  }
  return verdict.value;
}

/** Classes that make objects of what they convert when they are called. */
const CONVERSIONS: readonly unknown[] = [BigInt, Boolean, Number, String];

/** A class is told from a function by its prototype, which can't be replaced. */
function isClass(output: object): boolean {
  return (
    !CONVERSIONS.includes(output) && Object.getOwnPropertyDescriptor(output, "prototype")?.writable === false
  );
}

/** Whether something is to be waited for. */
export function isPromise(thing: unknown): thing is PromiseLike<unknown> {
  return typeof (thing as { then?: unknown } | null | undefined)?.then === "function";
}

/** The error of a value that was refused. What was thrown may quote the value: its text is not taken over. */
function outputError(thrown: unknown, side: SideName, place: ValuePlace): DecodeError {
  if (isDecodeError(thrown)) {
    return thrown;
  }
  const issues = issuesOf(thrown);
  const path = issues[0] === undefined ? "$" : issuePath(issues[0]);
  const found = thrown instanceof Refused ? counted(issues.length) : "an exception";
  const document = {
    code: "OUTPUT_INVALID",
    category: "output",
    side,
    ...located(place),
    path,
    message: `expected what the side's \`output\` accepts at ${path}, found ${found}`,
    hint: "`issues` and `thrown` of this error tell more: they may quote the value, so they aren't logged with it",
    retryable: false,
  };
  return new DecodeError(document, { issues, ...(thrown instanceof Refused ? {} : { thrown }) });
}

/** The error of a value that can only be waited for. */
export function asyncError(side: SideName, place: ValuePlace): DecodeError {
  return new DecodeError({
    code: "OUTPUT_ASYNC",
    category: "output",
    side,
    ...located(place),
    message: "expected the side's `output` to give a value at once, found a promise",
    hint: "use `await decoder.decode(event)` or `kafkaHandler`, which wait for it",
    retryable: false,
  });
}

function located({ topic, partition, offset }: ValuePlace): ValuePlaceDocument {
  return {
    ...(topic == null ? {} : { topic }),
    ...(partition == null ? {} : { partition }),
    ...(offset == null ? {} : { offset }),
  };
}

interface ValuePlaceDocument {
  topic?: string;
  partition?: number;
  offset?: number;
}

/** The issues that a thrown error has, as the exceptions of zod and valibot do; else the error's own text is one. */
function issuesOf(thrown: unknown): readonly Issue[] {
  const issues = (thrown as { issues?: unknown } | null | undefined)?.issues;
  if (Array.isArray(issues)) {
    return issues as readonly Issue[];
  }
  return thrown instanceof Error ? [{ message: thrown.message }] : [];
}

function counted(issues: number): string {
  return issues === 1 ? "1 issue" : `${issues} issues`;
}

/** An issue's path in the form of all paths. A name that isn't an identifier may be data, a map's key: it is left out. */
function issuePath({ path = [] }: Issue): string {
  const steps = path.map((step) => {
    const key = typeof step === "object" ? step.key : step;
    if (typeof key === "number" || /^\d{1,9}$/.test(String(key))) {
      return `[${String(key)}]`;
    }
    return typeof key === "string" && /^[A-Za-z_]\w{0,63}$/.test(key) ? `.${key}` : "{}";
  });
  return `$${steps.join("")}`;
}
