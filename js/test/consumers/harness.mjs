// Installs the packed package in a consumer's project and runs it.

import assert from "node:assert/strict";
import { execFile, execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify, stripVTControlCharacters } from "node:util";
import { serve } from "../../scripts/serve.mjs";
import { launch } from "../browser/chromium.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..", "..");
const demo = join(root, "examples", "demo", "glue-avro");
const run = promisify(execFile);

/** What each consumer decodes: the demo's first order. */
const SAMPLE = {
  config: {
    key: { format: "json" },
    value: {
      format: "avro",
      framing: "glue",
      anyId: true,
      writer: readFileSync(join(demo, "order.avsc"), "utf8"),
    },
  },
  event: JSON.parse(readFileSync(join(demo, "event.json"), "utf8")),
  expected: "d6d8d2c6-a860-4256-af5b-8f57491fc8af",
};
const LINE = new RegExp(`\\bdecoded ${SAMPLE.expected}\\b`, "g");

/** Runs a consumer's `npm test`, opens the pages that it has, and does what is to be done beyond that. */
export async function consume({ name, prints, dist, dev, onPage, beyond }, tarball) {
  const place = install(name, tarball);
  const { stdout } = await run("npm", ["test", "--silent"], { cwd: place, env, maxBuffer: 1 << 26 }).catch(
    shown,
  );
  assert.equal(count(stdout), prints, stdout);
  if (dist !== undefined) {
    const policy =
      "default-src 'self'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; connect-src 'self' data:";
    const server = await serve({ "/": { folder: join(place, dist), policy } });
    await open(`${server.address}index.html`, onPage).finally(() => server.close());
  }
  if (dev !== undefined) {
    const { address, stop } = await serving(dev, place);
    await open(address, onPage).finally(stop);
  }
  await beyond?.(place);
}

/** Neither the test runner's nor npm's own settings are those of the consumer. */
export const env = Object.fromEntries(
  Object.entries({ ...process.env, CI: "true", NEXT_TELEMETRY_DISABLED: "1" }).filter(
    ([name]) => !/^(npm_|NODE_OPTIONS$|NODE_TEST|KAFKALENS_)/i.test(name),
  ),
);

/** A copy of the consumer in target/, where what it depends on stays from one run to the next. */
function install(name, tarball) {
  const place = join(root, "target", "consumers", name);
  mkdirSync(place, { recursive: true });
  cpSync(join(here, name), place, { recursive: true });
  for (const [file, keyword] of [
    ["sample.mjs", "export const"],
    ["sample.cjs", "exports."],
  ]) {
    const lines = Object.entries(SAMPLE).map(
      ([key, value]) => `${keyword}${keyword.endsWith(".") ? "" : " "}${key} = ${JSON.stringify(value)};\n`,
    );
    writeFileSync(join(place, file), lines.join(""));
  }
  dependencies(place);
  const folder = join(place, "node_modules", "kafkalens");
  // With what tools have kept of the package that was there before.
  for (const old of [
    folder,
    join(place, "node_modules", ".vite"),
    join(place, ".next"),
    join(place, "dist"),
  ]) {
    rmSync(old, { recursive: true, force: true });
  }
  mkdirSync(folder, { recursive: true });
  execFileSync("tar", ["-xzf", tarball, "--strip-components=1", "-C", folder]);
  return place;
}

/**
 * What the lock file says, unless it is there already. Not by `npm ci`: that fails where a registry lacks a binary of another
 * platform that the lock file can't name then.
 */
function dependencies(place) {
  const lock = join(place, "package-lock.json");
  const stamp = join(place, "node_modules", ".installed-package-lock.json");
  if (
    !existsSync(lock) ||
    (existsSync(stamp) && readFileSync(stamp, "utf8") === readFileSync(lock, "utf8"))
  ) {
    return;
  }
  execFileSync("npm", ["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund"], {
    cwd: place,
    env,
    stdio: ["ignore", "ignore", "pipe"],
  });
  cpSync(lock, stamp);
}

function count(text) {
  return [...stripVTControlCharacters(text).matchAll(LINE)].length;
}

function shown(error) {
  throw new Error(`${error.message}\n${error.stdout}\n${error.stderr}`);
}

/** Opens a page and waits for what it prints. */
async function open(address, times) {
  const browser = await launch();
  try {
    const page = await browser.newPage();
    const lines = [];
    const done = new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error(`the page printed ${lines.join("\n")}`)), 30_000).unref();
      page.on("pageerror", reject);
      page.on("console", (message) => {
        lines.push(message.text());
        if (count(lines.join("\n")) === times) {
          resolve();
        }
      });
    });
    await page.goto(address);
    await done;
  } finally {
    await browser.close();
  }
}

/** Starts a development server and waits for its address. */
async function serving([command, ...args], place) {
  const file = join(place, "node_modules", ".bin", command);
  const server = spawn(process.execPath, [file, ...args], {
    cwd: place,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  const address = await new Promise((resolve, reject) => {
    for (const stream of [server.stdout, server.stderr]) {
      stream.on("data", (data) => {
        text += data;
        const [found] = /http:\/\/127\.0\.0\.1:\d+\//.exec(stripVTControlCharacters(text)) ?? [];
        if (found !== undefined) {
          resolve(found);
        }
      });
    }
    server.on("exit", () => reject(new Error(text)));
  });
  return { address, stop: () => server.kill() };
}
