/** The pane of the chosen record, which asks the worker for it. */

import type { ErrorDocument, Guess, Reading } from "kafkalens/inline";
import type { SideName } from "../../js/src/side.js";
import { ask } from "./client.js";
import { h } from "./dom.js";
import { showRecord } from "./record.js";
import type { Table } from "./table.js";

/** The pane. */
export class Pane {
  readonly #place: HTMLElement;
  readonly #table: Table;
  readonly #take: (side: SideName, reading: Reading) => void;

  /** Fills a place with records of a table, and tells which reading is to be taken. */
  constructor(place: HTMLElement, table: Table, take: (side: SideName, reading: Reading) => void) {
    this.#place = place;
    this.#table = table;
    this.#take = take;
  }

  /** Shows no record, but perhaps why. */
  clear(why?: string): void {
    this.#place.replaceChildren(...(why === undefined ? [] : [h("p", { class: "none" }, why)]));
  }

  /** Shows a record, by its place in the event. */
  async choose(index: number): Promise<void> {
    this.#table.choose(index);
    const answer = await ask({ kind: "record", index });
    if (answer.kind !== "record") {
      return;
    }
    const turn = (by: number) =>
      this.#table.neighbour(by) === undefined ? undefined : () => void this.turn(by);
    showRecord(this.#place, answer.record, {
      previous: turn(-1),
      next: turn(1),
      readings: (side) => ({
        ask: () => detect(index, side),
        take: (reading) => this.#take(side, reading),
      }),
      guess: (side) => guess(index, side),
    });
  }

  /** Shows the record that comes `by` after this one. The pane's own buttons stay in focus. */
  async turn(by: number): Promise<void> {
    const target = this.#table.neighbour(by);
    if (target === undefined) {
      return;
    }
    const held = this.#place.contains(document.activeElement);
    await this.choose(target);
    if (held) {
      const buttons = this.#place.querySelectorAll<HTMLButtonElement>(".turn button");
      const wanted = buttons[by < 0 ? 0 : 1]!;
      (wanted.disabled ? buttons[by < 0 ? 1 : 0]! : wanted).focus();
    }
  }
}

async function detect(index: number, side: SideName): Promise<readonly Reading[]> {
  const answer = await ask({ kind: "detect", index, side });
  return answer.kind === "detected" ? answer.readings : [];
}

async function guess(index: number, side: SideName): Promise<Guess | ErrorDocument | undefined> {
  const answer = await ask({ kind: "guess", index, side });
  return answer.kind === "guessed" ? answer.found : answer.kind === "failed" ? answer.error : undefined;
}
