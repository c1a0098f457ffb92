// The library's inner modules, bundled on the fly: the package exports only the public ones.

import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const js = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** Imports modules of js/src as one namespace each: `{ name: path }`. */
export async function internals(modules) {
  const lines = Object.entries(modules).map(([name, path]) => `export * as ${name} from "./src/${path}";`);
  const result = await build({
    stdin: { contents: lines.join("\n"), resolveDir: js, loader: "ts" },
    bundle: true,
    format: "esm",
    platform: "neutral",
    external: ["node:*"],
    target: "node20",
    write: false,
  });
  const text = Buffer.from(result.outputFiles[0].contents).toString("base64");
  return import(`data:text/javascript;base64,${text}`);
}
