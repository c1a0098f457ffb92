// The vectors in workerd itself: a worker that takes the cases and gives back what was printed for each.

import assert from "node:assert/strict";
import { cpSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { cases } from "../support/cases.mjs";
import { portable } from "../support/elsewhere.mjs";
import { Tally } from "../support/tally.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const WORKER = `
import * as kafkalens from "kafkalens";
import { runPortable } from "./support/elsewhere.mjs";
export default { fetch: async (request) => Response.json(runPortable(await request.text(), kafkalens)) };
`;

/** Runs them in a project that has miniflare and the package. */
export async function vectorsInWorkerd(place) {
  const dist = join(place, "vectors");
  mkdirSync(dist, { recursive: true });
  await build({
    stdin: { contents: WORKER, resolveDir: join(here, "..") },
    outfile: join(dist, "worker.mjs"),
    bundle: true,
    format: "esm",
    target: "es2022",
    conditions: ["workerd"],
    external: ["*.wasm"],
    alias: {
      kafkalens: join(place, "node_modules", "kafkalens", "workerd.mjs"),
      "node:assert/strict": join(here, "..", "browser", "assert.mjs"),
    },
    logLevel: "warning",
  });
  cpSync(join(place, "node_modules", "kafkalens", "kafkalens_core.wasm"), join(dist, "kafkalens_core.wasm"));
  const { texts, failures } = await ask(place, dist, portable(cases()));
  assert.deepStrictEqual(failures, []);
  const tally = new Tally("workerd: workerd.mjs (closures)");
  for (const [i, vector] of cases().entries()) {
    tally.add(vector, texts[i]);
  }
  console.log(tally.text());
}

/** What the worker in a folder answers. */
async function ask(place, dist, body) {
  const { Miniflare } = await import(
    pathToFileURL(createRequire(join(place, "package.json")).resolve("miniflare")).href
  );
  const modules = [
    { type: "ESModule", path: join(dist, "worker.mjs") },
    { type: "CompiledWasm", path: join(dist, "kafkalens_core.wasm") },
  ];
  const miniflare = new Miniflare({ modules, modulesRoot: dist, compatibilityDate: "2026-01-01" });
  try {
    const response = await miniflare.dispatchFetch("http://localhost/", { method: "POST", body });
    return await response.json();
  } finally {
    await miniflare.dispose();
  }
}
