// Makes the page: node js/scripts/www.mjs [OUT], from the package in pkg/ into www/dist.

import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { META_POLICY } from "./policy.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const www = join(root, "www");
const demo = join(root, "examples", "demo");

/** Bundles the page into a folder: the package within it, or beside it where the address that it has there is given. */
export async function page(out = join(www, "dist"), pkg = join(root, "pkg"), beside = undefined) {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  await build({
    absWorkingDir: www,
    entryPoints: ["src/main.ts", "src/worker.ts"],
    outdir: out,
    bundle: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    minify: true,
    legalComments: "none",
    logLevel: "warning",
    ...(beside === undefined ? { alias: { "kafkalens/inline": join(pkg, "inline.mjs") } } : {}),
    plugins: [
      made("samples", samples),
      made("codes", codes),
      ...(beside === undefined ? [] : [besidePlugin(beside)]),
    ],
  });
  for (const file of ["style.css", "icon.svg"]) {
    cpSync(join(www, file), join(out, file));
  }
  const html = readFileSync(join(www, "index.html"), "utf8");
  writeFileSync(join(out, "index.html"), html.replace("%POLICY%", META_POLICY));
}

const besidePlugin = (path) => ({
  name: "kafkalens-beside",
  setup: (build) => build.onResolve({ filter: /^kafkalens\/inline$/ }, () => ({ path, external: true })),
});

/** What the page imports as `kafkalens:NAME`. */
const made = (name, make) => ({
  name: `kafkalens-${name}`,
  setup(build) {
    build.onResolve({ filter: new RegExp(`^kafkalens:${name}$`) }, ({ path }) => ({ path, namespace: name }));
    build.onLoad({ filter: /.*/, namespace: name }, () => ({
      contents: JSON.stringify(make()),
      loader: "json",
    }));
  },
});

/** What each error code means, by the table that docs/errors.md is. */
function codes() {
  const table = readFileSync(join(root, "docs", "errors.md"), "utf8");
  const found = table.matchAll(/^## ([A-Z0-9_]+)\n(.+?) Category: `\w+`\.$/gm);
  return Object.fromEntries([...found].map(([, code, about]) => [code, about]));
}

function samples() {
  const order = { name: "order.avsc", type: "AVRO", text: text("glue-avro/order.avsc"), proto: false };
  const proto = text("confluent-protobuf/shipment.proto");
  const shipment = { name: "shipment.proto", type: "PROTOBUF", text: proto, proto: true };
  return [
    { name: "an order in Avro", event: text("glue-avro/event.json"), schemas: [order] },
    { name: "shipments in Protobuf", event: text("confluent-protobuf/event.json"), schemas: [shipment] },
    { name: "a batch with damaged records", event: damaged(), schemas: [order] },
  ];
}

function text(name) {
  return readFileSync(join(demo, name), "utf8");
}

/** The order a few times, and what goes wrong in practice: cut off, deleted, another framing, a key that is no JSON. */
function damaged() {
  const event = JSON.parse(text("glue-avro/event.json"));
  const [[place, [order]]] = Object.entries(event.records);
  const bytes = Buffer.from(order.value, "base64");
  const base64 = (part) => Buffer.from(part).toString("base64");
  const changes = [
    {},
    { value: base64(bytes.subarray(0, 40)) },
    {},
    { value: null },
    { value: base64(bytes.subarray(18)) },
    { key: base64('{"order_id": d6d8') },
    {},
  ];
  event.records[place] = changes.map((change, i) => ({ ...order, offset: order.offset + i, ...change }));
  return JSON.stringify(event, null, 2);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await page(process.argv[2] === undefined ? undefined : resolve(process.argv[2]));
}
