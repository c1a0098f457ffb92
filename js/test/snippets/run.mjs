// Runs a snippet as its reader would: in a project that has the packed package installed.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { transform } from "esbuild";
import { folder } from "../support/package.mjs";
import { project } from "../support/packed.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "..", "..", "node_modules");
const run = promisify(execFile);

/** What snippets may import besides the package. */
const PEERS = ["@aws-sdk/client-glue", "@types/aws-lambda", "@types/node", "arktype", "valibot", "zod"];

/**
 * Runs a snippet and compares what it prints with what the page says it prints. Its scene, scenes/NAME.mjs, is
 * `{ files, event, env, before, serve, check }`, all optional: the files of the project, the event for the handler that
 * the snippet exports, environment variables, source text that stands before the snippet, a server (`serve(t)` starts it
 * and gives environment variables), and what is to hold of `{ code, output, result, place }`. `t` is the test's context.
 */
export async function runSnippet(snippet, t) {
  const { default: scene } = await import(`./scenes/${snippet.scene}.mjs`);
  const packages = PEERS.map((name) => [name, join(modules, name)]).filter(([, path]) => existsSync(path));
  const { place, remove } = project({ kafkalens: folder, ...Object.fromEntries(packages) });
  try {
    for (const [name, content] of Object.entries({
      "event.json": JSON.stringify(scene.event ?? {}),
      ...scene.files,
    })) {
      mkdirSync(dirname(join(place, name)), { recursive: true });
      writeFileSync(join(place, name), content);
    }
    const env = { ...process.env, ...scene.env, ...(await scene.serve?.(t)) };
    const code = (scene.before ?? "") + snippet.code;
    const output = await RUNNERS[snippet.language](code, { place, env });
    if (snippet.prints !== undefined) {
      assert.equal(output, snippet.prints);
    }
    const file = join(place, "result.json");
    const result = existsSync(file) ? readFileSync(file, "utf8") : undefined;
    await scene.check?.({ code: snippet.code, output, result, place });
  } finally {
    remove();
  }
}

/** How each language runs: they give what was printed. */
const RUNNERS = {
  js: (code, scene) => node(code, "snippet.mjs", scene),
  mjs: (code, scene) => node(code, "snippet.mjs", scene),
  cjs: (code, scene) => node(code, "snippet.cjs", scene),
  ts: typed,
  json: async (code) => {
    JSON.parse(code);
    return "";
  },
  sh: shell,
};

async function node(code, name, { place, env }) {
  const file = join(place, name);
  writeFileSync(file, code);
  const args = [join(here, "child.mjs"), file, join(place, "event.json"), join(place, "result.json")];
  const { stdout } = await run(process.execPath, args, { cwd: place, env });
  return stdout;
}

async function typed(code, scene) {
  writeFileSync(join(scene.place, "package.json"), '{ "type": "module" }');
  writeFileSync(join(scene.place, "snippet.ts"), code);
  const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc");
  const flags = ["--noEmit", "--strict", "--target", "es2022", "--module", "nodenext", "--types", "node"];
  await run(process.execPath, [tsc, ...flags, "snippet.ts"], { cwd: scene.place }).catch((error) => {
    throw new Error(`${error.stdout}${error.stderr}`);
  });
  const { code: stripped } = await transform(code, { loader: "ts", format: "esm", target: "node20" });
  return node(stripped, "snippet.mjs", scene);
}

/** Shell commands, with the package's own command on the path. */
async function shell(code, { place, env }) {
  const bin = join(place, "bin");
  mkdirSync(bin);
  const script = `#!/bin/sh\nexec "${process.execPath}" "${join(folder, "cli.mjs")}" "$@"\n`;
  writeFileSync(join(bin, "kafkalens"), script, { mode: 0o755 });
  const { stdout } = await run("bash", ["-eo", "pipefail", "-c", code], {
    cwd: place,
    env: { ...env, PATH: `${bin}:${env.PATH}` },
  });
  return stdout;
}
