/** How keys and values are read, as sentences whose words can be changed. */

import type { SideName } from "../../js/src/side.js";
import { choice, h } from "./dom.js";
import { FORMATS, FRAMINGS, type Model, needsSchema, type Schema } from "./model.js";

/** Writes the sentences anew. */
export function showSentence(place: HTMLElement, model: Model, changed: () => void): void {
  place.replaceChildren(
    sentence("Values", "value", model, changed),
    sentence("Keys", "key", model, changed),
    h(
      "p",
      {},
      "They are shown ",
      choice(
        "How values are shown",
        [
          ["plain", "plainly"],
          ["avro-json", "in Avro’s JSON encoding"],
          ["protojson", "as ProtoJSON"],
        ],
        model.dialect,
        (dialect) => {
          model.dialect = dialect;
          changed();
        },
      ),
      ".",
    ),
  );
}

function sentence(subject: string, side: SideName, model: Model, changed: () => void): HTMLElement {
  const reading = model[side];
  const words: (Node | string)[] = [
    h("span", { class: "subject" }, subject),
    " are ",
    choice(`Format of the ${side}s`, FORMATS, reading.format, (format) => {
      reading.format = format;
      reading.schema = fitting(model.schemas, format).at(-1) ?? null;
      changed();
    }),
    " ",
    choice(`Framing of the ${side}s`, FRAMINGS, reading.framing, (framing) => {
      reading.framing = framing;
      changed();
    }),
  ];
  if (needsSchema(reading)) {
    words.push(", by ", schemaChoice(side, model, changed));
  }
  if (reading.format === "protobuf") {
    words.push(", as message ", messageInput(side, model, changed));
  }
  return h("p", {}, ...words, ".");
}

function schemaChoice(side: SideName, model: Model, changed: () => void): HTMLElement {
  const reading = model[side];
  const fit = fitting(model.schemas, reading.format);
  const options = fit.map((schema, i) => [String(i), schema.name] as const);
  const value = reading.schema === null ? "own" : String(fit.indexOf(reading.schema));
  return choice(
    `Schema of the ${side}s`,
    [
      ["own", fit.length === 0 ? "a schema that you give" : "the schema of each record’s id"] as const,
      ...options,
    ],
    value,
    (chosen) => {
      reading.schema = chosen === "own" ? null : fit[Number(chosen)]!;
      changed();
    },
  );
}

function messageInput(side: SideName, model: Model, changed: () => void): HTMLElement {
  const input = h("input", {
    "aria-label": `Message of the ${side}s, by its full name`,
    placeholder: "that it names",
    value: model[side].message,
    spellcheck: "false",
    change: () => {
      model[side].message = input.value.trim();
      changed();
    },
  });
  return input;
}

function fitting(schemas: readonly Schema[], format: string): Schema[] {
  return schemas.filter(({ type }) => type === (format === "avro" ? "AVRO" : "PROTOBUF"));
}
