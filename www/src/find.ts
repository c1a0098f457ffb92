/** Find, which asks the worker. */

import { ask } from "./client.js";

/** Whether a record, by its place in the event, is among those that were found. */
export type Found = (index: number) => boolean;

/** Asks one question at a time: while somebody types, those in between are left out. */
export class Finder {
  #newest = 0;
  #asked: Promise<unknown> = Promise.resolve();

  /** The records that hold a text; undefined where another was sought since. */
  async find(text: string): Promise<Found | undefined> {
    const mine = ++this.#newest;
    if (text === "") {
      return () => true;
    }
    await this.#asked;
    if (mine !== this.#newest) {
      return undefined;
    }
    const asked = ask({ kind: "find", text });
    this.#asked = asked;
    const answer = await asked;
    if (mine !== this.#newest || answer.kind !== "found") {
      return undefined;
    }
    const indexes = new Set(answer.indexes);
    return (index) => indexes.has(index);
  }
}
