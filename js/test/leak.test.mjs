// Memory over many batches: KAFKALENS_BATCHES says how many, a million for one.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const BATCHES = process.env.KAFKALENS_BATCHES ?? "10000";
const MIB = 1 << 20;

test(`nothing is kept of ${BATCHES} batches`, () => {
  const file = join(dirname(fileURLToPath(import.meta.url)), "support", "leak.mjs");
  const output = execFileSync(process.execPath, ["--expose-gc", file, BATCHES], { encoding: "utf8" });
  const { early, late } = JSON.parse(output);
  console.log(output.trim());
  // What three quarters of the batches add: a leak of 100 bytes for each of a million would be 75 MiB.
  assert.ok(late.heapUsed - early.heapUsed < 4 * MIB, output);
  assert.ok(late.external - early.external < 8 * MIB, output);
  assert.ok(late.rss - early.rss < 96 * MIB, output);
});
