/** The time that an invocation has for its records. */

import { isPromise } from "../output.js";
import type { LambdaContext } from "./types.js";

/** In the place of what could not be waited for. */
export const LATE: unique symbol = Symbol("late");

/** Ends a margin before the function's timeout; never, where the context tells no time. */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #passed: Promise<typeof LATE>;
  readonly #left: () => number;

  constructor(context: LambdaContext | undefined, margin: number) {
    const { signal } = this.#controller;
    this.#passed = new Promise((resolve) =>
      signal.addEventListener("abort", () => resolve(LATE), { once: true }),
    );
    this.#left = () => (context?.getRemainingTimeInMillis?.() ?? Number.POSITIVE_INFINITY) - margin;
    const left = this.#left();
    if (Number.isFinite(left) && !this.passed) {
      this.#timer = setTimeout(() => this.#controller.abort(), left);
    }
  }

  /** Aborted when time is up. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Whether time is up. */
  get passed(): boolean {
    // A function that held the thread up has kept the timer from firing.
    if (!this.#controller.signal.aborted && this.#left() <= 0) {
      this.#controller.abort();
    }
    return this.#controller.signal.aborted;
  }

  /** Waits for something, where it is to be waited for, but not beyond the deadline. */
  race<T>(work: T | PromiseLike<T>): T | PromiseLike<T | typeof LATE> {
    return isPromise(work) ? Promise.race([work, this.#passed]) : work;
  }

  /** Ends the timer. */
  clear(): void {
    clearTimeout(this.#timer);
  }
}
