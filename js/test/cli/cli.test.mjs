// What `kafkalens` prints, a golden file a feature. BLESS=1 writes them anew, for review.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { folder } from "../support/package.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const demo = join(here, "..", "..", "..", "examples", "demo");
const fixtures = relative(demo, join(here, "fixtures")).replaceAll("\\", "/");
const golden = join(here, "expected");
const cli = join(folder, "cli.mjs");

const GLUE = ["--key", "json", "--value", "glue+avro:glue-avro/order.avsc"];
const VISITS = `${fixtures}/two-ids.json`;
const BOTH = [1, 2].flatMap((v) => ["--value", `confluent+avro:${fixtures}/visit-${v}.avsc@${40 + v}`]);
const KEY = ["--key", "int32"];
const SHIPMENT = "confluent-protobuf/event.json";

/** Name → arguments of `decode`, and what else the run has. */
const CASES = {
  "json-lines": { args: ["glue-avro/event.json", ...GLUE] },
  table: { args: ["glue-avro/event.json", ...GLUE, "--format", "table"] },
  "narrow-table": { args: ["glue-avro/event.json", ...GLUE, "--format", "table"], columns: 60 },
  "failing-records-table": { args: [`${fixtures}/damaged.json`, ...GLUE, "--format", "table"] },
  "failing-records-json-lines": { args: [`${fixtures}/damaged.json`, ...GLUE] },
  "standard-input": { args: ["-", ...GLUE], stdin: "glue-avro/event.json" },
  "standard-input-unnamed": { args: ["--value", "text"], stdin: SHIPMENT },
  "several-files": { args: [SHIPMENT, "glue-avro/event.json", "--value", "bytes", "--format", "table"] },
  pattern: { args: ["*/ev?nt.json", "--value", "bytes", "--format", "table"] },
  "pattern-of-nothing": { args: ["**/nothing-*.json"] },
  "several-ids": { args: [VISITS, ...KEY, ...BOTH] },
  "id-not-given": { args: [VISITS, ...KEY, ...BOTH.slice(2), "--format", "table"] },
  reader: { args: [VISITS, ...KEY, ...BOTH, "--value-reader", `${fixtures}/visit-read.avsc`] },
  "protobuf-message": {
    args: [SHIPMENT, "--value", "confluent+protobuf:confluent-protobuf/shipment.fds#shop.v1.Shipment"],
  },
  options: {
    args: [
      VISITS,
      ...KEY,
      ...BOTH,
      "--int64",
      "string",
      "--timestamps",
      "epoch",
      "--lenient",
      "utf8,boolean",
    ],
  },
  configuration: { args: [VISITS, "--config", `${fixtures}/config.json`, "--bytes", "base64"] },
  "configuration-refused": { args: [VISITS, "--config", `${fixtures}/visit-1.avsc`] },
  "proto-text": { args: [SHIPMENT, "--value", "confluent+protobuf:confluent-protobuf/shipment.proto"] },
  "proto-imports": { args: [SHIPMENT, "--value", `confluent+protobuf:${fixtures}/shipment.proto@42`] },
  "proto-text-refused": { args: [SHIPMENT, "--value", `confluent+protobuf:${fixtures}/broken.proto`] },
  "no-such-format": { args: [VISITS, "--value", "arvo"] },
  "no-such-framing": { args: [VISITS, "--value", "confluence+avro"] },
  "no-such-schema-file": { args: [VISITS, "--value", "avro:nothing.avsc"] },
  "no-such-option": { args: [VISITS, "--vlaue", "json"] },
  "no-such-word": { args: [VISITS, "--dialect", "simple"] },
  "ids-mixed": { args: [VISITS, ...BOTH, "--value", `confluent+avro:${fixtures}/visit-1.avsc`] },
  "no-such-event": {
    args: ["nothing.json", "glue-avro/event.json", "--value", "bytes", "--format", "table"],
  },
  "no-event": { args: ["glue-avro/order.avsc"] },
  help: { args: ["--help"] },
};

