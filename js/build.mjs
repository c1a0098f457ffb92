// Makes the npm package: node js/build.mjs --core <output of wasm-bindgen> --out <package> [--version <version>]

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { core, withoutBytes } from "./build/core.mjs";
import { reachable } from "./build/declarations.mjs";
import { page } from "./scripts/www.mjs";

const js = dirname(fileURLToPath(import.meta.url));
const template = join(js, "..", "pkg-template");
const { values: options } = parseArgs({
  options: { core: { type: "string" }, out: { type: "string" }, version: { type: "string" } },
});
if (options.core === undefined || options.out === undefined) {
  console.error(
    "usage: node js/build.mjs --core <output of wasm-bindgen> --out <package> [--version <version>]",
  );
  process.exit(2);
}
/** The entries for any platform. */
const ESM = ["browser", "inline", "slim", "workerd"];
/** Those of them that may be required too: by test runners for one, which take CommonJS as browsers' code. */
const BOTH = ["inline", "slim"];
const input = resolve(options.core);
const out = resolve(options.out);

/** The entries beside the decoder: schema sources, each with its own subpath. */
const SOURCES = ["apicurio", "confluent", "folder", "glue"];

/** The entries for Node that use the package's own instance, and share the classes of their errors. */
const INSTALLED = ["powertools-errors", "powertools-types", "powertools", "testing"];

/**
 * What is a file of the package already isn't bundled again: the package has one instance, and one class of each error. `type`
 * is how such files end, `node` is the one with the instance.
 */
const installed = (type, node = `node.${type}`) => ({
  name: "kafkalens-installed",
  setup(build) {
    build.onResolve({ filter: /entry\/node\.js$/ }, () => ({ path: `./${node}`, external: true }));
    build.onResolve({ filter: /entry\/testing\.js$/ }, () => ({ path: `./testing.${type}`, external: true }));
    build.onResolve({ filter: /^\.\/errors\.js$/ }, ({ importer }) =>
      importer.includes("powertools") ? { path: `./powertools-errors.${type}`, external: true } : undefined,
    );
  },
});

mkdirSync(out, { recursive: true });
await bundles();
await sources();
await installedEntries();
await page(join(out, "ui"), out, "./inline.mjs");
wrapper("node");
declarations();
documents();

/** One file for each entry; node.cjs is the one instance of Node, and the command line imports it. */
async function bundles() {
  await bundle("entry/node.ts", "node.cjs", { format: "cjs", platform: "node" }, { pack: true });
  for (const entry of ESM) {
    await bundle(`entry/${entry}.ts`, `${entry}.mjs`, { format: "esm", platform: "browser" });
  }
  for (const entry of BOTH) {
    await bundle(`entry/${entry}.ts`, `${entry}.cjs`, { format: "cjs", platform: "browser" });
  }
  await bundle("cli/main.ts", "cli.mjs", {
    format: "esm",
    platform: "node",
    banner: { js: "#!/usr/bin/env node" },
    external: ["@aws-sdk/*"],
    plugins: [installed("mjs")],
  });
  cpSync(join(input, "kafkalens_core_bg.wasm"), join(out, "kafkalens_core.wasm"));
}

async function bundle(entry, file, settings, pack) {
  const result = await build({
    absWorkingDir: js,
    entryPoints: [`src/${entry}`],
    outfile: join(out, file),
    bundle: true,
    target: settings.platform === "node" ? "node20" : "es2022",
    sourcemap: true,
    legalComments: "inline",
    logLevel: "warning",
    write: false,
    plugins: [core(input, pack)],
    ...settings,
  });
  for (const made of result.outputFiles) {
    writeFileSync(made.path, made.path.endsWith(".map") ? withoutBytes(made.text) : made.contents);
  }
}

/** NAME.mjs and NAME.cjs of every schema source: without the core, and without what only the user may bring. */
async function sources() {
  for (const name of SOURCES) {
    for (const [format, extension] of [
      ["esm", "mjs"],
      ["cjs", "cjs"],
    ]) {
      const settings = { format, platform: "node", external: ["@aws-sdk/*"] };
      await bundle(`entry/${name}.ts`, `${name}.${extension}`, settings);
    }
  }
}

/**
 * NAME.cjs of every entry over the package's own instance, and NAME.mjs over it. Bundlers get NAME.module.mjs, all of it modules:
 * what they take from CommonJS stands in a function, which engines read twice, and so the text of the core.
 */
async function installedEntries() {
  for (const name of INSTALLED) {
    const settings = { format: "cjs", platform: "node", plugins: [installed("cjs")] };
    await bundle(`entry/${name}.ts`, `${name}.cjs`, settings);
    if (wrapper(name).length > 0) {
      const plugins = [installed("module.mjs", "inline.mjs")];
      await bundle(`entry/${name}.ts`, `${name}.module.mjs`, { ...settings, format: "esm", plugins });
    }
  }
}

/** NAME.mjs: the names of NAME.cjs, which it gives, so that import and require share one instance. */
function wrapper(name) {
  const names = Object.keys(createRequire(import.meta.url)(join(out, `${name}.cjs`))).sort();
  const lines = [`import cjs from "./${name}.cjs";`, "", `export const { ${names.join(", ")} } = cjs;`, ""];
  writeFileSync(join(out, `${name}.mjs`), names.length === 0 ? "export {};\n" : lines.join("\n"));
  return names;
}

/** The types, once for import and once for require: TypeScript tells the two apart by the nearest package.json. */
function declarations() {
  const made = mkdtempSync(join(tmpdir(), "kafkalens-types-"));
  const tsc = join(js, "node_modules", "typescript", "bin", "tsc");
  const flags = ["-p", join(js, "tsconfig.json"), "--emitDeclarationOnly", "--outDir", made];
  execFileSync(process.execPath, [tsc, ...flags], { stdio: "inherit" });
  const entries = ["node", ...ESM, ...SOURCES, ...INSTALLED].map((name) => `entry/${name}.d.ts`);
  const files = new Set(entries.flatMap((entry) => reachable(made, entry)));
  rmSync(join(out, "types"), { recursive: true, force: true });
  for (const kind of ["esm", "cjs"]) {
    for (const file of files) {
      cpSync(join(made, file), join(out, "types", kind, file));
    }
  }
  writeFileSync(join(out, "types", "cjs", "package.json"), '{ "type": "commonjs" }\n');
  rmSync(made, { recursive: true });
}

/** package.json with its version, and the documents beside it. */
function documents() {
  cpSync(template, out, { recursive: true });
  const manifest = JSON.parse(readFileSync(join(template, "package.json"), "utf8"));
  manifest.version = options.version ?? manifest.version;
  writeFileSync(join(out, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}
