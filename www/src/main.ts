/** The page. */

import samples from "kafkalens:samples";
import type { ErrorDocument, Reading } from "kafkalens/inline";
import { ask } from "./client.js";
import { button, byId, choice, h } from "./dom.js";
import { open, pastedSchema, Refused } from "./files.js";
import {
  adopt,
  configuration,
  emptyModel,
  type Model,
  needsSchema,
  propose,
  type Schema,
  take,
} from "./model.js";
import { callout } from "./problem.js";
import type { Decoded, Row, SideName } from "./protocol.js";
import { showRecord } from "./record.js";
import { showSentence } from "./sentence.js";
import { Table } from "./table.js";

/** Text beyond this is kept, but not put into the text area, which would take its time. */
const TEXT_AREA = 200_000;

const paste = byId<HTMLTextAreaElement>("paste");
const schemaPaste = byId<HTMLTextAreaElement>("schema-paste");
const pane = byId("record");
const table = new Table((index) => void choose(index));
byId("table").append(table.element);

let model: Model = emptyModel();
let decoded: Decoded | undefined;
let filter: { status?: Row["status"]; code?: string; text: string } = { text: "" };
/** Whether the readings are of this event: until then, the proposal will see the schemas that are given. */
let proposed = false;
/** Answers to older questions are dropped. */
let current = 0;

// --- What is given

async function giveEvent(text: string, name: string): Promise<void> {
  const { schemas } = model;
  model = { ...emptyModel(), schemas, name, size: text.length };
  filter = { text: "" };
  proposed = false;
  notice("");
  if (text.trim() === "") {
    reset();
    return;
  }
  document.documentElement.dataset.state = "loaded";
  const mine = ++current;
  const answer = await ask({ kind: "inspect", event: text });
  if (mine !== current) {
    return;
  }
  if (answer.kind === "inspected") {
    propose(model, answer.found);
    proposed = true;
    await decode();
  } else if (answer.kind === "failed") {
    refuseEvent(answer.error);
  }
}

function reset(): void {
  current++;
  decoded = undefined;
  document.documentElement.dataset.state = "empty";
  about();
}

/** Puts a text where it can be seen, unless it is too long for that. */
function giveText(text: string, name: string): void {
  const short = text.length <= TEXT_AREA;
  paste.value = short ? text : "";
  paste.placeholder = short
    ? ""
    : `${name} is too long to be shown here. Paste or open another event to replace it.`;
  void giveEvent(text, name);
}

async function giveFiles(files: Iterable<File>): Promise<void> {
  notice("");
  const events: { name: string; text: string }[] = [];
  for (const file of files) {
    try {
      const opened = await open(file);
      opened.kind === "schema" ? addSchema(opened.schema) : events.push(opened);
    } catch (error) {
      complain(error);
    }
  }
  const event = events.at(-1);
  event === undefined ? void decode() : giveText(event.text, event.name);
}

function addSchema(schema: Schema): void {
  model.schemas = [...model.schemas.filter(({ name }) => name !== schema.name), schema];
  for (const side of [model.key, model.value]) {
    // The same file again: it was edited.
    if (side.schema !== null && !model.schemas.includes(side.schema)) {
      side.schema = side.schema.name === schema.name ? schema : null;
    }
  }
  if (needsNewSchema(schema)) {
    adopt(model, schema);
  }
}

function needsNewSchema(schema: Schema): boolean {
  const used = [model.key, model.value].some((side) => side.schema === schema);
  const wanting = [model.key, model.value].some((side) => needsSchema(side) && side.schema === null);
  return !used && proposed && wanting;
}

function removeSchema(schema: Schema): void {
  model.schemas = model.schemas.filter((other) => other !== schema);
  for (const side of [model.key, model.value]) {
    side.schema = side.schema === schema ? null : side.schema;
  }
  void decode();
}

function complain(error: unknown): void {
  if (!(error instanceof Refused)) {
    throw error;
  }
  notice(error.message);
}

function notice(text: string): void {
  byId("notice").textContent = text;
}

// --- What is seen

async function decode(): Promise<void> {
  showSchemas();
  about();
  // An event that is still looked at is decoded as soon as its readings are proposed.
  if (document.documentElement.dataset.state !== "loaded" || !proposed) {
    return;
  }
  showSentence(byId("sentence"), model, changed);
  const mine = ++current;
  const { config, schemas } = configuration(model);
  const answer = await ask({ kind: "decode", config, schemas });
  if (mine !== current) {
    return;
  }
  if (answer.kind === "decoded") {
    decoded = answer.result;
    showProblems(answer.result);
    await showRows();
  } else if (answer.kind === "failed") {
    refuseEvent(answer.error);
  }
}

/** Decodes anew, with the word still in focus that was changed. */
function changed(): void {
  const label = document.activeElement?.getAttribute("aria-label");
  void decode();
  if (label !== null && label !== undefined) {
    byId("sentence")
      .querySelector<HTMLElement>(`[aria-label="${CSS.escape(label)}"]`)
      ?.focus();
  }
}

