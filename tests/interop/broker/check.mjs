// node check.mjs WORK decodes what run.py left there, with the registries' clients, and compares it with what was produced.
// It leaves for each kind an input for the component (with the schemas that were fetched) and what Node printed.

import assert from "node:assert/strict";
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const work = process.argv[2];
const { createDecoder, isDecodeError } = await import(join(root, "pkg/node.mjs"));
const { confluentRegistry } = await import(join(root, "pkg/confluent.mjs"));
// Glue's client stands where the SDK is found.
const beside = join(root, "js/node_modules/.kafkalens-interop");
mkdirSync(beside, { recursive: true });
cpSync(join(root, "pkg/glue.mjs"), join(beside, "glue.mjs"));
const { glueRegistry } = await import(join(beside, "glue.mjs"));

const services = JSON.parse(readFileSync(join(work, "services"), "utf8"));
const confluent = confluentRegistry({ url: services.registry, auth: services.auth });
const glue = glueRegistry({ endpoint: services.glue, region: "us-east-1" });

const counts = {};
for (const file of readdirSync(work).filter((name) => name.endsWith(".json"))) {
  counts[file.replace(/\.json$/, "")] = await checkKind(file);
}
await checkClients();
const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
console.log(`interop: ${total} records of ${Object.keys(counts).length} kinds through the broker`);
for (const [kind, count] of Object.entries(counts)) {
  console.log(`  ${kind}: ${count}`);
}

async function checkKind(file) {
  const { config, schemas: given, event, expected } = JSON.parse(readFileSync(join(work, file), "utf8"));
  const fetched = [];
  const schemas = {
    async fetch(reference) {
      const known = given.find((document) => document.reference === reference);
      const document = known ?? (await (reference.startsWith("glue:") ? glue : confluent).fetch(reference));
      fetched.push(document);
      return document;
    },
  };
  const decoder = await createDecoder({ ...config, schemas });
  await decoder.decode(event);
  const text = decoder.decodeEventJson(event);
  const { records } = parseExact(text);
  assert.equal(records.length, Object.keys(expected).length, file);
  for (const record of records) {
    const { key, value, headers, timestamp } = record;
    const shown = { key: bare(key), value: bare(value), headers, timestamp };
    assert.deepStrictEqual(shown, exact(expected[`${record.partition}/${record.offset}`]), `${file} ${record.offset}`);
  }
  mkdirSync(join(work, "decoded"), { recursive: true });
  writeFileSync(join(work, "decoded", file), JSON.stringify({ config, schemas: fetched, event }));
  writeFileSync(join(work, "decoded", `${file}.node`), `${text}\n`);
  return records.length;
}

/** A side without its schema's reference, which depends on the registry. */
function bare({ schema: _, ...side }) {
  return side;
}

/** JSON whose integers beyond 2^53 keep their digits, as text. */
function parseExact(text) {
  return JSON.parse(text.replace(/([:[,])(-?\d{16,})(?=[,}\]])/g, '$1"$2"'));
}

/** What was expected, in the same form: Python wrote all digits, which JSON.parse of the file rounded. */
function exact(expected) {
  return parseExact(
    JSON.stringify(expected, (_, value) =>
      typeof value === "number" && !Number.isSafeInteger(value) && Number.isInteger(value)
        ? BigInt(value).toString()
        : value,
    ),
  );
}

/** The clients against registries that are not ours: what is there, what isn't, and who may not ask. */
async function checkClients() {
  const subject = confluent.subject({ topic: "confluent-avro", side: "value" });
  const versions = await confluent.versions(subject);
  assert.deepStrictEqual(versions, [1, 2]);
  const documents = await Promise.all(versions.map((version) => confluent.fetch(`subject:${subject}/${version}`)));
  assert.equal(documents[1].type, "AVRO");
  const latest = await confluent.latest(subject);
  assert.equal(latest.schema, documents[1].schema);
  assert.equal((await confluent.fetch(latest.reference)).schema, latest.schema);
  const body = { schema: '"shop.Order"', references: [{ name: "shop.Order", subject, version: 2 }] };
  const registered = await fetch(`${services.registry}/subjects/refers/versions`, {
    method: "POST",
    headers: { authorization: `Basic ${btoa("user:hunter2")}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const { id } = await registered.json();
  const refers = await confluent.fetch(`confluent:${id}`);
  assert.deepStrictEqual(refers.references, [{ name: "shop.Order", schema: latest.schema }]);
  const { guid } = await (await fetch(`${services.registry}/schemas/ids/${id}`, {
    headers: { authorization: `Basic ${btoa("user:hunter2")}` },
  })).json();
  if (guid) {
    assert.equal((await confluent.fetch(`guid:${guid}`)).schema, refers.schema);
  }
  await refused(confluent.fetch("confluent:4000"), "SOURCE_NOT_FOUND");
  await refused(confluent.versions("nobody"), "SOURCE_NOT_FOUND");
  const url = services.registry;
  await refused(confluentRegistry({ url }).fetch("confluent:1"), "SOURCE_UNAUTHORIZED");
  const wrong = { username: "user", password: "wrong" };
  await refused(confluentRegistry({ url, auth: wrong }).fetch("confluent:1"), "SOURCE_FORBIDDEN");
  await refused(confluentRegistry({ url: `${url}/nowhere`, auth: services.auth }).fetch("confluent:1"), "SOURCE_NOT_REGISTRY");
  await refused(confluentRegistry({ url: services.glue, retries: 0 }).fetch("confluent:1"), "SOURCE_NOT_REGISTRY");
  await refused(glue.fetch("glue:00000000-0000-4000-8000-000000000000"), "SOURCE_NOT_FOUND");
  const lost = glueRegistry({ endpoint: "http://127.0.0.1:9", region: "us-east-1", retries: 0 });
  await refused(lost.fetch("glue:00000000-0000-4000-8000-000000000000"), "SOURCE_UNAVAILABLE");
}

async function refused(promise, code) {
  const error = await promise.then(
    () => assert.fail(`expected ${code}`),
    (thrown) => thrown,
  );
  assert.ok(isDecodeError(error), String(error));
  assert.equal(error.code, code, error.message);
}
