// The package as it would be published: packed, and unpacked elsewhere.

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Packs the folder `pkg` and unpacks it; gives the folder and what removes it. */
export function packed(pkg) {
  const place = mkdtempSync(join(tmpdir(), "kafkalens-packed-"));
  const options = { cwd: pkg, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] };
  const [{ filename }] = JSON.parse(
    execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", place], options),
  );
  const folder = join(place, "package");
  mkdirSync(folder);
  execFileSync("tar", ["-xzf", join(place, filename), "-C", place]);
  return { folder, place, remove: () => rmSync(place, { recursive: true, force: true }) };
}
