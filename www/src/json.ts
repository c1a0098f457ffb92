/** JSON text with its parts told apart, as text nodes. */

import { visible } from "../../js/src/visible.js";
import { h } from "./dom.js";

/** How much of one value is shown at first. */
const SHOWN = 200_000;
const TOKENS = /("(?:[^"\\]|\\.)*")(:)?|(-?\d[\d.eE+-]*)|(true|false|null)/g;

/** A block of JSON text. */
export function jsonView(text: string, label: string): HTMLElement {
  const block = h("pre", { class: "code-box json", tabindex: 0, role: "region", "aria-label": label });
  const part = text.length > SHOWN ? text.slice(0, SHOWN) : text;
  const shown = visible(part);
  let at = 0;
  for (const match of shown.matchAll(TOKENS)) {
    block.append(shown.slice(at, match.index));
    block.append(h("span", { class: kind(match) }, match[1] ?? match[0]), match[2] ?? "");
    at = match.index + match[0].length;
  }
  block.append(shown.slice(at));
  if (part.length < text.length) {
    block.append(
      `\n… ${(text.length - part.length).toLocaleString("en")} more characters: “Copy JSON” has them all`,
    );
  }
  return block;
}

function kind([, string, colon, number]: RegExpMatchArray): string {
  if (string !== undefined) {
    return colon === undefined ? "j-string" : "j-name";
  }
  return number === undefined ? "j-word" : "j-number";
}
