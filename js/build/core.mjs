// What entries import of the core: wasm-bindgen's glue as a function, and the WebAssembly module.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { transform } from "esbuild";

/** In Node larger modules are compressed: below, unpacking costs more time than the longer text. */
const PLAIN_BYTES = 1_000_000;

const NAMESPACE = "kafkalens";

/**
 * An esbuild plugin that provides, from wasm-bindgen's output (target `web`): "kafkalens:core", the glue;
 * "kafkalens:bytes", the module as text, compressed where `pack` allows it; "kafkalens:module", the file beside the
 * bundle.
 */
export function core(input, { pack = false } = {}) {
  return {
    name: "kafkalens-core",
    setup(build) {
      build.onResolve({ filter: /^kafkalens:module$/ }, () => ({
        path: "./kafkalens_core.wasm",
        external: true,
      }));
      build.onResolve({ filter: /^kafkalens:(core|bytes)$/ }, ({ path }) => ({
        path: path.slice(NAMESPACE.length + 1),
        namespace: NAMESPACE,
      }));
      build.onLoad({ filter: /^core$/, namespace: NAMESPACE }, async () => ({ contents: await glue(input) }));
      build.onLoad({ filter: /^bytes$/, namespace: NAMESPACE }, () => ({
        contents: bytes(input, pack),
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
  return `function glue() {
const module = { exports: {} };
${code}
return module.exports;
}
export const instances = {
  now(module) {
    const { Core, initSync } = glue();
    return { Core, memory: initSync({ module }).memory };
  },
  async later(module) {
    const { Core, default: init } = glue();
    return { Core, memory: (await init({ module_or_path: module })).memory };
  },
};
`;
}

/**
 * No `require` here: it would break those who bundle the package's CommonJS file to an ES module. Node has
 * `getBuiltinModule` from 20.16 on; where it lacks, JavaScript unpacks the module, slower.
 */
function bytes(input, pack) {
  const raw = readFileSync(join(input, "kafkalens_core_bg.wasm"));
  const packed = pack && raw.length > PLAIN_BYTES;
  const text = (packed ? gzipSync(raw, { level: 9 }) : raw).toString("base64");
  return `import { fromBase64 } from "./base64.js";
${packed ? UNPACK : ""}
// Not in the function, where it would be read twice: to pass over it, and when it is called.
const text = ${JSON.stringify(text)};
export function wasm() {
  const bytes = globalThis.Buffer?.from(text, "base64") ?? fromBase64(text);
  return ${packed ? "unpack(bytes)" : "bytes"};
}
`;
}

const UNPACK = `import { gunzipSync } from "fflate/browser";
/*! gunzipSync is fflate's: Copyright (c) Arjun Barrett, under the MIT licence, whose text is in LICENSE-MIT. */
function unpack(bytes) {
  return process.getBuiltinModule?.("node:zlib").gunzipSync(bytes) ?? gunzipSync(bytes);
}
`;

/** A source map without the text of the WebAssembly module, and with sources named as in the repository. */
export function withoutBytes(text) {
  const map = JSON.parse(text);
  map.sourcesContent = map.sourcesContent.map((content, i) =>
    map.sources[i].startsWith(`${NAMESPACE}:`) ? null : content,
  );
  map.sources = map.sources.map((source) =>
    source.replace(/^.*(?=\bsrc\/)/, "js/").replace(/^.*(?=\bnode_modules\/)/, ""),
  );
  return JSON.stringify(map);
}
