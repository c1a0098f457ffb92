/** How far work has come, on standard error, once it takes more than a second. */

import type { Output } from "./output.js";
import { fileName } from "./view.js";

const PATIENCE = 1000;
/** Between two drawings. */
const PAUSE = 100;
const CELLS = 24;

/** A line that is drawn over itself. Nothing is drawn where standard error is no terminal. */
export class Progress {
  readonly #files: number;
  readonly #out: Output;
  readonly #now: () => number;
  readonly #start: number;
  readonly #timer: NodeJS.Timeout | undefined;
  #begun = 0;
  #name = "";
  #what = "";
  #share: number | undefined;
  #drawn: number;

  /** Work on so many files. */
  constructor(files: number, out: Output, now: () => number = Date.now) {
    this.#files = files;
    this.#out = out;
    this.#now = now;
    this.#start = now();
    this.#drawn = this.#start;
    // What is waited for, such as a registry, doesn't tell anything.
    this.#timer = out.errorTerminal ? setInterval(() => this.#draw(), PATIENCE / 4) : undefined;
    this.#timer?.unref();
  }

  /** The next file: what is told from here on is of it. */
  next(name: string): void {
    this.#begun++;
    this.#name = fileName(name);
    this.tell("", 0);
  }

  /** What is done with the file, and which share of the work on it that is, where it is known. */
  tell(what: string, share?: number): void {
    this.#what = what;
    this.#share = share;
    this.#draw();
  }

  /** All is done: the line goes. */
  clear(): void {
    clearInterval(this.#timer);
    this.#out.status("");
  }

  #draw(): void {
    const now = this.#now();
    if (!this.#out.errorTerminal || now - this.#start < PATIENCE || now - this.#drawn < PAUSE) {
      return;
    }
    this.#drawn = now;
    const place = this.#files === 1 ? "" : `${this.#begun}/${this.#files} `;
    const line = `${this.#bar()}${place}${this.#name}${this.#what === "" ? "" : `: ${this.#what}`}`;
    this.#out.status([...line].slice(0, this.#out.width - 1).join(""));
  }

  /** None where nothing is known of how much there is. */
  #bar(): string {
    if (this.#share === undefined && this.#files === 1) {
      return "";
    }
    const filled = Math.round((CELLS * (this.#begun - 1 + (this.#share ?? 0))) / this.#files);
    return `${"█".repeat(filled)}${"░".repeat(CELLS - filled)} `;
  }
}
