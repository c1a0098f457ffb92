// The vectors where there are no files: the cases go there as a JSON document, and what was printed for each comes back.

import { run } from "./run.mjs";

/** The cases as a document: their events as base64. */
export function portable(cases) {
  return JSON.stringify(
    cases.map((vector) => ({ ...vector, event: Buffer.from(vector.event).toString("base64") })),
  );
}

/** Runs the cases of a document: what was printed for each, and what failed. */
export function runPortable(document, kafkalens) {
  const texts = [];
  const failures = [];
  for (const { event, ...vector } of JSON.parse(document)) {
    try {
      texts.push(run({ ...vector, event: Uint8Array.from(atob(event), (c) => c.charCodeAt(0)) }, kafkalens));
    } catch (error) {
      failures.push(`${vector.name}: ${error.message}`);
    }
  }
  return { texts, failures };
}
