// Every code block of the documentation that a reader could run, run.

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { snippets } from "./extract.mjs";
import { runSnippet } from "./run.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");
const docs = readdirSync(join(root, "docs")).filter((name) => name.endsWith(".md"));
const pages = ["README.md", "pkg-template/README.md", ...docs.map((name) => `docs/${name}`)];

for (const page of pages) {
  for (const snippet of snippets(readFileSync(join(root, page), "utf8"))) {
    test(`${page}:${snippet.line}`, (t) => runSnippet(snippet, t));
  }
}
