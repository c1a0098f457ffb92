// As a new user does it: an empty folder, `npm install`, the first example of the package's own README, a bundle of it.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { snippets } from "../snippets/extract.mjs";
import start from "../snippets/scenes/start.mjs";
import { packed } from "../support/packed.mjs";
import { env } from "./harness.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const child = join(here, "..", "snippets", "child.mjs");

test("npm install, the README's first example, and a bundle of it", async (t) => {
  const pkg = packed(process.env.KAFKALENS_PKG ?? join(here, "..", "..", "..", "pkg"));
  const place = mkdtempSync(join(tmpdir(), "kafkalens-start-"));
  t.after(() => {
    pkg.remove();
    rmSync(place, { recursive: true });
  });
  const run = (program, args, cwd = place) =>
    execFileSync(program, args, { cwd, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

  run("npm", ["install", "--offline", "--no-audit", "--no-fund", pkg.tarball]);
  assert.deepStrictEqual(
    readdirSync(join(place, "node_modules")).filter((name) => !name.startsWith(".")),
    ["kafkalens"],
  );
  const [example] = snippets(readFileSync(join(place, "node_modules", "kafkalens", "README.md"), "utf8"));
  writeFileSync(join(place, "index.mjs"), example.code);
  writeFileSync(join(place, "event.json"), JSON.stringify(start.event));
  writeFileSync(join(place, "order.avsc"), start.files["order.avsc"]);
  const result = join(place, "result.json");
  assert.equal(run("node", [child, "index.mjs", "event.json", result]), example.prints);
  assert.equal(readFileSync(result, "utf8"), '{"batchItemFailures":[]}');
  // The command that the package brings.
  assert.match(run("npx", ["--no-install", "kafkalens", "--help"]), /kafkalens decode/);

  const bare = join(place, "bare");
  mkdirSync(bare);
  const entryPoints = [join(place, "index.mjs")];
  await build({
    entryPoints,
    outfile: join(bare, "index.mjs"),
    bundle: true,
    platform: "node",
    format: "esm",
  });
  rmSync(join(place, "node_modules"), { recursive: true });
  writeFileSync(join(bare, "order.avsc"), start.files["order.avsc"]);
  rmSync(result);
  assert.equal(run("node", [child, "index.mjs", join(place, "event.json"), result], bare), example.prints);
  assert.ok(existsSync(result));
});
