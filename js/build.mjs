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
const input = resolve(options.core);
const out = resolve(options.out);

/** The entries beside the decoder: schema sources, each with its own subpath. */
const SOURCES = ["apicurio", "confluent", "folder", "glue"];

mkdirSync(out, { recursive: true });
await bundle();
await sources();
wrapper();
declarations();
documents();

/** node.cjs: the one instance, with the WebAssembly module inside. */
async function bundle() {
  const result = await build({
    absWorkingDir: js,
    entryPoints: ["src/entry/node.ts"],
    outfile: join(out, "node.cjs"),
    bundle: true,
    format: "cjs",
    platform: "node",
    target: "node20",
    sourcemap: true,
    legalComments: "none",
    logLevel: "warning",
    write: false,
    plugins: [core(input)],
  });
  for (const file of result.outputFiles) {
    writeFileSync(file.path, file.path.endsWith(".map") ? withoutBytes(file.text) : file.contents);
  }
  cpSync(join(input, "kafkalens_core_bg.wasm"), join(out, "kafkalens_core.wasm"));
}

/** NAME.mjs and NAME.cjs of every schema source: without the core, and without what only the user may bring. */
async function sources() {
  for (const format of ["esm", "cjs"]) {
    await build({
      absWorkingDir: js,
      entryPoints: SOURCES.map((name) => `src/entry/${name}.ts`),
      outdir: out,
      outExtension: { ".js": format === "esm" ? ".mjs" : ".cjs" },
      bundle: true,
      format,
      platform: "node",
      target: "node20",
      external: ["@aws-sdk/*"],
      legalComments: "none",
      logLevel: "warning",
    });
  }
}

/** node.mjs: the names of node.cjs, so that import and require share one instance. */
function wrapper() {
  const names = Object.keys(createRequire(import.meta.url)(join(out, "node.cjs"))).sort();
  const lines = ['import cjs from "./node.cjs";', "", `export const { ${names.join(", ")} } = cjs;`, ""];
  writeFileSync(join(out, "node.mjs"), lines.join("\n"));
}

/** The types, once for import and once for require: TypeScript tells the two apart by the nearest package.json. */
function declarations() {
  const made = mkdtempSync(join(tmpdir(), "kafkalens-types-"));
  const tsc = join(js, "node_modules", "typescript", "bin", "tsc");
  const flags = ["-p", join(js, "tsconfig.json"), "--emitDeclarationOnly", "--outDir", made];
  execFileSync(process.execPath, [tsc, ...flags], { stdio: "inherit" });
  const entries = ["node", ...SOURCES].map((name) => `entry/${name}.d.ts`);
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
