/** Patterns of file names, for shells that leave them as they are: `*`, `?` and `**` between slashes. */

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** The files that a pattern names, in order; what is no pattern, or is a file's own name, names itself. */
export function expand(pattern: string): string[] {
  if (!isPattern(pattern) || existsSync(pattern)) {
    return [pattern];
  }
  const parts = pattern.split(/[\\/]+/);
  const absolute = parts[0] === "";
  return walk(absolute ? "/" : "", absolute ? parts.slice(1) : parts).sort();
}

/** Whether a name may stand for others. */
export function isPattern(name: string): boolean {
  return /[*?]/.test(name);
}

function walk(folder: string, [part, ...rest]: readonly string[]): string[] {
  if (part === undefined) {
    return [];
  }
  if (part === "**") {
    const below = entries(folder).filter((entry) => entry.isDirectory() && !entry.name.startsWith("."));
    return [...walk(folder, rest), ...below.flatMap(({ name }) => walk(join(folder, name), [part, ...rest]))];
  }
  if (!isPattern(part)) {
    const path = folder === "" ? part : join(folder, part);
    return rest.length === 0 ? (existsSync(path) ? [path] : []) : walk(path, rest);
  }
  const matches = matcher(part);
  const found = entries(folder).filter(({ name }) => matches.test(name));
  return rest.length === 0
    ? found.filter((entry) => entry.isFile()).map(({ name }) => join(folder, name))
    : found.flatMap(({ name }) => walk(join(folder, name), rest));
}

function entries(folder: string) {
  try {
    return readdirSync(folder === "" ? "." : folder, { withFileTypes: true });
  } catch {
    // A file, or a folder that may not be read: it holds no match.
    return [];
  }
}

/** As in shells, a leading dot is matched only by a dot. */
function matcher(part: string): RegExp {
  const escaped = part.replace(/[.+^${}()|[\]]/g, "\\$&");
  const hidden = part.startsWith(".") ? "" : "(?!\\.)";
  return new RegExp(`^${hidden}${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`, "s");
}
