/** Bytes, with the framing's and the failing one marked. */

import { button, h } from "./dom.js";

/** How many bytes are shown at first. */
const SHOWN = 2048;

/** From this width on, in pixels, sixteen bytes and their text fit into a row. */
const WIDE = 630;

/** What is marked. */
export interface Marks {
  /** How many bytes the framing takes. */
  frame: number;
  /** The byte at which decoding failed. */
  error: number | undefined;
}

/** A block of hex, its legend above. */
export function hexView(bytes: Uint8Array, marks: Marks, label: string, width: number): HTMLElement {
  const perRow = width < WIDE ? 8 : 16;
  const block = h("div", {
    class: "code-box hex",
    tabindex: 0,
    role: "region",
    "aria-label": describe(label, bytes, marks),
  });
  const around = marks.error === undefined ? 0 : Math.max(0, marks.error - SHOWN / 2);
  const start = bytes.length <= SHOWN ? 0 : Math.floor(around / perRow) * perRow;
  const fill = (from: number, to: number) => {
    block.replaceChildren(...rows(bytes, marks, perRow, from, to));
  };
  fill(start, Math.min(bytes.length, start + SHOWN));
  const view = h("div", { class: "part" }, legend(marks), block);
  if (bytes.length > SHOWN) {
    const more = button(`Show all ${bytes.length.toLocaleString("en")} bytes`, () => {
      fill(0, bytes.length);
      more.remove();
    });
    more.className = "quiet";
    view.append(more);
  }
  return view;
}

function describe(label: string, bytes: Uint8Array, { error }: Marks): string {
  return `${label}, ${bytes.length} bytes${error === undefined ? "" : `, decoding failed at byte ${error}`}`;
}

function legend({ frame, error }: Marks): HTMLElement | undefined {
  const parts = [
    frame > 0 && h("span", { class: "l-frame" }, `schema header, ${frame} bytes`),
    error !== undefined &&
      h("span", { class: "l-mark" }, `failed at byte ${error} (0x${error.toString(16)})`),
  ];
  return h("div", { class: "legend" }, ...parts);
}

function rows(bytes: Uint8Array, marks: Marks, perRow: number, from: number, to: number): Node[] {
  const lines: Node[] = [];
  // A payload that ended too soon failed at the byte behind its last one.
  const end = marks.error === bytes.length && to === bytes.length ? to + 1 : to;
  for (let at = from; at < end; at += perRow) {
    lines.push(row(bytes, marks, perRow, at, Math.min(end, at + perRow)));
  }
  return lines;
}

function row(bytes: Uint8Array, marks: Marks, perRow: number, from: number, to: number): HTMLElement {
  const line = h("div", {}, h("span", { class: "at" }, `${from.toString(16).padStart(6, "0")}  `));
  const text = h("span", { class: "text" });
  for (let at = from; at < from + perRow; at++) {
    const gap = at + 1 === from + perRow ? "  " : at + 1 === from + perRow / 2 ? "  " : " ";
    if (at >= to) {
      line.append(`  ${gap}`);
      continue;
    }
    const byte = bytes[at];
    line.append(marked(byte === undefined ? "··" : byte.toString(16).padStart(2, "0"), at, marks), gap);
    text.append(
      marked(
        byte === undefined ? "·" : byte > 0x1f && byte < 0x7f ? String.fromCharCode(byte) : "·",
        at,
        marks,
      ),
    );
  }
  line.append(text);
  return line;
}

function marked(text: string, at: number, { frame, error }: Marks): Node {
  if (at === error) {
    return h("mark", { title: `byte ${at}` }, text);
  }
  return at < frame ? h("span", { class: "frame" }, text) : document.createTextNode(text);
}
