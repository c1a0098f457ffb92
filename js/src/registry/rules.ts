/** What the options of schema sources may be: what is something else is refused when a source is made. */

import { configError, type DecodeError } from "../errors.js";

/** What an option may be. */
export interface Rule {
  /** The same in words. */
  readonly expected: string;
  /** Whether it has to be there. */
  readonly required?: boolean;
  /** What was found instead, without its text, which may be a secret; undefined where nothing is wrong. */
  fault(value: unknown): string | undefined;
}

/** The rules of all options. */
export type Rules<O> = { readonly [N in keyof Required<O>]: Rule };

/** The longest time that a timer can be set to. */
const LONGEST = 2 ** 31 - 1;

/** A rule for what a test tells. */
export function rule(expected: string, allows: (value: unknown) => boolean): Rule {
  return { expected, fault: (value) => (allows(value) ? undefined : kindOf(value)) };
}

/** A rule for some words. What is found instead is told: it is a word as a rule, and no secret. */
export function words(known: readonly string[], or?: Rule): Rule {
  const last = or === undefined ? [] : [or.expected];
  const expected = [...known.map((word) => `\`${word}\``), ...last]
    .join(", ")
    .replace(/, ([^,]+)$/, " or $1");
  const fault = (value: unknown) =>
    known.includes(value as string) || (or !== undefined && or.fault(value) === undefined)
      ? undefined
      : wordOf(value);
  return { expected, fault };
}

/** A rule for whole numbers from one on. */
export function whole(least: number): Rule {
  return rule(
    `a whole number, ${least} or more`,
    (value) => Number.isSafeInteger(value) && (value as number) >= least,
  );
}

/** How long something is kept, or a pause is. */
export const DURATION = rule(
  "a number of milliseconds, 0 or more",
  (value) => typeof value === "number" && value >= 0,
);

/** How long something is waited for: a timer of it is set. */
export const TIMEOUT = rule(
  `a number of milliseconds from 1 to ${LONGEST}`,
  (value) => typeof value === "number" && value >= 1 && value <= LONGEST,
);

export const FUNCTION = rule("a function", (value) => typeof value === "function");

export const TEXT = rule("a string", (value) => typeof value === "string");

/** A text that says something. */
export const NAME = rule("a string that is not empty", (value) => typeof value === "string" && value !== "");

/** A source's options, if they are what the rules say. `source` is the function that makes it. */
export function checked<O extends object>(source: string, options: O, rules: Rules<O>): O {
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    throw refusal(`an object of options for ${source}`, kindOf(options));
  }
  const names = Object.keys(rules);
  const other = Object.keys(options).find((name) => !names.includes(name));
  if (other !== undefined) {
    const known = names.map((name) => `\`${name}\``).join(", ");
    throw refusal(`the options of ${source} to be among ${known}`, wordOf(other));
  }
  for (const [name, rule] of Object.entries<Rule>(rules)) {
    requireAllowed(`\`${name}\` of ${source}`, options[name as keyof O], rule);
  }
  return options;
}

/** Refuses what a rule doesn't allow. `what` stands in the message. */
export function requireAllowed(
  what: string,
  value: unknown,
  { expected, required = false, fault }: Rule,
): void {
  const found = value === undefined && !required ? undefined : fault(value);
  if (found !== undefined) {
    throw refusal(`${what} to be ${expected}`, found);
  }
}

function refusal(expected: string, found: string): DecodeError {
  return configError(
    `expected ${expected}, found ${found}`,
    "names and values are those of docs/registries.md",
  );
}

/** A word itself, of anything else what it is. */
function wordOf(value: unknown): string {
  return typeof value === "string" && /^[\w-]{1,40}$/.test(value) ? `\`${value}\`` : kindOf(value);
}

/** What a value is, in words that tell nothing of a text. */
export function kindOf(value: unknown): string {
  if (value === null || ["undefined", "number", "boolean"].includes(typeof value)) {
    return String(value);
  }
  if (Array.isArray(value)) {
    return "an array";
  }
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
