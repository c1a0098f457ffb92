/** How far work has come, on standard error, once it takes more than a second. */

import type { Output } from "./output.js";

const PATIENCE = 1000;
const CELLS = 24;

/** A bar that is drawn over itself. Nothing is drawn where standard error is no terminal. */
export class Progress {
  readonly #out: Output;
  readonly #total: number;
  readonly #now: () => number;
  readonly #start: number;
  #drawn = "";

  /** Work in so many steps. */
  constructor(total: number, out: Output, now: () => number = Date.now) {
    this.#total = total;
    this.#out = out;
    this.#now = now;
    this.#start = now();
  }

  /** So many steps are done. */
  done(steps: number, what = ""): void {
    if (!this.#out.errorTerminal || this.#now() - this.#start < PATIENCE) {
      return;
    }
    const filled = Math.round((CELLS * steps) / this.#total);
    const bar = `${"█".repeat(filled)}${"░".repeat(CELLS - filled)} ${steps}/${this.#total} ${what}`;
    this.#out.status(`\r\x1b[K${bar.slice(0, this.#out.width - 1)}`);
    this.#drawn = bar;
  }

  /** The work is done, or something else is to be written: the bar goes. */
  clear(): void {
    if (this.#drawn !== "") {
      this.#out.status("\r\x1b[K");
      this.#drawn = "";
    }
  }
}
