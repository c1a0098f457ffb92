// Which declaration files a package needs.

import { readFileSync } from "node:fs";
import { posix } from "node:path";

/** The files under `folder` that `entry` imports, directly or not, with itself. */
export function reachable(folder, entry) {
  const found = new Set([entry]);
  for (const file of found) {
    const text = readFileSync(posix.join(folder, file), "utf8");
    for (const [, target] of text.matchAll(/(?:from|import\()\s*"(\.[^"]*)\.js"/g)) {
      found.add(`${posix.join(posix.dirname(file), target)}.d.ts`);
    }
  }
  return [...found].sort();
}