for (const [name, { args, stdin, columns = 100 }] of Object.entries(CASES)) {
  test(`decode: ${name}`, () => matches(`decode-${name}`, ["decode", ...args], { stdin, columns }));
}
const [V1, V2] = [1, 2].map((v) => `${fixtures}/visit-${v}.avsc`);
const [LOOSE, MONEY] = ["loose", "money"].map((name) => `${fixtures}/${name}.avsc`);
/** Name → all arguments. */
const OTHERS = {
  "detect-help": ["detect", "--help"],
  "detect-events": ["detect", "glue-avro/event.json", SHIPMENT, "--format", "text"],
  "detect-with-schema": [
    "detect",
    SHIPMENT,
    "--value",
    "protobuf:confluent-protobuf/shipment.fds",
    "--record",
    "1",
  ],
  "detect-only-named": ["detect", `${fixtures}/only-named.json`, "--format", "text"],
  "detect-no-record": ["detect", SHIPMENT, "--record", "last"],
  "detect-no-event": ["detect", "glue-avro/order.avsc"],
  help: ["--help"],
  nothing: [],
  unknown: ["decoed"],
  "check-help": ["check", "--help"],
  "check-compatible": ["check", V2, V1],
  "check-incompatible": ["check", V1, V2, "--mode", "full"],
  "check-json": ["check", V1, V2, "--format", "json"],
  "check-none": ["check", V1, V2, "--mode", "NONE"],
  "check-one": ["check", V1],
  "check-strict": ["check", "--strict", V1, LOOSE, "--reference", MONEY],
  "check-strict-json": ["check", "--strict", LOOSE, "--reference", MONEY, "--format", "json"],
  "check-strict-unreadable": ["check", "--strict", LOOSE, V1],
  "check-strict-mode": ["check", "--strict", V1, "--mode", "FULL"],
  "check-protobuf": ["check", `${fixtures}/v1/order.proto`, `${fixtures}/v2/order.proto`],
  "check-protobuf-json": [
    "check",
    `${fixtures}/v1/order.proto`,
    `${fixtures}/v2/order.proto`,
    "--format",
    "json",
  ],
  "check-protobuf-same": ["check", `${fixtures}/v1/order.proto`, `${fixtures}/v1/order.proto`],
  "check-mixed": ["check", `${fixtures}/v1/order.proto`, V1],
  "guess-help": ["guess", "--help"],
  "guess-text": ["guess", SHIPMENT, "--format", "text"],
  "guess-raw": ["guess", "--raw", `${fixtures}/payload.bin`, "--format", "text"],
  "guess-json": ["guess", "--raw", `${fixtures}/payload.bin`],
  "guess-key": ["guess", SHIPMENT, "--side", "key", "--record", "1"],
  "guess-no-record": ["guess", SHIPMENT, "--record", "99"],
  "check-no-schema": ["check", V1, `${fixtures}/config.json`],
};

for (const [name, args] of Object.entries(OTHERS)) {
  test(`kafkalens: ${name}`, () => matches(name, args, {}));
}

test("the version is the package's", () => {
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  assert.equal(run(["--version"], {}).stdout, `${version}\n`);
});

test("the lines are the core's text", async () => {
  const { kafkalens } = await import("../support/package.mjs");
  const event = readFileSync(join(demo, SHIPMENT), "utf8");
  const text = kafkalens.createDecoderSync().decodeEventJson(event);
  const { stdout } = run(["decode", SHIPMENT], {});
  assert.equal(`{"records":[${stdout.trimEnd().replaceAll("\n", ",")}]}`, text);
});

test("no golden file is left over", () => {
  const names = [...Object.keys(CASES).map((name) => `decode-${name}`), ...Object.keys(OTHERS)];
  const known = names.map((name) => `${name}.txt`);
  assert.deepStrictEqual(readdirSync(golden).sort(), known.sort());
});

function run(args, { stdin, columns = 100 }) {
  const input = stdin === undefined ? "" : readFileSync(join(demo, stdin));
  const env = { ...process.env, COLUMNS: String(columns) };
  return spawnSync(process.execPath, [cli, ...args], { cwd: demo, input, env, encoding: "utf8" });
}

function matches(name, args, surroundings) {
  const { stdout, stderr, status } = run(args, surroundings);
  const shown = args.map((arg) => (/^[\w./@:+,=-]+$/.test(arg) ? arg : `'${arg}'`)).join(" ");
  const problems = stderr === "" ? "" : `--- standard error\n${stderr}`;
  const transcript = `$ kafkalens ${shown}\n${stdout}${problems}--- exit status ${status}\n`;
  const file = join(golden, `${name}.txt`);
  if (process.env.BLESS === "1") {
    writeFileSync(file, transcript);
  }
  assert.ok(existsSync(file), `${name}: no golden file: BLESS=1 writes it`);
  assert.equal(transcript, readFileSync(file, "utf8"));
}
