/** A Protobuf payload without its schema: numbered fields, each with what it may be. */

import type { ErrorDocument, FieldReading, Guess, GuessedField } from "kafkalens/inline";
import { h } from "./dom.js";
import { callout } from "./problem.js";

/** How much of a value is shown. */
const SHOWN = 200;

/** Asks what is found in a payload, or why it is no message. */
export type AskGuess = () => Promise<Guess | ErrorDocument | undefined>;

/** A part of the pane that fills itself when it is opened. */
export function fieldsView(name: string, ask: AskGuess): HTMLElement {
  const place = h("div", { class: "fields" });
  const fill = async () => {
    const guessed = await ask();
    if (guessed !== undefined) {
      place.replaceChildren("code" in guessed ? callout(guessed) : message(guessed));
    }
  };
  const toggle = () => {
    if (details.open && place.childElementCount === 0) {
      void fill();
    }
  };
  const summary = h("summary", {}, `Read the ${name.toLowerCase()} as Protobuf without a schema`);
  const details: HTMLDetailsElement = h("details", { toggle }, summary, place);
  return details;
}

function message({ fields, start, truncated }: Guess): HTMLElement {
  const where = start === 0 ? "" : `The message begins at byte ${start}. `;
  const more = truncated === true ? "There is more than is shown. " : "";
  const none = fields.length === 0 ? "It has no fields." : "";
  const about = `${where}${more}${none}`.trim();
  return h("div", {}, about !== "" && h("p", {}, about), list(fields));
}

function list(fields: readonly GuessedField[]): HTMLElement {
  return h("ol", {}, ...fields.map(item));
}

function item({ number, start, end, readings: [likely, ...others] }: GuessedField): HTMLElement {
  const place = { title: `bytes ${start} to ${end - 1}` };
  if (likely === undefined) {
    return h("li", place, h("strong", {}, String(number)));
  }
  const nested = likely.as === "message" || likely.as === "group" ? list(likely.value) : undefined;
  return h(
    "li",
    place,
    h("strong", {}, String(number)),
    reading(likely),
    others.length > 0 && h("span", { class: "or" }, "or ", ...others.flatMap(alternative)),
    nested,
  );
}

function alternative(other: FieldReading, index: number): (Node | string)[] {
  return index === 0 ? [reading(other)] : [", ", reading(other)];
}

function reading({ as, value, truncated }: FieldReading): HTMLElement {
  const kind = h("span", { class: "kind" }, as);
  if (as === "message" || as === "group") {
    return h("span", {}, kind);
  }
  const text =
    as === "string" ? JSON.stringify(value) : Array.isArray(value) ? value.join(", ") : String(value);
  const cut = text.length > SHOWN || truncated === true ? "…" : "";
  return h("span", {}, kind, " ", h("code", {}, `${text.slice(0, SHOWN)}${cut}`));
}
