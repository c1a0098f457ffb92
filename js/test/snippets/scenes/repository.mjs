// A clone of the repository with its package built, an event and a schema. `cargo xtask` itself is what runs these tests: that
// there is such a command, and such a suite of benchmarks, is what is seen here.

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { folder } from "../../support/package.mjs";
import start from "./start.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "../../../..");
const source = (file) => readFileSync(join(root, "xtask", "src", file), "utf8");
const named = (text, pattern) => Array.from(text.matchAll(pattern), ([, name]) => name);
const commands = named(source("main.rs"), /^ {8}\["([a-z]+)"/gm);
const suites = named(source("bench/mod.rs"), /\("([a-z]+)", [\w:]+\)/g);

const cargo = `[ "$1" = xtask ] || exit 2
case "$2" in ${commands.join("|")}) ;; *) echo "no command $2" >&2; exit 2 ;; esac
case "$2 $3" in "bench "|${suites.map((suite) => `"bench ${suite}"`).join("|")}) ;; "bench "*) exit 2 ;; esac
`;

export default {
  ...start,
  programs: { cargo },
  files: {
    ...start.files,
    "pkg/cli.mjs": `import ${JSON.stringify(join(folder, "cli.mjs"))};\n`,
  },
};
