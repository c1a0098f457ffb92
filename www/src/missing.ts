/** The schemas that an event names and that were not given. */

import { choice, h } from "./dom.js";
import type { Schema } from "./model.js";

/** How many are listed. */
const LISTED = 20;

/** A block that lists them, each with a choice among the schemas that were given. */
export function missingView(
  missing: readonly string[],
  schemas: readonly Schema[],
  assigned: () => void,
): HTMLElement {
  const one = missing.length === 1;
  const items = missing
    .slice(0, LISTED)
    .map((reference) => h("li", {}, h("code", {}, reference), assign(reference, schemas, assigned)));
  return h(
    "div",
    { class: "callout need" },
    h("p", { class: "code" }, one ? "A schema is missing" : `${missing.length} schemas are missing`),
    h(
      "p",
      { class: "why" },
      `Open ${one ? "it" : "them"} under “Schemas”, or drop ${one ? "it" : "them"} here.`,
    ),
    h("ul", { class: "need-list" }, ...items, missing.length > LISTED && h("li", {}, "…")),
  );
}

function assign(
  reference: string,
  schemas: readonly Schema[],
  assigned: () => void,
): HTMLElement | undefined {
  if (schemas.length === 0) {
    return undefined;
  }
  const options = schemas.map((schema, i) => [String(i), `is ${schema.name}`] as const);
  return choice(`Schema for ${reference}`, [["", "is …"] as const, ...options], "", (index) => {
    schemas[Number(index)]?.references.add(reference);
    assigned();
  });
}
