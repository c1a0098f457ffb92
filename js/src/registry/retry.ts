/** Trying again, with jitter: many Lambdas start at the same moment and would otherwise return at the same moment. */

import type { RetryOptions } from "./options.js";

/** The longest pause, also where a registry asks for more. */
const LONGEST = 5_000;

/** What an attempt came to. */
export type Attempt<T> =
  | { done: true; value: T }
  /** `after`: milliseconds that the registry asked for. */
  | { done: false; error: Error; again: boolean; after?: number };

/** Runs attempts until one is done or none is left. */
export async function retrying<T>(options: RetryOptions, attempt: () => Promise<Attempt<T>>): Promise<T> {
  const { retries = 2, pause = 100 } = options;
  for (let tried = 0; ; tried++) {
    const outcome = await attempt();
    if (outcome.done) {
      return outcome.value;
    }
    if (!outcome.again || tried >= retries) {
      throw outcome.error;
    }
    // Full jitter: anywhere between nothing and the bound.
    const jitter = Math.random() * Math.min(LONGEST, pause * 2 ** tried);
    await sleep(Math.min(LONGEST, (outcome.after ?? 0) + jitter));
  }
}

/** The milliseconds of a `Retry-After` header, in seconds or as a date. */
export function retryAfter(header: string | null, now = Date.now()): number | undefined {
  if (header === null || header.trim() === "") {
    return undefined;
  }
  const seconds = Number(header);
  const wait = Number.isNaN(seconds) ? Date.parse(header) - now : seconds * 1000;
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** A signal that comes after a time, unless it's stopped. Its timer keeps the process, `AbortSignal.timeout`'s doesn't. */
export function deadline(milliseconds: number): { signal: AbortSignal; stop(): void } {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), milliseconds);
  return { signal: controller.signal, stop: () => clearTimeout(timer) };
}

/** A promise's value, unless the signal comes first: what the caller brings may not heed it. */
export function unless<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    promise.then(resolve, reject);
  });
}
