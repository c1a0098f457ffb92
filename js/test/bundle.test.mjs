// The package in bundles: a Lambda as it is deployed, one file run in a folder where nothing else is; browsers; workers.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
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
        // As in Node before 20.16.
        assert.equal(await bundled(place, `delete process.getBuiltinModule; ${contents}`, format), "hello\n");
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

const ALL = `
import { createDecoder, createDecoderSync, isDecodeError } from "kafkalens";
import { kafkaConsumer, SchemaType } from "kafkalens/powertools";
import { KafkaConsumerDeserializationError } from "kafkalens/powertools/errors";
import { kafkaEvents } from "kafkalens/testing";
const required = REQUIRED;
const events = kafkaEvents({ value: { format: "text" } });
const config = { value: { type: SchemaType.AVRO, schema: '"int"' } };
const handler = kafkaConsumer(async ({ records: [{ value }] }) => value, config);
const odd = { eventSource: "aws:kafka", ...${JSON.stringify(EVENT)} };
const failure = await handler(odd, {}).catch((error) => error);
const decoders = [await createDecoder(), createDecoderSync(), required.createDecoderSync()];
console.log(
  ...decoders.map((decoder) => decoder.decodeEvent(odd)[0].value),
  required.isDecodeError === isDecodeError,
  failure instanceof KafkaConsumerDeserializationError,
  typeof events,
);`;

test("a bundle of all entries has one core, and reads its text once", async () => {
  const place = mkdtempSync(join(tmpdir(), "kafkalens-bundle-"));
  const core = readFileSync(join(folder, "kafkalens_core.wasm")).toString("base64").slice(0, 100);
  const before = async (required) => {
    const printed = await bundled(place, ALL.replace("REQUIRED", required), "esm");
    assert.equal(printed, "hello hello hello true true object\n");
    const [text, ...rest] = readFileSync(join(place, "handler.mjs"), "utf8").split(core);
    assert.equal(rest.length, 1);
    return text;
  };
  try {
    // What stands at the outermost level is not passed over first, to be read when a function is called.
    assert.match(await before("{ createDecoderSync, isDecodeError }"), /^var \w+ = "$/m);
    await before(`require("kafkalens")`);
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

/** A project that has the package installed; `use` gets its folder. */
async function project(use) {
  const place = mkdtempSync(join(tmpdir(), "kafkalens-project-"));
  try {
    mkdirSync(join(place, "node_modules"));
    symlinkSync(folder, join(place, "node_modules", "kafkalens"), "dir");
    await use(place);
  } finally {
    rmSync(place, { recursive: true });
  }
}

const ASYNC = `(await createDecoder()).decodeEvent(${JSON.stringify(EVENT)})[0].value`;
const FILES = { kafkalens: "browser.mjs", "kafkalens/inline": "inline.mjs", "kafkalens/slim": "slim.mjs" };

for (const [name, file] of Object.entries(FILES)) {
  test(`${name} bundled for browsers holds nothing of Node's`, () =>
    project(async (resolveDir) => {
      const stdin = { contents: `export * from "${name}";`, resolveDir };
      // Without Node's modules marked as external, the bundler fails on the first of them.
      const options = {
        stdin,
        bundle: true,
        format: "esm",
        platform: "browser",
        write: false,
        metafile: true,
      };
      const { outputFiles, metafile } = await build({ ...options, logLevel: "error" });
      assert.deepStrictEqual(
        Object.keys(metafile.inputs).map((input) => basename(input)),
        [file, "<stdin>"],
      );
      const { text } = outputFiles[0];
      assert.doesNotMatch(text, /\brequire\b|["']node:|\bprocess\b/);
      // Bundlers find the file by this form.
      assert.equal(text.includes('new URL("./kafkalens_core.wasm", import.meta.url)'), name === "kafkalens");
    }));
}

test("workerd gets the module as an import", () =>
  project(async (resolveDir) => {
    const stdin = {
      contents: `import { createDecoder } from "kafkalens"; export const value = ${ASYNC};`,
      resolveDir,
    };
    const { outputFiles } = await build({
      stdin,
      bundle: true,
      format: "esm",
      platform: "browser",
      target: "es2022",
      conditions: ["workerd"],
      write: false,
      plugins: [compiled],
    });
    const outfile = join(resolveDir, "worker.mjs");
    writeFileSync(outfile, outputFiles[0].contents);
    const flags = ["--disallow-code-generation-from-strings", "--input-type=module", "--eval"];
    const script = `console.log((await import(${JSON.stringify(outfile)})).value)`;
    assert.equal(execFileSync(process.execPath, [...flags, script], { encoding: "utf8" }), "hello\n");
  }));

/** What a runtime that takes WebAssembly as an import gives: the compiled module. */
const compiled = {
  name: "compiled",
  setup(build) {
    build.onLoad({ filter: /\.wasm$/ }, ({ path }) => ({
      contents: `export default new WebAssembly.Module(Buffer.from("${readFileSync(path, "base64")}", "base64"));`,
    }));
  },
};

const CONDITIONS = {
  nodenext: ["--module", "nodenext"],
  bundler: ["--module", "esnext", "--moduleResolution", "bundler"],
  browser: ["--module", "esnext", "--moduleResolution", "bundler", "--customConditions", "browser"],
  workerd: ["--module", "esnext", "--moduleResolution", "bundler", "--customConditions", "workerd"],
};

test("the types are found under every condition", () =>
  project((place) => {
    writeFileSync(join(place, "package.json"), '{ "type": "module" }');
    writeFileSync(join(place, "use.ts"), TYPED);
    const tsc = join(
      dirname(createRequire(import.meta.url).resolve("typescript/package.json")),
      "bin",
      "tsc",
    );
    const flags = ["--noEmit", "--strict", "--target", "es2022", "--lib", "es2022", "--types", ""];
    for (const [name, condition] of Object.entries(CONDITIONS)) {
      const run = () =>
        execFileSync(process.execPath, [tsc, ...flags, ...condition, "use.ts"], { cwd: place });
      assert.doesNotThrow(run, name);
    }
  }));

const TYPED = `
import { type Batch, createDecoder, createDecoderSync, isDecodeError } from "kafkalens";
import { createDecoder as inline } from "kafkalens/inline";
import { load, stringify } from "kafkalens/slim";
const { createDecoder: slim } = await load(new Uint8Array());
const batch: Batch<string, number> = createDecoderSync<string, number>().decodeEvent({});
for (const create of [createDecoder, inline, slim]) {
  const value: unknown = (await create()).decodeEvent({})[0].value;
  stringify([value, batch, isDecodeError(value)]);
}
`;
