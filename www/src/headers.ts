/** A record's headers. */

import { fromBase64 } from "../../js/src/base64.js";
import { button, copier, h } from "./dom.js";
import type { RecordDetail } from "./protocol.js";
import { hexOf, plainText } from "./text.js";

/** A part of the pane with all headers. */
export function headersView(headers: RecordDetail["headers"]): HTMLElement {
  return h(
    "section",
    { class: "part", "aria-label": "Headers" },
    h(
      "div",
      { class: "part-title" },
      h("h3", {}, "Headers"),
      h("span", { class: "about" }, headers.length === 0 ? "none" : ""),
    ),
    headers.length > 0 && h("table", { class: "headers" }, h("tbody", {}, ...headers.map(row))),
  );
}

function row({ name, value }: RecordDetail["headers"][number]): HTMLElement {
  const bytes = value === null ? undefined : fromBase64(value);
  const content =
    bytes === undefined ? ["null"] : bytes.length === 0 ? ["zero bytes"] : readings(name, bytes);
  return h("tr", {}, h("th", { scope: "row" }, name), h("td", {}, ...content));
}

/** A header's value as text where it is one, else as hex, with a button for the other. */
function readings(name: string, bytes: Uint8Array): Node[] {
  const text = plainText(bytes);
  let asText = text !== undefined;
  const shown = () => (asText ? text! : hexOf(bytes));
  const place = h("span", {}, shown());
  const toggle = button("Hex", () => {
    asText = !asText;
    place.replaceChildren(h("span", {}, shown()));
    toggle.textContent = asText ? "Hex" : "Text";
  });
  toggle.className = "quiet";
  const copy = copier("Copy", shown);
  copy.title = `Copy ${name}`;
  toggle.title = `Show ${name} as text or hex`;
  return [place, h("span", { class: "acts" }, text !== undefined && toggle, copy)];
}
