// Bundled as wrangler does it: the condition workerd, WebAssembly as a module of its own beside the script.
import { cpSync } from "node:fs";
import { build } from "esbuild";
import { Miniflare } from "miniflare";

await build({
  entryPoints: ["worker.mjs"],
  outfile: "dist/worker.mjs",
  bundle: true,
  format: "esm",
  target: "es2022",
  conditions: ["workerd"],
  external: ["*.wasm"],
});
cpSync("node_modules/kafkalens/kafkalens_core.wasm", "dist/kafkalens_core.wasm");
const modules = [
  { type: "ESModule", path: "dist/worker.mjs" },
  { type: "CompiledWasm", path: "dist/kafkalens_core.wasm" },
];
const miniflare = new Miniflare({ modules, modulesRoot: "dist", compatibilityDate: "2026-01-01" });
const response = await miniflare.dispatchFetch("http://localhost/");
for (const id of (await response.text()).split(" ")) {
  console.log("decoded", id);
}
await miniflare.dispose();
