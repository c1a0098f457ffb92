// node cold.mjs FOLDER: one bundle a candidate, which decodes the first record of an event and tells how long the process took
// for it, from its start on. Their results are compared.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { eventText, orderSchema } from "./workload.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
// The package is bundled by the same esbuild that its users' functions are.
const { build } = createRequire(here("../../js/package.json"))("esbuild");
const out = resolve(process.argv[2]);
mkdirSync(out, { recursive: true });
const event = join(out, "event.json");
writeFileSync(event, await eventText("avro", 1));

const frame = (imports, decode) => `
${imports}
import { readFileSync } from "node:fs";
const schema = ${JSON.stringify(orderSchema)};
const event = JSON.parse(readFileSync(${JSON.stringify(event)}, "utf8"));
const tell = (value) => {
  const wall = performance.now();
  const { user, system } = process.cpuUsage();
  const order = { orderId: value.orderId, total: value.total, sku: value.items[0].sku };
  console.log(JSON.stringify({ wall_ns: wall * 1e6, cpu_ns: (user + system) * 1000, order }));
};
${decode}
`;

const candidates = {
  kafkalens: frame(
    `import { createDecoderSync } from ${JSON.stringify(here("../../pkg/node.mjs"))};`,
    `const options = { timestamps: "epoch", int64: "number", value: { format: "avro", writer: schema } };
     for (const record of createDecoderSync(options).decodeEvent(event)) tell(record.value);`,
  ),
  avsc: frame(
    `import avsc from "avsc";`,
    `const type = avsc.Type.forSchema(schema, { wrapUnions: false });
     tell(type.fromBuffer(Buffer.from(event.records["orders-0"][0].value, "base64")));`,
  ),
  powertools: frame(
    `import { kafkaConsumer, SchemaType } from "@aws-lambda-powertools/kafka";`,
    `const value = { type: "avro", schema: JSON.stringify(schema) };
     const handler = kafkaConsumer(async ({ records }) => tell(records[0].value), { value });
     handler(event, { awsRequestId: "1" });`,
  ),
};

let first;
for (const [name, contents] of Object.entries(candidates)) {
  const outfile = join(out, `${name}.cjs`);
  const stdin = { contents, resolveDir: here("."), sourcefile: `${name}.mjs` };
  await build({ stdin, outfile, bundle: true, minify: true, platform: "node", target: "node20", format: "cjs" });
  const { stdout, stderr } = spawnSync(process.execPath, [outfile], { encoding: "utf8" });
  const { order } = JSON.parse(stdout || assert.fail(stderr));
  first ??= order;
  assert.deepStrictEqual(order, first, name);
  console.log(`bundled ${name}`);
}
