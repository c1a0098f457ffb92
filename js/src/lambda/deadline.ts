/** The time that an invocation has for its records. */

import { isPromise } from "../output.js";
import type { LambdaContext } from "./types.js";

/** In the place of what could not be waited for. */
export const LATE: unique symbol = Symbol("late");

/** The longest that a timer waits. */
const LONGEST = 2 ** 31 - 1;

/** Ends a margin before the function's timeout; never, where the context tells no time. */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #left: () => number;
  /** Those who wait. A promise that all of them shared would keep what each of them got. */
  readonly #waiting = new Set<(late: typeof LATE) => void>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(context: LambdaContext | undefined, margin: number) {
    this.#left = () => (context?.getRemainingTimeInMillis?.() ?? Number.POSITIVE_INFINITY) - margin;
    this.#arm(this.#left());
  }

  #arm(left: number): void {
    if (Number.isFinite(left) && !this.passed) {
      this.#timer = setTimeout(
        () => (left > LONGEST ? this.#arm(this.#left()) : this.#pass()),
        Math.min(left, LONGEST),
      );
    }
  }

  #pass(): void {
    this.#controller.abort();
    for (const late of this.#waiting) {
      late(LATE);
    }
    this.#waiting.clear();
  }

  /** Aborted when time is up. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Whether time is up. */
  get passed(): boolean {
    // A function that held the thread up has kept the timer from firing.
    if (!this.#controller.signal.aborted && this.#left() <= 0) {
      this.#pass();
    }
    return this.#controller.signal.aborted;
  }

  /** Waits for something, where it is to be waited for, but not beyond the deadline. */
  race<T>(work: T | PromiseLike<T>): T | PromiseLike<T | typeof LATE> {
    if (!isPromise(work)) {
      return work;
    }
    return this.#controller.signal.aborted ? Promise.race([work, Promise.resolve(LATE)]) : this.#wait(work);
  }

  #wait<T>(work: PromiseLike<T>): Promise<T | typeof LATE> {
    return new Promise((resolve, reject) => {
      this.#waiting.add(resolve);
      const done = (): void => {
        this.#waiting.delete(resolve);
      };
      work.then(resolve, reject);
      work.then(done, done);
    });
  }

  /** Ends the timer. */
  clear(): void {
    clearTimeout(this.#timer);
  }
}
