// Runs a snippet as its reader would: in a project that has the packed package installed.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { transform } from "esbuild";
import hclParser from "hcl2-parser";
import { parse } from "yaml";
import { folder } from "../support/package.mjs";
import { project } from "../support/packed.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "..", "..", "node_modules");
const repository = join(here, "..", "..", "..");
const { parseToObject } = hclParser;
const run = promisify(execFile);

/** What snippets may import besides the package. */
const PEERS = [
  "@aws-lambda-powertools/kafka",
  "@aws-sdk/client-glue",
  "@types/aws-lambda",
  "@types/node",
  "arktype",
  "aws-cdk-lib",
  "constructs",
  "protobufjs",
  "valibot",
  "zod",
];

/**
 * Runs a snippet and compares what it prints with what the page says it prints. Its scene, scenes/NAME.mjs, is
 * `{ files, programs, event, env, before, after, source, serve, check }`, all optional: the files of the project, shell
 * scripts by their names as commands, the event for the handler that the snippet exports, environment variables, source
 * text that stands before and after the snippet, the repository's file that a snippet in Rust is from, a server
 * (`serve(t)` starts it and gives environment variables), and what is to hold of `{ code, output, result, place }`. `t` is
 * the test's context.
 */
export async function runSnippet(snippet, t) {
  const runner = Object.hasOwn(RUNNERS, snippet.language) ? RUNNERS[snippet.language] : undefined;
  assert.ok(runner, `nothing runs a block of "${snippet.language}": add a runner, or say what prints it`);
  assert.ok(snippet.scene, "expected <!-- run: SCENE --> before the block");
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
    const code = (scene.before ?? "") + snippet.code + (scene.after ?? "");
    const output = await runner(code, { ...scene, place, env });
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

/** How each language runs: they give what was printed, or what was read as JSON text. */
const RUNNERS = {
  js: (code, scene) => node(code, "snippet.mjs", scene),
  mjs: (code, scene) => node(code, "snippet.mjs", scene),
  cjs: (code, scene) => node(code, "snippet.cjs", scene),
  ts: typed,
  json: async (code) => JSON.stringify(JSON.parse(code)),
  yaml: async (code) => JSON.stringify(parse(code, { customTags: CLOUDFORMATION })),
  hcl,
  rust,
  diff,
  sh: shell,
};

/** The tags of CloudFormation's templates that snippets use. */
const CLOUDFORMATION = [{ tag: "!Ref", resolve: (name) => ({ Ref: name }) }];

async function node(code, name, { place, env }) {
  const file = join(place, name);
  writeFileSync(file, code);
  const args = [join(here, "child.mjs"), file, join(place, "event.json"), join(place, "result.json")];
  const { stdout } = await run(process.execPath, args, { cwd: place, env });
  return stdout;
}

async function typed(code, scene) {
  await typeCheck(code, scene.place);
  const { code: stripped } = await transform(code, { loader: "ts", format: "esm", target: "node20" });
  return node(stripped, "snippet.mjs", scene);
}

/** Fails where TypeScript refuses a module in the project at `place`. */
export async function typeCheck(code, place) {
  writeFileSync(join(place, "package.json"), '{ "type": "module" }');
  writeFileSync(join(place, "snippet.ts"), code);
  const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc");
  const flags = ["--noEmit", "--strict", "--target", "es2022", "--module", "nodenext", "--types", "node"];
  await run(process.execPath, [tsc, ...flags, "snippet.ts"], { cwd: place }).catch((error) => {
    throw new Error(`${error.stdout}${error.stderr}`);
  });
}

/** A change of TypeScript: both what was there and what is there now. */
async function diff(code, { place }) {
  for (const [side, other] of ["-+", "+-"]) {
    const lines = code.split("\n").filter((line) => !line.startsWith(other));
    await typeCheck(lines.map((line) => line.replace(side, "")).join("\n"), place);
  }
  return "";
}

async function hcl(code) {
  const [read] = parseToObject(code);
  assert.ok(read, "expected HCL");
  return JSON.stringify(read);
}

/** Rust that the compiler builds and runs in another place of the repository: there it stands, line by line. */
async function rust(code, { source }) {
  const bare = (text) => text.replace(/^[ \t]*(?:\/\/! )?[ \t]*/gm, "");
  const there = bare(readFileSync(join(repository, source), "utf8"));
  assert.ok(there.includes(bare(code)), `${source} has this as it stands`);
  return "";
}

/** Shell commands, with the package's own command on the path. */
async function shell(code, { place, env, programs = {} }) {
  const bin = join(place, "bin");
  mkdirSync(bin);
  const kafkalens = `exec "${process.execPath}" "${join(folder, "cli.mjs")}" "$@"\n`;
  for (const [name, script] of Object.entries({ kafkalens, ...programs })) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}`, { mode: 0o755 });
  }
  // A shell whose input is a socket, as Node's pipes are, takes itself for a remote one and would read the user's own start file.
  const { stdout } = await run("bash", ["--norc", "-eo", "pipefail", "-c", code], {
    cwd: place,
    env: { ...env, PATH: `${bin}:${env.PATH}` },
  });
  return stdout;
}
