// The package as it would be published: packed, and unpacked elsewhere.

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Packs the folder `pkg` and unpacks it; gives the folder, the tarball and what removes both. */
export function packed(pkg) {
  const place = mkdtempSync(join(tmpdir(), "kafkalens-packed-"));
  const options = { cwd: pkg, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] };
  const [{ filename }] = JSON.parse(
    execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", place], options),
  );
  const folder = join(place, "package");
  const tarball = join(place, filename);
  mkdirSync(folder);
  execFileSync("tar", ["-xzf", tarball, "-C", place]);
  return { folder, tarball, place, remove: () => rmSync(place, { recursive: true, force: true }) };
}

/** A new project in a folder of its own, with packages `{ name: folder }` in its node_modules. */
export function project(packages) {
  const place = mkdtempSync(join(tmpdir(), "kafkalens-project-"));
  for (const [name, folder] of Object.entries(packages)) {
    const link = join(place, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(folder, link, "dir");
  }
  return { place, remove: () => rmSync(place, { recursive: true, force: true }) };
}
