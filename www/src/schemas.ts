/** The schemas that were given, and what each is for. */

import { button, h } from "./dom.js";
import type { Model, Schema } from "./model.js";

/** An item for each schema, with a button that removes it. */
export function schemasView(model: Model, remove: (schema: Schema) => void): HTMLElement[] {
  return model.schemas.map((schema) => {
    const uses = (["value", "key"] as const)
      .filter((side) => model[side].schema === schema)
      .map((side) => `${side}s`);
    const kind = schema.type === "AVRO" ? "Avro" : "Protobuf";
    const served = [...uses, ...schema.references].join(", ");
    return h(
      "li",
      {},
      h("span", { class: "name", title: schema.name }, schema.name),
      button("Remove", () => remove(schema), { class: "quiet", "aria-label": `Remove ${schema.name}` }),
      h("span", { class: "kind" }, served === "" ? `${kind}, not used` : `${kind}, for ${served}`),
    );
  });
}
