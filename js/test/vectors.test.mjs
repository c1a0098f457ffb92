// Every vector through every entry that runs in Node, by both doors (event text, event object), with generated code and
// without. The first entry runs here, each other one in a process of its own: `node vectors.test.mjs ENTRY`.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { cases } from "./support/cases.mjs";
import { ENTRIES, open } from "./support/entries.mjs";
import { folder } from "./support/package.mjs";
import { run } from "./support/run.mjs";
import { Tally } from "./support/tally.mjs";

const FORBID = "--disallow-code-generation-from-strings";
const closures = process.execArgv.includes(FORBID);
const [asked] = process.argv.slice(2);
const [first, ...others] = ENTRIES;
const entry = asked ?? first;
const kafkalens = await open(entry);
const host = `${entry} (${closures ? "closures" : "generated"})`;
const all = cases();
const tally = new Tally(host);

for (const vector of all) {
  test(`${vector.name} on ${host}`, () => tally.add(vector, run(vector, kafkalens)));
}

test("summary", () => {
  assert.ok(all.length > 0, "no vectors found");
  console.log(tally.text());
});

if (closures) {
  test("code generation is forbidden here", () => assert.throws(() => new Function("")));
}

if (asked === undefined) {
  test("no entry that holds a decoder is left out", () => {
    const scripts = readdirSync(folder).filter((name) => /\.[cm]js$/.test(name));
    const holds = (name) => readFileSync(join(folder, name), "utf8").includes("kafkalens:core");
    // node.mjs has the names of node.cjs, and browser.mjs runs in a browser.
    const expected = ["browser.mjs", ...ENTRIES].filter((name) => name !== "node.mjs");
    assert.deepStrictEqual(scripts.filter(holds).sort(), expected.sort());
  });

  test("the same on the other entries, and without code generation", { concurrency: 2 }, async (t) => {
    const hosts = [
      [FORBID, first],
      ...others.map((other) => (other === "workerd.mjs" ? [FORBID, other] : [other])),
    ];
    await Promise.all(hosts.map((args) => t.test(args.join(" "), () => elsewhere(args))));
  });
}

/** Runs this file in a process of its own and passes on what it says of its run. */
async function elsewhere(args) {
  // Without the variable by which `node --test` makes its children speak another language.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const flags = args.slice(0, -1);
  const child = [...flags, fileURLToPath(import.meta.url), args.at(-1)];
  const told = await promisify(execFile)(process.execPath, child, { env, maxBuffer: 1 << 26 }).catch(
    ({ stdout, stderr }) => assert.fail(stdout + stderr),
  );
  console.log(told.stdout.match(/(vectors|areas|digest): .* in .*/g).join("\n"));
}
