// Runs `kafkalens` of the package as it is built, in the folder of the demonstrations.

import { spawnSync } from "node:child_process";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { folder } from "../support/package.mjs";

const here = dirname(fileURLToPath(import.meta.url));

/** Where it runs. */
export const demo = join(here, "..", "..", "..", "examples", "demo");

/** The fixtures, from there. */
export const fixtures = relative(demo, join(here, "fixtures")).replaceAll("\\", "/");

export const cli = join(folder, "cli.mjs");

/** The environment without what would colour the output. */
export function environment(more = {}) {
  const { FORCE_COLOR: _, ...env } = process.env;
  return { ...env, ...more };
}

/** Runs it to its end. */
export function run(args, { columns = 100, input = "", stdio = "pipe", env = {} } = {}) {
  return spawnSync(process.execPath, [cli, ...args], {
    cwd: demo,
    input,
    stdio,
    env: environment({ COLUMNS: String(columns), ...env }),
    encoding: "utf8",
  });
}
