// node cold.mjs FOLDER: one bundle a candidate, which decodes the first record of an event and tells how long the process took
// for it, from its start on. Their results are compared. Prints a line for each: its workload and name.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { staticModule } from "./candidates.mjs";
import { config, eventText, works } from "./workload.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
// The package is bundled by the same esbuild that its users' functions are.
const { build } = createRequire(here("../../js/package.json"))("esbuild");
const out = resolve(process.argv[2]);
mkdirSync(out, { recursive: true });

/** The package as bundlers find it: it is not installed here, but may name itself. */
const own = {
  name: "own",
  setup(build) {
    const resolveDir = here("../../pkg");
    build.onResolve({ filter: /^kafkalens$/ }, ({ path, kind, pluginData }) =>
      pluginData === own ? undefined : build.resolve(path, { kind, resolveDir, pluginData: own }),
    );
  },
};

const kafkalens = (work) => ({
  imports: `import { createDecoderSync } from "kafkalens";`,
  decode: `for (const { value } of createDecoderSync(${JSON.stringify(config(work))}).decodeEvent(event)) tell(value);`,
});

const powertools = (value) => `
  const handler = kafkaConsumer(async ({ records }) => tell(records[0].value), { value: ${value} });
  handler(event, { awsRequestId: "1" });`;

const usePowertools = `import { kafkaConsumer } from "@aws-lambda-powertools/kafka";`;
const useOrder = `import root from ${JSON.stringify(staticModule())}; const { Order } = root.acme;`;
const bytes = `Buffer.from(event.records["orders-0"][0].value, "base64")`;

/** What Node itself takes to run a script that reads an event. */
const node = { imports: "", decode: "tell(undefined);" };

/** By workload and name. */
const candidates = {
  avro: {
    kafkalens: kafkalens(works.avro),
    node,
    avsc: {
      imports: `import avsc from "avsc";`,
      decode: `tell(avsc.Type.forSchema(schema, { wrapUnions: false }).fromBuffer(${bytes}));`,
    },
    powertools: {
      imports: usePowertools,
      decode: powertools(`{ type: "avro", schema: JSON.stringify(schema) }`),
    },
  },
  proto: {
    kafkalens: kafkalens(works.proto),
    node,
    protobufjs: { imports: useOrder, decode: `tell(Order.decode(${bytes}));` },
    powertools: {
      imports: `${usePowertools}${useOrder}`,
      decode: powertools(`{ type: "protobuf", schema: Order }`),
    },
  },
};

const frame = (work, event, { imports, decode }) => `
${imports}
import { readFileSync } from "node:fs";
const schema = ${JSON.stringify(works[work].schema)};
const event = JSON.parse(readFileSync(${JSON.stringify(event)}, "utf8"));
function tell(value) {
  const order = value && { orderId: value.orderId, total: value.total, sku: value.items[0].sku };
  const wall = performance.now();
  const { user, system } = process.cpuUsage();
  console.log(JSON.stringify({ wall_ns: wall * 1e6, cpu_ns: (user + system) * 1000, order }));
}
${decode}
`;

for (const [work, sides] of Object.entries(candidates)) {
  const event = join(out, `${work}.json`);
  writeFileSync(event, await eventText(work, 1));
  let first;
  for (const [name, side] of Object.entries(sides)) {
    const outfile = join(out, `${work}-${name}.cjs`);
    const stdin = { contents: frame(work, event, side), resolveDir: here("."), sourcefile: `${name}.mjs` };
    const target = { bundle: true, minify: true, platform: "node", target: "node20", format: "cjs" };
    await build({
      stdin,
      outfile,
      ...target,
      nodePaths: [here("node_modules")],
      plugins: [own],
      logLevel: "error",
    });
    const { stdout, stderr } = spawnSync(process.execPath, [outfile], { encoding: "utf8" });
    const { order } = JSON.parse(stdout || assert.fail(stderr));
    first ??= order;
    assert.deepStrictEqual(order, side === node ? undefined : first, `${work}: ${name}`);
    console.log(`${work} ${name}`);
  }
}
