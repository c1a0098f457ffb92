// The oldest Node of the package's `engines`: as modules of both kinds, and as one file of each.
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { build } from "esbuild";
import * as imported from "kafkalens";
import { config, event } from "./sample.mjs";

if (process.version !== "v20.0.0") {
  throw new Error(`expected Node 20.0.0, found ${process.version}`);
}
const required = createRequire(import.meta.url)("kafkalens");
for (const { createDecoderSync } of [imported, required]) {
  console.log("decoded", createDecoderSync(config).decodeEvent(event)[0].value.order_id);
}

const contents = `
import { createDecoderSync, kafkaHandler } from "kafkalens";
import { config, event } from "./sample.mjs";
{
  // Lowered to what stands for the symbol that this Node lacks.
  using decoder = createDecoderSync(config);
  globalThis.used = decoder;
}
try {
  used.decodeEvent(event);
  throw new Error("the decoder was not disposed of");
} catch (error) {
  if (!(error instanceof TypeError)) throw error;
}
const handler = kafkaHandler(config, async ({ value }) => console.log("decoded", value.order_id));
handler(event, {});
`;
for (const [format, outfile] of [
  ["esm", "dist/index.mjs"],
  ["cjs", "dist/index.cjs"],
]) {
  const stdin = { contents, resolveDir: "." };
  await build({ stdin, outfile, format, bundle: true, platform: "node", target: "node20" });
  process.stdout.write(execFileSync(process.execPath, [outfile], { encoding: "utf8" }));
}
