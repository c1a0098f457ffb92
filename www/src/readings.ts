/** How a payload may be read: shown where a side is asked about, and at once where it failed. */

import type { Reading } from "kafkalens/inline";
import { button, h } from "./dom.js";

/** Gives the readings of a payload, and takes one of them. */
export interface Readings {
  ask(): Promise<readonly Reading[]>;
  take(reading: Reading): void;
}

/** A part of the pane that fills itself when it is opened. */
export function readingsView(name: string, readings: Readings, open: boolean): HTMLElement {
  const list = h("ul", { class: "readings" });
  const fill = async () => {
    const found = await readings.ask();
    const items = found.map((reading) => item(reading, () => readings.take(reading)));
    list.replaceChildren(...(items.length > 0 ? items : [h("li", {}, "Nothing speaks for any reading.")]));
  };
  const toggle = () => {
    if (details.open && list.childElementCount === 0) {
      void fill();
    }
  };
  const summary = h("summary", {}, `What may the ${name.toLowerCase()} be?`);
  const details: HTMLDetailsElement = h("details", { open, toggle }, summary, list);
  return details;
}

function item(reading: Reading, take: () => void): HTMLElement {
  const { framing, format, schema, confidence, reason } = reading;
  const what = [framing === "none" ? undefined : framing, format].filter(Boolean).join(" + ");
  return h(
    "li",
    {},
    h("span", { class: "likely" }, `${Math.round(confidence * 100)} %`),
    h("strong", {}, what === "" ? framing : what),
    schema !== undefined && h("code", {}, schema),
    button("Read it so", take, { class: "quiet", "aria-label": `Read it so: ${what}` }),
    h("p", {}, reason),
  );
}
