// Each deliberate difference, on both packages; and the table in docs/powertools.md has them all.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Worker } from "node:worker_threads";
import { behaviour, DIFFERENCES } from "./differences.mjs";
import { PACKAGES } from "./support.mjs";

const docs = readFileSync(new URL("../../../docs/powertools.md", import.meta.url), "utf8");

for (const [row, difference] of DIFFERENCES.entries()) {
  const { title, words, fresh } = difference;
  test(title, async () => {
    for (const [name, load] of Object.entries(PACKAGES)) {
      const actual = fresh ? await inThread(name, row) : await behaviour(difference, await load(), name);
      matches(actual, difference[name], name);
    }
    assert.ok(docs.includes(`\n| ${[title, ...words].join(" | ")} |\n`), "docs/powertools.md has this row");
  });
}

test("the table has no other rows", () => {
  const table = docs.slice(docs.indexOf("## Differences"));
  const rows = table.split("\n").filter((line) => line.startsWith("| "));
  assert.equal(rows.length - 1, DIFFERENCES.length);
});

function inThread(name, row) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("worker.mjs", import.meta.url), { workerData: { name, row } });
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}

function matches(actual, expected, name) {
  if (expected instanceof RegExp) {
    assert.match(actual, expected, name);
  } else if (Array.isArray(expected) && Array.isArray(actual)) {
    assert.equal(actual.length, expected.length, `${name}: ${actual}`);
    expected.forEach((one, i) => {
      matches(actual[i], one, name);
    });
  } else {
    assert.deepEqual(actual, expected, name);
  }
}
