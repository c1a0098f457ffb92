// Every vector through both doors (event text, event object), with generated code and without.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { cases } from "./support/cases.mjs";
import { kafkalens } from "./support/package.mjs";
import { run } from "./support/run.mjs";
import { Tally } from "./support/tally.mjs";

const FORBID = "--disallow-code-generation-from-strings";
const closures = process.execArgv.includes(FORBID);
const all = cases();
const tally = new Tally(`node (${closures ? "closures" : "generated"})`);

for (const vector of all) {
  const name = `${vector.name}${closures ? " (closures)" : ""}`;
  test(name, () => tally.add(vector, run(vector, kafkalens)));
}

test("summary", () => {
  assert.ok(all.length > 0, "no vectors found");
  console.log(tally.text());
});

if (closures) {
  test("code generation is forbidden here", () => assert.throws(() => new Function("")));
} else {
  test("the same without code generation", () => {
    // Without the variable by which `node --test` makes its children speak another language.
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    const file = fileURLToPath(import.meta.url);
    const child = spawnSync(process.execPath, [FORBID, file], { encoding: "utf8", env });
    assert.equal(child.status, 0, child.stdout + child.stderr);
    console.log(child.stdout.match(/(vectors|areas|digest): .* in .*/g).join("\n"));
  });
}