function refuseEvent(error: ErrorDocument): void {
  decoded = undefined;
  showSchemas();
  about();
  byId("problem").replaceChildren(callout(error, place(error)));
  byId("summary").replaceChildren();
  byId("table").hidden = true;
  pane.replaceChildren();
  // A configuration can be changed; what is no event needs no sentence.
  byId("sentence").hidden = error.category === "event";
}

/** Line and column of an event's error. */
function place({ space, byteOffset }: ErrorDocument): string | undefined {
  if (space !== "event" || byteOffset === undefined || paste.value === "") {
    return undefined;
  }
  const before = new TextDecoder()
    .decode(new TextEncoder().encode(paste.value).subarray(0, byteOffset))
    .split("\n");
  return `line ${before.length}, column ${before.at(-1)!.length + 1} of the event`;
}

function showProblems({ missing, refused }: Decoded): void {
  byId("sentence").hidden = false;
  byId("table").hidden = false;
  const problems: HTMLElement[] = refused.map(({ error }) => callout(error));
  if (missing.length > 0) {
    problems.push(wanted(missing));
  }
  byId("problem").replaceChildren(...problems);
}

/** What schemas the event names that are not at hand. */
function wanted(missing: readonly string[]): HTMLElement {
  const shown = missing.slice(0, 20);
  const one = missing.length === 1;
  const items = shown.map((reference) => h("li", {}, h("code", {}, reference), assign(reference)));
  return h(
    "div",
    { class: "callout need" },
    h("p", { class: "code" }, one ? "A schema is missing" : `${missing.length} schemas are missing`),
    h(
      "p",
      { class: "why" },
      `Open ${one ? "it" : "them"} under “Schemas”, or drop ${one ? "it" : "them"} here.`,
    ),
    h("ul", { class: "need-list" }, ...items, missing.length > shown.length && h("li", {}, "…")),
  );
}

function assign(reference: string): HTMLElement | undefined {
  if (model.schemas.length === 0) {
    return undefined;
  }
  const options = model.schemas.map((schema, i) => [String(i), `is ${schema.name}`] as const);
  return choice(`Schema for ${reference}`, [["", "is …"] as const, ...options], "", (index) => {
    model.schemas[Number(index)]?.references.add(reference);
    void decode();
  });
}

function showSchemas(): void {
  const items = model.schemas.map((schema) => {
    const uses = (["value", "key"] as const)
      .filter((side) => model[side].schema === schema)
      .map((side) => `${side}s`);
    const kind = schema.type === "AVRO" ? "Avro" : "Protobuf";
    const served = [...uses, ...schema.references].join(", ");
    return h(
      "li",
      {},
      h("span", { class: "name", title: schema.name }, schema.name),
      button("Remove", () => removeSchema(schema), { class: "quiet", "aria-label": `Remove ${schema.name}` }),
      h("span", { class: "kind" }, served === "" ? `${kind}, not used` : `${kind}, for ${served}`),
    );
  });
  byId("schemas").replaceChildren(...items);
  byId("schema-hint").hidden = items.length > 0;
}

function about(): void {
  const loaded = document.documentElement.dataset.state === "loaded";
  byId("event-about").textContent = loaded ? `${model.name} · ${size(model.size)}` : "";
  byId("clear").hidden = !loaded;
}

function size(length: number): string {
  return length < 10_000
    ? `${length.toLocaleString("en")} characters`
    : `${(length / 1e6).toFixed(length < 1e6 ? 2 : 1)} MB`;
}

async function showRows(): Promise<void> {
  const { rows } = decoded!;
  const shown = rows.flatMap((row, index) => (passes(row) ? [index] : []));
  showSummary(rows, shown.length);
  table.show(rows, shown);
  const failed = shown.find((index) => rows[index]!.status === "failed");
  const first = failed ?? shown[0];
  if (first === undefined) {
    pane.replaceChildren(
      h(
        "p",
        { class: "none" },
        rows.length === 0 ? "The event holds no record." : "No record passes the filter.",
      ),
    );
  } else {
    await choose(first);
  }
}

function passes(row: Row): boolean {
  const text = filter.text.toLowerCase();
  return (
    (filter.status === undefined || row.status === filter.status) &&
    (filter.code === undefined || row.codes.includes(filter.code)) &&
    (text === "" ||
      `${row.place} ${row.key} ${row.value} ${row.schema} ${row.message}`.toLowerCase().includes(text))
  );
}

