// A headless Chromium: the one that KAFKALENS_CHROMIUM names, the system's, or one from the npm registry.

import { execFileSync } from "node:child_process";
import { accessSync, constants, cpSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));
const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** Starts a browser. */
export async function launch() {
  const named = process.env.KAFKALENS_CHROMIUM ?? onPath();
  const { executablePath, env } = named === undefined ? await packaged() : { executablePath: named, env: {} };
  // As root, and in containers, its sandbox can't be set up; what it opens here is the project's own.
  const args = ["--no-sandbox", "--disable-gpu"];
  return chromium.launch({ executablePath, headless: true, args, env: { ...process.env, ...env } });
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
  const manifest = join(place, "node_modules", "@sparticuz", "chromium", "package.json");
  const unpacked = join(place, "unpacked");
  if (!existsSync(manifest)) {
    mkdirSync(place, { recursive: true });
    for (const file of ["package.json", "package-lock.json"]) {
      cpSync(join(here, "chromium", file), join(place, file));
    }
    execFileSync("npm", ["ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: place });
  }
  mkdirSync(unpacked, { recursive: true });
  // It unpacks itself into the folder for temporary files, and brings its shared libraries along where it believes to
  // run on Lambda: a bare machine lacks them.
  const before = { ...process.env };
  Object.assign(process.env, { TMPDIR: unpacked, AWS_LAMBDA_JS_RUNTIME: "nodejs20.x" });
  const loaded = createRequire(manifest)("@sparticuz/chromium");
  const packed = loaded.default ?? loaded;
  packed.setGraphicsMode = false;
  const executablePath = await packed.executablePath();
  const { LD_LIBRARY_PATH = "" } = process.env;
  for (const name of ["TMPDIR", "AWS_LAMBDA_JS_RUNTIME", "LD_LIBRARY_PATH", "FONTCONFIG_PATH"]) {
    delete process.env[name];
    Object.assign(process.env, before[name] === undefined ? {} : { [name]: before[name] });
  }
  return { executablePath, env: { LD_LIBRARY_PATH, FONTCONFIG_FILE: fonts(unpacked) } };
}

/** Its own configuration of fonts expects them elsewhere. */
function fonts(unpacked) {
  const file = join(unpacked, "fonts.conf");
  const folders = `<dir>${join(unpacked, "fonts")}</dir><cachedir>${join(unpacked, "fonts-cache")}</cachedir>`;
  writeFileSync(file, `<?xml version="1.0"?>\n<fontconfig>${folders}</fontconfig>\n`);
  return file;
}
