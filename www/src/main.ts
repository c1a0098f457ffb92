/** The page. */

import samples from "kafkalens:samples";
import type { ErrorDocument, Guess, Reading } from "kafkalens/inline";
import { ask, onLost } from "./client.js";
import { button, byId, h } from "./dom.js";
import { onDrop } from "./drop.js";
import { open, pastedSchema, Refused } from "./files.js";
import { givenView } from "./given.js";
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
import { callout, place } from "./problem.js";
import type { Decoded, SideName } from "./protocol.js";
import { showRecord } from "./record.js";
import { schemasView } from "./schemas.js";
import { showSentence } from "./sentence.js";
import { Summary } from "./summary.js";
import { Table } from "./table.js";

/** Text beyond this is kept, but not put into the text area, which would take its time. */
const TEXT_AREA = 200_000;

const paste = byId<HTMLTextAreaElement>("paste");
const schemaPaste = byId<HTMLTextAreaElement>("schema-paste");
const pane = byId("record");
const table = new Table((index) => void choose(index));
byId("table").append(table.element);
const summary = new Summary(byId("summary"), () => showRows());

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
  const [answer, given] = await Promise.all([
    ask({ kind: "inspect", event: text }),
    ask({ kind: "envelope" }),
  ]);
  if (!end(mine)) {
    return;
  }
  const told = given.kind === "envelope" ? givenView(given.envelope) : [];
  byId("given").replaceChildren(...told);
  if (answer.kind === "inspected") {
    propose(model, answer.found);
    proposed = true;
    await decode();
  } else if (answer.kind === "failed") {
    refuseEvent(answer.error);
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

/** Puts a text where it can be seen, unless it is too long for that. */
function giveText(text: string, name: string): void {
  // What was typed before is replaced.
  clearTimeout(typing);
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
  const refused: string[] = [];
  const held = model.schemas;
  for (const file of files) {
    try {
      const opened = await open(file);
      opened.kind === "schema" ? give(opened.schema, held) : events.push(opened);
    } catch (error) {
      refused.push(complaint(error));
    }
  }
  const event = events.at(-1);
  event === undefined ? void decode() : giveText(event.text, event.name);
  // After the event, which clears what was said before it.
  notice(refused.join(" "));
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

function complaint(error: unknown): string {
  if (!(error instanceof Refused)) {
    throw error;
  }
  return error.message;
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

function refuseEvent(error: ErrorDocument): void {
  decoded = undefined;
  showSchemas();
  about();
  byId("problem").replaceChildren(callout(error, place(error, sent)));
  byId("problem").hidden = false;
  summary.clear();
  byId("table").hidden = true;
  pane.replaceChildren();
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
  const { rows } = decoded!;
  const shown = summary.wanted(rows);
  byId("status").textContent = summary.show(rows, shown.length);
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
  showRecord(pane, answer.record, {
    previous: turn(-1),
    next: turn(1),
    readings,
    guess: (side) => guess(index, side),
  });
}

async function detect(index: number, side: SideName): Promise<readonly Reading[]> {
  const answer = await ask({ kind: "detect", index, side });
  return answer.kind === "detected" ? answer.readings : [];
}

async function guess(index: number, side: SideName): Promise<Guess | ErrorDocument | undefined> {
  const answer = await ask({ kind: "guess", index, side });
  return answer.kind === "guessed" ? answer.found : answer.kind === "failed" ? answer.error : undefined;
}

/** The pane's own buttons stay in focus. */
async function turnTo(index: number, by: number): Promise<void> {
  await choose(index);
  const buttons = pane.querySelectorAll<HTMLButtonElement>(".turn button");
  const wanted = buttons[by < 0 ? 0 : 1]!;
  (wanted.disabled ? buttons[by < 0 ? 1 : 0]! : wanted).focus();
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
  files: (files) => void giveFiles(files),
  text: (text) => giveText(text, "Dropped"),
});

for (const sample of samples) {
  const use = () => {
    model.schemas = sample.schemas.map((schema) => ({ ...schema, pasted: false, references: new Set() }));
    giveText(sample.event, sample.name);
  };
  byId("samples").append(button(sample.name, use, { class: "quiet" }));
}
