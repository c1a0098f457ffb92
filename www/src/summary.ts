/** How many records there are and how many failed, and the choice of those that the table shows. */

import codes from "kafkalens:codes";
import { button, h } from "./dom.js";
import type { Found } from "./find.js";
import type { Row, Status } from "./protocol.js";

/** How many codes are offered. */
const CODES = 6;

/** Which rows are wanted. */
interface Filter {
  status?: Status;
  code?: string;
}

/** The line above the table. */
export class Summary {
  readonly #place: HTMLElement;
  readonly #chips = h("div", { class: "chips" });
  readonly #search: HTMLInputElement;
  readonly #changed: () => Promise<void>;
  #filter: Filter = {};

  /** Fills a place, and tells when other rows are wanted. */
  constructor(place: HTMLElement, changed: () => Promise<void>) {
    this.#place = place;
    this.#changed = changed;
    this.#search = h("input", {
      type: "search",
      placeholder: "Find  /",
      title: "Looks through all of keys, values, headers, topics, schemas and errors. The key / leads here",
      "aria-label": "Find in the records",
      "aria-keyshortcuts": "/",
      input: () => void changed(),
    });
    // The field stays where it is: what is typed while the rows change is not lost.
    place.append(this.#chips, this.#search);
    this.clear();
  }

  /** For another event: all rows are wanted. */
  reset(): void {
    this.#filter = {};
    this.#search.value = "";
  }

  /** While there are no rows. */
  clear(): void {
    this.#place.hidden = true;
  }

  /** What is sought. */
  get text(): string {
    return this.#search.value;
  }

  /** Puts the cursor into the field. */
  find(): void {
    this.#search.focus();
    this.#search.select();
  }

  /** The places of the rows that are wanted, of those that were found. */
  wanted(rows: readonly Row[], found: Found): number[] {
    return rows.flatMap((row, index) => (passes(row, this.#filter) && found(index) ? [index] : []));
  }

  /** Tells of all rows, and how many are shown; gives that in words. */
  show(rows: readonly Row[], shown: number): string {
    const count = (status: Status) => rows.filter((row) => row.status === status).length;
    const counts = new Map<string, number>();
    for (const code of rows.flatMap((row) => row.codes)) {
      counts.set(code, (counts.get(code) ?? 0) + 1);
    }
    const [failed, tombstones] = [count("failed"), count("tombstone")];
    const bad = failed === 0 ? "none failed" : `${failed.toLocaleString("en")} failed`;
    const offered = [...counts].sort(([, a], [, b]) => b - a).slice(0, CODES);
    this.#chips.replaceChildren(
      h("span", { class: "counts" }, `${number(rows.length, "record")}, ${bad}`),
      this.#toggle("All", {}),
      ...(failed > 0 ? [this.#toggle("Failed", { status: "failed" })] : []),
      ...(tombstones > 0 ? [this.#toggle(number(tombstones, "tombstone"), { status: "tombstone" })] : []),
      ...offered.map(([code, n]) => this.#toggle(`${code} ×${n.toLocaleString("en")}`, { code }, "bad")),
    );
    this.#place.hidden = false;
    return `${number(shown, "record")} shown, ${bad}`;
  }

  #toggle(label: string, filter: Filter, kind = ""): HTMLButtonElement {
    const pressed = this.#filter.status === filter.status && this.#filter.code === filter.code;
    const press = async () => {
      this.#filter = filter;
      await this.#changed();
      this.#chips.querySelector<HTMLElement>('[aria-pressed="true"]')?.focus();
    };
    const title = filter.code && codes[filter.code];
    return button(label, () => void press(), { "aria-pressed": String(pressed), class: kind, title });
  }
}

function passes(row: Row, { status, code }: Filter): boolean {
  return (status === undefined || row.status === status) && (code === undefined || row.codes.includes(code));
}

function number(n: number, word: string): string {
  return `${n.toLocaleString("en")} ${word}${n === 1 ? "" : "s"}`;
}
