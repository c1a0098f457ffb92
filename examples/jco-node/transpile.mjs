// node transpile.mjs [COMPONENT] makes JavaScript of the component, into generated/.

import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { transpile, writeFiles } from "@bytecodealliance/jco-transpile";

const built = fileURLToPath(new URL("../../pkg/kafkalens.component.wasm", import.meta.url));
const component = process.argv[2] ?? process.env.KAFKALENS_COMPONENT ?? built;
const outDir = fileURLToPath(new URL("./generated", import.meta.url));

await rm(outDir, { recursive: true, force: true });
const { files, imports } = await transpile(component, { name: "kafkalens", outDir });
if (imports.length > 0) {
  throw new Error(`the component must import nothing, but imports ${imports.join(", ")}`);
}
await writeFiles(files);
