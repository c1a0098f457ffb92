// The tarball as registries and their checkers see it.

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { folder } from "./support/package.mjs";
import { packed } from "./support/packed.mjs";

const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
const pkg = packed(folder);
test.after(() => pkg.remove());

test("publint has nothing to say", async () => {
  const { messages } = await publint({ pkgDir: pkg.folder, strict: true });
  assert.deepStrictEqual(
    messages.map((message) => formatMessage(message, manifest)),
    [],
  );
});

test("the types are right under every way to resolve them", async () => {
  const tarball = createPackageFromTarballData(new Uint8Array(readFileSync(pkg.tarball)));
  // The type of an imported WebAssembly file is the bundler's or the runtime's.
  const { problems, entrypoints } = await checkPackage(tarball, { excludeEntrypoints: [/\.wasm$/] });
  assert.deepStrictEqual(problems, []);
  assert.ok(Object.keys(entrypoints).length > 5);
});

test("nothing is installed or run beside the package", () => {
  assert.equal(manifest.dependencies, undefined);
  assert.equal(manifest.scripts, undefined);
  assert.equal(manifest.sideEffects, false);
  for (const meta of Object.keys(manifest.peerDependencies)) {
    assert.equal(manifest.peerDependenciesMeta[meta]?.optional, true, meta);
  }
});

test("what the manifest names is in the tarball, and nothing else is", () => {
  const targets = [];
  const collect = (held) =>
    typeof held === "string" ? targets.push(held) : Object.values(held).forEach(collect);
  collect([manifest.exports, manifest.main, manifest.types, manifest.typesVersions, manifest.bin]);
  for (const target of targets) {
    assert.ok(existsSync(join(pkg.folder, target)), target);
  }
  const files = readdirSync(pkg.folder, { recursive: true }).filter((name) =>
    statSync(join(pkg.folder, name)).isFile(),
  );
  const kinds =
    /^(?:[\w.-]+\.(?:mjs|cjs|[mc]js\.map|wasm)|ui\/\w+\.(?:css|html|js|svg)|types\/.*\.d\.ts|types\/cjs\/package\.json|package\.json|README\.md|LICENSE-[\w-]+)$/;
  assert.deepStrictEqual(
    files.filter((name) => !kinds.test(name)),
    [],
  );
  assert.ok(["LICENSE-MIT", "LICENSE-APACHE", "LICENSE-THIRD-PARTY"].every((name) => files.includes(name)));
});

test("every script has a source map that names sources of the repository", () => {
  for (const name of readdirSync(pkg.folder).filter((name) => /\.[mc]js$/.test(name))) {
    const text = readFileSync(join(pkg.folder, name), "utf8");
    if (/^(?:import cjs from .*\s+)?export (?:const )?\{.*\};?.*\s*$/.test(text)) {
      // The names of a CommonJS file, no more.
      continue;
    }
    assert.ok(text.trimEnd().endsWith(`//# sourceMappingURL=${name}.map`), name);
    const { sources, sourcesContent } = JSON.parse(readFileSync(join(pkg.folder, `${name}.map`), "utf8"));
    assert.equal(sources.length, sourcesContent.length);
    assert.deepStrictEqual(
      sources.filter((source) => !/^(?:js\/src\/|kafkalens:|node_modules\/fflate\/)/.test(source)),
      [],
      name,
    );
  }
});

test("no file tells of the machine that built it", () => {
  const scripts = readdirSync(pkg.folder, { recursive: true }).filter((name) =>
    /\.(?:[mc]js|map|d\.ts|json|md)$/.test(name),
  );
  for (const name of scripts) {
    const text = readFileSync(join(pkg.folder, name), "utf8");
    assert.ok(!text.includes(process.cwd()), name);
  }
});