function showSummary(rows: readonly Row[], shown: number): void {
  const count = (status: Row["status"]) => rows.filter((row) => row.status === status).length;
  const codes = new Map<string, number>();
  for (const code of rows.flatMap((row) => row.codes)) {
    codes.set(code, (codes.get(code) ?? 0) + 1);
  }
  const [failed, tombstones] = [count("failed"), count("tombstone")];
  const number = (n: number, word: string) => `${n.toLocaleString("en")} ${word}${n === 1 ? "" : "s"}`;
  const toggle = (label: string, set: Pick<typeof filter, "status" | "code">, kind = "") => {
    const pressed = filter.status === set.status && filter.code === set.code;
    const press = () => {
      filter = { ...set, text: filter.text };
      void showRows().then(() => summary.querySelector<HTMLElement>('[aria-pressed="true"]')?.focus());
    };
    return button(label, press, { "aria-pressed": String(pressed), class: kind });
  };
  const summary = byId("summary");
  const search = summary.querySelector("input") ?? searchBox();
  const bad = failed === 0 ? "none failed" : `${failed.toLocaleString("en")} failed`;
  summary.replaceChildren(
    h("span", { class: "counts" }, `${number(rows.length, "record")}, ${bad}`),
    toggle("All", {}),
    ...(failed > 0 ? [toggle("Failed", { status: "failed" })] : []),
    ...(tombstones > 0 ? [toggle(number(tombstones, "tombstone"), { status: "tombstone" })] : []),
    ...[...codes]
      .slice(0, 6)
      .map(([code, n]) => toggle(`${code} ×${n.toLocaleString("en")}`, { code }, "bad")),
    search,
  );
  byId("status").textContent = `${number(shown, "record")} shown, ${bad}`;
}

function searchBox(): HTMLInputElement {
  const input: HTMLInputElement = h("input", {
    type: "search",
    placeholder: "Find",
    "aria-label": "Find in the records",
    input: () => {
      filter.text = input.value;
      void showRows().then(() => input.focus());
    },
  });
  return input;
}

async function choose(index: number): Promise<void> {
  table.choose(index);
  const answer = await ask({ kind: "record", index });
  if (answer.kind !== "record") {
    return;
  }
  const turn = (by: number) => {
    const target = table.neighbour(by);
    return target === undefined ? undefined : () => void turnTo(target, by);
  };
  const readings = (side: SideName) => ({
    ask: () => detect(index, side),
    take(reading: Reading) {
      take(model[side], reading);
      void decode();
    },
  });
  showRecord(pane, answer.record, { previous: turn(-1), next: turn(1), readings });
}

async function detect(index: number, side: SideName): Promise<readonly Reading[]> {
  const answer = await ask({ kind: "detect", index, side });
  return answer.kind === "detected" ? answer.readings : [];
}

/** The pane's own buttons stay in focus. */
async function turnTo(index: number, by: number): Promise<void> {
  await choose(index);
  const buttons = pane.querySelectorAll<HTMLButtonElement>(".turn button");
  const wanted = buttons[by < 0 ? 0 : 1]!;
  (wanted.disabled ? buttons[by < 0 ? 1 : 0]! : wanted).focus();
}

// --- What is done

let typing: ReturnType<typeof setTimeout> | undefined;
paste.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => void giveEvent(paste.value, "Pasted"), 250);
});
paste.addEventListener("paste", (event) => {
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (text.length > TEXT_AREA) {
    event.preventDefault();
    giveText(text, "Pasted");
  }
});

function onFiles(id: string): void {
  const input = byId<HTMLInputElement>(id);
  input.addEventListener("change", () => {
    const files = [...(input.files ?? [])];
    // So that the same file can be opened again.
    input.value = "";
    void giveFiles(files);
  });
}
onFiles("open");
onFiles("open-schema");

byId("clear").addEventListener("click", () => {
  paste.placeholder = "";
  giveText("", "");
  paste.focus();
});

byId("paste-schema").addEventListener("click", () => {
  schemaPaste.hidden = !schemaPaste.hidden;
  schemaPaste.focus();
});
schemaPaste.addEventListener("input", () => {
  notice("");
  if (schemaPaste.value.trim() === "") {
    return;
  }
  try {
    addSchema(pastedSchema(schemaPaste.value, model.schemas.length + 1));
  } catch (error) {
    complain(error);
    return;
  }
  schemaPaste.value = "";
  schemaPaste.hidden = true;
  byId("paste-schema").focus();
  void decode();
});

let over = 0;
const dropping = (by: number) => {
  over = by === 0 ? 0 : over + by;
  document.documentElement.classList.toggle("dropping", over > 0);
};
addEventListener("dragenter", () => dropping(1));
addEventListener("dragleave", () => dropping(-1));
addEventListener("dragover", (event) => event.preventDefault());
addEventListener("drop", (event) => {
  event.preventDefault();
  dropping(0);
  const { dataTransfer } = event;
  if (dataTransfer === null) {
    return;
  }
  if (dataTransfer.files.length > 0) {
    void giveFiles([...dataTransfer.files]);
  } else {
    giveText(dataTransfer.getData("text/plain"), "Dropped");
  }
});

for (const sample of samples) {
  const use = () => {
    model.schemas = sample.schemas.map((schema) => ({ ...schema, references: new Set() }));
    giveText(sample.event, sample.name);
  };
  byId("samples").append(button(sample.name, use, { class: "quiet" }));
}
