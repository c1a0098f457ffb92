/** Files that are given together: their schemas, and their events, which are one event to the worker. */

import type { EnvelopePart, ErrorDocument } from "kafkalens/inline";
import { ask } from "./client.js";
import { type EventFile, type Opened, Refused } from "./files.js";
import type { Schema } from "./model.js";
import { place } from "./problem.js";

/** What files hold. */
export interface Given {
  schemas: Schema[];
  /** None where no file holds one. */
  event: EventFile | undefined;
  /** Whether the event was made of several. */
  joined: boolean;
  /** What is to be said of files, in sentences. */
  said: string[];
}

/** Reads files, each by `read`. */
export async function given(files: Iterable<File>, read: (file: File) => Promise<Opened>): Promise<Given> {
  const schemas: Schema[] = [];
  const events: EventFile[] = [];
  const said: string[] = [];
  for (const file of files) {
    try {
      const opened = await read(file);
      opened.kind === "schema" ? schemas.push(opened.schema) : events.push(opened.event);
      if (opened.kind === "payload") {
        said.push(`${file.name} is no event: it’s read as one record’s value.`);
      }
    } catch (error) {
      said.push(complaint(error));
    }
  }
  const taken = events.length > 1 ? await withoutFaults(events, said) : events;
  const joined = taken.length > 1;
  return { schemas, event: joined ? asOne(taken) : taken[0], joined, said };
}

/** Why something was not taken. */
export function complaint(error: unknown): string {
  if (!(error instanceof Refused)) {
    throw error;
  }
  return error.message;
}

/** The files that hold events; what is wrong with the others is said. */
async function withoutFaults(files: readonly EventFile[], said: string[]): Promise<EventFile[]> {
  const taken: EventFile[] = [];
  for (const file of files) {
    const fault = await faultOf(file.text);
    fault === undefined ? taken.push(file) : said.push(`${file.name} is left out: ${fault}.`);
  }
  return taken;
}

/** Why a text holds no event; undefined where it does. */
async function faultOf(text: string): Promise<string | undefined> {
  const answer = await ask({ kind: "envelope", event: text });
  if (answer.kind !== "envelope") {
    return answer.kind === "failed" ? told(answer.error, text) : undefined;
  }
  const { parts } = answer.envelope;
  const error = parts.some(isEvent) ? undefined : parts.find((part) => part.error !== undefined)?.error;
  return error && told(error, text);
}

/** Also where it has no records, or only names them. */
function isEvent({ kind, records, partitions, error }: EnvelopePart): boolean {
  return records > 0 || partitions.length > 0 || (kind !== "none" && error === undefined);
}

function told(error: ErrorDocument, text: string): string {
  const where = place(error, text);
  return `${error.code}, ${error.message}${where === undefined ? "" : ` (${where})`}`;
}

/**
 * As CloudWatch Logs gives what was logged: each of its messages may be whatever an event comes in, and the errors of its records
 * count from its own beginning.
 */
function asOne(files: readonly EventFile[]): EventFile {
  const names = files.map(({ name }) => name);
  const name = files.length > 3 ? `${names[0]} and ${files.length - 1} other files` : list(names);
  return { name, text: JSON.stringify({ logEvents: files.map(({ text }) => ({ message: text })) }) };
}

function list(names: readonly string[]): string {
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
