// Files that are schemas are told from payloads by their names and bytes, alike at every door.

import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { internals } from "../support/internals.mjs";
import { demo, fixtures, run } from "./run.mjs";

const { filenames } = await internals({ filenames: "filenames.ts" });
const { DESCRIPTOR_ENDINGS, schemaFile, schemaName } = filenames;

const place = mkdtempSync(join(tmpdir(), "kafkalens-schema-files-"));
after(() => rmSync(place, { recursive: true }));

const SET = join(demo, "confluent-protobuf/shipment.fds");
const descriptors = readFileSync(SET);
const payload = readFileSync(join(demo, fixtures, "payload.bin"));

test("a descriptor set is known by its name; else by its bytes", () => {
  for (const ending of DESCRIPTOR_ENDINGS) {
    assert.equal(schemaFile(`a.b/shipment.${ending.toUpperCase()}`, descriptors), "descriptors");
    const other = ["bin", "pb", "binpb"].includes(ending) ? undefined : "descriptors";
    assert.equal(schemaFile(`shipment.${ending}`, payload), other);
    assert.equal(schemaName(`shipment.${ending}`), "descriptors");
  }
  assert.equal(schemaFile("shipment.proto", payload), "proto");
  assert.equal(schemaFile("a\\shipment.avsc", payload), "avsc");
  for (const name of ["event.json", "fds", "a.fds/event", "-", ""]) {
    assert.equal(schemaFile(name, descriptors), "descriptors");
    assert.equal(schemaFile(name, payload), undefined);
    assert.equal(schemaName(name), undefined);
  }
});

test("what only begins as a descriptor set is none", () => {
  const name = Buffer.from("\x0a\x07a.proto");
  assert.equal(schemaFile("a.bin", Buffer.from([0x0a, name.length, ...name])), "descriptors");
  for (const bytes of [
    [],
    [0x0a],
    [0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
    [0x0a, name.length + 1, ...name],
    [0x0a, name.length - 1, ...name.subarray(0, -1)],
    [0x0a, 2, 0x0a, 7, ...name.subarray(2)],
    [0x0a, name.length, ...name, 0x12],
  ]) {
    assert.equal(schemaFile("a.bin", Buffer.from(bytes)), undefined, bytes.join());
  }
});

test("FILE and check take descriptor sets of every name", () => {
  for (const ending of DESCRIPTOR_ENDINGS) {
    const file = join(place, `shipment.${ending}`);
    copyFileSync(SET, file);
    const { stdout, status } = run([file]);
    assert.match(stdout, /^\S+: Protobuf descriptor set\n {2}reads events so: .*#MESSAGE'\n$/);
    assert.equal(status, 0);
    assert.equal(run(["check", file, file]).stdout, `shipment.${ending} is compatible (BACKWARD)\n`);
  }
});

test("a payload in a file of such a name stays one", () => {
  assert.match(run([`${fixtures}/payload.bin`]).stdout, /payload\.bin: a payload/);
});

test("a broken schema is told as one, with status 2, and the other files are told too", () => {
  const [avsc, fds] = [join(place, "bad.avsc"), join(place, "bad.fds")];
  writeFileSync(avsc, '{"type": "record", "name": "A", "fields": [{"name": "x", "type": "strin"}]}');
  writeFileSync(fds, "no descriptors");
  const { stdout, status } = run([avsc, fds, `${fixtures}/visit-1.avsc`, "nothing.json"]);
  assert.match(stdout, /bad\.avsc: Avro schema\n {2}SCHEMA_INVALID: expected /);
  assert.match(stdout, /bad\.fds: Protobuf descriptor set\n {2}SCHEMA_INVALID: expected /);
  assert.match(stdout, /visit-1\.avsc: Avro schema, record Visit, 2 fields\n/);
  assert.equal(status, 2);
  assert.equal(run(["check", avsc, avsc]).status, status);
});

test("an Avro schema that is no object is told by what it is", () => {
  for (const [text, told] of [
    ['["null", "long"]', "union of 2 branches"],
    ['["null"]', "union of 1 branch"],
    ['"long"', "long"],
    ['{"type": {"type": "array", "items": "int"}}', "array"],
  ]) {
    const file = join(place, "other.avsc");
    writeFileSync(file, text);
    assert.ok(run([file]).stdout.startsWith(`${file}: Avro schema, ${told}\n`), told);
  }
});
