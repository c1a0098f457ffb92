/** The page. */

import samples from "kafkalens:samples";
import type { ErrorDocument } from "kafkalens/inline";
import { ask, onLost } from "./client.js";
import { button, byId } from "./dom.js";
import { onDrop } from "./drop.js";
import { complaint, given } from "./events.js";
import { type Opened, open, openSchema, pastedSchema, payloadFile } from "./files.js";
import { Finder } from "./find.js";
import { givenView } from "./given.js";
import { onKeys } from "./keys.js";
import { missingView } from "./missing.js";
import {
  addSchema,
  adopt,
  configuration,
  emptyModel,
  type Model,
  needsSchema,
  propose,
  removeSchema,
  type Schema,
  take,
} from "./model.js";
import { Pane } from "./pane.js";
import { callout, payloadOffer, place } from "./problem.js";
import type { Decoded } from "./protocol.js";
import { schemasView } from "./schemas.js";
import { showSentence } from "./sentence.js";
import { Summary } from "./summary.js";
import { Table } from "./table.js";

/** Text beyond this is kept, but not put into the text area, which would take its time. */
const TEXT_AREA = 200_000;

const paste = byId<HTMLTextAreaElement>("paste");
const schemaPaste = byId<HTMLTextAreaElement>("schema-paste");
const table = new Table((index) => void pane.choose(index));
byId("table").append(table.element);
const pane = new Pane(byId("record"), table, (side, reading) => {
  take(model[side], reading);
  void decode();
});
const summary = new Summary(byId("summary"), () => showRows());
const finder = new Finder();

let model: Model = emptyModel();
let decoded: Decoded | undefined;
/** Whether the readings are of this event: until then, the proposal will see the schemas that are given. */
let proposed = false;
/** Answers to older questions are dropped. */
let current = 0;
/** The event as the worker has it, where it can be seen: a text area makes other line ends of a file's. */
let sent = "";
/** How many schemas were pasted. */
let pasted = 0;
/** Until what is typed is given. */
let typing: ReturnType<typeof setTimeout> | undefined;

// --- What is given

async function giveEvent(text: string, name: string): Promise<void> {
  const { schemas } = model;
  model = { ...emptyModel(), schemas, name, size: text.length };
  sent = text.length <= TEXT_AREA ? text : "";
  summary.reset();
  proposed = false;
  notice("");
  if (text.trim() === "") {
    reset();
    return;
  }
  document.documentElement.dataset.state = "loaded";
  about();
  const mine = begin();
  const [answer, envelope] = await Promise.all([
    ask({ kind: "inspect", event: text }),
    ask({ kind: "envelope" }),
  ]);
  if (!end(mine)) {
    return;
  }
  const told = envelope.kind === "envelope" ? givenView(envelope.envelope) : [];
  byId("given").replaceChildren(...told);
  if (answer.kind === "inspected") {
    propose(model, answer.found);
    proposed = true;
    await decode();
  } else if (answer.kind === "failed") {
    refuseEvent(answer.error, () => {
      const alone = payloadFile(name, new TextEncoder().encode(text));
      giveText(alone.text, alone.name);
    });
    // Records that are only named are no failure: what was told of them stands for it.
    byId("problem").hidden = told.length > 0;
  }
}

/** What is seen is of another question from now on. */
function begin(): number {
  document.documentElement.dataset.busy = "";
  byId("see").ariaBusy = "true";
  return ++current;
}

/** Whether the answer is of the newest question. */
function end(mine: number): boolean {
  if (mine !== current) {
    return false;
  }
  delete document.documentElement.dataset.busy;
  byId("see").ariaBusy = "false";
  return true;
}

onLost((error) => {
  end(++current);
  // No decoding before an event is given again.
  proposed = false;
  if (document.documentElement.dataset.state === "loaded") {
    refuseEvent(error);
  }
});

function reset(): void {
  end(++current);
  decoded = undefined;
  document.documentElement.dataset.state = "empty";
  about();
}

/** Puts a text where it can be seen, unless it is too long for that, or is none that was written by anybody. */
function giveText(text: string, name: string, seen = text.length <= TEXT_AREA): void {
  // What was typed before is replaced.
  clearTimeout(typing);
  paste.value = seen ? text : "";
  paste.placeholder = seen ? "" : `${name}: not shown here. Paste or open another event to replace it.`;
  void giveEvent(text, name);
}

