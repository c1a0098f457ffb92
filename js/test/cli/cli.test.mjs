// What `kafkalens` prints, a golden file a feature. BLESS=1 writes them anew, for review.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { folder } from "../support/package.mjs";
import { inputs } from "./inputs.mjs";
import { cli, demo, environment, fixtures, run } from "./run.mjs";

const golden = join(dirname(fileURLToPath(import.meta.url)), "expected");

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
  "criteria-failing-record": {
    args: [`${fixtures}/criteria-event.json`, "--config", `${fixtures}/criteria-config.json`],
  },
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
  test(`decode: ${name}`, () => {
    const input = stdin === undefined ? "" : readFileSync(join(demo, stdin));
    matches(`decode-${name}`, ["decode", ...args], { input, columns });
  });
}
const [V1, V2] = [1, 2].map((v) => `${fixtures}/visit-${v}.avsc`);
const [LOOSE, MONEY] = ["loose", "money"].map((name) => `${fixtures}/${name}.avsc`);
/** Name → all arguments. */
const OTHERS = {
  "inspect-help": ["glue-avro/event.json", "--help"],
  "inspect-glue": ["glue-avro/event.json"],
  "inspect-protobuf": [SHIPMENT],
  "inspect-on-failure": [`${fixtures}/failed-s3.json`],
  "inspect-with-schemas": [`${fixtures}/failed-s3.json`, "--schema-dir", `${fixtures}/schemas`],
  "inspect-no-such-file": ["nothing.json", "glue-avro/order.avsc"],
  "inspect-pattern-of-nothing": ["nothing-*.json"],
  "decode-empty-name": ["decode", ""],
  "make-event-no-such-file": ["make-event", "nothing.jsonl", "--value", "json"],
  "encode-no-such-file": ["encode", "nothing.json", `${fixtures}/parcel.json`, "--value", "json"],
  "guess-no-such-file": ["guess", "--raw", "nothing.bin"],
  "detect-no-such-file": ["detect", "nothing.json"],
  "filter-no-such-file": ["filter", "nothing.json", VISITS],
  "filter-no-such-event": ["filter", `${fixtures}/criteria.json`, "nothing.json", "--format", "text"],
  "inspect-one-field": [`${fixtures}/id.avsc`],
  "inspect-only-named": [`${fixtures}/only-named.json`],
  "inspect-several": [
    "*/*.json",
    `${fixtures}/visit-1.avsc`,
    `${fixtures}/shipment.proto`,
    `${fixtures}/broken.proto`,
  ],
  "inspect-payloads": ["hex.txt", "base64.txt", "bytes.bin", "note.txt"].map(
    (name) => `${fixtures}/payloads/${name}`,
  ),
  "decode-schema-dir": [
    "decode",
    VISITS,
    ...KEY,
    "--value",
    "confluent+avro",
    "--schema-dir",
    `${fixtures}/visits`,
  ],
  "decode-no-registry": [
    "decode",
    VISITS,
    ...KEY,
    "--value",
    "confluent+avro",
    "--registry",
    "http://127.0.0.1:9/",
  ],
  "decode-reader-incompatible": ["decode", VISITS, "--value", `avro:${V1}`, "--value-reader", MONEY],
  "decode-only-named": ["decode", `${fixtures}/only-named.json`],
  "decode-no-address": ["decode", VISITS, "--registry", "registry"],
  "encode-help": ["encode", "--help"],
  "encode-lines": [
    "encode",
    `${fixtures}/visits.jsonl`,
    "--value",
    `confluent+avro:${fixtures}/visit-1.avsc@41`,
  ],
  "encode-hex": [
    "encode",
    `${fixtures}/visits.jsonl`,
    "--value",
    `avro:${fixtures}/visit-1.avsc`,
    "--format",
    "hex",
  ],
  "encode-protobuf": [
    "encode",
    `${fixtures}/parcel.json`,
    "--value",
    `confluent+protobuf:${fixtures}/shipment.proto`,
    "--format",
    "hex",
  ],
  "encode-misfit": ["encode", `${fixtures}/config.json`, "--value", `avro:${fixtures}/visit-1.avsc`],
  "encode-no-side": ["encode", `${fixtures}/visits.jsonl`],
  "encode-no-schema": ["encode", `${fixtures}/visits.jsonl`, "--value", "avro"],
  "encode-raw-of-many": ["encode", `${fixtures}/visits.jsonl`, "--value", "json", "--format", "raw"],
  "make-event-help": ["make-event", "--help"],
  "make-event": [
    "make-event",
    `${fixtures}/records.jsonl`,
    "--value",
    `glue+avro:${fixtures}/visit-1.avsc`,
    "--topic",
    "visits",
  ],
  "make-event-source": [
    "make-event",
    `${fixtures}/records.jsonl`,
    "--value",
    `avro:${fixtures}/visit-1.avsc@41`,
    "--record-format",
    "source",
    "--self-managed",
  ],
  "make-event-on-failure": [
    "make-event",
    `${fixtures}/records.jsonl`,
    "--value",
    "json",
    "--on-failure",
    "sqs",
  ],
  "make-event-no-record": ["make-event", `${fixtures}/visits.jsonl`, "--value", "json"],
  "make-event-no-headers": ["make-event", `${fixtures}/bad-headers.json`, "--value", "json"],
  "filter-help": ["filter", "--help"],
  "filter-lines": ["filter", '{"value":{"ms":[{"numeric":[">",100]}]}}', VISITS, ...KEY, ...BOTH],
  "filter-text": ["filter", `${fixtures}/criteria.json`, VISITS, ...KEY, ...BOTH, "--format", "text"],
  "filter-nothing-kept": ["filter", '{"value":{"page":["none"]}}', VISITS, ...KEY, ...BOTH],
  "filter-no-pattern": ["filter", '{"value":1}', VISITS, ...KEY, ...BOTH],
  "filter-without-pattern": ["filter"],
  "ui-help": ["ui", "--help"],
  "ui-no-port": ["ui", "--port", "none"],
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
  "unknown-far": ["frobnicate"],
  "unknown-option": ["--versoin"],
  "inspect-format": ["glue-avro/event.json", "--format", "jsonl"],
  "option-without-value": ["decode", "--value", "--key", "json"],
  "inspect-record": ["glue-avro/event.json", "--record", "3"],
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

const INPUTS = inputs(fixtures);
for (const [name, { args, input = "" }] of Object.entries(INPUTS)) {
  test(`kafkalens: ${name}`, () => matches(name, args, { input }));
}

test("the version is the package's", () => {
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  for (const flag of ["--version", "-v", "-V"]) {
    assert.equal(run([flag]).stdout, `${version}\n`);
  }
});

test("help COMMAND is COMMAND --help", () => {
  assert.equal(run(["help", "encode"], {}).stdout, run(["encode", "--help"], {}).stdout);
  assert.equal(run(["help", "decoed"], {}).status, 2);
});

test("the lines are the core's text", async () => {
  const { kafkalens } = await import("../support/package.mjs");
  const event = readFileSync(join(demo, SHIPMENT), "utf8");
  const text = kafkalens.createDecoderSync().decodeEventJson(event);
  const { stdout } = run(["decode", SHIPMENT], {});
  assert.equal(`{"records":[${stdout.trimEnd().replaceAll("\n", ",")}]}`, text);
});

test("no golden file is left over", () => {
  const names = [
    ...Object.keys(CASES).map((name) => `decode-${name}`),
    ...Object.keys(OTHERS),
    ...Object.keys(INPUTS),
  ];
  const known = names.map((name) => `${name}.txt`);
  assert.deepStrictEqual(readdirSync(golden).sort(), known.sort());
});

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

test("colours are for terminals that want them", async () => {
  const { stdout } = run(["glue-avro/event.json"], {});
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what colours begin with.
  assert.doesNotMatch(stdout, /\x1b/);
});

test("what encode writes raw is the payload", () => {
  const args = ["encode", `${fixtures}/parcel.json`, "--value", "json", "--format", "raw"];
  const { stdout } = run(args, {});
  assert.equal(stdout, JSON.stringify(JSON.parse(readFileSync(join(demo, fixtures, "parcel.json"), "utf8"))));
});

test("what make-event makes is decoded again", () => {
  const side = `glue+avro:${fixtures}/visit-1.avsc`;
  const { stdout: event } = run(["make-event", `${fixtures}/records.jsonl`, "--value", side], {});
  const { stdout } = run(["decode", "--value", side], { input: event });
  const values = stdout
    .trimEnd()
    .split("\n")
    .map((line) => line.slice(line.indexOf('"value":{') + 8, -1));
  const schema = '"schema":"glue:00000000-0000-4000-8000-000000000001"';
  assert.deepEqual(values, [
    `{"value":{"page":"/home","ms":1},${schema}}`,
    `{"value":{"page":"/","ms":9007199254740993},${schema}}`,
    '{"tombstone":"null"}',
  ]);
});

test("schemas come from a registry", async () => {
  const schema = readFileSync(join(demo, fixtures, "visit-1.avsc"), "utf8");
  const server = createServer((request, response) => {
    const found = request.url === "/schemas/ids/41";
    response.writeHead(found ? 200 : 404, { "content-type": "application/json" });
    response.end(JSON.stringify(found ? { schema } : { error_code: 40403, message: "Schema not found" }));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const url = `http://127.0.0.1:${server.address().port}`;
  const args = ["decode", VISITS, ...KEY, "--value", "confluent+avro", "--registry", url];
  const { stdout, stderr, status } = await runLater(args);
  server.close();
  assert.match(stdout, /"value":\{"page":"\/home","ms":9007199254740993\},"schema":"confluent:41"/);
  assert.match(stdout, /"code":"SOURCE_NOT_FOUND"/);
  assert.match(
    stderr,
    /curl -fsS --create-dirs -o schemas\/confluent\/42.avsc "http:\/\/127.0.0.1:\d+\/schemas\/ids\/42\/schema"/,
  );
  assert.equal(status, 1);
});

test("the page is served on this machine", async () => {
  const child = spawn(process.execPath, [cli, "ui"], { stdio: ["ignore", "pipe", "inherit"] });
  const [printed] = await once(child.stdout, "data");
  const [address] = /http:\/\/127\.0\.0\.1:\d+\//.exec(printed.toString());
  const page = await fetch(address);
  assert.match(await page.text(), /<script/);
  assert.equal(page.headers.get("content-security-policy"), "frame-ancestors 'none'");
  for (const file of ["main.js", "worker.js", "inline.mjs", "style.css", "icon.svg"]) {
    assert.equal((await fetch(address + file)).status, 200, file);
  }
  for (const file of ["package.json", "../package.json", "ui/index.html"]) {
    assert.equal((await fetch(address + file)).status, 404, file);
  }
  child.kill("SIGTERM");
  assert.deepEqual(await once(child, "exit"), [0, null]);
});

/** The same without holding this process up, which may have to answer. */
async function runLater(args) {
  const child = spawn(process.execPath, [cli, ...args], {
    cwd: demo,
    env: environment(),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const texts = ["", ""];
  [child.stdout, child.stderr].forEach((stream, i) => {
    stream.setEncoding("utf8").on("data", (text) => {
      texts[i] += text;
    });
  });
  const [status] = await once(child, "close");
  return { stdout: texts[0], stderr: texts[1], status };
}
