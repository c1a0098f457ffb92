/** The table of records. However many there are, only the rows in sight exist. */

import { h } from "./dom.js";
import type { Row } from "./protocol.js";

const BEYOND = 8;
const TITLES = ["Record", "Status", "Key", "Value or error", "Schema"];
const LINES = ["place", "status", "key mono", "value mono", "schema mono dim"];

/** A table of rows. */
export class Table {
  readonly element: HTMLElement;
  readonly #titles: HTMLElement;
  readonly #spacer: HTMLElement;
  readonly #choose: (index: number) => void;
  #rows: readonly Row[] = [];
  /** The rows that pass the filter, by their place in the event. */
  #shown: readonly number[] = [];
  #chosen = -1;
  #height = 40;
  readonly #made = new Map<number, HTMLElement>();

  /** A table that tells which record was chosen. */
  constructor(choose: (index: number) => void) {
    this.#choose = choose;
    this.#spacer = h("div", { class: "spacer", role: "rowgroup" });
    const titles = TITLES.map((title, i) =>
      h("div", { role: "columnheader", "aria-colindex": i + 1 }, title),
    );
    this.#titles = h(
      "div",
      { class: "titles", role: "rowgroup" },
      h("div", { class: "row", role: "row", "aria-rowindex": 1 }, ...titles),
    );
    const keydown = (event: Event) => this.#key(event as KeyboardEvent);
    this.element = h(
      "div",
      {
        class: "grid",
        role: "grid",
        tabindex: 0,
        "aria-label": "Records",
        keydown,
        scroll: () => this.#draw(),
      },
      this.#titles,
      this.#spacer,
    );
    new ResizeObserver(() => this.#measure()).observe(this.element);
  }

  /** Shows those of the rows that `shown` lists. */
  show(rows: readonly Row[], shown: readonly number[]): void {
    this.#rows = rows;
    this.#shown = shown;
    this.element.setAttribute("aria-rowcount", String(shown.length + 1));
    this.#clear();
    this.element.scrollTop = 0;
    this.#measure();
  }

  /** Chooses a record, by its place in the event, and brings it into sight. */
  choose(index: number): void {
    const before = this.#position();
    this.#chosen = index;
    for (const position of [before, this.#position()]) {
      this.#made.get(position)?.remove();
      this.#made.delete(position);
    }
    this.#reveal();
    this.#draw();
  }

  /** The record that comes `by` after the chosen one among those shown. */
  neighbour(by: number): number | undefined {
    return this.#shown[this.#position() + by];
  }

  #position(): number {
    return this.#shown.indexOf(this.#chosen);
  }

  #measure(): void {
    this.#height = Number.parseFloat(getComputedStyle(this.element).getPropertyValue("--row")) || 40;
    this.#spacer.style.height = `${this.#shown.length * this.#height}px`;
    this.#clear();
    this.#draw();
  }

  #clear(): void {
    this.#made.clear();
    this.#spacer.replaceChildren();
  }

  /** Scrolls as little as shows the chosen row, below the titles, which stay. */
  #reveal(): void {
    const top = this.#position() * this.#height;
    const { scrollTop } = this.element;
    if (top < scrollTop) {
      this.element.scrollTop = top;
    } else if (top + this.#height > scrollTop + this.#room()) {
      this.element.scrollTop = top + this.#height - this.#room();
    }
  }

  /** The height that rows have. */
  #room(): number {
    return this.element.clientHeight - this.#titles.offsetHeight;
  }

  #draw(): void {
    const { scrollTop } = this.element;
    const first = Math.max(0, Math.floor(scrollTop / this.#height) - BEYOND);
    const end = Math.min(this.#shown.length, Math.ceil((scrollTop + this.#room()) / this.#height) + BEYOND);
    for (const [position, row] of this.#made) {
      // The chosen row stays, since the grid names it as its active one.
      if ((position < first || position >= end) && this.#shown[position] !== this.#chosen) {
        row.remove();
        this.#made.delete(position);
      }
    }
    for (let position = first; position < end; position++) {
      this.#make(position);
    }
    this.#make(this.#position());
    const active = this.#made.get(this.#position());
    active === undefined
      ? this.element.removeAttribute("aria-activedescendant")
      : this.element.setAttribute("aria-activedescendant", active.id);
  }

  #make(position: number): void {
    const index = this.#shown[position];
    if (index === undefined || this.#made.has(position)) {
      return;
    }
    const row = this.#rows[index]!;
    const made = h("div", {
      class: `row is-${row.status}`,
      role: "row",
      id: `row-${index}`,
      "aria-rowindex": position + 2,
      "aria-selected": String(index === this.#chosen),
      click: () => this.#choose(index),
    });
    made.style.top = `${position * this.#height}px`;
    const failed = row.status === "failed";
    const contents = [
      placeOf(row),
      [row.status],
      [row.key],
      [failed ? `${row.codes.join(", ")}: ${row.message}` : row.value],
      [row.schema],
    ];
    contents.forEach((content, i) => {
      const dim = (i === 2 && row.key === "absent") || (i === 3 && row.status === "tombstone") ? " dim" : "";
      const kind = i === 3 && failed ? `${LINES[i]} fault` : `${LINES[i]}${dim}`;
      const attributes = {
        class: kind,
        role: "gridcell",
        "aria-colindex": i + 1,
        title: i === 4 ? row.schema : undefined,
      };
      made.append(h("div", attributes, ...content));
    });
    this.#made.set(position, made);
    this.#spacer.append(made);
  }

  #key(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor(this.#room() / this.#height) - 1);
    const at = this.#position();
    const last = this.#shown.length - 1;
    const targets: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: last,
    };
    const target = targets[event.key];
    if (target !== undefined && last >= 0) {
      event.preventDefault();
      this.#choose(this.#shown[Math.min(last, Math.max(0, target))]!);
    }
  }
}

/** The topic gives way where there is little room, the offset never does. */
function placeOf({ partition, offset }: Row): HTMLElement[] {
  return [h("span", {}, partition), h("span", {}, ` @ ${offset}`)];
}
