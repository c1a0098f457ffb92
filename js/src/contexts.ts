/** What records have in common, their key in the event, topic and metadata, as the core numbers it. */

import type { Core } from "./core.js";

/** Contexts that are remembered: a batch has one for each partition and schema. */
const CONTEXTS = 1000;

/** Characters of all that are remembered. */
const CHARACTERS = 1 << 20;

/** Those of one core. */
export class Contexts {
  readonly #core: Core;
  readonly #numbers = new Map<string, number>();
  #characters = 0;

  constructor(core: Core) {
    this.#core = core;
  }

  /** The number of a context, given as a JSON text; -1 where that holds a text that JSON can't. The core's memory may grow. */
  number(text: string): number {
    let number = this.#numbers.get(text);
    if (number === undefined) {
      number = this.#core.context(text);
      this.#numbers.set(text, number);
      this.#characters += text.length;
    }
    return number;
  }

  /** Whether there are so many that the core should {@link Core.forget} them. */
  get full(): boolean {
    return this.#numbers.size >= CONTEXTS || this.#characters > CHARACTERS;
  }

  /** Forgets them, as the core has. */
  forget(): void {
    this.#numbers.clear();
    this.#characters = 0;
  }
}
