// Hints name what the command line has, not the library's functions.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { internals } from "../support/internals.mjs";

const { hints } = await internals({ hints: "cli/hints.ts" });
const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");
const read = (path) => readFileSync(join(root, path), "utf8");
const HINTS = Array.from(read("docs/errors.md").matchAll(/^Hint: (.*)\.$/gm), ([, hint]) => hint);
/** The one that stands in for that of its code. */
const NAMED = /OFFSETS_ONLY: &str = "([^"]*)"/.exec(read("src/event/unwrap.rs"))[1];

/** Of the library: its functions, and its options as one writes them there. */
const LIBRARY =
  /`(envelope|checkCompatibility|missingSchemas|addSchema|decode|schemas|messageIndex|(int64|timestamps|decimals): [^`]*)`|lenient rule/;

test("what the table replaces is said somewhere", () => {
  for (const [library] of hints.PHRASES) {
    assert.ok(
      [...HINTS, NAMED].some((hint) => hint.includes(library)),
      library,
    );
  }
});

test("no hint that the command line gives names the library's functions", () => {
  assert.ok(HINTS.length > 30);
  for (const hint of [...HINTS, NAMED]) {
    assert.doesNotMatch(hints.inCommands(hint), LIBRARY);
  }
});
