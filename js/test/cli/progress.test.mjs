// The bar of long work: on a terminal, after a second, and gone in the end.

import assert from "node:assert/strict";
import { test } from "node:test";
import { internals } from "../support/internals.mjs";

const { progress } = await internals({ progress: "cli/progress.ts" });

/** What is drawn of work in four steps that take 600 ms each. */
function drawn(errorTerminal, width = 100) {
  const drawings = [];
  let time = 0;
  const out = { errorTerminal, width, status: (text) => drawings.push(text) };
  const bar = new progress.Progress(4, out, () => time);
  for (let step = 0; step < 4; step++) {
    bar.done(step, `${step}.json`);
    time += 600;
  }
  bar.clear();
  bar.clear();
  return drawings;
}

test("it is drawn over itself after a second, and cleared once", () => {
  assert.deepEqual(drawn(true), [
    "\r\x1b[K████████████░░░░░░░░░░░░ 2/4 2.json",
    "\r\x1b[K██████████████████░░░░░░ 3/4 3.json",
    "\r\x1b[K",
  ]);
});

test("it never wraps", () => {
  assert.deepEqual(drawn(true, 11), ["\r\x1b[K██████████", "\r\x1b[K██████████", "\r\x1b[K"]);
});

test("it stays away from files", () => {
  assert.deepEqual(drawn(false), []);
});
