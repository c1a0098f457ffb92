/** Telling of failures: what tells of them never makes more of them. */

import { isPromise } from "../output.js";
import { type RecordFailure, told } from "./failure.js";

/** Tells of each failure by a function, whatever that does. */
export class Telling {
  readonly #by: (failure: RecordFailure) => unknown;
  readonly #pending: PromiseLike<unknown>[] = [];

  constructor(by: (failure: RecordFailure) => unknown) {
    this.#by = by;
  }

  /** Tells of a failure. What is thrown is logged: other records go on, and the answer stays as it is. */
  readonly tell = (failure: RecordFailure): void => {
    try {
      const telling = this.#by(failure);
      if (isPromise(telling)) {
        this.#pending.push(telling.then(undefined, untold));
      }
    } catch (thrown) {
      untold(thrown);
    }
  };

  /** When all has been told. */
  done(): Promise<unknown> | undefined {
    return this.#pending.length === 0 ? undefined : Promise.all(this.#pending);
  }
}

/** One line of JSON. */
export function log(failure: RecordFailure): void {
  line("a Kafka record failed", failure.toJSON());
}

function untold(thrown: unknown): void {
  line("`onFailure` failed", { error: told(thrown) });
}

function line(message: string, more: object): void {
  console.error(JSON.stringify({ level: "ERROR", message, ...more }));
}
