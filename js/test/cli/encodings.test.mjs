// Text files begin with a byte order mark where Windows wrote them, and are UTF-16 where PowerShell 5 did.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { demo, fixtures, run } from "./run.mjs";

const place = mkdtempSync(join(tmpdir(), "kafkalens-encodings-"));
after(() => rmSync(place, { recursive: true }));

const ENCODINGS = {
  "UTF-8 with a mark": (text) => Buffer.from(`\ufeff${text}`),
  "UTF-16, little-endian": (text) => Buffer.from(`\ufeff${text}`, "utf16le"),
  "UTF-16, big-endian": (text) => Buffer.from(`\ufeff${text}`, "utf16le").swap16(),
};
const GLUE = ["--key", "json", "--value", "glue+avro:glue-avro/order.avsc"];
const VISITS = [`${fixtures}/two-ids.json`, "--key", "int32"];
const BOTH = [1, 2].flatMap((v) => ["--value", `confluent+avro:${fixtures}/visit-${v}.avsc@${40 + v}`]);

/** What is read → the file, the arguments for it, and whether the output quotes its name. */
const FILES = {
  "an event": ["glue-avro/event.json", (file) => ["decode", file, ...GLUE]],
  "an event that is inspected": ["glue-avro/event.json", (file) => [file], true],
  "a configuration": [`${fixtures}/config.json`, (file) => ["decode", ...VISITS, "--config", file]],
  criteria: [`${fixtures}/criteria.json`, (file) => ["filter", file, ...VISITS, ...BOTH]],
  values: [`${fixtures}/visits.jsonl`, (file) => ["encode", file, "--value", "json"]],
  records: [`${fixtures}/records.jsonl`, (file) => ["make-event", file, "--value", "json"]],
  "an Avro schema": [
    `${fixtures}/visit-1.avsc`,
    (file) => ["encode", `${fixtures}/visits.jsonl`, "--value", `avro:${file}`],
  ],
  "a schema that is checked": [`${fixtures}/visit-1.avsc`, (file) => ["check", file, file], true],
  "a .proto file": [
    "confluent-protobuf/shipment.proto",
    (file) => ["decode", "confluent-protobuf/event.json", "--value", `confluent+protobuf:${file}`],
  ],
  "a payload in base64": [`${fixtures}/payloads/base64.txt`, (file) => [file], true],
};

for (const [encoding, encoded] of Object.entries(ENCODINGS)) {
  for (const [what, [file, args, named]] of Object.entries(FILES)) {
    test(`${what} in ${encoding}`, () => {
      const name = file.split("/").at(-1);
      const text = readFileSync(join(demo, file), "utf8");
      writeFileSync(join(place, name), encoded(text));
      const [plain, marked] = [run(args(file)), run(args(join(place, name)))];
      assert.equal(marked.stderr, plain.stderr);
      assert.equal(marked.status, plain.status);
      assert.equal(named ? marked.stdout.replaceAll(join(place, name), file) : marked.stdout, plain.stdout);
    });
  }
}

test("standard input too", () => {
  const text = readFileSync(join(demo, "glue-avro/event.json"), "utf8");
  for (const encoded of Object.values(ENCODINGS)) {
    const { stdout } = run(["decode", ...GLUE], { input: encoded(text) });
    assert.equal(stdout, run(["decode", ...GLUE], { input: text }).stdout);
  }
});
