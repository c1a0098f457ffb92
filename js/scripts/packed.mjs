// node scripts/packed.mjs COMMAND… packs pkg/, unpacks it elsewhere, and runs a command that tests what would be published:
// KAFKALENS_PKG names the unpacked folder, KAFKALENS_TARBALL the file.

import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { packed } from "../test/support/packed.mjs";

const js = join(dirname(fileURLToPath(import.meta.url)), "..");
const pkg = packed(process.env.KAFKALENS_PKG ?? join(js, "..", "pkg"));
const env = { ...process.env, KAFKALENS_PKG: pkg.folder, KAFKALENS_TARBALL: pkg.tarball };
const [command, ...args] = process.argv.slice(2);
const { status } = spawnSync(command, args, { cwd: js, env, stdio: "inherit" });
pkg.remove();
process.exitCode = status ?? 1;
