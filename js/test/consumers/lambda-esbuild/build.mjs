// As SAM and CDK do it: one file, to each module format, run in a folder that has nothing else.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { event } from "./sample.mjs";

const invoke = (file) => `
const { handler } = await import(${JSON.stringify(`./${file}`)});
const response = await handler(${JSON.stringify(event)}, { getRemainingTimeInMillis: () => 3000 });
if (JSON.stringify(response) !== '{"batchItemFailures":[]}') throw new Error(JSON.stringify(response));
`;

for (const [format, extension] of [
  ["esm", "mjs"],
  ["cjs", "cjs"],
]) {
  for (const minify of [false, true]) {
    const place = mkdtempSync(join(tmpdir(), "kafkalens-lambda-"));
    const file = `index.${extension}`;
    const outfile = join(place, file);
    const entryPoints = ["handler.ts"];
    await build({
      entryPoints,
      outfile,
      format,
      minify,
      bundle: true,
      platform: "node",
      target: "node20",
      logLevel: "error",
    });
    writeFileSync(join(place, "invoke.mjs"), invoke(file));
    process.stdout.write(execFileSync(process.execPath, ["invoke.mjs"], { cwd: place, encoding: "utf8" }));
    rmSync(place, { recursive: true });
  }
}
