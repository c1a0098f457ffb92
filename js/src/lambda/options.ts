/** What a handler's configuration says of the handler, apart from what it says of decoding. */

import { type Config, requireConfig } from "../config.js";
import { configError } from "../errors.js";
import type { HandlerConfig, HandlerOptions } from "./types.js";

/** The names of {@link HandlerOptions}: whether a value is allowed, and what is. */
const OPTIONS: {
  readonly [N in keyof Required<HandlerOptions>]: readonly [(value: unknown) => boolean, string];
} = {
  failures: [(value) => value === "throw" || value === "report", '"throw" or "report"'],
  mode: [(value) => value === "stream" || value === "queue", '"stream" or "queue"'],
  poison: [
    (value) => value === "fail" || calls(value, "skip") !== calls(value, "sink"),
    '"fail", `{ skip }` or `{ sink }` with a function',
  ],
  concurrency: [(value) => typeof value === "number" && value >= 1, "a number from 1"],
  deadlineMargin: [(value) => typeof value === "number" && value >= 0, "milliseconds from 0"],
  onFailure: [(value) => typeof value === "function", "a function"],
};

/** The two parts of a handler's configuration. */
export function split(config: HandlerConfig): { options: HandlerOptions; decoding: Config } {
  requireConfig(config);
  const { failures, mode, poison, concurrency, deadlineMargin, onFailure, ...decoding } = config;
  const options = { failures, mode, poison, concurrency, deadlineMargin, onFailure };
  for (const [name, [allowed, expected]] of Object.entries(OPTIONS)) {
    const value = options[name as keyof HandlerOptions];
    if (value !== undefined && !allowed(value)) {
      throw configError(`expected ${expected} at $.${name}, found something else`, "see docs/lambda.md");
    }
  }
  return { options: options as HandlerOptions, decoding };
}

function calls(policy: unknown, name: string): boolean {
  return typeof (policy as Record<string, unknown> | null | undefined)?.[name] === "function";
}
