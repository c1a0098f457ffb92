/** What options and the like may be: what is something else is refused where it is given. */

import { configError, type DecodeError } from "./errors.js";
import { nearest } from "./nearest.js";

/** What a value may be. */
export interface Rule {
  /** The same in words. */
  readonly expected: string;
  /** Whether it has to be there. */
  readonly required?: boolean;
  /** What was found instead, without its text, which may be a secret; undefined where nothing is wrong. */
  fault(value: unknown): string | undefined;
}

/** The rules of all names that an object may have. */
export type Rules<O> = { readonly [N in keyof Required<O>]: Rule };

/** The pages that tell names and values. */
export const Page = { Registries: "docs/registries.md", Testing: "docs/cookbook.md#testing" } as const;

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

/** A rule for whole numbers from one on, or to another. */
export function whole(least: number, most?: number): Rule {
  return rule(
    most === undefined ? `a whole number, ${least} or more` : `a whole number from ${least} to ${most}`,
    (value) =>
      Number.isSafeInteger(value) && (value as number) >= least && !((value as number) > (most ?? Infinity)),
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

/** The options of `of`, a function as a rule, if they are what the rules say. */
export function checked<O extends object>(of: string, options: O, rules: Rules<O>, page: string): O {
  if (!isObject(options)) {
    throw refusal(`an object of options for ${of}`, kindOf(options), page);
  }
  return checkedNames(of, options, rules, page, "options");
}

/** An object, if its names and values are what the rules say. `noun` is what messages call its names. */
export function checkedNames<O extends object>(
  of: string,
  object: O,
  rules: Rules<O>,
  page: string,
  noun = "names",
): O {
  const names = Object.keys(rules);
  const other = Object.keys(object).find((name) => !names.includes(name));
  if (other !== undefined) {
    const known = names.map((name) => `\`${name}\``).join(", ");
    throw refusal(`the ${noun} of ${of} to be among ${known}`, wordOf(other), page, nearest(other, names));
  }
  for (const [name, rule] of Object.entries<Rule>(rules)) {
    requireAllowed(`\`${name}\` of ${of}`, object[name as keyof O], rule, page);
  }
  return object;
}

/** Refuses what a rule doesn't allow. `what` stands in the message. */
export function requireAllowed(
  what: string,
  value: unknown,
  { expected, required = false, fault }: Rule,
  page: string,
): void {
  const found = value === undefined && !required ? undefined : fault(value);
  if (found !== undefined) {
    throw refusal(`${what} to be ${expected}`, found, page);
  }
}

function refusal(expected: string, found: string, page: string, meant?: string): DecodeError {
  const probably = meant === undefined ? "" : `\`${meant}\` is probably meant; `;
  return configError(
    `expected ${expected}, found ${found}`,
    `${probably}names and values are those of ${page}`,
  );
}

/** Whether something is an object that has names. */
export function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
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