async function giveFiles(files: Iterable<File>, read: (file: File) => Promise<Opened>): Promise<void> {
  notice("");
  const held = model.schemas;
  const { schemas, event, joined, said } = await given(files, read);
  for (const schema of schemas) {
    give(schema, held);
  }
  if (event === undefined) {
    void decode();
  } else {
    giveText(event.text, event.name, joined ? false : undefined);
  }
  // After the event, which clears what was said before it.
  notice(said.join(" "));
}

function give(schema: Schema, held: readonly Schema[]): void {
  addSchema(model, schema, held);
  // An edited file has its use already.
  const used = schema.references.size > 0 || [model.key, model.value].some((side) => side.schema === schema);
  const wanting = [model.key, model.value].some((side) => needsSchema(side) && side.schema === null);
  if (!used && proposed && wanting) {
    adopt(model, schema);
  }
}

function remove(schema: Schema): void {
  removeSchema(model, schema);
  void decode();
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
  const mine = begin();
  const { config, schemas } = configuration(model);
  const answer = await ask({ kind: "decode", config, schemas });
  if (!end(mine)) {
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

function refuseEvent(error: ErrorDocument, readAlone?: () => void): void {
  decoded = undefined;
  showSchemas();
  about();
  const offer = readAlone && payloadOffer(error, readAlone);
  byId("problem").replaceChildren(callout(error, place(error, sent)), ...(offer ?? []));
  byId("problem").hidden = false;
  summary.clear();
  byId("table").hidden = true;
  pane.clear();
  // A configuration can be changed; what is no event needs no sentence.
  byId("sentence").hidden = error.category === "event" || error.code === "INTERNAL";
}

function showProblems({ missing, refused }: Decoded): void {
  byId("sentence").hidden = false;
  byId("table").hidden = false;
  const problems: HTMLElement[] = refused.map(({ error }) => callout(error));
  if (missing.length > 0) {
    problems.push(missingView(missing, model.schemas, () => void decode()));
  }
  byId("problem").replaceChildren(...problems);
  byId("problem").hidden = false;
}

function showSchemas(): void {
  const items = schemasView(model, remove);
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
  const found = await finder.find(summary.text);
  // Another text is sought since, or the event is gone.
  if (found === undefined || decoded === undefined) {
    return;
  }
  const { rows } = decoded;
  const shown = summary.wanted(rows, found);
  byId("status").textContent = summary.show(rows, shown.length);
  table.show(rows, shown);
  const failed = shown.find((index) => rows[index]!.status === "failed");
  const first = failed ?? shown[0];
  if (first === undefined) {
    pane.clear(nothing(rows.length));
  } else {
    await pane.choose(first);
  }
}

function nothing(records: number): string {
  if (records === 0) {
    return "The event holds no record.";
  }
  return summary.text === ""
    ? "No record passes the filter."
    : "No record that passes the filter holds this text. All of each was searched.";
}

// --- What is done

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

function onFiles(id: string, read: (file: File) => Promise<Opened>): void {
  const input = byId<HTMLInputElement>(id);
  input.addEventListener("change", () => {
    const files = [...(input.files ?? [])];
    // So that the same file can be opened again.
    input.value = "";
    void giveFiles(files, read);
  });
}
onFiles("open", open);
onFiles("open-schema", openSchema);

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
    give(pastedSchema(schemaPaste.value, pasted + 1), []);
    pasted++;
  } catch (error) {
    notice(complaint(error));
    return;
  }
  schemaPaste.value = "";
  schemaPaste.hidden = true;
  byId("paste-schema").focus();
  void decode();
});

onDrop({
  files: (files) => void giveFiles(files, open),
  text: (text) => giveText(text, "Dropped"),
});

onKeys(
  new Map([
    ["/", () => summary.find()],
    ["[", () => void pane.turn(-1)],
    ["]", () => void pane.turn(1)],
  ]),
);

for (const sample of samples) {
  const use = () => {
    model.schemas = sample.schemas.map((schema) => ({ ...schema, pasted: false, references: new Set() }));
    giveText(sample.event, sample.name);
  };
  byId("samples").append(button(sample.name, use, { class: "quiet" }));
}

// What index.html says where no script runs.
byId("unserved").remove();
