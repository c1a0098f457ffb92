/** An error, as its user reads it. */

import codes from "kafkalens:codes";
import type { ErrorDocument } from "kafkalens/inline";
import { button, h } from "./dom.js";

/** A block with everything that is known of an error. */
export function callout(error: ErrorDocument, where?: string): HTMLElement {
  const place = [
    error.path !== undefined &&
      error.path !== "$" &&
      !error.message.includes(error.path) &&
      `at ${error.path}`,
    error.byteOffset !== undefined && (where ?? `byte ${error.byteOffset}${space(error)}`),
  ].filter(Boolean);
  return h(
    "div",
    { class: "callout" },
    codeView(error.code),
    h("p", { class: "why" }, `${sentence(error.message)}`),
    place.length > 0 && h("p", { class: "more" }, sentence(place.join(", "))),
    error.frame !== undefined && h("pre", { tabindex: 0 }, error.frame),
    // What this one says is for programs; the page says what is missing above its table.
    error.hint !== undefined &&
      error.code !== "SCHEMA_MISSING" &&
      h("p", { class: "more" }, `Hint: ${error.hint}.`),
  );
}

/** The code, which opens to tell what it means. */
function codeView(code: string): HTMLElement {
  const about = codes[code];
  return about === undefined
    ? h("p", { class: "code" }, code)
    : h(
        "details",
        {},
        h("summary", { class: "code", title: "What does it mean?" }, code),
        h("p", { class: "more" }, about),
      );
}

/** Where a text is no event, a button that reads it as a payload. */
export function payloadOffer({ code }: ErrorDocument, read: () => void): HTMLElement[] {
  return code === "EVENT_NOT_JSON" || code === "EVENT_SHAPE"
    ? [
        h(
          "div",
          { class: "actions" },
          h("span", { class: "hint" }, "Is it a payload by itself? Base64 and hex will do."),
          button("Read it as one record’s value", read),
        ),
      ]
    : [];
}

/** Line and column of an error in the event's text. */
export function place({ space, byteOffset }: ErrorDocument, event: string): string | undefined {
  if (space !== "event" || byteOffset === undefined || event === "") {
    return undefined;
  }
  const before = new TextDecoder()
    .decode(new TextEncoder().encode(event).subarray(0, byteOffset))
    .split(/\r\n?|\n/);
  return `line ${before.length}, column ${before.at(-1)!.length + 1} of the event`;
}

function space({ space }: ErrorDocument): string {
  const names: Record<string, string> = { body: " of the inflated body", base64: " of the base64 text" };
  return space === undefined ? "" : (names[space] ?? ` of the ${space}`);
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
