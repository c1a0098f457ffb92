// A headless Chromium: the one that KAFKALENS_CHROMIUM names, the system's, or one from the npm registry.

import { execFileSync } from "node:child_process";
import { accessSync, constants, cpSync, existsSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));
const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** Starts a browser. */
export async function launch() {
  const { executablePath, args } = await find();
  return chromium.launch({ executablePath, headless: true, args: ["--no-sandbox", ...args] });
}

async function find() {
  const named = process.env.KAFKALENS_CHROMIUM ?? onPath();
  return named === undefined ? packaged() : { executablePath: named, args: [] };
}

function onPath() {
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find(runs);
}

function runs(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The package of chromium/package-lock.json, kept outside js/ so that `npm ci` there stays quick. */
async function packaged() {
  const place = join(here, "..", "..", "..", "target", "tools", "chromium");
  const entry = join(place, "node_modules", "@sparticuz", "chromium", "package.json");
  if (!existsSync(entry)) {
    mkdirSync(place, { recursive: true });
    for (const file of ["package.json", "package-lock.json"]) {
      cpSync(join(here, "chromium", file), join(place, file));
    }
    execFileSync("npm", ["ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: place });
  }
  const { default: packed } = createRequire(entry)("@sparticuz/chromium");
  return { executablePath: await packed.executablePath(), args: packed.args };
}
