// The built package, as its users see it. KAFKALENS_PKG names another folder to test.

import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const js = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** The package's folder. */
export const folder = resolve(process.env.KAFKALENS_PKG ?? join(js, "..", "pkg"));

/** What `import` of the package gives. */
export const kafkalens = await import(pathToFileURL(join(folder, "node.mjs")).href);
