// The package's entries that run in Node, as their users get them.

import { readFileSync } from "node:fs";
import { createRequire, register } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { folder } from "./package.mjs";

/** The files of the entries that hold a decoder; that of browsers runs in one (test/browser). */
export const ENTRIES = [
  "node.mjs",
  "node.cjs",
  "inline.mjs",
  "inline.cjs",
  "slim.mjs",
  "slim.cjs",
  "workerd.mjs",
];

/** What an entry gives, with the core at hand: `slim` is brought it. */
export async function open(entry) {
  const file = join(folder, entry);
  if (entry === "workerd.mjs") {
    register(`data:text/javascript,${encodeURIComponent(COMPILED)}`);
  }
  const given = entry.endsWith(".cjs")
    ? createRequire(import.meta.url)(file)
    : await import(pathToFileURL(file).href);
  return given.load === undefined ? given : { ...given, ...(await given.load(readFileSync(core))) };
}

const core = join(folder, "kafkalens_core.wasm");

/** What workerd gives to those who import WebAssembly: the compiled module. */
const COMPILED = `
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
export const load = (url, context, next) => url.endsWith(".wasm")
  ? { format: "module", shortCircuit: true, source: "export default new WebAssembly.Module(Buffer.from('" +
      readFileSync(fileURLToPath(url), "base64") + "', 'base64'));" }
  : next(url, context);
`;
