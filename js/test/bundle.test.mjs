// A Lambda as it is deployed: one file made by esbuild, run in a folder where nothing else is.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { build } from "esbuild";
import { folder } from "./support/package.mjs";

const EVENT = { records: { "t-0": [{ topic: "t", partition: 0, offset: 0, value: "aGVsbG8=" }] } };
const USE = `const [record] = createDecoderSync().decodeEvent(${JSON.stringify(EVENT)}); console.log(record.value);`;
const SOURCES = {
  import: `import { createDecoderSync } from "kafkalens"; ${USE}`,
  require: `const { createDecoderSync } = require("kafkalens"); ${USE}`,
};

for (const [kind, contents] of Object.entries(SOURCES)) {
  for (const format of ["esm", "cjs"]) {
    test(`${kind} bundled to ${format}`, async () => {
      const place = mkdtempSync(join(tmpdir(), "kafkalens-bundle-"));
      try {
        assert.equal(await bundled(place, contents, format), "hello\n");
      } finally {
        rmSync(place, { recursive: true });
      }
    });
  }
}

test("schema sources bundle without the SDK, but for Glue's, which leaves it to the runtime", async () => {
  const subpaths = { confluent: "confluentRegistry", apicurio: "apicurioRegistry", folder: "schemaFolder" };
  const names = Object.values(subpaths);
  const imports = Object.entries(subpaths).map(
    ([path, name]) => `import { ${name} } from "kafkalens/${path}";`,
  );
  const contents = `${imports.join("")} console.log(${names.map((name) => `typeof ${name}`).join(",")});`;
  const glue = `import { glueRegistry } from "kafkalens/glue"; console.log(typeof glueRegistry);`;
  const place = mkdtempSync(join(tmpdir(), "kafkalens-bundle-"));
  try {
    assert.equal(await bundled(place, contents, "esm"), "function function function\n");
    assert.equal(await bundled(place, glue, "cjs", ["@aws-sdk/*"]), "function\n");
  } finally {
    rmSync(place, { recursive: true });
  }
});

async function bundled(place, contents, format, external = []) {
  const project = join(place, "project");
  mkdirSync(join(project, "node_modules"), { recursive: true });
  symlinkSync(folder, join(project, "node_modules", "kafkalens"), "dir");
  const outfile = join(place, `handler.${format === "esm" ? "mjs" : "cjs"}`);
  const stdin = { contents, resolveDir: project };
  await build({
    stdin,
    outfile,
    external,
    format,
    bundle: true,
    platform: "node",
    target: "node20",
    logLevel: "error",
  });
  rmSync(project, { recursive: true });
  return execFileSync(process.execPath, [outfile], { cwd: place, encoding: "utf8" });
}
