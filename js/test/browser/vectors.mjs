// The vectors in headless Chromium, on the packed package, under a policy that forbids making code from text.

import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { serve } from "../../scripts/serve.mjs";
import { cases } from "../support/cases.mjs";
import { portable } from "../support/elsewhere.mjs";
import { packed } from "../support/packed.mjs";
import { Tally } from "../support/tally.mjs";
import { launch } from "./chromium.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";
const pkg = packed(process.env.KAFKALENS_PKG ?? join(here, "..", "..", "..", "pkg"));
const site = join(pkg.place, "site");
mkdirSync(site);
await build({
  entryPoints: [join(here, "page.mjs")],
  outfile: join(site, "page.js"),
  bundle: true,
  format: "esm",
  platform: "browser",
  alias: { "node:assert/strict": join(here, "assert.mjs") },
  logLevel: "warning",
});
writeFileSync(join(site, "index.html"), "<!doctype html><title>vectors</title>");
const all = cases();
writeFileSync(join(site, "cases.json"), portable(all));
const server = await serve({
  "/pkg/": { folder: pkg.folder, policy: POLICY },
  "/cases/": { folder: site, policy: POLICY },
  "/open/": { folder: site, policy: POLICY.replace("'wasm-unsafe-eval'", "'unsafe-eval'") },
});
const browser = await launch();
after(async () => {
  await browser.close();
  await server.close();
  pkg.remove();
});

async function open(path) {
  const page = await browser.newPage();
  await page.goto(`${server.address}${path}/`);
  const call = (name, argument) =>
    page.evaluate(
      async ([module, name, argument]) => (await import(module))[name](argument),
      [`/${path}/page.js`, name, argument],
    );
  return { call, close: () => page.close() };
}

for (const [path, entry, generates] of [
  ["cases", "browser.mjs", false],
  ["open", "inline.mjs", true],
]) {
  test(`the vectors on ${entry} (${generates ? "generated" : "closures"})`, async () => {
    const page = await open(path);
    assert.equal(await page.call("mayGenerate"), generates);
    const { texts, failures } = await page.call("vectors", `/pkg/${entry}`);
    assert.deepStrictEqual(failures, []);
    const tally = new Tally(`chromium: ${entry} (${generates ? "generated" : "closures"})`);
    for (const [i, vector] of all.entries()) {
      tally.add(vector, texts[i]);
    }
    console.log(tally.text());
    await page.close();
  });
}

test("every entry decodes, and none compiles synchronously on a page", async () => {
  const page = await open("cases");
  assert.deepStrictEqual(await page.call("entries", "/pkg/"), {
    early: "TypeError",
    browser: "hello",
    inline: "hello",
    slimResponse: "hello",
    slimBytes: "hello",
    slimModule: "hello",
  });
  await page.close();
});
