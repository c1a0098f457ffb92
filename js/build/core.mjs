// The module "kafkalens:core": wasm-bindgen's glue as a function, and the WebAssembly module as text.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { transform } from "esbuild";

/** Larger modules are compressed: below, unpacking costs more time than the longer text. */
const PLAIN_BYTES = 1_000_000;

const NAMESPACE = "kafkalens";
const BYTES = "core-bytes";

/** An esbuild plugin that provides "kafkalens:core" from wasm-bindgen's output (target `web`). */
export function core(input) {
  return {
    name: "kafkalens-core",
    setup(build) {
      build.onResolve({ filter: /^kafkalens:/ }, ({ path }) => ({
        path: path.slice(NAMESPACE.length + 1),
        namespace: NAMESPACE,
      }));
      build.onLoad({ filter: /^core$/, namespace: NAMESPACE }, async () => ({ contents: await glue(input) }));
      build.onLoad({ filter: /^core-bytes$/, namespace: NAMESPACE }, () => ({
        contents: bytes(input),
        resolveDir: join(build.initialOptions.absWorkingDir, "src"),
      }));
    },
  };
}

/** The glue keeps its instance in variables of its module; as a function, each call has its own. */
async function glue(input) {
  const source = readFileSync(join(input, "kafkalens_core.js"), "utf8");
  // Where the module is loaded from is the entry's affair.
  const define = { "import.meta.url": "undefined" };
  const { code } = await transform(source, { format: "cjs", define, legalComments: "none" });
  return `export { wasm } from "kafkalens:${BYTES}";
function glue() {
const module = { exports: {} };
${code}
return module.exports;
}
export function instantiate(wasm) {
  let module;
  return () => {
    module ??= new WebAssembly.Module(wasm());
    const { Core, initSync } = glue();
    return { Core, memory: initSync({ module }).memory };
  };
}
`;
}

/** No `require` here: it would break those who bundle the package's CommonJS file to an ES module. */
function bytes(input) {
  const raw = readFileSync(join(input, "kafkalens_core_bg.wasm"));
  const packed = raw.length > PLAIN_BYTES;
  const text = (packed ? gzipSync(raw, { level: 9 }) : raw).toString("base64");
  const unpack = packed ? 'process.getBuiltinModule("node:zlib").gunzipSync(bytes)' : "bytes";
  return `import { fromBase64 } from "./base64.js";
export function wasm() {
  const text = ${JSON.stringify(text)};
  const bytes = globalThis.Buffer?.from(text, "base64") ?? fromBase64(text);
  return ${unpack};
}
`;
}

/** A source map without the text of the WebAssembly module, and with sources named as in the repository. */
export function withoutBytes(text) {
  const map = JSON.parse(text);
  map.sourcesContent = map.sourcesContent.map((content, i) =>
    map.sources[i].startsWith(`${NAMESPACE}:`) ? null : content,
  );
  map.sources = map.sources.map((source) => source.replace(/^.*(?=\bsrc\/)/, "js/"));
  return JSON.stringify(map);
}
