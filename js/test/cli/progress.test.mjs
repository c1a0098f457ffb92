// The bar of long work: on a terminal, after a second, and gone in the end.

import assert from "node:assert/strict";
import { test } from "node:test";
import { internals } from "../support/internals.mjs";

const { progress } = await internals({ progress: "cli/progress.ts" });

/** What is drawn of work on files: each `[milliseconds before it, what, share]` is told, or `[milliseconds, { next }]`. */
function drawn(files, steps, { errorTerminal = true, width = 100 } = {}) {
  const drawings = [];
  let time = 0;
  const out = { errorTerminal, width, status: (text) => drawings.push(text) };
  const bar = new progress.Progress(files, out, () => time);
  for (const [wait, what, share] of steps) {
    time += wait;
    if (typeof what === "string") {
      bar.tell(what, share);
    } else {
      bar.next(what.next);
    }
  }
  bar.clear();
  return drawings;
}

const FOUR = ["0.json", "1.json", "2.json", "3.json"].map((next, i) => [i === 0 ? 0 : 600, { next }]);

test("of several files it tells how many are done, after a second", () => {
  assert.deepEqual(drawn(4, FOUR), [
    "████████████░░░░░░░░░░░░ 3/4 2.json",
    "██████████████████░░░░░░ 4/4 3.json",
    "",
  ]);
});

test("of one file it tells how far that is", () => {
  const steps = [
    [0, { next: "big.json" }],
    [900, "1.0 MB read", 0.05],
    [200, "2.0 MB read", 0.1],
    [50, "not drawn so soon again", 0.2],
    [800, "1,000/4,000 records", 0.7],
  ];
  assert.deepEqual(drawn(1, steps), [
    "██░░░░░░░░░░░░░░░░░░░░░░ big.json: 2.0 MB read",
    "█████████████████░░░░░░░ big.json: 1,000/4,000 records",
    "",
  ]);
});

test("of standard input it tells how much has come, and no share of what nobody knows", () => {
  const steps = [
    [0, { next: "-" }],
    [1200, "3.1 MB read"],
  ];
  assert.deepEqual(drawn(1, steps), ["standard input: 3.1 MB read", ""]);
});

test("it never wraps", () => {
  assert.deepEqual(drawn(4, FOUR, { width: 11 }), ["██████████", "██████████", ""]);
});

test("it stays away from files", () => {
  assert.deepEqual(drawn(4, FOUR, { errorTerminal: false }), [""]);
});

test("while something else is waited for, it is drawn all the same", async () => {
  const drawings = [];
  const out = { errorTerminal: true, width: 80, status: (text) => drawings.push(text) };
  const start = Date.now() - 2_000;
  let first = true;
  const bar = new progress.Progress(1, out, () => {
    const now = first ? start : Date.now();
    first = false;
    return now;
  });
  await new Promise((done) => setTimeout(done, 400));
  bar.clear();
  assert.ok(drawings.length >= 2, String(drawings.length));
});
